"""A quiz: which cards it asks and how, what answers are worth, what it came to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.cards.card import Card, CardId, Input
from trainer.cards.reading import read_deck
from trainer.grading.verdict import Outcome
from trainer.language.text import Language
from trainer.scheduling.memory import Memory, State
from trainer.scheduling.review import HINTED, Noted, Stamp
from trainer.study.quiz.composing import Manner, compose, input_of
from trainer.study.quiz.confusions import (
    Confusion,
    Due,
    Slip,
    confusions,
)
from trainer.study.quiz.due import due_of
from trainer.study.quiz.loop import Assessed, Decided, Move, Responded, Said, hold
from trainer.study.quiz.paper import (
    Again,
    Answered,
    Asking,
    Ended,
    Item,
    Judging,
    Offering,
    Paper,
    Quiz,
    Told,
    assess,
    begin,
    decide,
    go_on,
    offered_text,
    respond,
    time_up,
)
from trainer.study.quiz.question import Form, Made, Question
from trainer.study.quiz.record import (
    DUE,
    FULL,
    HALF,
    NONE,
    NOT_REACHED,
    REFUSED,
    QuizAnswer,
    QuizBegun,
    QuizMode,
)
from trainer.study.quiz.result import (
    Tally,
    misses_of,
    past_quizzes,
    result_of,
)
from trainer.study.quiz.selection import CardState, in_states, lined_up, weakness

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DECK = """deck: d
title: Docker
grammar: docker
cards:
- {id: run, kind: command, ask: Run it in the background., answer: docker run -d nginx, source: {section: a}}
- {id: rm, kind: command, ask: Delete the container web., answer: docker rm web, source: {section: a}}
- {id: all, kind: flag, command: docker ps, ask: Stopped ones too., answer: -a, source: {section: b}, sibling: [run]}
- {id: pick, kind: concept, form: choose, ask: {en: Pick one., zh: 选一个。}, answer: {en: right, zh: 对}, wrong: [{en: bad, zh: 坏}, {en: worse, zh: 更坏}], source: {section: b}}
- {id: think, kind: concept, ask: Think., answer: Thought.}
- {id: word, kind: concept, form: type, ask: Which instruction copies?, answer: COPY}
"""  # noqa: E501 - a card a line
SEED = "1"
"""With it the right option comes last."""

SIBLINGS = {
    CardId("d/run"): frozenset({CardId("d/all")}),
    CardId("d/all"): frozenset({CardId("d/run")}),
}


def shelf() -> dict[CardId, Card]:
    """Return the cards of the deck."""
    reading = read_deck(DECK.encode(), "d.yaml")
    assert reading.deck is not None
    assert not reading.problems, reading.problems
    return {card.id: card for card in reading.deck.cards}


SHELF = shelf()


def item(name: str, mode: QuizMode = QuizMode.PRACTICE, made: Made = Made.CARD) -> Item:
    """Return the question of one card."""
    card = CardId(f"d/{name}")
    manner = Manner(mode, SEED, made={card: made})
    return compose([SHELF[card]], SHELF, manner, 1).items[0]


def quiz(mode: QuizMode, *items: Item, pass_mark: int = 0) -> Quiz:
    """Begin a quiz."""
    return begin(Paper(mode, SEED, items, pass_mark=pass_mark))


def practice(*names: str) -> Quiz:
    """Begin a quiz that tells at once."""
    return quiz(QuizMode.PRACTICE, *map(item, names))


def memory(**changes: object) -> Memory:
    """Return what is remembered of a card that is well known."""
    day = date(2026, 11, 20)
    known = Memory(State.REVIEW, None, 9.0, 5.0, day, None, day, NOW, 4, 0)
    return replace(known, **changes)  # type: ignore[arg-type]


# Selection -------------------------------------------------------------------------


def test_what_was_forgotten_or_is_difficult_is_weak() -> None:
    assert weakness(None) == weakness(memory()) == weakness(memory(difficulty=6.9)) == 0
    assert weakness(memory(lapses=1)) == weakness(memory(difficulty=7.5)) == 2
    assert weakness(memory(state=State.RELEARNING, lapses=2)) == 4
    assert weakness(memory(lapses=99, difficulty=10.0)) == 12


def test_cards_are_chosen_by_where_they_stand() -> None:
    cards = list(SHELF.values())
    memories = {
        CardId("d/run"): memory(lapses=3),
        CardId("d/rm"): memory(),
        CardId("d/all"): memory(state=State.LEARNING),
        CardId("d/pick"): memory(state=State.RELEARNING, lapses=1),
    }

    def chosen(*states: CardState) -> list[str]:
        return [card.id[2:] for card in in_states(cards, states, memories)]

    assert chosen() == [card.id[2:] for card in cards]
    assert chosen(CardState.NEW) == ["think", "word"]
    assert chosen(CardState.LEARNING) == ["all", "pick"]
    assert chosen(CardState.REVIEW) == ["run", "rm"]
    assert chosen(CardState.WEAK) == ["run", "pick"]
    assert chosen(CardState.WEAK, CardState.NEW) == ["run", "pick", "think", "word"]


@given(st.text(max_size=5))
def test_a_quiz_goes_from_section_to_section_and_asks_one_of_siblings(
    seed: str,
) -> None:
    line = lined_up(SHELF.values(), SIBLINGS, seed, {})
    assert line == lined_up(reversed(SHELF.values()), SIBLINGS, seed, {})
    names = {card.id for card in line}
    assert len(line) == len(names) == 5
    assert not {CardId("d/run"), CardId("d/all")} <= names
    first = [card.source.section if card.source else "" for card in line[:3]]
    assert sorted(first) == ["", "a", "b"]


def test_seeds_give_other_orders_and_weight_brings_cards_forward() -> None:
    cards = [card for card in SHELF.values() if card.source is None]
    many = list(map(str, range(200)))
    first = [lined_up(cards, {}, seed, {})[0].id for seed in many]
    assert 60 < first.count(CardId("d/word")) < 140
    weighted = [lined_up(cards, {}, seed, {CardId("d/word"): 9})[0].id for seed in many]
    assert weighted.count(CardId("d/word")) > 160


# Composing -------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_questions() -> None:
    for mode in QuizMode:
        manner = Manner(mode, "seed")
        once = compose(SHELF.values(), SHELF, manner, 9)
        assert once == compose(shelf().values(), shelf(), manner, 9)
        assert len(once.items) + once.left_out == len(SHELF)


def test_as_many_questions_are_made_as_are_wanted() -> None:
    made = compose(SHELF.values(), SHELF, Manner(QuizMode.PRACTICE, "1"), 2)
    assert [one.question.of for one in made.items] == ["d/run", "d/rm"]
    assert made.left_out == 0


@pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5", "6"])
def test_each_mode_asks_only_what_it_can(seed: str) -> None:
    def inputs(mode: QuizMode) -> set[Input]:
        made = compose(SHELF.values(), SHELF, Manner(mode, seed), 99)
        return {input_of(one.card) for one in made.items}

    assert inputs(QuizMode.DOMC) == {Input.CHOICE}
    assert inputs(QuizMode.HYBRID) == {Input.COMMAND, Input.LINE}
    assert Input.FLIP not in inputs(QuizMode.EXAM)
    assert Input.FLIP in inputs(QuizMode.PRACTICE)


def test_forms_are_those_of_the_questions() -> None:
    def made(mode: QuizMode, form: Form) -> list[str]:
        found = compose(SHELF.values(), SHELF, Manner(mode, "1", (form,)), 99)
        assert {one.card.form for one in found.items} <= {form}
        return [one.question.of[2:] for one in found.items]

    assert made(QuizMode.EXAM, Form.RECALL) == []
    assert made(QuizMode.PRACTICE, Form.RECALL) == ["think"]
    assert made(QuizMode.HYBRID, Form.TYPE) == ["run", "rm", "all", "word"]
    assert made(QuizMode.HYBRID, Form.CLOZE) == []
    assert {"run", "all", "pick"} <= set(made(QuizMode.PRACTICE, Form.CHOOSE))


def many(count: int, *others: str) -> dict[CardId, Card]:
    """Return so many cards to flip, and behind them others."""
    row = "- {{id: f{}, kind: concept, ask: Think {}., answer: Yes.}}"
    flips = (row.format(one, one) for one in range(count))
    rows = ["deck: d", "title: Docker", "grammar: docker", "cards:", *flips, *others]
    reading = read_deck("\n".join(rows).encode(), "d.yaml")
    assert reading.deck is not None
    assert not reading.problems, reading.problems
    return {card.id: card for card in reading.deck.cards}


LINES = tuple(
    f"- {{id: c{one}, kind: command, ask: Task {one}., answer: docker run -p {one}:80 web}}"  # noqa: E501 - a card
    for one in range(8081, 8084)
)


def made_in(mode: QuizMode, *forms: Form, flips: int = 20) -> list[str]:
    """Return how the questions come about where few cards give one that is made."""
    cards = many(flips, *LINES)
    found = compose(cards.values(), cards, Manner(mode, "1", forms), 10)
    assert len({one.question.of for one in found.items}) == len(found.items)
    return [one.question.made.value for one in found.items]


def test_every_fifth_question_is_made_though_few_cards_give_one() -> None:
    made = made_in(QuizMode.PRACTICE)
    assert [place for place, one in enumerate(made, 1) if one != "card"] == [5, 10]
    assert set(made_in(QuizMode.PRACTICE, Form.RECALL)) == {"card"}
    assert set(made_in(QuizMode.PRACTICE, flips=80)) == {"card"}
    assert set(made_in(QuizMode.HYBRID)) == {"card"}


def test_where_answers_are_to_be_typed_only_such_questions_are_made() -> None:
    cards = many(0, *LINES, *(row.replace("id: c", "id: d") for row in LINES))
    for seed in map(str, range(6)):
        manner = Manner(QuizMode.EXAM, seed, (Form.TYPE,))
        made = compose(cards.values(), cards, manner, 5).items[-1].question
        assert made.made in {Made.MISSING, Made.SLIP}
        assert not made.card.content.prompt(Language.EN).choices


def test_what_a_form_leaves_out_is_not_left_out_by_the_mode() -> None:
    def left_out(mode: QuizMode, *forms: Form) -> int:
        return compose(SHELF.values(), SHELF, Manner(mode, "1", forms), 99).left_out

    assert left_out(QuizMode.PRACTICE) == left_out(QuizMode.EXAM, Form.TYPE) == 0
    assert left_out(QuizMode.EXAM) == left_out(QuizMode.EXAM, Form.RECALL) == 1
    assert left_out(QuizMode.HYBRID) == 2
    assert left_out(QuizMode.DOMC, Form.CHOOSE) == 0


def test_a_question_can_be_made_as_it_was_before() -> None:
    assert item("run", made=Made.CHOICES).question.made is Made.CHOICES
    assert item("run", made=Made.CARD).question.made is Made.CARD
    assert item("think", made=Made.CHOICES).question.made is Made.CARD


# What answers are worth ------------------------------------------------------------


def test_in_practice_each_answer_is_told_before_the_next_question() -> None:
    begun = practice("run", "rm")
    assert (begun.position, begun.phase) == (1, Asking(begun.paper.items[0]))
    told = respond(begun, "docker run -d nginx", 900)
    assert told.phase == Told(told.answers[0])
    assert (told.position, told.points) == (1, FULL)
    asked = go_on(told)
    assert (asked.position, asked.phase) == (2, Asking(begun.paper.items[1]))
    ended = go_on(respond(asked, "docker run rm", 100))
    assert (ended.phase, ended.position, ended.points) == (Ended(), 2, FULL)
    assert [one.outcome for one in ended.answers] == [Outcome.CORRECT, Outcome.WRONG]


def test_half_an_answer_and_one_after_a_hint_are_worth_half_a_point() -> None:
    half = respond(practice("run"), "docker run nginx", 1).answers[0]
    assert (half.points, half.outcome) == (HALF, Outcome.PARTIAL)
    assert Noted("missing-option", "--detach", ()) in half.findings
    hinted = respond(practice("run"), "docker run -d nginx", 1, hints=2).answers[0]
    assert (hinted.points, hinted.findings) == (HALF, (Noted(HINTED, "2", ()),))
    wrong = respond(practice("run"), "", 1, hints=1).answers[0]
    assert wrong.points == NONE


def test_a_card_to_flip_is_worth_what_its_learner_says() -> None:
    turned = respond(practice("think"), "", 700)
    assert turned.phase == Judging(turned.paper.items[0], 700)
    assert turned.position == 1
    ended = assess(turned, HALF)
    assert (ended.phase, ended.points, ended.answers[0].took_ms) == (Ended(), HALF, 700)


def test_an_exam_tells_nothing_before_its_end() -> None:
    begun = quiz(QuizMode.EXAM, item("run"), item("rm"))
    second = respond(begun, "nonsense", 5)
    assert isinstance(second.phase, Asking)
    assert isinstance(respond(second, "docker rm web", 5).phase, Ended)


def test_a_wrong_line_may_be_chosen_for_half_a_point() -> None:
    begun = quiz(QuizMode.HYBRID, item("run", QuizMode.HYBRID))
    again = respond(begun, "docker rm -d nginx", 50)
    assert isinstance(again.phase, Again)
    choices = again.phase.card.content.prompt(Language.EN).choices
    right = "`docker run -d nginx`"
    assert right in {one.value for one in choices}
    told = respond(again, right, 90).answers[0]
    assert (told.points, told.took_ms) == (HALF, 90)
    assert (told.response, told.choice) == ("docker rm -d nginx", right)
    assert told.findings[0].code == "wrong-command"
    wrong = next(one.value for one in choices if one.value != right)
    assert respond(again, wrong, 90).answers[0].points == NONE
    assert respond(begun, "docker run -d nginx", 5).answers[0].points == FULL
    assert respond(begun, "docker run nginx", 5).answers[0].points == HALF


def test_what_has_no_choices_is_only_typed() -> None:
    begun = quiz(QuizMode.HYBRID, item("word", QuizMode.HYBRID))
    assert isinstance(respond(begun, "ADD", 50).phase, Told)


def test_options_are_offered_until_it_is_decided() -> None:
    begun = quiz(QuizMode.DOMC, item("pick", QuizMode.DOMC))
    values = [
        one.value
        for one in begun.paper.items[0].card.content.prompt(Language.EN).choices
    ]
    at = values.index("right")
    offered = begun
    for place in range(at):
        assert offered.phase == Offering(begun.paper.items[0], place)
        taken = decide(offered, takes=True, took_ms=5).answers[0]
        assert (taken.points, taken.response) == (NONE, values[place])
        assert Noted(DUE, "right", ()) in taken.findings
        offered = decide(offered, takes=False, took_ms=5)
    assert isinstance(offered.phase, Offering)
    assert offered_text(offered.phase, Language.ZH) == "对"
    taken = decide(offered, takes=True, took_ms=5).answers[0]
    assert (taken.points, taken.response, taken.findings) == (FULL, "right", ())
    refused = decide(offered, takes=False, took_ms=5).answers[0]
    assert (refused.points, refused.response) == (NONE, "")
    assert refused.findings == (Noted(REFUSED, "right", ()),)
    assert refused.verdict.findings[0].message.in_language(Language.EN) == (
        "You refused right, which is right."
    )


def test_a_line_that_was_chosen_is_judged_as_if_it_were_typed() -> None:
    asked = quiz(QuizMode.PRACTICE, item("rm", made=Made.CHOICES))
    answered = respond(asked, "`docker rmi web`", 5).answers[0]
    codes = [note.code for note in answered.findings]
    assert codes == ["chose", "wrong-command", DUE]
    (span,) = answered.findings[1].spans
    assert answered.response[slice(*span)] == "rmi"


def test_what_the_time_did_not_suffice_for_is_worth_nothing() -> None:
    begun = quiz(QuizMode.EXAM, item("run"), item("rm"), item("pick"))
    late = time_up(respond(begun, "docker run -d nginx", 5))
    assert late.phase == Ended()
    assert [one.points for one in late.answers] == [FULL, NONE, NONE]
    assert late.answers[2].findings == (Noted(NOT_REACHED, "", ()),)


@pytest.mark.parametrize(
    "move",
    [
        lambda ended: respond(ended, "", 0),
        lambda ended: decide(ended, takes=True, took_ms=0),
        lambda ended: assess(ended, FULL),
    ],
)
def test_an_answer_needs_a_question(move: Callable[[Quiz], Quiz]) -> None:
    with pytest.raises(TypeError):
        move(time_up(practice("run")))


# Results ---------------------------------------------------------------------------


def test_scores_add_up_by_topic_and_kind() -> None:
    names = ("run", "all", "think")
    done = go_on(respond(practice(*names), "docker run -d nginx", 100))
    done = go_on(respond(done, "-q", 200))
    result = result_of(done)
    assert result.score == Tally(2, FULL)
    assert result.score.percent == 50
    assert (result.questions, result.took_ms, result.passed) == (3, 300, None)
    assert not result.is_finished
    assert result.by_topic == {"d": Tally(2, FULL)}
    assert result.by_kind == {"command": Tally(1, FULL), "flag": Tally(1, NONE)}
    assert [one.item.question.of for one in result.misses] == ["d/all"]
    assert Tally().percent == 0


@pytest.mark.parametrize(("mark", "passed"), [(50, True), (51, False), (0, None)])
def test_an_exam_is_passed_from_its_mark_on(mark: int, *, passed: bool | None) -> None:
    begun = quiz(QuizMode.EXAM, item("run"), item("rm"), pass_mark=mark)
    half = respond(begun, "docker run -d nginx", 100)
    assert not result_of(half).passed
    assert result_of(respond(half, "", 100)).passed is passed


def begun_of(name: str, **changes: object) -> QuizBegun:
    stamp = Stamp("dev", 1)
    made = QuizBegun(name, stamp, NOW, QuizMode.EXAM, "7", "images", 2, 0, 0)
    return made._replace(**changes)  # type: ignore[arg-type]


def answer_of(name: str, position: int, points: int, *codes: str) -> QuizAnswer:
    return QuizAnswer(
        id=f"{name}{position}",
        stamp=Stamp("dev", position + 1),
        at=NOW,
        quiz=name,
        position=position,
        card=CardId(f"d/{position}"),
        made=Made.CARD,
        outcome=Outcome.WRONG,
        points=points,
        response="",
        choice="",
        took_ms=40,
        findings=tuple(Noted(code, "", ()) for code in codes),
    )


def test_the_log_tells_what_past_quizzes_came_to() -> None:
    quizzes = [begun_of("x", pass_mark=60), begun_of("y"), begun_of("z", pass_mark=50)]
    answers = [
        answer_of("x", 1, FULL),
        answer_of("z", 1, FULL),
        answer_of("z", 2, NONE, NOT_REACHED),
    ]
    first, last = past_quizzes(quizzes, answers)
    assert (first.begun.id, first.is_finished, first.passed) == ("x", False, False)
    assert (last.reached, last.took_ms, last.passed) == (1, 80, True)
    assert past_quizzes([begun_of("x")], answers)[0].passed is None
    assert misses_of("z", answers) == [answers[2]]


def test_a_quiz_that_repeats_says_so() -> None:
    assert begun_of("x", selection="--count 3 --retry").is_repeating
    assert not begun_of("x").is_repeating


# Confusions ------------------------------------------------------------------------

OPTION = Noted("wrong-option", "--publish", ((11, 13),))
PAIR = (Noted("missing-option", "--all", ()), Noted("extra-option", "--quiet", ()))


def slip(response: str, *notes: Noted, card: str = "d/x", answer: str = "") -> Slip:
    return Slip(CardId(card), response, notes, Due(answer, "docker rm"))


def test_forms_are_counted_by_what_was_given_and_what_was_due() -> None:
    x, y = CardId("d/x"), CardId("d/y")
    slips = [
        slip("docker run -P nginx", OPTION),
        slip("docker run -P nginx", OPTION, OPTION, card="d/y"),
        slip("docker rmi web", Noted("wrong-command", "docker rmi", ((0, 14),))),
    ]
    assert confusions(slips) == [
        Confusion("-P", "--publish", 2, (x, y)),
        Confusion("docker rmi", "docker rm", 1, (x,)),
    ]


@pytest.mark.parametrize(
    ("given_slip", "pairs"),
    [
        (slip("-q", *PAIR), [("--quiet", "--all")]),
        (
            slip("-q=1", PAIR[0], PAIR[1]._replace(spans=((0, 4),))),
            [("-q", "--all")],
        ),
        (slip("-q", *PAIR, PAIR[0]), []),
        (slip("ADD", Noted("differs", "COPY", ()), answer="COPY"), [("ADD", "COPY")]),
        (slip("Some words", Noted("differs", "x y", ()), answer="x y"), []),
        (slip("2", Noted("chose", "2", ()), Noted(DUE, "`3`", ())), [("2", "3")]),
        (slip("a b", Noted("chose", "a b", ()), answer="c"), []),
        (slip("`a b`", Noted("chose", "`a b`", ()), answer="`a c`"), [("a b", "a c")]),
        (slip("x", Noted("chose", "x", ()), answer="x"), []),
        (slip("y" * 49, Noted("chose", "y" * 49, ()), answer="x"), []),
        (slip("x", Noted("chose", "x", ())), []),
        (slip("", Noted("empty", "", ())), []),
    ],
)  # fmt: skip
def test_only_forms_are_mistaken_for_each_other(
    given_slip: Slip, pairs: list[tuple[str, str]]
) -> None:
    found = confusions([given_slip])
    assert [(one.taken, one.due) for one in found] == pairs


PORTS = """deck: d
title: Ports
grammar: docker
cards:
- {id: line, kind: command, ask: Run it., answer: docker run -d -p 8080:80 --name web nginx}
- {id: flag, kind: flag, command: docker run, ask: Which one?, answer: -p 8080:80}
- {id: cluster, kind: command, ask: Run it., answer: docker run -itp 8080:80 nginx}
- {id: all, kind: command, ask: List., answer: docker container ls --all}
- {id: word, kind: concept, form: type, ask: Which?, answer: COPY}
"""  # noqa: E501 - a card a line


@pytest.mark.parametrize(
    ("name", "response", "pair"),
    [
        ("line", "docker run -d -P 8080:80 --name web nginx", ("-P", "-p")),
        ("line", "docker run --name=web -dP 8080:80 nginx", ("-P", "-p")),
        ("line", "docker run -d -P --name web nginx", ("-P", "-p")),
        ("line", "docker run -dP --name web nginx", ("-P", "-p")),
        ("line", "docker run --publish-all -d --name web web", ("--publish-all", "-p")),
        ("line", "docker run -d -P 8080:80 nginx", None),
        ("flag", "-P", ("-P", "-p")),
        ("flag", "-v 8080:80", ("-v", "-p")),
        ("cluster", "docker run -itv 8080:80 nginx", ("-v", "-p")),
        ("all", "docker container ls -q", ("-q", "--all")),
        ("all", "docker images -a", ("docker images", "docker container ls")),
        ("word", "ADD", ("ADD", "COPY")),
    ],
)  # fmt: skip
def test_a_confusion_names_what_was_typed_and_the_form_of_the_answer(
    name: str, response: str, pair: tuple[str, str] | None
) -> None:
    reading = read_deck(PORTS.encode(), "d.yaml")
    assert reading.deck is not None
    card = next(one for one in reading.deck.cards if one.id == f"d/{name}")
    typed = respond(begin(Paper(QuizMode.PRACTICE, SEED, (whole(card),))), response, 1)
    noticed = typed.answers[0].findings
    found = confusions([Slip(card.id, response, noticed, due_of(card))])
    assert [(one.taken, one.due) for one in found] == ([pair] if pair else [])


def whole(card: Card) -> Item:
    """Return the question of a card as it stands in its deck."""
    return Item(Question(card, card.id, Made.CARD), card)


# The loop --------------------------------------------------------------------------


@dataclass
class Script:
    """A learner who says what is written, each after a while, with clock and log.

    The diary says in which order things are seen and kept; `disk_ms` is how long it
    takes to hear that an answer is on disk.
    """

    says: Sequence[Said]
    takes_ms: int = 1000
    disk_ms: int = 0
    at_ms: int = 0
    diary: list[str] = field(default_factory=list)
    lefts: list[int | None] = field(default_factory=list)
    rows: list[QuizBegun | QuizAnswer] = field(default_factory=list)

    def attend(self, quiz: Quiz, left_ms: int | None) -> Said:
        """Say what comes next."""
        self.diary.append(f"see {type(quiz.phase).__name__}")
        self.lefts.append(left_ms)
        self.at_ms += self.takes_ms
        return self.says[len(self.lefts) - 1]

    def recorded(self, quiz: Quiz, answered: Answered) -> None:
        """Note what an answer is worth."""
        del quiz
        self.at_ms += self.disk_ms
        self.diary.append(f"worth {answered.points}")

    def now(self) -> datetime:
        """Return the instant."""
        return NOW

    def ticks(self) -> int:
        """Return the milliseconds so far."""
        return self.at_ms

    def stamp(self) -> Stamp:
        """Return the next place."""
        return Stamp("dev", len(self.rows) + 1)

    def begin_quiz(self, quiz: QuizBegun) -> None:
        """Keep a quiz."""
        self.rows.append(quiz)

    def add_answer(self, answer: QuizAnswer) -> None:
        """Keep an answer."""
        self.diary.append(f"keep {answer.position}")
        self.rows.append(answer)


def held(script: Script, paper: Paper) -> tuple[Quiz, Sequence[QuizAnswer]]:
    """Hold a quiz."""
    done, begun = hold(paper, "d", script, script, script)
    assert script.rows[0] == begun
    assert (begun.selection, begun.questions) == ("d", len(paper.items))
    answers = [one for one in script.rows if isinstance(one, QuizAnswer)]
    assert {one.quiz for one in answers} <= {begun.id}
    assert len({one.id for one in script.rows}) == len(script.rows)
    return done, answers


def test_each_answer_is_kept_before_anything_else_is_shown() -> None:
    right = Responded("docker run -d nginx")
    script = Script([right, Move.GO_ON, Responded(""), Assessed(HALF)])
    names = ("run", "think")
    done, answers = held(script, practice(*names).paper)
    assert isinstance(done.phase, Ended)
    assert script.diary == [
        *("see Asking", "keep 1", "worth 100", "see Told"),
        *("see Asking", "see Judging", "keep 2", "worth 50"),
    ]
    assert [one.took_ms for one in answers] == [1000, 1000]
    assert [(one.card, one.points, one.outcome) for one in answers] == [
        ("d/run", FULL, Outcome.CORRECT),
        ("d/think", HALF, Outcome.PARTIAL),
    ]
    assert script.lefts == [None] * 4


def test_a_quiz_that_is_left_keeps_what_was_answered() -> None:
    script = Script([Responded("x"), Move.LEAVE])
    done, answers = held(script, practice("run", "rm").paper)
    assert isinstance(done.phase, Told)
    assert [one.position for one in answers] == [1]


def test_an_option_is_decided_and_its_time_is_that_of_the_question() -> None:
    paper = quiz(QuizMode.DOMC, item("pick", QuizMode.DOMC)).paper
    script = Script([Decided(takes=False)] * 3 + [Move.GO_ON])
    _, (answer,) = held(script, paper)
    assert answer.took_ms in {1000, 2000, 3000}
    assert answer.findings[0].code == REFUSED


@pytest.mark.parametrize("says", [Responded("docker rm web"), Move.TIME_UP])
def test_an_answer_that_comes_too_late_does_not_count(says: Said) -> None:
    paper = quiz(QuizMode.EXAM, item("run"), item("rm"), item("pick")).paper
    script = Script([Responded("docker run -d nginx"), says])
    _, answers = held(script, replace(paper, limit_ms=1500))
    assert script.lefts == [1500, 500]
    assert [one.points for one in answers] == [FULL, NONE, NONE]
    assert script.diary[-2:] == ["keep 3", "worth 0"]


def test_no_question_is_shown_when_the_time_is_up() -> None:
    paper = quiz(QuizMode.EXAM, item("run"), item("rm")).paper
    script = Script([Responded("docker run -d nginx")], takes_ms=999, disk_ms=1)
    _, answers = held(script, replace(paper, limit_ms=1000))
    assert script.lefts == [1000]
    assert [one.points for one in answers] == [FULL, NONE]


def test_who_leaves_at_the_last_moment_leaves() -> None:
    paper = quiz(QuizMode.EXAM, item("run")).paper
    _, answers = held(Script([Move.LEAVE]), replace(paper, limit_ms=1000))
    assert answers == []


SHARES = st.tuples(
    st.sampled_from(["run", "all", "think", "pick", "x/run", "x/word"]),
    st.sampled_from([FULL, HALF, NONE]),
)


@given(st.lists(SHARES, max_size=12))
def test_points_of_topics_and_of_kinds_add_up_to_the_score(
    shares: list[tuple[str, int]],
) -> None:
    answers = tuple(assessed(name, points) for name, points in shares)
    items = tuple(one.item for one in answers)
    paper = Paper(QuizMode.PRACTICE, SEED, items)
    result = result_of(Quiz(paper, Ended(), answers))
    total = Tally(len(shares), sum(points for _, points in shares))
    for tallies in (result.by_topic.values(), result.by_kind.values()):
        assert sum(one.questions for one in tallies) == total.questions
        assert sum(one.points for one in tallies) == total.points
    assert result.score == total
    assert len(result.misses) == sum(points < FULL for _, points in shares)


def assessed(name: str, points: int) -> Answered:
    """Return an answer worth so much, to a card of the deck or, with x/, of another."""
    asked = item(name.removeprefix("x/"))
    of = CardId(name if name.startswith("x/") else f"d/{name}")
    asked = replace(asked, question=asked.question._replace(of=of))
    return Answered(asked, asked.card.content.grade(""), points, "", "", 1, ())


@given(st.lists(st.sampled_from(["docker run -d nginx", "docker run nginx", "", "x"])))
def test_scores_are_the_sum_of_the_answers(given_: list[str]) -> None:
    state = practice(*["run"] * len(given_))
    for response in given_:
        state = go_on(respond(state, response, 1))
    worth: Mapping[str, int] = {
        "docker run -d nginx": FULL,
        "docker run nginx": HALF,
    }
    total = sum(worth.get(one, NONE) for one in given_)
    result = result_of(state)
    assert state.points == result.score.points == total
    assert sum(one.points for one in result.by_kind.values()) == total
    assert len(result.misses) == sum(worth.get(one, NONE) < FULL for one in given_)
