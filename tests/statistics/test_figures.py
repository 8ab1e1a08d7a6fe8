"""Figures of odd logs are sensible, and say what a learner needs."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from tests.statistics.evidence import (
    CARDS,
    DAY,
    DEFAULT,
    HOUR,
    NOW,
    TODAY,
    A,
    E,
    G,
    evidence_of,
    review,
)
from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome
from trainer.language.catalogue import catalogue
from trainer.language.text import Language
from trainer.scheduling.marks import FLAGGED, Mark, MarkKind, make_mark, undo_mark
from trainer.scheduling.model import model_of
from trainer.scheduling.review import Noted, Review, Stamp
from trainer.statistics.advice import fault_message
from trainer.statistics.figures import FIGURES, Figures, figures
from trainer.statistics.plain import plain
from trainer.statistics.retention import Retention
from trainer.statistics.rolling import Weeks
from trainer.statistics.tallies import Answered
from trainer.statistics.tally import Tally
from trainer.statistics.weakspots import Fault

EN = Language.EN


def look(*reviews: Review, marks: Sequence[Mark] = ()) -> Figures:
    return figures(evidence_of(reviews, marks))


def mark(kind: MarkKind, card: str, seq: int = 90, value: str = "") -> Mark:
    return make_mark(Stamp("laptop", seq), NOW, CardId(card), kind, value)


def wrong(card: str, seq: int, *notes: tuple[str, str]) -> Review:
    at = NOW - (60 - seq) * DAY
    return review(card, at, A, seq, *notes, outcome=Outcome.PARTIAL)


def said(found: Figures) -> list[tuple[str, str]]:
    given = found.advice
    return [
        (one.said.key, one.command) for one in (given.risk, given.failing, given.next)
    ]


def test_the_registry_names_each_figure_and_its_definition() -> None:
    names = [one.name for one in fields(Figures)]
    assert list(FIGURES) == names
    for language in Language:
        known = catalogue(language, "figures")
        assert known.keys() == {f"figures.{name}" for name in (*names, "head")}


def test_without_reviews_everything_is_nothing_and_advice_is_to_begin() -> None:
    found = look()
    assert found.reviews.total == found.reviews.streak == found.reviews.span == 0
    assert {one.rate for one in found.retention.values()} == {None}
    assert (found.cards.new, found.cards.total) == (4, 4)
    assert found.calibration.log_loss is None
    assert found.intervals.median is None
    assert sum(one.due for one in found.forecast.days) == 0
    assert said(found) == [
        ("advice.nothing-learned", ""),
        ("advice.nothing-failing", ""),
        ("advice.unseen", "trainer review"),
    ]


def test_without_cards_shares_are_of_nothing() -> None:
    found = figures(replace(evidence_of([]), cards={}, topics=()))
    assert found.knowledge.share is None
    assert found.notes.elsewhere is None
    assert said(found)[2] == ("advice.free", "")


def test_one_review_of_a_new_card_is_no_test_of_memory() -> None:
    found = look(review("d/a", NOW))
    assert (found.cards.new, found.cards.learning, found.cards.review) == (3, 1, 0)
    assert (found.reviews.total, found.reviews.days, found.reviews.span) == (1, 1, 1)
    assert found.retention["all"] == Retention(Tally(), Tally())
    assert found.forecast.days[0].due == 1
    assert found.calibration.answers == 0


def test_reviews_of_cards_that_no_longer_exist_count_as_reviews_only() -> None:
    found = look(review("gone/x", NOW - 10 * DAY, E), review("gone/x", NOW, G, 1))
    assert (found.cards.new, found.reviews.total, found.reviews.today) == (4, 2, 1)
    assert found.retention["today"].passed == 1
    assert sum(one.due for one in found.forecast.days) == 0
    assert found.weak.topics == ()


def test_reviews_of_the_future_wait_for_their_day() -> None:
    """The clock was wrong for a while."""
    found = look(review("d/a", NOW + 400 * DAY, E), review("d/b", NOW, E, 1))
    assert (found.reviews.total, found.reviews.days) == (1, 1)
    assert [one.day for one in found.days] == [TODAY]
    assert found.knowledge.now == pytest.approx(2)


def test_a_clock_that_was_set_back_leaves_every_share_between_nothing_and_all() -> None:
    jumps = [0, 30, -500, 2, 1]
    log = [review("d/a", NOW + n * DAY, G, seq) for seq, n in enumerate(jumps)]
    found = look(*log)
    for one in found.retention.values():
        assert one.rate is None or 0 <= one.rate <= 1
    assert 0 <= found.knowledge.now <= len(CARDS)


def test_only_the_first_review_of_a_card_in_a_day_tests_memory() -> None:
    begin = NOW - 9 * DAY
    found = look(
        review("d/a", begin, E),
        review("d/a", NOW, A, 1),
        review("d/a", NOW + HOUR, G, 2),
        review("d/b", begin, E, 3),
        review("d/b", NOW, G, 4),
    )
    assert (found.retention["today"].passed, found.retention["today"].failed) == (1, 1)
    assert found.retention["today"].rate == 0.5


@pytest.mark.parametrize(
    ("days_ago", "spans"),
    [
        (0, "today week month year all"),
        (1, "week month year all"),
        (7, "month year all"),
        (29, "month year all"),
        (30, "year all"),
        (365, "all"),
        (-1, ""),
    ],
)
def test_a_span_counts_study_days_that_end_today(days_ago: int, spans: str) -> None:
    at = NOW - days_ago * DAY
    found = look(review("d/a", at - 9 * DAY, E), review("d/a", at, G, 1))
    counted = [name for name, one in found.retention.items() if one.passed]
    assert counted == spans.split()


@pytest.mark.parametrize(
    ("days_ago", "streak", "longest"),
    [([0], 1, 1), ([1], 1, 1), ([2], 0, 1), ([0, 1, 3], 2, 2), ([1, 5, 6, 7], 1, 3)],
)
def test_a_row_of_days_goes_on_until_a_day_is_over(
    days_ago: list[int], streak: int, longest: int
) -> None:
    log = [review("d/a", NOW - n * DAY, G, n) for n in days_ago]
    found = look(*log).reviews
    assert (found.streak, found.longest) == (streak, longest)
    assert found.days == len(days_ago)


def test_a_suspended_card_counts_as_suspended_only_and_is_never_due() -> None:
    reviews = [review("d/a", NOW - 9 * DAY, E), review("d/b", NOW - 9 * DAY, E, 1)]
    names = ("d/a", "d/new", "gone/x")
    suspended = [mark(MarkKind.SUSPEND, one, 90 + n) for n, one in enumerate(names)]
    found = look(*reviews, marks=suspended)
    assert (found.cards.new, found.cards.review, found.cards.suspended) == (1, 1, 2)
    assert found.cards.away == ("d/a", "d/new")
    assert sum(one.due for one in found.forecast.days) == 1
    assert found.forecast.unseen == 1
    assert "d/a" not in [one.card for one in found.risk.cards]
    resumed = [*suspended, mark(MarkKind.RESUME, "d/a", 95)]
    assert look(*reviews, marks=resumed).cards.away == ("d/new",)


def test_flags_and_buried_cards_are_counted() -> None:
    marks = [mark(MarkKind.FLAG, "e/c", 90, FLAGGED), mark(MarkKind.BURY, "d/b", 91)]
    found = look(marks=marks).cards
    assert (found.flagged, found.buried) == (("e/c",), 1)


def test_leeches_are_named() -> None:
    log = [review("d/a", NOW - 200 * DAY, E)]
    for n in range(10):
        at = NOW - (180 - n * 15) * DAY
        log += [review("d/a", at, A, 2 * n + 1)]
        log += [review("d/a", at + HOUR, G, 2 * n + 2)]
    assert look(*log).cards.leeches == ("d/a",)


def test_after_a_reset_the_first_answer_tests_no_memory() -> None:
    log = [
        review("d/a", NOW - 30 * DAY, E),
        review("d/a", NOW - 20 * DAY, G, 1),
        review("d/a", NOW, A, 2),
    ]
    assert look(*log).retention["all"].failed == 1
    reset = make_mark(Stamp("laptop", 90), NOW - 5 * DAY, CardId("d/a"), MarkKind.RESET)
    found = look(*log, marks=[reset])
    assert (found.retention["all"].passed, found.retention["all"].failed) == (1, 0)
    assert found.days[-1].introduced == 1
    undone = undo_mark(reset, Stamp("laptop", 91), NOW)
    assert look(*log, marks=[reset, undone]) == look(*log)


def test_an_answer_counts_as_a_minute_at_most() -> None:
    away = review("d/a", NOW)._replace(took_ms=4_000_000)
    wound_back = review("d/b", NOW, G, 1)._replace(took_ms=-5)
    assert look(away, wound_back).reviews.took_ms == 60_000


def test_the_map_tells_of_each_section_what_is_known() -> None:
    found = look(review("d/a", NOW - 300 * DAY, E)).notes
    one, two, three, bare = found.sections
    assert (one.cards, one.studied, one.at_risk) == (2, 1, 1)
    assert one.recall is not None
    assert 0 < one.recall < 0.9
    assert one.share == pytest.approx(one.recall / 2)
    assert (two.recall, bare.share) == (None, None)
    assert found.never == ("two", "three")
    assert found.bare == ("x",)
    assert three.cards == 1
    assert [(part.name, part.cards) for part in found.topics] == [("d", 3), ("e", 1)]


def test_cards_that_cite_no_known_section_stand_elsewhere() -> None:
    found = figures(replace(evidence_of([]), sections=())).notes
    assert found.elsewhere is not None
    assert found.elsewhere.cards == len(CARDS)


def test_what_is_overdue_is_due_today_and_at_risk() -> None:
    found = look(review("d/a", NOW - 300 * DAY, E))
    assert (found.forecast.days[0].due, found.forecast.overdue) == (1, 1)
    assert [one.card for one in found.risk.cards] == ["d/a"]
    assert found.risk.lost == pytest.approx(1 - found.risk.cards[0].recall)
    risk, failing, following = said(found)
    assert risk == ("advice.nothing-at-risk", "")  # less than half a card is lost
    assert failing == ("advice.nothing-failing", "")
    assert following == ("advice.due", "trainer review")


def test_at_risk_is_what_fell_below_the_retention_of_its_deck() -> None:
    log = [review(card, NOW - 20 * DAY, G, n) for n, card in enumerate(("d/a", "e/c"))]
    lenient = replace(DEFAULT, deck_retention=(("d", 0.7), ("e", 0.99)))
    found = figures(replace(evidence_of(log), settings=lenient))
    assert [one.card for one in found.risk.cards] == ["e/c"]
    assert [part.at_risk for part in found.notes.topics] == [0, 1]


def test_weeks_come_in_any_order() -> None:
    model = model_of(DEFAULT.parameters)
    forth, back = Weeks(model), Weeks(model)
    spans = [((70, 90), 70), ((700, 720), 699), ((7, 14), 3), ((1, 6), 1)]
    for days, since in spans:
        forth.hold(5.0, since, days)
    for days, since in reversed(spans):
        back.hold(5.0, since, days)
    assert forth.rows() == back.rows()
    assert list(forth.rows()) == [7, 14, 70, 77, 84, 700, 707, 714]
    assert forth.rows()[77] == [1, pytest.approx(model.recall(5.0, 7))]


def test_advice_names_the_topic_of_which_most_is_lost() -> None:
    long_ago = NOW - 9000 * DAY
    found = look(*(review(card, long_ago, G, n) for n, card in enumerate(CARDS)))
    assert said(found)[0] == ("advice.risk", "trainer review d")


def test_what_is_fresh_is_not_at_risk() -> None:
    """The topic in which nothing was answered has lost as little, and says nothing."""
    found = look(review("e/c", NOW, E))
    assert said(found)[0] == ("advice.nothing-at-risk", "")


def test_advice_is_to_wait_when_all_is_learned() -> None:
    log = [review(card, NOW, E, n) for n, card in enumerate(CARDS)]
    key, command = said(look(*log))[2]
    assert key == "advice.ahead"
    days = command.removeprefix("trainer review --ahead ")
    assert look(*log).forecast.days[int(days)].due


def test_what_keeps_being_wrong_is_told_with_its_command() -> None:
    missing = ("missing-option", "--detach")
    log = [
        wrong("d/a", 0, missing),  # the first answer to a card: it could not be known
        wrong("d/a", 1, missing, ("extra-option", "--init")),
        wrong("d/a", 2, missing, ("language", "en"), ("hinted", "1")),
        wrong("d/b", 3),
        wrong("d/b", 4, missing),
        review("d/b", NOW - DAY, G, 5, missing, outcome=Outcome.CORRECT),
        wrong("d/b", 6, missing, ("overruled", "partial")),
        wrong("gone/x", 7, missing),
    ]
    found = look(*log)
    (fault,) = found.weak.faults
    assert (fault.code, fault.subject, fault.command) == (*missing, "docker run")
    assert (fault.missed, fault.asked) == (3, 5)
    assert fault.cards == ("d/a", "d/b")
    assert found.advice.failing.said.in_language(EN) == (
        "What fails most: you forget `--detach` in docker run, 3 of 5 times."
    )
    assert found.advice.failing.command == "trainer quiz d --state weak"


def test_of_another_command_the_rest_is_a_consequence() -> None:
    notes = ("wrong-command", "docker start"), ("unknown-option", "-d")
    log = [wrong("d/a", n, *notes) for n in range(4)]
    assert [one.code for one in look(*log).weak.faults] == ["wrong-command"]


def test_a_topic_that_fails_is_named_where_no_fault_is_known() -> None:
    log = [wrong("e/c", n) for n in range(6)]
    found = look(*log)
    (topic,) = found.weak.topics
    assert (topic.name, topic.failed, topic.asked, topic.rate) == ("e", 5, 5, 1)
    assert [one.name for one in found.weak.kinds] == ["concept"]
    assert found.weak.commands == ()
    assert said(found)[1] == ("advice.weak-topic", "trainer quiz e --state weak")


def test_answers_in_quizzes_count_among_weak_spots_if_they_were_reached() -> None:
    note = (Noted("missing-option", "-d", ()),)
    verdict = {"failed": True, "is_right": False}
    quizzed = [
        Answered(CardId("d/a"), NOW, **verdict, findings=note, is_reached=is_reached)
        for is_reached in (True, True, False)
    ]
    found = figures(evidence_of([], quizzed=quizzed)).weak
    assert [(one.missed, one.asked) for one in found.faults] == [(2, 2)]


def test_a_key_that_is_overruled_again_and_again_is_doubtful() -> None:
    overruled = ("overruled", "wrong")
    log = [wrong("d/a", n, overruled) for n in range(3)]
    log += [wrong("d/b", n + 3, overruled) for n in range(2)]
    (found,) = look(*log).doubtful
    assert (found.card, found.overruled, found.asked) == ("d/a", 2, 2)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("command", ["", "docker run"])
@pytest.mark.parametrize(
    ("code", "subject", "word"),
    [
        ("missing-option", "--tag", "--tag"),
        ("missing-operand", "image", {Language.EN: "image", Language.ZH: "镜像"}),
        ("wrong-operand", "file", {Language.EN: "file", Language.ZH: "文件"}),
        ("misplaced", "--name web -it", "--name"),
        ("never-heard-of", "x", "x"),
        ("wrong-command", "docker start", "docker start"),
        ("inspecting", "docker run", "docker run"),
        ("no-dashes", "d", "`d`"),
        ("unknown-option", "--foo", "--foo"),
        ("other-program", "docker run", "docker run"),
        ("swapped", "--publish", "--publish"),
        ("extra-option", "--rm", "--rm"),
        ("wrong-option", "--rm", "--rm"),
        ("wrong-value", "--name", "--name"),
    ],
)
def test_each_fault_is_worded(
    code: str,
    subject: str,
    word: str | dict[Language, str],
    command: str,
    language: Language,
) -> None:
    fault = Fault(code, subject, command, 1, 2, (CardId("d/a"),))
    text = fault_message(fault).in_language(language)
    assert (word if isinstance(word, str) else word[language]) in text
    assert "web" not in text
    assert (command in text) if command else True


def test_figures_are_plain_for_json() -> None:
    log = [review("d/a", NOW - timedelta(days=9 - n), G, n) for n in range(9)]
    told = plain(look(*log), EN)
    assert told["reviews"]["total"] == 9
    assert told["days"][0]["day"] == "2026-11-14"
    assert told["days"][0]["answers"] == 1
    assert told["retention"]["all"].keys() >= {"young", "passed", "rate"}
    assert told["intervals"]["bins"][-1]["high"] is None
    assert told["notes"]["sections"][0]["title"] == "one"
    assert isinstance(told["advice"]["risk"]["said"], str)
