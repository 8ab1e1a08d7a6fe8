"""Plots show where points lie and how loads go, within their room."""

import pytest

from trainer.terminal.plot import ASCII, UNICODE, columns_plot, points_plot


def test_points_lie_where_their_values_are() -> None:
    points = [(1.0, 10.0, "a"), (2.0, 20.0, "b"), (3.0, 30.0, "c")]
    assert points_plot(points, 20, 3, ASCII) == [
        "30 |              oc",
        "   |       ob",
        "   |oa",
        "10 +---------------",
        "    1.0         3.0",
    ]


def test_a_label_that_would_hide_a_point_is_left_out() -> None:
    points = [(1.0, 10.0, "90%"), (1.5, 10.0, "91%"), (9.0, 20.0, "97%")]
    drawn = points_plot(points, 30, 3, UNICODE)
    assert drawn[2].count("●") == 2
    assert "91%" in drawn[2]
    assert "90%" not in drawn[2]


@pytest.mark.parametrize("points", [[(1.0, 5.0, "x")], [(1.0, 5.0, "x")] * 2])
def test_points_on_one_place_can_be_drawn(
    points: list[tuple[float, float, str]],
) -> None:
    assert sum(line.count("o") for line in points_plot(points, 20, 4, ASCII)) == 1


def test_columns_are_as_high_as_their_values() -> None:
    assert columns_plot([0, 1, 2, 4], 20, 2, ASCII) == [
        "4.0 |   #",
        "    | :##",
        "  0 +----",
    ]


def test_where_room_is_short_neighbours_share_a_column() -> None:
    drawn = columns_plot([*range(100)], 60, 3, UNICODE)
    assert max(map(len, drawn)) <= 60
    assert drawn[-1].count("─") == 50
    assert drawn[0].startswith("98.5 │")
    assert drawn[0].endswith("█")


def test_days_without_anything_to_do_are_empty_columns() -> None:
    assert columns_plot([0, 0], 20, 2, ASCII) == ["0.1 |", "    |", "  0 +--"]
