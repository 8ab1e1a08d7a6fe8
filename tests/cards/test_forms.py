"""What the exercise forms ask, take and tell."""

import pytest

from trainer.cards.card import Card, Input, Source
from trainer.cards.forms import FORMS
from trainer.cards.reading import read_deck
from trainer.grading.verdict import Outcome
from trainer.language.text import Language, Text

DECK = """\
deck: d
title: T
grammar: docker
cards:
- id: command
  kind: command
  ask: {en: List the containers., zh: 列出容器。}
  answer: docker ps
  accept: [docker container ls]
- id: flag
  kind: flag
  command: docker ps
  ask: Which flag shows all?
  answer: -a
  accept: [--all]
- id: wording
  kind: concept
  form: type
  ask: What runs an image?
  answer: {en: a container, zh: 容器}
- id: recall
  kind: concept
  ask: {en: What is an image?, zh: 镜像是什么？}
  answer: {en: A template., zh: 模板。}
"""


def cards() -> dict[str, Card]:
    reading = read_deck(DECK.encode(), "d.yaml")
    assert reading.problems == ()
    assert reading.deck is not None
    return {card.id.removeprefix("d/"): card for card in reading.deck.cards}


@pytest.mark.parametrize(
    ("name", "response", "outcome"),
    [
        ("command", "docker ps", Outcome.CORRECT),
        ("command", "docker container ls", Outcome.CORRECT),
        ("command", "docker images", Outcome.WRONG),
        ("command", "", Outcome.WRONG),
        ("flag", "-a", Outcome.CORRECT),
        ("flag", "--all", Outcome.CORRECT),
        ("flag", "-q", Outcome.WRONG),
        ("wording", "a container", Outcome.CORRECT),
        ("wording", "容器", Outcome.CORRECT),
        ("wording", "a volume", Outcome.WRONG),
        ("recall", "anything", Outcome.UNJUDGED),
        ("recall", "", Outcome.UNJUDGED),
    ],
)
def test_an_answer_is_judged(name: str, response: str, outcome: Outcome) -> None:
    assert cards()[name].content.grade(response).outcome is outcome


def test_a_typed_card_wants_a_line_and_a_recalled_one_is_turned_over() -> None:
    wanted = {
        name: card.content.prompt(Language.EN).input for name, card in cards().items()
    }
    assert wanted == {
        "command": Input.COMMAND,
        "flag": Input.COMMAND,
        "wording": Input.LINE,
        "recall": Input.FLIP,
    }


def test_a_question_is_asked_in_the_learners_language() -> None:
    content = cards()["command"].content
    assert content.prompt(Language.EN).question == "List the containers."
    assert content.prompt(Language.ZH).question == "列出容器。"


def test_both_sides_are_in_the_learners_language() -> None:
    content = cards()["recall"].content
    assert content.sides(Language.EN) == ("What is an image?", "A template.")
    assert content.sides(Language.ZH) == ("镜像是什么？", "模板。")
    typed = cards()["command"].content
    assert typed.sides(Language.ZH) == ("列出容器。", "docker ps")


@pytest.mark.parametrize("name", ["wording", "recall"])
def test_the_texts_of_a_card_are_named_as_in_the_deck(name: str) -> None:
    texts = dict(cards()[name].content.texts())
    assert list(texts) == ["ask", "answer"]
    assert all(isinstance(text, Text) for text in texts.values())


def test_there_are_five_forms() -> None:
    assert len(FORMS) == len({*FORMS, "type", "recall", "choose", "cloze", "order"})


@pytest.mark.parametrize(
    ("lines", "told"),
    [(None, "Images"), ((7, 7), "Images, line 7"), ((7, 9), "Images, lines 7-9")],
)
def test_a_source_is_cited_with_its_lines_if_they_are_known(
    lines: tuple[int, int] | None, told: str
) -> None:
    source = Source("images", lines, Text("Images", "镜像"))
    assert source.cited().in_language(Language.EN) == told
