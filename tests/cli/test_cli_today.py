"""`trainer` alone: today at a glance."""

from tests.program import Program


def test_a_new_learner_sees_what_waits_and_what_to_type(program: Program) -> None:
    ran = program()
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Today: 0 due, 0 learning, 5 new.\n"
        "Nothing answered yet: five easy cards come first.\n"
        "Start with: trainer review\n"
    )


def test_what_was_done_is_counted_today_and_not_tomorrow(program: Program) -> None:
    program("review", given="echo apple =4\necho pear =4\n")
    assert "Done today: 2 answers." in program().out
    tomorrow = program.at("2026-11-24T09:00+08:00")
    assert tomorrow("--json").json["done"] == 0


def test_today_as_json_agrees_with_due(program: Program) -> None:
    program("review", given="echo apple\necho pear\n")
    today, due = program("--json").json, program("due", "--json").json
    for name in ("due", "new", "learning"):
        assert today[name] == due[name]
    assert (today["date"], today["done"]) == ("2026-11-23", 2)


def test_a_free_day_points_at_the_statistics(program: Program) -> None:
    program("review", given="".join(f"=4{chr(10)}" for _ in range(5)))
    assert "trainer stats" in program().out


def test_it_speaks_chinese(program: Program) -> None:
    assert "今天" in program("--lang", "zh").out
