"""The project's own exam: what every answer in `cases/` is worth, and the laws."""

from collections.abc import Mapping, Sequence

from trainer.grading.answers import grade_command
from trainer.grading.verdict import Verdict
from trainer.language.text import Language

Row = Mapping[str, str]


def feedback(verdict: Verdict, language: Language = Language.EN) -> str:
    return " ".join(one.message.in_language(language) for one in verdict.findings)


def test_the_exam_is_large_and_has_no_row_twice(rows: Sequence[Row]) -> None:
    answers = [(row["expected"], row["given"]) for row in rows]
    assert len(answers) == len(set(answers)) >= 400


def test_an_answer_gets_the_verdict_it_deserves(case: Row) -> None:
    verdict = grade_command([case["expected"]], case["given"], "docker")
    assert verdict.outcome.value == case["verdict"], feedback(verdict)
    assert case["mention"] in feedback(verdict)
    assert len(verdict.findings) <= 3
    assert bool(verdict.findings) == (case["verdict"] != "correct")


def test_only_what_is_wrong_is_marked(case: Row) -> None:
    verdict = grade_command([case["expected"]], case["given"], "docker")
    spans = [span for one in verdict.findings for span in one.spans]
    marked = {case["given"][start:end] for start, end in spans}
    assert marked == set(case["marks"].split(" / ")) or not case["marks"]


def test_feedback_is_worded_in_both_languages(case: Row) -> None:
    verdict = grade_command([case["expected"]], case["given"], "docker")
    for finding in verdict.findings:
        said = [finding.message.in_language(one) for one in Language]
        assert all(said)
        assert said[0] != said[1]
        spans = [(one.start, one.end) for one in finding.spans]
        assert all(0 <= start <= end <= len(case["given"]) for start, end in spans)
    assert all(one.in_language(lang) for one in verdict.repairs for lang in Language)


def test_an_expected_answer_is_correct_itself(answer: str) -> None:
    assert grade_command([answer], answer, "docker").outcome.value == "correct"


def test_the_order_of_accepted_answers_does_not_matter(
    rows: Sequence[Row],
) -> None:
    for row, other in zip(rows, rows[::-1], strict=True):
        accepted = [row["expected"], other["expected"]]
        one = grade_command(accepted, row["given"], "docker")
        two = grade_command(accepted[::-1], row["given"], "docker")
        assert one.outcome == two.outcome


def test_any_accepted_answer_will_do() -> None:
    accepted = ["docker image inspect nginx", "docker inspect nginx"]
    verdict = grade_command(accepted, "docker inspect nginx", "docker")
    assert (verdict.outcome.value, verdict.expected) == ("correct", accepted[1])


def test_what_an_input_method_did_is_repaired_and_said() -> None:
    verdict = grade_command(["docker ps -a"], "docker ps —a", "docker")
    assert verdict.outcome.value == "correct"
    assert [one.in_language(Language.EN) for one in verdict.repairs] == [
        "`—` was read as `-`."
    ]


def test_findings_point_into_what_was_typed() -> None:
    typed = "$ docker　run ——naem web nginx"
    verdict = grade_command(["docker run --name web nginx"], typed, "docker")
    span = verdict.findings[0].spans[0]
    assert typed[span.start : span.end] == "——naem"
