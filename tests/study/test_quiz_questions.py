"""Questions that quizzes make of cards: sound, alike, and the same everywhere."""

import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from tests.decks import SHIPPED
from trainer.cards.card import Card, CardId, Input
from trainer.cards.forms.choose import Choose
from trainer.cards.reading import read_deck
from trainer.grading.answers import grade_command, grade_flag
from trainer.grading.verdict import Outcome
from trainer.language.catalogue import say
from trainer.language.text import Language
from trainer.language.width import text_width
from trainer.study.quiz.distractors import choices_of
from trainer.study.quiz.gap import Gap
from trainer.study.quiz.generated import all_questions, generate, generated
from trainer.study.quiz.question import Made, Question, Shelf, dealt

SEEDS = 200
CODE = re.compile("`[^`]+`")
WRITTEN = ("choose", "order", "recall")
"""Forms of cards that are not turned into multiple choice."""


def read_shelf() -> dict[CardId, Card]:
    decks = (read_deck(path.read_bytes(), path.name).deck for path in SHIPPED)
    return {card.id: card for deck in decks if deck for card in deck.cards}


CARDS = read_shelf()


Pair = tuple[Card, Question]
"""A card as it is asked with a seed, and a question made of it."""


def made_of(cards: Shelf) -> Iterator[Pair]:
    """Make the questions of all cards; card by card the next of the seeds."""
    for number, card in enumerate(cards.values()):
        seed = str(number % SEEDS)
        if card.form not in WRITTEN:
            for one in all_questions(card, cards, seed):
                yield dealt(card, seed), one


@pytest.fixture(scope="module")
def questions() -> list[Pair]:
    return list(made_of(CARDS))


def choosing(questions: list[Pair], *made: Made) -> Iterator[tuple[Card, Choose]]:
    """Yield the deck's card and the choices of questions of some kinds."""
    for card, one in questions:
        content = one.card.content
        if isinstance(content, Choose) and (not made or one.made in made):
            yield card, content


def plain(choice: str) -> str:
    return choice.removeprefix("`").removesuffix("`")


def deck(cards: str, grammar: str = "docker") -> dict[CardId, Card]:
    text = f"deck: d\ntitle: T\ngrammar: {grammar}\ncards:\n{cards}"
    read = read_deck(text.encode(), "d.yaml").deck
    assert read is not None
    return {card.id: card for card in read.cards}


def command_card(name: str, answer: str, more: str = "") -> str:
    ask = f"ask: {{en: Task {name}., zh: 任务 {name}。}}"
    return f"- id: {name}\n  kind: command\n  {ask}\n  answer: {answer}\n{more}"


def flag_card(name: str, answer: str, command: str) -> str:
    row = command_card(name, answer).replace("kind: command", "kind: flag")
    return f"{row}  command: {command}\n"


def wrong_of(card: Card | None) -> set[str]:
    assert card is not None
    assert isinstance(card.content, Choose)
    return {plain(one.en or "") for one in card.content.wrong}


def test_no_two_choices_mean_the_same(questions: list[Pair]) -> None:
    for card, content in choosing(questions, Made.CHOICES, Made.COMMAND):
        assert list(content.problems()) == []
        command = getattr(card.content, "command", None)
        texts = [plain(one.en or "") for one in (content.answer, *content.wrong)]
        if not all(one.startswith(("docker ", "-")) for one in texts):
            continue
        for one, other in combinations(texts, 2):
            verdict = (
                grade_flag([one], other, command, "docker")
                if command
                else grade_command([one], other, "docker")
            )
            assert verdict.outcome is not Outcome.CORRECT, (card.id, one, other)


def test_a_task_that_is_chosen_wrongly_is_not_what_the_line_does(
    questions: list[Pair],
) -> None:
    asked = {card.content.sides(Language.EN)[0]: card for card in CARDS.values()}
    judged = 0
    for card, content in choosing(questions, Made.EFFECT):
        line = card.content.sides(Language.EN)[1]
        for text in content.wrong:
            other = asked.get(text.en or "")  # some have other names in them
            if other:
                judged += 1
                assert other.content.grade(line).outcome is not Outcome.CORRECT
    assert judged > 50


def test_the_right_answer_of_each_question_is_graded_correct(
    questions: list[Pair],
) -> None:
    for _, one in questions:
        content = one.card.content
        for language in Language:
            _, answer = content.sides(language)
            assert content.grade(answer).outcome is Outcome.CORRECT, (one.of, one.made)


def test_the_shipped_decks_yield_two_hundred_questions_with_choices(
    questions: list[Pair],
) -> None:
    asked = {(content.ask.en, content.answer.en) for _, content in choosing(questions)}
    assert len(asked) >= 200


def test_questions_stand_in_both_languages(questions: list[Pair]) -> None:
    for _, one in questions:
        english, chinese = (
            one.card.content.prompt(language).question for language in Language
        )
        assert english != chinese, one.of


def test_choices_look_alike_and_neither_length_nor_place_tells(
    questions: list[Pair],
) -> None:
    longest, places = 0, [0, 0, 0, 0]
    found = list(choosing(questions))
    for _, content in found:
        for language in Language:
            texts = [one.text for one in content.prompt(language).choices]
            widths = [text_width(one) for one in texts]
            assert max(widths) - min(widths) <= max(10, max(widths) // 3)
            assert len({bool(CODE.fullmatch(one)) for one in texts}) == 1
        answer, *others = (
            text_width(one.en or "") for one in (content.answer, *content.wrong)
        )
        longest += answer > max(others)
        places[content.order.index(0)] += 1
    assert longest < len(found) / 3
    assert all(place > len(found) / 8 for place in places)


def test_the_same_seed_makes_the_same_question_and_another_one_others() -> None:
    card = CARDS[CardId("ports-web/run-web-on-8080")]
    again = read_shelf()
    seeds = [str(number) for number in range(8)]
    once = [all_questions(card, CARDS, seed) for seed in seeds]
    twice = [all_questions(again[card.id], again, seed) for seed in seeds]
    shown = [
        [one.card.content.prompt(Language.ZH) for one in questions]
        for questions in once
    ]
    assert shown == [
        [one.card.content.prompt(Language.ZH) for one in questions]
        for questions in twice
    ]
    assert len({repr(one) for one in shown}) > 4


def test_a_card_with_choices_keeps_those_its_author_wrote() -> None:
    card = next(one for one in CARDS.values() if one.form == "choose")
    dealt = choices_of(card, CARDS, "1")
    assert dealt is not None
    assert isinstance(card.content, Choose)
    assert wrong_of(dealt) == wrong_of(card)
    assert generated(card, CARDS, "1") == ()
    assert all_questions(card, CARDS, "1") == ()


@pytest.mark.parametrize("form", ["recall", "order"])
def test_prose_and_steps_are_no_multiple_choice(form: str) -> None:
    card = next(one for one in CARDS.values() if one.form == form)
    assert choices_of(card, CARDS, "1") is None


def test_without_a_grammar_a_command_has_no_choices() -> None:
    text = "deck: d\ntitle: T\ncards:\n" + command_card("a", "docker ps -a")
    read = read_deck(text.encode(), "d.yaml").deck
    assert read is not None
    assert choices_of(read.cards[0], {}, "1") is None
    assert generated(read.cards[0], {}, "1") == ()


def missing_option(name: str) -> Gap:
    """Return the line of a shipped card with an option to be typed."""
    card = CARDS[CardId(name)]
    made = (generate(Made.MISSING, card, CARDS, str(seed)) for seed in range(40))
    typed = (one.card.content for one in made if one)
    return next(one for one in typed if isinstance(one, Gap))


def test_a_missing_option_is_judged_by_what_the_whole_line_does() -> None:
    gap = missing_option("containers/create-without-launching")
    assert gap.prompt(Language.EN).input is Input.COMMAND
    assert "`docker create ____ nginx`" in gap.prompt(Language.EN).question
    right = ("--name web", "--name=web", "docker create --name web nginx")
    for typed in right:
        assert gap.grade(typed).outcome is Outcome.CORRECT, typed
    assert gap.grade("--hostname web").outcome is Outcome.PARTIAL
    assert gap.grade("  ").findings[0].code == "empty"
    assert gap.grade("--rm").expected == "--name web"


def test_what_is_wrong_in_the_gap_is_marked_where_it_was_typed() -> None:
    gap = missing_option("containers/create-without-launching")
    (finding,) = gap.grade("--name wep").findings
    (span,) = finding.spans
    assert "--name wep"[span.start : span.end] == "--name wep"
    missing = gap.grade("-P").findings[0]
    assert missing.spans == ()
    assert missing.after is None


def test_a_gap_has_hints_and_sides_like_any_card() -> None:
    gap = missing_option("containers/create-without-launching")
    assert gap.deal("1") is gap
    assert gap.hints(Language.EN) == ("--n…",)
    assert gap.sides(Language.ZH)[1] == "--name web"
    assert [name for name, _ in gap.texts()] == ["ask", "answer"]
    assert list(gap.problems()) == []


def test_a_slip_is_one_that_people_make() -> None:
    card = CARDS[CardId("ports-web/run-web-on-8080")]
    made = (generate(Made.SLIP, card, CARDS, str(seed)) for seed in range(12))
    asked = "".join(
        one.card.content.prompt(Language.EN).question for one in made if one
    )
    assert "-P 8080:80" in asked
    assert "nginx -d" in asked or "nginx --name web" in asked


def test_no_option_stands_beside_one_that_could_do_its_work() -> None:
    cards = deck(flag_card("a", "--cpus 2", "docker run"))
    found = {
        one
        for seed in range(30)
        for one in wrong_of(choices_of(cards[CardId("d/a")], cards, str(seed)))
    }
    assert "--cpu-shares 2" in found
    assert not any("--cpu-quota" in one for one in found)


def test_no_command_stands_beside_one_that_could_do_its_work() -> None:
    cards = deck(command_card("a", "docker pull web"))
    for seed in range(20):
        found = wrong_of(choices_of(cards[CardId("d/a")], cards, str(seed)))
        assert not found & {"docker run web", "docker create web"}


def test_a_wrong_line_of_the_notes_is_among_the_choices() -> None:
    notes = '  notes: {status: wrong, said: "docker exec -it bash"}\n'
    cards = deck(command_card("a", "docker exec -it web bash", notes))
    assert "docker exec -it bash" in wrong_of(choices_of(cards[CardId("d/a")], {}, "1"))


@pytest.mark.parametrize(
    "said",
    ["docker exec [-it] bash", "用 exec 进入", "apt-get update", "docker attach"],
)
def test_what_the_notes_had_is_no_choice_if_it_is_no_such_line(said: str) -> None:
    notes = f"  notes: {{status: wrong, said: '{said}'}}\n"
    cards = deck(command_card("a", "docker exec -it web bash", notes))
    made = choices_of(cards[CardId("d/a")], {}, "1")
    assert made is None or said == "docker attach" or said not in wrong_of(made)


@pytest.mark.parametrize(
    "answer",
    [
        "docker tag web web",
        "docker run -d --memory 1000 --nam lab web",
        "docker run -v one:two:three web",
        "docker run -p 1:2:2 web",
        "docker ps --filter status=exited --last 5",
        "docker run --health-interval 5 web",
        "docker exec -itu root web sh",
        "echo hello",
        "docker cp 'a b' web:/",
        "docker stop <container>",
        "docker run web echo '`date`'",
        "docker",
    ],
)
def test_any_line_of_an_author_gives_sound_choices_or_none(answer: str) -> None:
    cards = deck(command_card("a", f'"{answer}"'))
    card = cards[CardId("d/a")]
    for seed in range(5):
        made = choices_of(card, cards, str(seed))
        for text in wrong_of(made) if made else ():
            assert card.content.grade(text).outcome is not Outcome.CORRECT
        generated(card, cards, str(seed))


def test_names_of_other_cards_do_not_tell_which_line_is_asked_for() -> None:
    rows = {
        "a": "docker logs web",
        "b": "docker top db",
        "c": "docker diff cache",
        "d": "docker port lab",
        "e": "docker network connect shop db",
    }
    cards = deck("".join(command_card(name, row) for name, row in rows.items()))
    made = generate(Made.COMMAND, cards[CardId("d/a")], cards, "1")
    assert made is not None
    assert wrong_of(made.card) == {
        "docker top web",
        "docker diff web",
        "docker port web",
    }


def test_siblings_are_not_beside_each_other() -> None:
    rows = "".join(
        command_card(
            name, f"docker {name} web", "  sibling: [logs]\n" * (name == "top")
        )
        for name in ("logs", "top", "diff", "port")
    )
    cards = deck(rows)
    made = generate(Made.COMMAND, cards[CardId("d/top")], cards, "1")
    assert made is not None
    assert wrong_of(made.card) == {"docker diff web", "docker port web"}


def test_a_question_made_of_a_card_tells_so() -> None:
    assert not Made.CARD.is_generated
    assert Made.SLIP.is_generated
    for made in Made:
        for language in Language:
            assert not made.is_generated or say(language, made.name_key)


@pytest.mark.parametrize("option", ["--rm", "--detach", "--disable-content-trust"])
def test_options_stand_among_others_about_as_long(option: str) -> None:
    cards = deck(flag_card("a", option, "docker run"))
    for seed in range(15):
        made = choices_of(cards[CardId("d/a")], cards, str(seed))
        for one in wrong_of(made) if made else ():
            assert abs(len(one) - len(option)) <= 10


def test_a_question_that_shows_a_blank_as_code_has_choices_too() -> None:
    rows = "- {id: a, kind: concept, form: type, answer: --quiet, "
    cards = deck(
        f"{rows}ask: 'After ` `, what is `-q` of `docker ps` spelled out?'}}\n"
    )
    made = choices_of(cards[CardId("d/a")], cards, "1")
    assert "--all" in wrong_of(made)
