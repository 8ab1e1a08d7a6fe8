"""Deck files as text: what is written is what is read."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.cards.card import Card, CardId, Context, Kind, Notes, Source, Status
from trainer.cards.forms.choose import Choose
from trainer.cards.forms.cloze import Cloze
from trainer.cards.forms.order import Order
from trainer.cards.forms.recall import Recall
from trainer.cards.forms.typed import Typed
from trainer.cards.reading import read_deck
from trainer.cards.record import dump_card
from trainer.cards.writing import (
    LayoutError,
    card_text,
    deck_text,
    suggested_id,
    with_card,
)
from trainer.language.clean import hostile_character, is_blank
from trainer.language.text import Text

HEAD = "deck: d\ntitle: T\ncards:\n"
FIRST = "- id: a\n  kind: concept\n  ask: Q\n  answer: A\n"
NEW = card_text({"id": "new", "kind": "concept", "ask": "New?", "answer": "Yes: #1"})

SLIPS = [": ", " #", "'", '"', "\\", "- ", "{", "[", "`", "*a", "&a", "!t", "%", "\n"]
WORDS = ["null", "~", "yes", "0755", "3.10", "8080:22", "<<", "=", "镜像", "：", "🐳"]
texts = (
    st.lists(
        st.sampled_from([*SLIPS, *WORDS]) | st.text(max_size=4), min_size=1, max_size=6
    )
    .map("".join)
    .filter(lambda text: not is_blank(text) and hostile_character(text) is None)
)
both = st.builds(Text, texts, texts) | texts.map(Text.same)
names = st.from_regex(r"[a-z0-9]+(?:[._-][a-z0-9]+)*", fullmatch=True).filter(
    lambda name: len(name) <= 64
)


def contents(kind: Kind, word: str) -> st.SearchStrategy[Any]:
    """Return exercises of all forms; what lacks a blank or a difference gets one."""
    context = st.just(Context(kind, None))
    many = st.lists(texts, max_size=3).map(tuple)
    distinct = st.lists(both, min_size=3, max_size=3).map(
        lambda found: tuple(
            Text(f"{at} {one.en}", f"{at} {one.zh}") for at, one in enumerate(found)
        )
    )
    command = st.just(word) if kind is Kind.FLAG else st.none()
    answers = both if kind is Kind.CONCEPT else texts.map(Text.same)
    return st.one_of(
        st.builds(Recall, context, both, both),
        st.builds(Typed, context, both, answers, many, command),
        st.builds(Choose, context, both, st.just(Text.same("right")), distinct),
        st.builds(Order, context, both, distinct),
        st.builds(Cloze, context, st.just(Text("a [[b|c]]: d", "#[[ b ]]"))),
    )


FORMS = {
    Recall: "recall",
    Typed: "type",
    Choose: "choose",
    Order: "order",
    Cloze: "cloze",
}


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """Make a card of any form."""
    kind = draw(st.sampled_from(Kind))
    content = draw(contents(kind, draw(texts)))
    first = draw(st.integers(1, 999))
    lines = st.none() | st.integers(first, 999).map(lambda last: (first, last))
    return Card(
        CardId(f"d/{draw(names)}"),
        kind,
        FORMS[type(content)],
        content,
        draw(st.none() | st.builds(Source, names, lines)),
        draw(st.none() | both),
        draw(st.none() | st.builds(Notes, st.sampled_from(Status), texts)),
        tuple(draw(st.lists(names, max_size=3))),
        tuple(CardId(f"{deck}/x") for deck in draw(st.lists(names, max_size=2))),
        1,
    )


@settings(deadline=None)
@given(cards())
def test_a_card_that_is_written_is_read_again(card: Card) -> None:
    added = with_card(HEAD + FIRST, card_text(dump_card(card)), "d.yaml")
    reading = read_deck(added.text.encode(), "d.yaml")
    assert reading.problems == () or card.id == "d/a"
    assert reading.deck is not None
    if card.id != "d/a":
        assert reading.deck.cards[1:] == (card._replace(line=added.first),)


def test_a_card_is_written_as_authors_do() -> None:
    fields = {
        "answer": "docker ps",
        "id": "list",
        "kind": "command",
        "tags": ["t", "8"],
        "ask": {"en": "Q: what?", "zh": "问"},
        "wrong": ["docker ls", {"en": "no", "zh": "否"}],
        "source": {"section": "s", "lines": "3-4"},
    }
    assert card_text(fields) == (
        "- id: list\n"
        "  kind: command\n"
        "  source: {section: s, lines: 3-4}\n"
        "  ask:\n"
        '    en: "Q: what?"\n'
        '    zh: "问"\n'
        '  answer: "docker ps"\n'
        "  wrong:\n"
        '  - "docker ls"\n'
        '  - {en: "no", zh: "否"}\n'
        "  tags: [t, 8]\n"
    )


def indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HEAD + FIRST, HEAD + FIRST + NEW),
        (HEAD + FIRST.rstrip("\n"), HEAD + FIRST + NEW),
        (HEAD + FIRST + "# more to come\n", HEAD + FIRST + "# more to come\n" + NEW),
        # parted by blank lines, as the others are
        (
            HEAD + FIRST + "\n" + FIRST.replace("id: a", "id: b"),
            HEAD + FIRST + "\n" + FIRST.replace("id: a", "id: b") + "\n" + NEW,
        ),
        (
            HEAD + "\n" + FIRST + "\n",
            HEAD + "\n" + FIRST + "\n" + NEW,
        ),
        # the indentation of the others
        (
            HEAD + indented(FIRST),
            HEAD + indented(FIRST) + indented(NEW),
        ),
        # no cards yet
        ("deck: d\ntitle: T\ncards: []\n", HEAD + NEW),
        ("deck: d\ntitle: T\ncards: [ ] # no\n", HEAD[:-1] + " # no\n" + NEW),
        ('deck: d\ntitle: T\n"cards" : []', 'deck: d\ntitle: T\n"cards" :\n' + NEW),
        # fields of the head below the cards, with their remark
        (
            f"deck: d\ncards:\n{FIRST}\n# the title\ntitle: T\n",
            f"deck: d\ncards:\n{FIRST}{NEW}\n# the title\ntitle: T\n",
        ),
        ("deck: d\ncards: []\ntitle: T\n", f"deck: d\ncards:\n{NEW}title: T\n"),
        (
            (HEAD + FIRST).replace("\n", "\r\n"),
            (HEAD + FIRST + NEW).replace("\n", "\r\n"),
        ),
    ],
)
def test_a_card_goes_behind_the_others_and_nothing_else_changes(
    before: str, after: str
) -> None:
    added = with_card(before, NEW, "d.yaml")
    assert added.text == after
    reading = read_deck(added.text.encode(), "d.yaml")
    assert reading.problems == ()
    assert reading.deck is not None
    assert reading.deck.cards[-1].id == "d/new"
    assert reading.deck.cards[-1].line == added.first
    assert added.last == added.first + NEW.count("\n") - 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "deck: d\n",
        "{deck: d, cards: []}\n",
        "cards: [{id: a}]\n",
        "cards: &a\n- x\n",
    ],
)
def test_a_layout_that_would_have_to_change_is_refused(text: str) -> None:
    with pytest.raises(LayoutError, match=r"d\.yaml"):
        with_card(text, NEW, "d.yaml")


@pytest.mark.parametrize("grammar", [None, "docker"])
def test_a_new_deck_is_sound_and_names_its_schema(grammar: str | None) -> None:
    text = deck_text("no", {"en": "A: b", "zh": "甲"}, grammar)
    assert text.startswith("# yaml-language-server: $schema=./deck.schema.json\n")
    reading = read_deck(text.encode(), "no.yaml")
    assert reading.problems == ()
    assert reading.deck is not None
    assert (reading.deck.id, reading.deck.grammar) == ("no", grammar)
    assert reading.deck.title == Text("A: b", "甲")


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"answer": "git branch -d dev"}, "git-branch-d-dev"),
        ({"answer": {"zh": "联合挂载 union mount"}, "ask": "Q"}, "union-mount"),
        ({"ask": "The file `[[/etc/hosts|x]]` maps names."}, "etc-hosts"),
        ({"ask": {"en": "Put a site online."}, "steps": ["a"]}, "put-a-site-online"),
        ({"answer": "好", "ask": {"zh": "问", "en": "Ask me"}}, "ask-me"),
        ({"answer": "好", "ask": "问"}, "card"),
        ({"answer": "taken"}, "taken-2"),
        ({"answer": "-d", "command": "git branch", "ask": "Q?"}, "git-branch-d"),
    ],
)
def test_an_id_is_suggested_that_says_what_the_answer_says(
    fields: dict[str, Any], name: str
) -> None:
    assert suggested_id(fields, {"taken"}) == name
