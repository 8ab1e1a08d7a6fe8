"""Cards whose values change: what is drawn, where it stands, and authors' slips."""

import json
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.cards.card import Card
from trainer.cards.lint import lint_card
from trainer.cards.reading import read_deck
from trainer.cards.record import dump_card, load_card, show_card
from trainer.cards.values import Variable
from trainer.cards.writing import card_text
from trainer.grading.verdict import Outcome
from trainer.language.text import Language

HEAD = "deck: d\ntitle: T\ngrammar: docker\ncards:\n"
RUN = """- id: run
  kind: command
  vars: {port: [8080, 9090, 3000], name: [web, api], high: 8000-8099}
  ask:
    en: "Run `nginx` as `@name@`; port @port@ leads to 80, and @high@ to 443."
    zh: "用 `nginx` 运行 `@name@`，端口 @port@ 通向 80，@high@ 通向 443。"
  answer: docker run --name @name@ -p @port@:80 -p @high@:443 nginx
  accept: [docker run --name=@name@ -p @port@:80/tcp -p @high@:443 nginx nginx]
  why: {en: "Then @port@ is taken.", zh: "此后 @port@ 被占用。"}
"""


def read(cards: str, *, thoroughly: bool = False) -> tuple[list[Card], list[str]]:
    """Return the cards of a deck, and what is said of it."""
    check = {"check": lint_card} if thoroughly else {}
    found = read_deck((HEAD + cards).encode(), "d.yaml", **check)  # type: ignore[arg-type]
    assert found.deck is not None
    said = [one.in_language(Language.EN) for one in found.problems]
    return list(found.deck.cards), said


def run_card() -> Card:
    ((card,), said) = read(RUN)
    assert said == []
    return card


def texts(card: Card) -> str:
    """Return all that can be read of a card."""
    return json.dumps(dump_card(card), ensure_ascii=False)


def test_the_values_of_a_card_are_told_in_a_line() -> None:
    assert Variable("name", ("web", "api")).written == "web, api"
    assert Variable("port", range(8000, 8010)).written == "8000-8009"


def test_a_card_that_is_looked_at_shows_its_first_values() -> None:
    card = run_card()
    question, answer = card.content.sides(Language.ZH)
    assert question == "用 `nginx` 运行 `web`，端口 8080 通向 80，8000 通向 443。"
    assert answer == "docker run --name web -p 8080:80 -p 8000:443 nginx"
    assert card.why is not None
    assert card.why.in_language(Language.EN) == "Then 8080 is taken."


def test_a_dealt_card_is_plain_and_right_with_its_own_values_alone() -> None:
    card = run_card()
    before = None
    for repetition in range(12):
        dealt = card.deal(repetition)
        assert dealt == card.deal(repetition)
        assert dealt.deal(repetition + 1) == dealt
        values = card.values(repetition)
        assert "@" not in texts(dealt)
        for value in (values["port"], values["name"], values["high"]):
            assert value in dealt.content.prompt(Language.EN).question
        answer = dealt.content.sides(Language.EN)[1]
        assert dealt.content.grade(answer).outcome is Outcome.CORRECT
        if before:
            assert dealt.content.grade(before).outcome is not Outcome.CORRECT
        before = answer


@given(
    st.one_of(
        st.lists(st.text("ab", min_size=1), min_size=2, max_size=9, unique=True).map(
            tuple
        ),
        st.integers(2, 30).map(range),
    ),
    st.text("xyz"),
)
def test_a_value_differs_from_the_one_before_and_all_come_equally_often(
    values: tuple[str, ...] | range, seed: str
) -> None:
    variable = Variable("v", values)
    drawn = [variable.drawn(seed, number) for number in range(4 * len(values))]
    assert all(one != other for one, other in pairwise(drawn))
    assert Counter(drawn) == {str(value): 4 for value in values}


def test_names_with_as_many_values_do_not_go_together_forever() -> None:
    card = "- {id: x, kind: command, vars: {a: [1, 2, 3], b: [4, 5, 6]}, "
    ((one,), _) = read(card + "ask: '@a@', answer: echo @b@}\n")
    drawn = {tuple(one.values(number).values()) for number in range(60)}
    assert len(drawn) > 3


def test_a_name_with_one_value_keeps_it() -> None:
    assert {Variable("v", ("a",)).drawn("s", n) for n in range(3)} == {"a"}


@pytest.mark.parametrize(
    ("fields", "response", "outcome"),
    [
        ("form: choose, answer: '-p @v@', wrong: ['-P @v@', -e]", "-p 7", "correct"),
        ("form: choose, answer: '-p @v@', wrong: ['-P @v@', -e]", "-P 7", "wrong"),
        ("form: recall, answer: 'On @v@.'", "", "unjudged"),
        ("form: order, steps: [one @v@, two, three]", "1 2 3", "correct"),
        ("form: type, answer: no, accept: ['@v@']", "7", "correct"),
    ],
)
def test_values_stand_in_every_form(fields: str, response: str, outcome: str) -> None:
    card = f"- {{id: x, kind: concept, vars: {{v: 7-9}}, ask: 'With @v@?', {fields}}}\n"
    ((one,), said) = read(card)
    assert said == []
    assert one.content.grade(response).outcome == outcome
    assert "@v@" not in texts(one.deal(1))


def test_a_value_may_stand_in_a_blank() -> None:
    card = "- {id: x, kind: concept, form: cloze, vars: {v: [80, 81]}, "
    ((one,), said) = read(card + "ask: 'It is [[@v@|port @v@]].'}\n")
    assert said == []
    assert one.content.prompt(Language.EN).question == "It is ____."
    for number in range(2):
        filled = one.values(number)["v"]
        assert one.deal(number).content.grade(f"port {filled}").outcome == "correct"


def test_what_only_looks_like_a_marker_stays() -> None:
    held = "ssh://me@host nginx@sha256:ab a@B@c @Port@ {{.ID}} ${v} $v [[ -f x ]] <v>"
    card = f"- {{id: x, kind: command, vars: {{v: [1, 2]}}, ask: '@v@@v@ {held}', "
    ((one,), said) = read(card + "answer: echo}\n")
    assert said == []
    assert one.content.prompt(Language.EN).question == f"11 {held}"


def test_the_way_to_json_and_back_keeps_the_markers() -> None:
    card = run_card()
    data = json.loads(json.dumps(dump_card(card)))
    assert data["vars"] == {
        "port": ["8080", "9090", "3000"],
        "name": ["web", "api"],
        "high": "8000-8099",
    }
    assert data["why"]["en"] == "Then @port@ is taken."
    assert load_card(data, "d", "docker", card.line) == card
    ((again,), said) = read(card_text(data))
    assert said == []
    assert dump_card(again) == data


def test_who_reads_a_card_as_json_finds_no_markers_but_can_have_them() -> None:
    shown = json.loads(json.dumps(show_card(run_card())))
    assert shown["answer"] == "docker run --name web -p 8080:80 -p 8000:443 nginx"
    assert {"ask", "answer", "accept", "why"} == shown["template"].keys()
    written = {name: one for name, one in shown.items() if name != "template"}
    assert written | shown["template"] == dump_card(run_card())
    ((plain,), _) = read("- {id: x, kind: concept, ask: q, answer: a}\n")
    assert show_card(plain) == dump_card(plain)


CARD = "- {id: x, kind: command, ask: 'Say @v@.', answer: 'echo @v@', vars: "


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[a]", "names with their values go here"),
        ("{}", "there are 0 names here; from 1 to 8 may stand"),
        (f"{{{', '.join(f'v{n}: [a]' for n in range(9))}}}", "there are 9 names here"),
        ("{v: []}", "the list has 0 items; at least 1 are needed"),
        ("{v: web}", "a list of values goes here, or a range of whole numbers"),
        ("{v: 9-8}", "a list of values goes here, or a range of whole numbers"),
        ("{v: 08-9}", "a list of values goes here, or a range of whole numbers"),
        ("{v: {a: b}}", "a list of values goes here, or a range of whole numbers"),
        ("{v: 1-201}", "the list has 201 entries, and at most 200 are allowed"),
        (f"{{v: [{', '.join(map(str, range(201)))}]}}", "the list has 201 entries"),
        ("{v: [a, b, a]}", "the value `a` stands here twice"),
        ("{v: ['']}", "there is no text here"),
        ("{v: [' a']}", "` a` cannot be a value"),
        ("{v: [a, '@w@']}", "`@w@` cannot be a value"),
        ('{v: [a, "b\\nc"]}', "cannot be a value"),
        ('{v: [a, "b\\tc"]}', "cannot be a value"),
        ('{v: [a, "b\\ec"]}', "the character U+001B is invisible"),
        (f"{{v: [a, {'b' * 81}]}}", "the text has 81 characters, and at most 80"),
        ("{V: [a, b]}", "`V` cannot be the name of a value"),
        ("{v_w: [a, b]}", "`v_w` cannot be the name of a value"),
        ("{v: [a], v: [b]}", "`v` stands here twice"),
        ("{w: [a, b]}", "`vars` has no values for `@v@`"),
        ("{? [v] : [a, b]}", "the name of a field must be a plain word"),
        ("{vv: [a, b]}", "`vars` has no values for `@v@`"),
    ],
)
def test_a_slip_in_the_values_costs_the_card_and_is_named(
    written: str, said: str
) -> None:
    cards, found = read(CARD + written + "}\n")
    assert cards == []
    assert said in found[0]


def test_an_unknown_marker_is_named_with_the_one_that_was_meant() -> None:
    card = "- {id: x, kind: command, ask: 'Say @prot@.', answer: echo @port@, "
    cards, found = read(card + "vars: {port: [80, 81]}}\n")
    assert cards == []
    assert found == [
        "d.yaml:5:26: `vars` has no values for `@prot@`, did you mean `@port@`?"
    ]


VALUES = "ask: Q @v@, answer: docker ps"
PICK = "kind: concept, form: choose, ask: Q, vars: {v: [2, 1]}, "


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (
            "kind: command, ask: '@v@', answer: echo, vars: {v: [1, 2], w: [3, 4]}",
            "no text of the card has `@w@`; use it, or drop it from `vars`",
        ),
        (
            "kind: command, ask: Say @v@., answer: echo",
            "`@v@` looks like a marker, and the card has no `vars`; write `vars: {v: ",
        ),
        (
            "kind: command, ask: Q, answer: echo @v@ @w@, vars: {v: 1-3, w: [a, 3]}",
            "`v` and `w` may both be `3` at the same time; give them different values",
        ),
        (
            f"kind: command, {VALUES} @v@, vars: {{v: [-a, -y, -z]}}",
            (
                "where `@v@` is `-y`: the client would refuse this answer: There is no "
                "option `-y` here."
            ),
        ),
        (
            f"kind: command, {VALUES} --nope -f name=@v@, vars: {{v: [a, b]}}",
            "the client would refuse this answer: There is no option `--nope` here.",
        ),
        (
            PICK + "answer: '@v@ B', wrong: [1 B, C]",
            (
                "where `@v@` is `1`: `1 B` stands here twice; each choice must "
                "differ from the others"
            ),
        ),
        (
            PICK + "answer: 2 B, wrong: ['@v@ B', C]",
            "`2 B` stands here twice; each choice must differ from the others",
        ),
        (
            (
                "kind: concept, ask: 'Is @v@ it?', answer: An image, vars: "
                "{v: [x, an image]}"
            ),
            (
                "where `@v@` is `an image`: the question gives `An image` away; ask "
                "without it"
            ),
        ),
    ],
)
def test_lint_tries_each_value_and_says_each_mistake_once(card: str, said: str) -> None:
    _, found = read(f"- {{id: x, {card}}}\n", thoroughly=True)
    (problem,) = found
    assert problem.partition(": ")[2].startswith(said)


def test_what_lint_says_of_values_is_said_in_chinese_too() -> None:
    card = f"- {{id: x, kind: command, {VALUES} @v@, vars: {{v: [-a, -y]}}}}\n"
    (problem,) = read_deck((HEAD + card).encode(), "d.yaml", check=lint_card).problems
    assert problem.in_language(Language.ZH).startswith(
        "d.yaml:5:38: 当 `@v@` 取 `-y` 时：客户端会拒绝这个答案：这里没有"
    )
