"""What a learner may do in a sitting beside answering: each wish, and the time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.study.test_sitting import (
    DAY,
    DEFAULT,
    MINUTE,
    NOW,
    Diary,
    Move,
    Sitting,
    asked_after,
    deck,
    sit,
    start,
)
from trainer.cards.card import CardId
from trainer.cards.reading import read_deck
from trainer.grading.verdict import Finding
from trainer.language.text import message
from trainer.scheduling.marks import FLAGGED, ORDINARY, MarkKind
from trainer.scheduling.queue import Left, queue_of
from trainer.scheduling.review import Mode, Noted, Rating, Review, Stamp
from trainer.study.first import first_cards
from trainer.study.loop import Answered, Edited, Rated, Wish
from trainer.study.recap import sum_up
from trainer.study.session import (
    Asking,
    Finished,
    Judged,
    Session,
    TakenBack,
    answer,
    edited,
    failures,
    flag,
    go_over,
    rate,
    skip,
    stop,
    take_back,
)

A, H, G, E = Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY
FIRST = CardId("d/a")
MARKING = [Wish.BURY, Wish.SUSPEND]


def asked(sitting: Sitting) -> list[str]:
    """Return which cards were asked, in order."""
    return [event[6:] for event in sitting.events if event.startswith("ask ")]


def answered(session: Session, rating: Rating, seq: int) -> Session:
    """Answer and rate the card shown."""
    return rate(answer(session, "", NOW, 0), rating, NOW, Stamp("laptop", seq))[0]


def shown(session: Session) -> str:
    """Return the card shown."""
    assert not isinstance(session.phase, Finished)
    return session.phase.card.id.removeprefix("d/")


@pytest.mark.parametrize("wish", MARKING)
@pytest.mark.parametrize("before", [[], ["x"]], ids=["asked", "judged"])
def test_a_card_set_aside_leaves_a_mark_and_no_review(
    wish: Wish, before: list[str]
) -> None:
    sitting = sit("a b", [*before, wish, E])
    (mark,) = sitting.diary.marks
    assert (mark.card, mark.kind.name, mark.value) == ("d/a", wish.name, "")
    assert f"{mark.kind} d/a" in sitting.events
    assert asked(sitting) == ["a", "b"]
    assert [one.card for one in sitting.diary.reviews] == ["d/b"]


def test_a_skipped_card_leaves_no_mark_and_comes_last() -> None:
    sitting = sit("a b c", [Wish.SKIP, E, E, E])
    assert asked(sitting) == ["a", "b", "c", "a"]
    assert sitting.diary.marks == []


def test_flagging_stays_on_the_card_and_can_be_undone_with_the_same_key() -> None:
    sitting = sit("a b", [Wish.FLAG, "x", Wish.FLAG, Wish.FLAG, E])
    assert asked(sitting) == ["a", "a", "b"]
    assert [mark.value for mark in sitting.diary.marks] == [FLAGGED, "", FLAGGED]
    views = sitting.learner.views
    assert [view.is_flagged for view in views[:5]] == [False, True, True, False, True]


def test_time_goes_on_while_a_card_is_flagged() -> None:
    (review,) = sit("a", [Wish.FLAG, "A", E]).diary.reviews
    assert review.took_ms > 1000


def test_undo_of_a_flag_taken_back_elsewhere_sets_it_again() -> None:
    session, _ = flag(start("a", Diary()))
    mark = sit("a", [Wish.FLAG]).diary.marks[0]
    standing = ORDINARY._replace(flagged=True)
    for given_, flagged in ((ORDINARY, frozenset()), (standing, frozenset({FIRST}))):
        after = take_back(session, TakenBack(mark, None, given_), NOW)
        assert after.flagged == flagged


def test_hints_cap_what_is_suggested_and_are_noted() -> None:
    sitting = sit("a b", [Answered("A", hints=2), Answered("", hints=1), ""])
    assert [one.suggested() for one in sitting.learner.judged[:2]] == [H, A]
    assert [one.findings[-1] for one in sitting.diary.reviews] == [
        Noted("hinted", "2", ()),
        Noted("hinted", "1", ()),
    ]


@pytest.mark.parametrize(
    ("given_", "suggested", "outcome"), [("A", A, "correct"), ("x", G, "wrong")]
)
def test_an_overruled_verdict_counts_as_its_opposite_and_is_noted(
    given_: str, suggested: Rating, outcome: str
) -> None:
    sitting = sit("a", [given_, Rated(G, overruled=True)])
    (judged,) = sitting.learner.judged
    assert judged.suggested(overruled=True) is suggested
    (review,) = sitting.diary.reviews
    assert review.findings[-1] == Noted("overruled", outcome, ())
    assert review.outcome.value == outcome


def test_the_language_of_a_sitting_is_noted_where_it_is_known() -> None:
    session = replace(start("a", Diary()), language="zh")
    judged = answer(session, "A", NOW, took_ms=0)
    _, done = rate(judged, G, NOW, Stamp("one", 1))
    assert done.review.findings == (Noted("language", "zh", ()),)


@pytest.mark.parametrize("before", [[], ["x"]], ids=["asked", "judged"])
def test_an_edited_card_is_asked_as_it_is_now(before: list[str]) -> None:
    now = deck("a")[FIRST]._replace(content=deck("z")[CardId("d/z")].content)
    sitting = sit("a b", [*before, Edited(now), "Z", E])
    assert [one.outcome.value for one in sitting.diary.reviews] == ["correct"]
    assert asked(sitting)[-2:] == ["a", "b"]


def test_a_card_that_an_edit_deleted_is_left_out() -> None:
    sitting = sit("a b", [Edited(None), E])
    assert asked(sitting) == ["a", "b"]
    assert sitting.diary.marks == []


def test_cards_that_an_edit_took_along_are_passed_over() -> None:
    session = start("a b c d", Diary())
    known = {card: one for card, one in session.cards.items() if card[-1] not in "bc"}
    session = edited(replace(session, cards=known), None, NOW)
    assert shown(session) == "d"
    assert session.left(NOW).total == 1
    nothing = edited(replace(session, cards={}), None, NOW)
    assert nothing.phase == Finished(None)


def test_after_the_time_is_over_the_card_in_hand_is_the_last() -> None:
    sitting = sit("a b c", ["A", E, "B", E, "C"], limit_ms=8000)
    assert len(sitting.diary.reviews) == 2
    assert sitting.session.phase == Finished(None)
    assert sitting.session.left(NOW) == Left(1, 0, 0)
    assert len(sit("a b c", [E, E, E], limit_ms=10**6).diary.reviews) == 3
    assert len(sit("a b c", [E, E, E], limit_ms=1).diary.reviews) == 1


def test_failures_are_gone_over_until_each_was_right_once() -> None:
    moves: list[Move] = [A, E, A, E, E, Wish.GO_OVER, A, G, H]
    sitting = sit("a b c", moves)
    over = [one for one in sitting.diary.reviews if one.mode is Mode.CRAM]
    assert [one.card for one in over] == ["d/a", "d/c", "d/a"]
    assert [one.rating for one in over] == [A, G, H]
    assert sitting.session.phase == Finished(None)
    assert failures(sitting.session) == (FIRST,)


def test_going_over_failures_changes_no_memory() -> None:
    before = sit("a b", [A, E, G, G])
    after = sit("a b", [A, E, G, G, Wish.GO_OVER, A, E])
    assert len(after.diary.reviews) == len(before.diary.reviews) + 2
    for card in deck("a b"):
        assert after.session.memory(card) == before.session.memory(card)
        assert after.diary.replayed(card) == before.diary.replayed(card)
    assert all(one.next == {} for one in after.learner.judged[-2:])


def test_after_the_failures_the_summary_still_knows_what_is_left_today() -> None:
    session = stop(answered(start("a b c", Diary()), A, 1))
    over = go_over(session, NOW)
    assert over.left(NOW) == Left(0, 0, 1)
    assert sum_up(over, NOW, 0, 0, []).left == 3
    done = answered(over, G, 2)
    assert done.phase == Finished(NOW + MINUTE)
    recap = sum_up(done, NOW, 0, 0, [])
    assert (recap.left, recap.next_step) == (3, NOW + MINUTE)
    again = go_over(go_over(session, NOW), NOW)
    assert again.left(NOW).total == 0
    assert again.left_today(NOW) == 3


def test_undo_leads_from_the_failures_back_into_the_review() -> None:
    moves: list[Move] = [E, A, G, G, Wish.GO_OVER, G, Wish.UNDO, Wish.UNDO]
    sitting = sit("a b", moves)
    assert sitting.session.mode is Mode.REVIEW
    assert shown(sitting.session) == "b"
    assert asked_after(sitting) == ["ask d/b"]
    assert failures(answered(sitting.session, A, 99)) == ("d/b",)


def test_undo_of_an_answer_outside_of_the_schedule_keeps_what_is_to_come() -> None:
    old = sit("a", [A, G, G, Wish.GO_OVER, E]).diary
    old.events.clear()
    sitting = sit("b c", [Wish.UNDO, E, E], old)
    assert sitting.events[:2] == ["ask d/b", "taken back d/a"]
    assert asked(sitting) == ["b", "b", "c"]
    cram = start("a b", Diary())
    queue = queue_of(cram.cards, NOW, DEFAULT)
    cram = replace(cram, mode=Mode.CRAM, queue=queue)
    review = sit("a", [E]).diary.reviews[0]
    after = take_back(cram, TakenBack(review, None, ORDINARY), NOW)
    assert (after.left(NOW).total, after.mode) == (2, Mode.CRAM)


@pytest.mark.parametrize("mode", Mode)
@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from([*Rating, "skip", "over"]), max_size=25), st.data())
def test_no_card_follows_itself_while_another_is_left(
    mode: Mode, moves: list[Rating | str], data: st.DataObject
) -> None:
    names = data.draw(st.sampled_from(["a", "a b", "a b c", "a b c d"]))
    session, now = start(names, Diary()), NOW
    session = replace(session, mode=mode)
    for seq, move in enumerate(moves):
        if isinstance(session.phase, Finished):
            session = go_over(session, now)
            continue
        before = shown(session)
        if isinstance(move, Rating):
            session = answer(session, "", now, 0)
            session, _ = rate(session, move, now, Stamp("laptop", seq))
        else:
            session = skip(session, now)
        again = isinstance(session.phase, Asking) and shown(session) == before
        assert not again or session.left(now).total == 1
        now += timedelta(seconds=data.draw(st.sampled_from([0, 5, 70, 700])))


def test_flagging_needs_a_card() -> None:
    with pytest.raises(TypeError, match="no card is shown"):
        flag(stop(start("a", Diary())))


def test_the_first_cards_are_easy_ones_in_the_order_of_study() -> None:
    forms = {
        "s1": "kind: concept, ask: Q, answer: A",
        "t1": "kind: command, ask: Q, answer: A",
        "r1": "kind: concept, ask: Q, answer: A",
        "c1": "kind: concept, form: choose, ask: Q, answer: A, wrong: [B]",
        "t2": "kind: command, ask: Q, answer: A",
        "z1": "kind: concept, form: cloze, ask: 'Q [[A]]', sibling: [s1]",
        "c2": "kind: concept, form: choose, ask: Q, answer: A, wrong: [B]",
    }
    rows = "".join(f"- {{id: {name}, {rest}}}\n" for name, rest in forms.items())
    found = read_deck(f"deck: d\ntitle: T\ncards:\n{rows}".encode(), "d.yaml").deck
    assert found is not None
    assert first_cards(found.cards) == ("d/c1", "d/c2", "d/z1", "d/r1", "d/t1")
    assert first_cards(()) == ()


def test_the_recap_names_the_three_hardest_cards_with_what_was_noticed_last() -> None:
    session = start("a b c d e", Diary())
    for seq, rating in enumerate([H, A, E, A, G, A]):  # the last for b once more
        session = answered(session, rating, seq)
    noticed = Finding("x", "", message("findings.empty"))
    last = session.done[-1]
    verdict = last.verdict._replace(findings=(noticed,))
    done = (*session.done[:-1], last._replace(verdict=verdict))
    days = [NOW.date(), NOW.date() - 2 * DAY, date(2000, 1, 1)]
    recap = sum_up(replace(session, done=done), NOW, 0, 4, days)
    assert (recap.cards, recap.answers, recap.tomorrow) == (5, 6, 4)
    assert (recap.right, recap.spent_ms) == (3, 0)
    hardest = [(one.card.id, one.failed) for one in recap.hardest]
    assert hardest == [("d/b", 2), ("d/d", 1), ("d/a", 0)]
    assert recap.hardest[0].findings == (noticed,)
    assert recap.studied == (False,) * 4 + (True, False, True)


def test_a_review_outside_of_the_schedule_is_kept_as_such() -> None:
    session = replace(start("a", Diary()), mode=Mode.CRAM)
    session = answer(session, "A", NOW + DAY, 5)
    assert isinstance(session.phase, Judged)
    _, done = rate(session, G, NOW + DAY, Stamp("laptop", 1))
    review: Review = done.review
    assert (review.mode, review.at, done.memory) == (Mode.CRAM, NOW + DAY, None)


def test_the_kinds_of_marks_have_their_wishes() -> None:
    marks = sit("a b c", [Wish.BURY, Wish.SUSPEND, Wish.FLAG]).diary.marks
    assert [one.kind for one in marks] == [
        *(MarkKind.BURY, MarkKind.SUSPEND, MarkKind.FLAG)
    ]
