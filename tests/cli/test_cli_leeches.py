"""Cards that are forgotten again and again are named, with advice."""

from datetime import timedelta

import pytest

from tests.learning import MONDAY, Sitting, open_store
from tests.program import Program

NOW = "2026-12-25T09:00+08:00"


@pytest.fixture
def hard(program: Program) -> Program:
    """Return the program with one card forgotten seven times, and due."""
    with open_store(program.home) as store:
        sitting = Sitting(store)
        sitting.answer("fruit/apple", 4)
        sitting.answer("fruit/pear", 4)
        for _ in range(7):
            sitting.now += timedelta(days=2)
            sitting.answer("fruit/apple", 1)
            sitting.answer("fruit/apple", 3)
    assert sitting.now > MONDAY
    return program.at(NOW)


def test_a_leech_is_told_of_listed_shown_and_counted(hard: Program) -> None:
    assert hard("card", "list", "--leeches").err == "No card is like that.\n"
    forgotten = hard("review", "--new", "0", given="no =1\n")
    assert (
        "You have forgotten `fruit/apple` 8 times. Split it in two, or add a hint: "
        "`trainer deck edit fruit/apple`.\n"
    ) in forgotten.out
    assert hard("card", "list", "--leeches").out.splitlines() == [
        "card         state       due         lapses  marks",
        "fruit/apple  relearning  2026-12-25       8  leech",
    ]
    shown = hard("card", "show", "fruit/apple").out
    assert "Leech: forgotten again and again; split it in two, or add a hint" in shown
    listed = hard("card", "list", "--json").json["cards"]
    assert [one["id"] for one in listed if one["leech"]] == ["fruit/apple"]
    assert "1 card is a leech: trainer card list --leeches" in hard("stats").out
    assert len(hard("stats", "--json").json["cards"]["leeches"]) == 1
    hard("config", "set", "schedule.leech-lapses", "0")
    assert hard("stats", "--json").json["cards"]["leeches"] == []


def test_it_is_told_in_chinese(hard: Program) -> None:
    told = hard("--lang", "zh", "review", "--new", "0", given="no =1\n").out
    assert "`fruit/apple` 已经忘了 8 次。" in told
    assert "难记卡" in hard("--lang", "zh", "card", "list", "--leeches").out


def test_a_leech_is_suspended_only_where_that_was_chosen(hard: Program) -> None:
    hard("config", "set", "schedule.leech-suspends", "yes")
    ran = hard("review", "--new", "0", given="no =1\n" + "echo pear =4\n" * 3)
    assert "`fruit/apple` 8 times" in ran.out
    assert ran.out.count("Question: Say apple.") == 1
    assert (
        hard("card", "list", "--leeches")
        .out.splitlines()[1]
        .endswith("suspended, leech")
    )
    assert hard("undo").code == 0
    assert hard("undo").code == 0
    assert hard("undo").code == 0
    assert hard("card", "show", "fruit/apple", "--json").json["memory"]["lapses"] == 7
