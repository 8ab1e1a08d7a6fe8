"""`trainer undo`."""

from tests.program import Program


def test_undo_takes_back_the_last_answers_newest_first(program: Program) -> None:
    program("review", given="a =4\nb =3\nc =1\n:q\n")
    ran = program("undo", "2")
    assert ran.out.splitlines() == [
        "Taken back: fruit/plum (Again)",
        "Taken back: fruit/pear (Good)",
    ]
    assert program("stats", "--json").json["reviews"]["total"] == 1


def test_undo_with_nothing_left_says_so(program: Program) -> None:
    ran = program("undo")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "There is nothing to take back.\n"


def test_after_undoing_everything_all_is_as_new(program: Program) -> None:
    fresh = program("due", "--json").json
    program("review", given="a =4\nb\n:q\n")
    program("undo", "9")
    assert program("due", "--json").json == fresh
    assert program("due", "--json").json == fresh
    assert program("due", "fruit", "trees", "--json").json == fresh


def test_undo_of_an_absurd_number_is_wrong_usage(program: Program) -> None:
    for number in ("0", "-1", "9" * 40, "x"):
        ran = program("undo", number)
        assert (ran.code, ran.out) == (2, "")
