"""The forms choose, cloze and order: what they show, and how they judge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.cards.card import Card, Input
from trainer.cards.reading import read_deck
from trainer.grading.verdict import Outcome, Verdict
from trainer.language.text import Language

C, P, W = Outcome.CORRECT, Outcome.PARTIAL, Outcome.WRONG
DECK = """\
deck: d
title: T
cards:
- id: ports
  kind: flag
  form: choose
  ask: {en: Which option publishes all exposed ports?, zh: 哪个选项发布所有端口？}
  answer: -P
  wrong: [-p, --expose, {en: none of them, zh: 都不是}]
- id: socket
  kind: concept
  form: cloze
  ask:
    en: The daemon listens on `[[/var/run/docker.sock|unix:///var/run/docker.sock]]`.
    zh: 守护进程默认监听 `[[/var/run/docker.sock]]`。
- id: tag
  kind: concept
  form: cloze
  ask:
    en: Without a tag, docker pulls `[[latest]]`.
    zh: 不写标签时拉取 `[[latest]]`。
- id: option
  kind: flag
  form: cloze
  ask: 'docker run [[-p]] 80:80 nginx'
- id: long-option
  kind: flag
  form: cloze
  ask: 'docker run [[--rm]] nginx'
- id: joined
  kind: concept
  form: cloze
  ask: '`nginx:[[latest]]` listens on `http://web:[[80]]/`.'
- id: pair
  kind: concept
  form: cloze
  ask:
    en: An [[image]] is to a [[container]] what a class is to an object.
    zh: '[[容器|container]]之于[[镜像|image]]，如同对象之于类。'
- id: deploy
  kind: concept
  form: order
  ask: {en: Put a site online., zh: 部署网站。}
  steps:
  - {en: Write, zh: 编写}
  - {en: Build, zh: 构建}
  - {en: Push, zh: 推送}
  - {en: Run, zh: 运行}
- {id: list, kind: command, ask: List., answer: docker ps -a}
- {id: rm, kind: flag, command: docker run, ask: Remove., answer: --rm}
- {id: word, kind: concept, form: type, ask: Word., answer: {en: image, zh: 镜像}}
- {id: think, kind: concept, ask: {en: Front, zh: 正面}, answer: {en: Back, zh: 背面}}
- id: short
  kind: concept
  form: order
  ask: In what order?
  steps: [one, two, three]
"""


def cards() -> dict[str, Card]:
    reading = read_deck(DECK.encode(), "d.yaml")
    assert reading.problems == ()
    assert reading.deck is not None
    return {card.id.removeprefix("d/"): card for card in reading.deck.cards}


def judged(name: str, response: str) -> Verdict:
    return cards()[name].content.grade(response)


@pytest.mark.parametrize(
    ("name", "response", "outcome"),
    [
        ("ports", "-P", C),
        ("ports", " －P ", C),
        ("ports", "-p", W),
        ("ports", "none of them", W),
        ("ports", "都不是", W),
        ("ports", "-x", W),
        ("ports", "", W),
        ("socket", "/var/run/docker.sock", C),
        ("socket", "unix:///var/run/docker.sock", C),
        ("socket", "／var／run／docker．sock", C),
        ("socket", " /var/run/docker.sock ", C),
        ("socket", "/var/run/dokcer.sock", P),
        ("socket", "/etc/docker", W),
        ("socket", "", W),
        ("tag", "Latest", C),
        ("tag", "ｌａｔｅｓｔ", C),
        ("tag", "lattest", P),
        ("tag", "newest", W),
        ("option", "-p", C),
        ("option", "—p", C),
        ("option", "-P", W),
        ("option", "p", W),
        ("long-option", "——rm", C),
        ("joined", "latest; 80", C),
        ("joined", ":latest; :80", C),
        ("joined", "nginx:latest; http://web:80/", C),
        ("joined", "redis:latest; 80", P),
        ("tag", "la-test", P),
        ("tag", "the tag latest", C),
        ("pair", "image; container", C),
        ("pair", "image container", C),
        ("pair", "容器；镜像", C),
        ("pair", "image; volume", P),
        ("pair", "; container", P),
        ("pair", "volume; network", W),
        ("pair", "image", W),
        ("pair", "", W),
        ("deploy", "1 2 3 4", C),
        ("deploy", "1234", C),
        ("deploy", "1 3 2 4", P),
        ("deploy", "4 1 2 3", P),
        ("deploy", "4 3 2 1", W),
        ("deploy", "1 2 3", W),
        ("deploy", "1 2 3 3", W),
        ("deploy", "", W),
        ("short", "1 3 2", W),
    ],
)
def test_an_answer_is_judged(name: str, response: str, outcome: Outcome) -> None:
    assert judged(name, response).outcome is outcome


@pytest.mark.parametrize(
    ("name", "response", "said"),
    [
        ("ports", "都不是", 'You chose "none of them".'),
        ("ports", "-x", 'You chose "-x".'),
        ("ports", "`-x`", "You chose `-x`."),
        ("ports", "only `-x`", 'You chose "only `-x`".'),
        ("tag", "lattest", "A slip: `lattest` should be `latest`."),
        ("pair", "image", "1 of 2 were given."),
        ("pair", "image; volume", "Expected `container`."),
        ("deploy", "1 3 2 4", 'Out of place: "Push" is step 3.'),
        ("deploy", "1 2", "2 of 4 were given."),
    ],
)
def test_a_wrong_answer_says_why(name: str, response: str, said: str) -> None:
    (finding,) = judged(name, response).findings
    assert finding.message.in_language(Language.EN) == said


def test_a_finding_points_into_what_was_typed() -> None:
    (finding,) = judged("pair", "image; contaner").findings
    (span,) = finding.spans
    assert "image; contaner"[span.start : span.end].strip() == "contaner"
    (moved,) = judged("long-option", "——rn").findings
    assert moved.spans[0].start == 0


def test_a_blank_says_how_a_slip_of_the_keyboard_was_read() -> None:
    (note,) = judged("long-option", "——rm").repairs
    assert "--" in note.in_language(Language.EN)


@given(st.text(max_size=30))
def test_judging_never_fails(response: str) -> None:
    for card in cards().values():
        assert card.content.grade(response).expected


def test_the_choices_are_shuffled_by_card_and_repetition() -> None:
    card = cards()["ports"]
    asked = [card.deal(n).content.prompt(Language.EN) for n in range(24)]
    assert [card.deal(n).content.prompt(Language.EN) for n in range(24)] == asked
    orders = {tuple(choice.text for choice in prompt.choices) for prompt in asked}
    assert len(orders) > 8
    assert {frozenset(order) for order in orders} == {
        frozenset({"-P", "-p", "--expose", "none of them"})
    }
    assert all(prompt.input is Input.CHOICE for prompt in asked)


def test_a_choice_taken_in_any_order_is_judged_by_its_text() -> None:
    content = cards()["ports"].deal(3).content
    for language in Language:
        right = [
            choice.text
            for choice in content.prompt(language).choices
            if content.grade(choice.value).outcome is C
        ]
        assert right == ["-P"]


def test_steps_are_never_shown_in_their_right_order() -> None:
    for name in ("deploy", "short"):
        for repetition in range(60):
            prompt = cards()[name].deal(repetition).content.prompt(Language.EN)
            values = [choice.value for choice in prompt.choices]
            assert values != sorted(values)
            assert sorted(values) == [str(n + 1) for n in range(len(values))]


@pytest.mark.parametrize("response", ["1 2 4 3", "1243", "1, 2,  4, 3"])
def test_the_step_that_is_out_of_place_is_marked_however_it_was_typed(
    response: str,
) -> None:
    (found,) = cards()["deploy"].content.grade(response).findings
    ((start, end),) = found.spans
    assert response[start:end] == "4"


def test_steps_and_blanks_are_shown_in_the_learners_language() -> None:
    found = cards()
    assert found["pair"].content.prompt(Language.EN).question == (
        "An __1__ is to a __2__ what a class is to an object."
    )
    assert found["tag"].content.sides(Language.ZH) == (
        "不写标签时拉取 `____`。",
        "不写标签时拉取 `latest`。",
    )
    assert found["socket"].content.sides(Language.EN)[1] == (
        "The daemon listens on `/var/run/docker.sock`."
    )
    assert found["deploy"].content.sides(Language.ZH) == (
        "部署网站。",
        "1. 编写\n2. 构建\n3. 推送\n4. 运行",
    )
    assert found["ports"].content.sides(Language.ZH)[1] == "-P"
    texts = found["deploy"].content.prompt(Language.ZH).choices
    assert [choice.text for choice in texts] == ["编写", "构建", "推送", "运行"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("form: choose\n  ask: Q\n  answer: a\n  wrong: [b, ' Ａ ', c]", None),
        (
            "form: choose\n  ask: Q\n  answer: a\n  wrong: [b, ' ａ ']",
            "`` ａ `` stands here twice",
        ),
        (
            "form: choose\n  ask: Q\n  answer: a\n  wrong: [b, {en: c, zh: b}]",
            "`c` stands here twice",
        ),
        ("form: choose\n  ask: Q\n  answer: a\n  wrong: []", "at least 1 are needed"),
        ("form: cloze\n  ask: Q", "a blank is written"),
        ("form: cloze\n  ask: 'Q [[a]] [[b'", "a blank is written"),
        ("form: cloze\n  ask: 'Q [[ | ]]'", "a blank is written"),
        (
            "form: cloze\n  ask: {en: '[[a]]', zh: '[[a]][[b]]'}",
            "the languages have different numbers of blanks",
        ),
        ("form: order\n  ask: Q\n  steps: [a, b]", "at least 3 are needed"),
        ("form: order\n  ask: Q\n  steps: [a, b, a]", "`a` stands here twice"),
    ],
)
def test_an_authors_mistake_is_a_problem(fields: str, said: str | None) -> None:
    text = f"deck: d\ntitle: T\ncards:\n- id: x\n  kind: concept\n  {fields}\n"
    problems = read_deck(text.encode(), "d.yaml").problems
    if said is None:
        assert problems == ()
    else:
        (problem,) = problems
        assert said.replace("``", "`") in problem.message.in_language(Language.EN)


def test_every_text_of_a_card_can_be_checked() -> None:
    found = cards()
    names = {
        name: [field for field, _ in found[name].content.texts()]
        for name in ("ports", "tag", "deploy")
    }
    assert names == {
        "ports": ["ask", "answer", "wrong", "wrong", "wrong"],
        "tag": ["ask"],
        "deploy": ["ask", "steps", "steps", "steps", "steps"],
    }


def test_a_card_names_its_siblings_in_its_own_deck_or_another() -> None:
    text = (
        "deck: d\ntitle: T\ncards:\n- id: x\n  kind: concept\n  ask: Q\n  answer: A\n"
        "  sibling: [y, other/z]\n"
    )
    deck = read_deck(text.encode(), "d.yaml").deck
    assert deck is not None
    assert deck.cards[0].siblings == ("d/y", "other/z")


@pytest.mark.parametrize(
    ("name", "en", "zh"),
    [
        ("ports", (), ()),
        ("deploy", (), ()),
        ("think", (), ()),
        ("list", ("docker …",), ("docker …",)),
        ("rm", ("--r…",), ("--r…",)),
        ("word", ("i…",), ("镜…",)),
        ("pair", ("i…; c…",), ("容…; 镜…",)),
    ],
)
def test_hints_tell_the_beginning(
    name: str, en: tuple[str, ...], zh: tuple[str, ...]
) -> None:
    content = cards()[name].content
    assert (content.hints(Language.EN), content.hints(Language.ZH)) == (en, zh)
    assert content.prompt(Language.EN).input.is_typed == bool(en)


def test_what_cannot_be_shuffled_is_dealt_as_it_is() -> None:
    for name in ("list", "think", "tag"):
        assert cards()[name].deal(3) == cards()[name]


def test_a_card_to_turn_is_left_to_the_learner_to_judge() -> None:
    think = cards()["think"].content
    assert think.grade("anything").outcome is Outcome.UNJUDGED
    assert think.prompt(Language.ZH).question == "正面"
    assert think.sides(Language.EN) == ("Front", "Back")
    assert [text.en for _, text in think.texts()] == ["Front", "Back"]
    assert list(think.problems()) == []


def test_letters_belong_to_the_answer_where_it_is_typed() -> None:
    typed = {
        name
        for name, card in cards().items()
        if card.content.prompt(Language.EN).input.is_typed
    }
    assert typed.isdisjoint({"ports", "think", "deploy", "short"})
    assert {"list", "rm", "word", "tag"} <= typed
