"""`trainer simulate`: targets and paces, in tables, plots and JSON."""

import pytest

from tests.learners import STEADY, log_of, write_log
from tests.program import Program
from trainer.language.width import text_width


def test_targets_are_compared_in_both_languages_within_sixty_columns(
    shipped: Program,
) -> None:
    narrow = shipped.having(COLUMNS="60")
    said = narrow("simulate", "--days", "60")
    assert said.err == ""
    rows = [line.split() for line in said.out.splitlines() if "%" in line]
    targets = [row[row[0] == "▸"] for row in rows if "(" in " ".join(row)]
    assert targets == ["80%", "82%", "85%", "87%", "90%", "92%", "95%", "97%"]
    assert "your target now" in said.out
    chinese = narrow("simulate", "--days", "60", "--lang", "zh", "--ascii")
    assert "> 当前目标" in chinese.out
    for line in (said.out + chinese.out).splitlines():
        assert text_width(line) <= 60, line
    assert all(
        char.isascii() or char > "⺀" for char in chinese.out if char not in "…“”"
    )


def test_a_pace_says_when_all_is_learned_and_which_day_is_the_busiest(
    program: Program,
) -> None:
    said = program("simulate", "--new", "2", "--days", "30")
    assert "Every card is learned after 3 days, on 2026-11-25." in said.out
    assert "target" not in said.out.split("With 2 new")[0]
    both = program(
        *("simulate", "fruit", "--new", "1", "--retention", "85%", "--days", "9"),
        "--json",
    ).json
    assert list(both) == [
        *("schema_version", "days", "cards", "new", "new_per_day", "fitted"),
        *("habits", "targets", "pace"),
    ]
    assert (both["days"], both["cards"], both["new"]) == (9, 3, 3)
    assert [one["retention"] for one in both["targets"]] == [0.85]
    assert both["pace"]["learned_after"] == 3
    assert [day["new"] for day in both["pace"]["by_day"]] == [1, 1, 1] + 6 * [0]
    short = program("simulate", "--new", "1", "--days", "2", "--lang", "zh").out
    assert "到期末还有 3 张新卡" in short


def test_it_starts_from_what_the_learner_has_done(program: Program) -> None:
    write_log(program.home, log_of(STEADY, 400))  # other cards, but the same learner
    said = program("simulate", "--json", "--days", "5").json
    assert said["habits"]["borrowed"] == ["forgotten_seconds"]
    assert said["habits"]["first_seconds"] == 8
    assert said["fitted"] is False
    program("review", given="echo apple\n" * 9)
    program("card", "suspend", "fruit/pear")
    later = program("simulate", "--json", "--days", "5").json
    assert (later["cards"], later["new"]) == (4, 0)
    assert "No card is new" in program("simulate", "--new", "3").out


@pytest.mark.parametrize("value", ["0.9..0.8", "1.5", "0.8..x", "..", "nan"])
def test_a_target_that_cannot_be_is_refused(program: Program, value: str) -> None:
    said = program("simulate", "--retention", value)
    assert (said.code, said.out) == (2, "")
    assert "0.8..0.97" in said.err
