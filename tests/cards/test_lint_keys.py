"""What lint finds in answer keys, by the grammar that judges learners."""

from pathlib import Path

import pytest

from tests.decks import SHIPPED
from trainer.cards.lint import lint_card
from trainer.cards.problem import Severity
from trainer.cards.reading import read_deck
from trainer.grading.grammar import Grammar, load_grammar, parse_grammar
from trainer.language.text import Language

OLD = parse_grammar(
    {
        "schema": 1,
        "program": "tool",
        "version": "1",
        "commands": [
            {
                "path": "old",
                "deprecated": "2.0",
                "instead": "new",
                "options": [{"long": "gone-soon", "type": "bool", "deprecated": "3"}],
            }
        ],
    }
)


def source(name: str) -> Grammar:
    return OLD if name == "tool" else load_grammar(name)


def lint(card: str, grammar: str = "grammar: docker\n") -> list[tuple[int, str]]:
    """Return lines and messages of what lint says about one card."""
    text = f"deck: d\ntitle: T\n{grammar}cards:\n- id: x\n  ask: q\n{card}"
    found = read_deck(text.encode(), "d.yaml", source, lint_card).problems
    return [(one.place.line, one.message.in_language(Language.EN)) for one in found]


@pytest.mark.parametrize("deck", SHIPPED, ids=lambda path: path.stem)
def test_shipped_decks_lint_clean(deck: Path) -> None:
    problems = read_deck(deck.read_bytes(), deck.name, check=lint_card).problems
    assert [one.in_language(Language.EN) for one in problems] == []


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (
            "  kind: command\n  answer: docker ps --nope\n",
            "the client would refuse this answer: There is no option `--nope` here.",
        ),
        (
            "  kind: command\n  answer: docker rm $(docker ps --nope)\n",
            "the client would refuse this answer: There is no option `--nope` here.",
        ),
        (
            "  kind: flag\n  command: docker stop\n  answer: --tiem\n",
            "the client would refuse this answer: There is no option `--tiem` here.",
        ),
    ],
)
def test_an_answer_that_the_client_refuses_is_an_error(card: str, said: str) -> None:
    assert lint(card) == [(9 if "flag" in card else 8, said)]


@pytest.mark.parametrize(
    "card",
    [
        "  kind: command\n  answer: docker ps\n  accept: [docker container ls]\n",
        "  kind: flag\n  command: docker ps\n  answer: --all\n  accept: [-a]\n",
        "  kind: concept\n  form: type\n  answer: latest\n  accept: [Latest]\n",
    ],
)
def test_an_accepted_answer_that_counts_already_is_needless(card: str) -> None:
    ((_, said),) = lint(card)
    assert said.endswith("counts as right already; leave it out")


def test_a_placeholder_that_the_answer_lacks_is_named() -> None:
    card = (
        "  kind: command\n  answer: docker stop <container>\n"
        "  accept: [docker kill <box>]\n"
    )
    assert lint(card) == [
        (9, "the answer has no placeholder `<box>`; use the names it uses")
    ]


def test_a_flag_alone_is_not_blamed_for_what_its_line_lacks() -> None:
    assert lint("  kind: flag\n  command: docker run\n  answer: --name\n") == []


def test_a_placeholder_may_stand_for_a_whole_value() -> None:
    answer = "docker run --mount <what> <image>"
    assert lint(f"  kind: command\n  answer: {answer}\n") == []


def test_deprecated_forms_are_named_with_their_version() -> None:
    card = "  kind: command\n  answer: tool old --gone-soon\n"
    assert lint(card, "grammar: tool\n") == [
        (8, "`old` is deprecated (2.0); today one writes `new`"),
        (8, "`--gone-soon` is deprecated (3)"),
    ]


def test_cards_to_flip_and_decks_without_a_grammar_have_nothing_to_try() -> None:
    assert lint("  kind: concept\n  answer: a\n") == []
    assert lint("  kind: command\n  answer: anything goes\n", "") == []


def test_only_a_refused_answer_costs_the_card() -> None:
    refused = "  kind: command\n  answer: docker ps --nope\n"
    needless = "  kind: command\n  answer: docker ps\n  accept: [docker ps]\n"
    for card, severity, kept in (
        (refused, Severity.ERROR, 0),
        (needless, Severity.WARNING, 1),
    ):
        head = "deck: d\ntitle: T\ngrammar: docker\ncards:\n- id: x\n  ask: q\n"
        found = read_deck((head + card).encode(), "d.yaml", source, lint_card)
        assert [one.severity for one in found.problems] == [severity]
        assert found.deck is not None
        assert len(found.deck.cards) == kept


def test_an_unknown_grammar_is_named_and_words_judge_until_then() -> None:
    text = (
        "deck: d\ntitle: T\ngrammar: dokcer\ncards:\n"
        "- {id: x, kind: command, ask: q, answer: docker ps}\n"
    )
    found = read_deck(text.encode(), "d.yaml")
    (problem,) = found.problems
    assert (problem.place.line, problem.place.column) == (3, 10)
    assert "dokcer" in problem.message.in_language(Language.ZH)
    assert found.deck is not None
    assert found.deck.cards[0].content.grade("docker  ps").outcome == "correct"
