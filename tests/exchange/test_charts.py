"""Charts hold the values they were given, in the right proportions."""

import re
from xml.etree.ElementTree import Element, fromstring

from hypothesis import given
from hypothesis import strategies as st

from trainer.exchange.pages.charts import (
    WIDTH,
    Cell,
    Column,
    Dot,
    Part,
    agreement,
    band,
    columns,
    curve,
    grid,
    meter,
)

HOSTILE = "</title><script>alert('1')</script> \" onload=\"x & <b>"


def parsed(drawing: str) -> Element:
    return fromstring(drawing)  # noqa: S314 - our own drawing


def of_class(drawing: str, name: str) -> list[Element]:
    return [one for one in parsed(drawing).iter() if one.get("class") == name]


def sizes(drawing: str, name: str, side: str) -> list[float]:
    return [float(one.get(side, "nan")) for one in of_class(drawing, name)]


def words(drawing: str) -> list[str]:
    found = parsed(drawing).iter()
    return ["".join(one.itertext()) for one in found if one.tag in {"text", "title"}]


def bars(*values: float) -> list[Column]:
    return [Column((Part(one, "due"),), f"tip {one}", f"l{one}") for one in values]


def test_columns_are_as_high_as_their_values() -> None:
    drawn = columns(bars(10, 20, 0, 5), "Cards due")
    assert sizes(drawn, "due", "height") == [67, 134, 33.5]
    assert {"tip 10", "l20", "tip 0", "l5", "5", "10", "15", "20"} <= set(words(drawn))
    assert parsed(drawn).get("aria-label") == "Cards due"
    assert parsed(drawn).get("role") == "img"


def test_parts_of_a_column_stand_on_each_other() -> None:
    drawn = columns([Column((Part(3, "young"), Part(1, "again")), "x", mark="4")], "n")
    young, again = of_class(drawn, "young")[0], of_class(drawn, "again")[0]
    top, height = float(again.get("y", "")), float(again.get("height", ""))
    assert top + height == float(young.get("y", ""))
    assert "4" in words(drawn)


def test_nothing_to_draw_is_drawn_as_nothing() -> None:
    assert sizes(columns(bars(0, 0), "none"), "due", "height") == []
    assert "1" in words(columns([], "none"))
    assert of_class(curve([], 0, [], "none"), "curve") == []
    assert sizes(meter([Part(0, "known")], 0, "none"), "known", "width") == []
    assert of_class(agreement([], 0, ("x", "y"), "none"), "bubble") == []


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=60))
def test_no_column_leaves_the_chart(values: list[int]) -> None:
    drawn = columns(bars(*values), "any")
    assert all(one >= 0 for one in sizes(drawn, "due", "y"))
    ends = zip(sizes(drawn, "due", "x"), sizes(drawn, "due", "width"), strict=True)
    assert all(x >= 0 and x + width <= WIDTH for x, width in ends)
    lines = [one for one in words(drawn) if re.fullmatch(r"[\d,]+", one)]
    assert 1 <= len(lines) <= 5
    assert max(int(one.replace(",", "")) for one in lines) >= max(values)


def test_labels_at_the_edges_are_not_cut_off() -> None:
    drawn = columns([Column((), "x", "2026-11-23")], "n")
    wide = [Column((), "x", "2026-11-23"), *bars(*range(1, 30))]
    for chart in (
        drawn,
        columns(wide, "n"),
        curve([Dot(0, 1, "x")], 1, ["2026-11-23"], "n"),
    ):
        label = next(one for one in of_class(chart, "tick") if one.text == "2026-11-23")
        assert 30 <= float(label.get("x", "")) <= WIDTH - 30


def test_a_curve_goes_through_its_points() -> None:
    points = [Dot(0, 0, "none"), Dot(0.5, 0.5, "half"), Dot(1, 1, "all")]
    drawn = curve(points, 200, ["from", "to"], "Knowledge")
    line = of_class(drawn, "curve")[0].get("points", "")
    assert line == "40,150 198,83 356,16"
    assert {"none", "half", "all", "from", "to", "200"} <= set(words(drawn))


def test_a_grid_has_a_square_for_each_cell() -> None:
    cells = [Cell(0, 0, 0, "Monday: 0"), Cell(1, 6, 4, "Sunday: 9")]
    drawn = grid(cells, ["Mon", "", "Wed"], [(1, "Nov")], 2, "Calendar")
    assert len(of_class(drawn, "level-0")) == len(of_class(drawn, "level-4")) == 1
    assert {"Monday: 0", "Sunday: 9", "Mon", "Wed", "Nov"} == set(words(drawn))


def test_what_came_true_lies_on_the_diagonal() -> None:
    dots = [Dot(0.9, 0.9, "right", 4), Dot(0.8, 0.6, "too bold", 1)]
    drawn = agreement(dots, 0.5, ("foretold", "happened"), "Forecast")
    diagonal = of_class(drawn, "diagonal")[0]
    right, bold = of_class(drawn, "bubble")
    along = float(right.get("cx", "")) - float(diagonal.get("x1", ""))
    up = float(diagonal.get("y1", "")) - float(right.get("cy", ""))
    assert abs(along - up) < 0.01
    assert float(right.get("r", "")) > float(bold.get("r", ""))
    assert {"50%", "100%", "foretold", "happened", "too bold"} <= set(words(drawn))


def test_a_meter_shows_shares_of_a_whole_and_a_goal() -> None:
    drawn = meter([Part(2, "known"), Part(1, "lost")], 4, "2 of 4")
    assert sizes(drawn, "known", "width") == [500]
    assert sizes(drawn, "lost", "x") == [500]
    assert sizes(drawn, "lost", "width") == [250]
    goal = sizes(meter([Part(0.5, "known")], 1, "half", 0.9), "goal", "x")
    assert goal == [898]
    assert "2 of 4" in words(drawn)


def test_cells_of_a_band_share_its_width() -> None:
    drawn = band([(3, "firm", "A: 3"), (1, "weak", "B: 1")], "Map")
    assert sizes(drawn, "firm", "width") + sizes(drawn, "weak", "width") == [750, 250]
    assert words(drawn) == ["A: 3", "B: 1"]


def test_hostile_words_stay_words() -> None:
    drawings = [
        columns([Column((), HOSTILE, HOSTILE, HOSTILE)], HOSTILE),
        curve([Dot(0, 0, HOSTILE)], 1, [HOSTILE], HOSTILE),
        grid([Cell(0, 0, 1, HOSTILE)], [HOSTILE], [(0, HOSTILE)], 1, HOSTILE),
        agreement([Dot(1, 1, HOSTILE)], 0, (HOSTILE, HOSTILE), HOSTILE),
        meter([], 1, HOSTILE),
        band([(1, "firm", HOSTILE)], HOSTILE),
    ]
    for drawn in drawings:
        assert parsed(drawn).get("aria-label") == HOSTILE
        assert HOSTILE in words(drawn)
        assert "<script" not in drawn
