"""`trainer report` writes one page and never over another file."""

from pathlib import Path

import pytest

from tests.learning import answered
from tests.program import Program

HISTORY = (("fruit/apple", 3, "echo apple"), ("trees/oak", 1, "echo fir"))


@pytest.fixture
def learner(program: Program) -> Program:
    """`trainer` with two answers in its log."""
    answered(program.home, *HISTORY)
    return program


def test_it_writes_a_page_once_and_over_it_only_by_force(
    learner: Program, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    words = ("report", "-o", str(file))
    said = learner(*words)
    assert (said.out, said.err) == ("", f"The report is in {file}.\n")
    page = file.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "Say oak." not in page
    assert "2 answers in 0 min" in page
    file.write_text("mine", encoding="utf-8")
    refused = learner(*words)
    assert refused.code == 2
    assert "--force" in refused.err
    assert file.read_text(encoding="utf-8") == "mine"
    learner(*words, "--force")
    assert file.read_text(encoding="utf-8") == page


def test_it_prints_the_page_in_the_learners_language_about_some_topics(
    learner: Program,
) -> None:
    said = learner("report", "fruit", "-o", "-", "--lang", "zh")
    assert said.err == ""
    assert "2026-11-23 · fruit牌组" in said.out
    assert "trees牌组" not in said.out
    assert "共 1 次" in said.out


def test_it_tells_since_when_answers_count(learner: Program) -> None:
    page = learner("report", "-o", "-", "--since", "2026-11-22").out
    assert "Of answers, those since 2026-11-22 count" in page
    assert "since 2026" not in learner("report", "-o", "-").out


def test_an_unknown_topic_is_told_and_nothing_written(
    learner: Program, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    said = learner("report", "fruits", "-o", str(file))
    assert said.code == 2
    assert "fruit" in said.err
    assert not file.exists()


def test_the_browser_of_the_learner_shows_it_if_there_is_one(
    learner: Program, tmp_path: Path
) -> None:
    file, shown = tmp_path / "my report.html", tmp_path / "shown"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{shown}"\n', encoding="utf-8")
    browser.chmod(0o755)
    words = ("report", "-o", str(file), "--force", "--open")
    assert learner.having(BROWSER=str(browser))(*words).code == 0
    assert shown.read_text(encoding="utf-8") == f"{file.as_uri()}\n"
    nowhere = learner.having(PATH="", BROWSER=f"{tmp_path}/none")(*words)
    assert (nowhere.code, nowhere.err.count("\n")) == (0, 2)
