"""Pages as values: what stands where, whatever the size."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.terminal.sitting import (
    SETTINGS,
    START,
    deck_cards,
    odd_cards,
    recall_card,
    session_of,
)
from trainer.cards.card import Card, Notes, Status
from trainer.grading.verdict import Finding, Outcome, Verdict
from trainer.language.text import Language, message
from trainer.scheduling.memory import Memory
from trainer.scheduling.queue import Left
from trainer.scheduling.review import Rating, Stamp
from trainer.study.recap import sum_up
from trainer.study.session import Asking, Done, Finished, Judged, Session, answer, rate
from trainer.study.view import View
from trainer.terminal.foot import judge_keys, question_keys
from trainer.terminal.line import (
    Line,
    item_or_paragraph,
    line_width,
    paragraph,
    plain,
)
from trainer.terminal.logline import log_line, taken_back_line
from trainer.terminal.look import Look
from trainer.terminal.page import Frame, Page, Seen, judged_page, question_page
from trainer.terminal.scroll import cut_page
from trainer.terminal.signs import ASCII, UNICODE
from trainer.terminal.summary import summary_texts
from trainer.terminal.words import leech_text, rating_text

LEFT = Left(3, 2, 14)
KEYS = ("key-undo", "key-quit")
VIEW = View(4, LEFT, START, elapsed_ms=190_000)
FRAME = Frame("Images", VIEW, KEYS)
LOOK = Look(Language.EN, UNICODE, SETTINGS.rollover)
COLUMNS, ROWS = st.integers(30, 200), st.integers(10, 60)
LANGUAGES = st.sampled_from(Language)


def judged_of(card: Card, response: str) -> Judged:
    judged = answer(session_of([card]), response, START, 4200).phase
    assert isinstance(judged, Judged)
    return judged


def text_of(lines: Sequence[Line]) -> str:
    return "\n".join(plain(line).rstrip() for line in lines)


def body_of(judged: Judged, look: Look = LOOK) -> str:
    return text_of(judged_page(judged, FRAME, Seen(), look).body)


def done_of(card: Card, rating: Rating, took_ms: int = 3100) -> Done:
    session = answer(session_of([card]), "", START, took_ms)
    return rate(session, rating, START, Stamp("test", 1))[1]


@given(COLUMNS, ROWS, LANGUAGES, st.sampled_from([*deck_cards(), *odd_cards()]))
def test_no_page_exceeds_the_terminal_and_all_ratings_show(
    columns: int, rows: int, language: Language, card: Card
) -> None:
    look = Look(language, UNICODE, SETTINGS.rollover).sized(columns, rows)
    page = judged_page(judged_of(card, "docker images " * 9), FRAME, Seen(), look)
    seen = cut_page(page, look, page.start, 0)
    lines = [*seen.above, *seen.below]
    assert len(lines) <= rows
    assert all(line_width(line) <= min(columns, 88) for line in lines)
    shown = text_of(seen.below)
    assert all(f"{rating.value} " in shown for rating in Rating)


SIZES = [(30, 10), (60, 20), (80, 24), (200, 50)]
RESPONSES = ("", "docker images " * 9, "镜像" * 40, "22", "4 3 2 1")


def keys_of(card: Card, language: Language, *, is_judged: bool) -> tuple[str, ...]:
    prompt = card.content.prompt(language)
    if is_judged:
        return tuple(judge_keys(VIEW, can_overrule=True, language=language))
    return tuple(question_keys(prompt, VIEW, has_hints=True, language=language))


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "card", [*deck_cards("forms"), *odd_cards()], ids=lambda c: c.id
)
def test_every_form_fits_every_size_and_scrolling_reaches_every_line(
    size: tuple[int, int], language: Language, card: Card
) -> None:
    look = Look(language, UNICODE, SETTINGS.rollover).sized(*size)
    card = card.deal(0)
    asking, judging = (
        FRAME._replace(keys=keys_of(card, language, is_judged=one))
        for one in (False, True)
    )
    seen = Seen(picked=(1, 0), hints=2)
    pages = [(question_page(Asking(card), asking, seen, look), asking.keys[0])]
    for response in RESPONSES:
        judged = judged_of(card, response)
        take = rating_text(judged.suggested(), language)
        pages.append((judged_page(judged, judging, seen, look), take))
    for page, told in pages:
        check_page(page, look, size, told)


def check_page(page: Page, look: Look, size: tuple[int, int], told: str) -> None:
    """Scroll down a page and look whether all of it was seen, and its keys always."""
    columns, rows = size
    reached: list[Line] = []
    for top in range(len(page.body)):
        cut = cut_page(page, look, top, 2)
        lines = [*cut.above, *cut.below]
        assert len(lines) + 2 <= rows
        assert all(line_width(line) <= min(columns, 88) for line in lines)
        assert told in text_of(cut.below)
        reached += cut.above
    assert all(line in reached for line in page.body)


@given(COLUMNS, LANGUAGES, st.sampled_from(Rating), st.integers(0, 10**7))
def test_a_log_line_is_one_line(
    columns: int, language: Language, rating: Rating, took_ms: int
) -> None:
    look = Look(language, UNICODE, SETTINGS.rollover).sized(columns, 24)
    for card in (*deck_cards(), *odd_cards()):
        line = log_line(done_of(card, rating, took_ms), look)
        assert line_width(line) <= min(columns, 88)
        assert "\n" not in plain(line)
        assert "→" in plain(line)


def test_a_log_line_says_how_it_went_and_when_it_comes_back() -> None:
    line = plain(log_line(done_of(deck_cards()[0], Rating.EASY), LOOK))
    assert line.startswith("✓ List only the dangling images.")
    assert line.rstrip().endswith("Easy    3.1s → 7d")


def test_log_lines_stand_in_columns() -> None:
    lines = [plain(log_line(done_of(c, r), LOOK)) for c in deck_cards() for r in Rating]
    assert len({line.index("→") for line in lines}) == 1


def test_the_head_counts_what_is_left_by_kind() -> None:
    card = deck_cards()[0]
    page = question_page(Asking(card), FRAME, Seen(), LOOK)
    assert text_of(page.head[:1]).startswith("Images  5/23 · 3m  ")
    assert text_of(page.head).endswith(
        "3 new · 2 learning · 14 due\n" + "─" * 80 + "\n"
    )


def test_a_long_title_gives_way_to_the_counts() -> None:
    card, look = deck_cards()[0], LOOK.sized(40, 10)
    long = FRAME._replace(title="A very long title")
    page = question_page(Asking(card), long, Seen(), look)
    assert text_of(page.head) == "A ve…  5/23  3 new · 2 learning · 14 due"
    narrow = question_page(Asking(card), long, Seen(), LOOK.sized(34, 10))
    assert text_of(narrow.head) == "A ve…  3 new · 2 learning · 14 due"


def test_a_flagged_card_says_so_in_its_head() -> None:
    frame = FRAME._replace(view=VIEW._replace(is_flagged=True))
    page = question_page(Asking(deck_cards()[0]), frame, Seen(), LOOK)
    assert text_of(page.head[:1]).startswith("Images  5/23 · 3m · flagged  ")


@pytest.mark.parametrize(
    ("outcome", "word"),
    [(Outcome.PARTIAL, "~ Partly right"), (Outcome.WRONG, "✗ Not right")],
)
def test_findings_and_repairs_are_told(outcome: Outcome, word: str) -> None:
    judged = judged_of(deck_cards()[0], "docker \x1b[2Jimages")
    missing = message("findings.missing-word", subject="\x1b-f")
    extra = message("findings.extra-word", subject="-a")
    finding = Finding("missing-word", "-f", missing)
    verdict = Verdict(outcome, "x", (finding,), (extra,))
    body = body_of(replace(judged, verdict=verdict))
    assert f"{word}\n  Not asked for: `-a`.\n  Missing: `\\x1b-f`.\n" in body
    assert "You typed  docker \\x1b[2Jimages" in body


def test_what_the_answer_says_anyway_is_not_repeated() -> None:
    assert "Expected" not in body_of(judged_of(deck_cards()[0], "docker ps"))


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        (Notes(Status.OUTDATED, "a"), "the notes had `a`, which is outdated"),
        (Notes(Status.WRONG, "a"), "the notes had `a`, which is mistaken"),
        (
            Notes(Status.PLATFORM, "a"),
            "the notes had `a`, which depends on the platform",
        ),
        (Notes(Status.OK, "docker ps"), None),
        (None, None),
    ],
)
def test_notes_are_quoted_where_they_differ(
    notes: Notes | None, said: str | None
) -> None:
    card = deck_cards()[0]._replace(notes=notes)
    lines = body_of(judged_of(card, "docker ps")).splitlines()
    told = [line for line in lines if line.startswith("Notes")]
    assert told == ([f"Notes      {said}"] if said else [])


def test_a_card_without_reasons_shows_its_answer_alone() -> None:
    judged = judged_of(recall_card("plain", "Ask", "Answer"), "")
    assert body_of(judged) == "Ask\n\nAnswer     Answer"


def test_code_stands_out() -> None:
    (line,) = paragraph("use `docker ps` now", 40, "class:question")
    assert line[1] == ("class:question class:code", "`docker ps`")


def test_code_stays_code_across_lines() -> None:
    lines = paragraph("see `docker image ls`", 14)
    assert [line[-1][0] for line in lines] == ["class:code", "class:code"]


def test_taking_back_names_the_card() -> None:
    review = done_of(deck_cards()[0], Rating.GOOD).review
    assert plain(taken_back_line(review, LOOK)) == (
        "↶ Taken back: images/list-dangling (Good)"
    )


def summary(session: Session, studied: int = 0) -> list[str]:
    now = START + timedelta(minutes=1)
    days = [now.date() - timedelta(days=ago) for ago in range(studied)]
    return list(summary_texts(sum_up(session, now, 0, 7, days), Language.EN, UNICODE))


TOMORROW = "Tomorrow: 7 due so far."


def test_the_summary_counts_cards_answers_and_what_is_left() -> None:
    session = session_of(deck_cards())
    for number, rating in enumerate((Rating.AGAIN, Rating.GOOD), 1):
        session = answer(session, "", START, 61_000)
        session, _ = rate(session, rating, START, Stamp("test", number))
    assert summary(session) == [
        "2 cards, 2 answers, 1 right at first try, 3m.",
        "Hardest:",
        "- List only the dangling images.",
        "3 cards are left for today.",
        TOMORROW,
    ]


def test_the_summary_of_a_finished_sitting() -> None:
    session = answer(session_of(deck_cards()[:1]), "", START, 900)
    session, _ = rate(session, Rating.EASY, START, Stamp("test", 1))
    assert summary(session, studied=2) == [
        "1 card, 1 answer, 1 right at first try, 0.9s.",
        "Nothing more is due today.",
        TOMORROW,
        "Last seven days: ·····■■ studied on 2 of them.",
    ]


def test_the_summary_names_the_next_learning_step() -> None:
    session = answer(session_of(deck_cards()[:1]), "", START, 900)
    session, _ = rate(session, Rating.AGAIN, START, Stamp("test", 1))
    finished = replace(session, phase=Finished(START + timedelta(minutes=5)))
    assert summary(finished)[3] == ("Done for now. The next learning step comes in 4m.")
    overdue = replace(session, phase=Finished(START))
    assert summary(overdue)[3] == "Done for now. The next learning step comes in 1m."


def test_the_summary_names_what_waits_elsewhere() -> None:
    recap = sum_up(session_of([]), START, 15, 0, [])
    assert next(summary_texts(recap, Language.EN, UNICODE)) == (
        "15 more cards wait: `trainer review` goes on."
    )


def test_a_sitting_left_early_counts_all_that_is_left_for_today() -> None:
    recap = sum_up(session_of(deck_cards()), START, 20, 0, [])
    assert next(summary_texts(recap, Language.EN, UNICODE)) == (
        "20 cards are left for today."
    )


def test_a_step_to_wait_for_is_told_beside_what_waits_elsewhere() -> None:
    session = replace(session_of([]), phase=Finished(START + timedelta(minutes=30)))
    recap = sum_up(session, START, 15, 0, [])
    assert list(summary_texts(recap, Language.EN, UNICODE))[:2] == [
        "Done for now. The next learning step comes in 30m.",
        "15 more cards wait: `trainer review` goes on.",
    ]


def test_an_item_of_a_list_goes_on_below_its_first_word() -> None:
    lines = item_or_paragraph("- List only the dangling images. Missing: `-f`.", 20)
    assert list(map(plain, lines)) == [
        "- List only the",
        "  dangling images.",
        "  Missing: `-f`.",
    ]
    assert list(map(plain, item_or_paragraph("one two", 4))) == ["one", "two"]


def test_the_summary_of_nothing() -> None:
    assert summary(session_of([])) == ["Nothing more is due today.", TOMORROW]


def test_ascii_signs_are_ascii() -> None:
    assert all(sign.isascii() for sign in ASCII)


def test_a_month_fits_beside_its_rating_in_a_narrow_terminal() -> None:
    judged = judged_of(deck_cards()[0], "")
    far = {rating: later(memory) for rating, memory in judged.next.items()}
    look = Look(Language.ZH, UNICODE, SETTINGS.rollover).sized(30, 10)
    page = judged_page(replace(judged, next=far), FRAME, Seen(), look)
    assert len(page.foot) == 3
    assert "▸1 重来 1.5个月" in text_of(page.foot)


def later(memory: Memory) -> Memory:
    return replace(memory, due_at=None, due_day=START.date() + timedelta(days=46))


@pytest.mark.parametrize(
    ("where", "language", "told"),
    [
        ("screen", Language.EN, "e edits it when it is asked"),
        ("screen", Language.ZH, "按 e 编辑"),
        ("lines", Language.EN, "8 times. Split it in two"),
        ("lines", Language.ZH, "已经忘了 8 次"),
    ],
)
def test_a_leech_is_told_with_advice(where: str, language: Language, told: str) -> None:
    done = done_of(deck_cards()[0], Rating.AGAIN)
    assert done.memory is not None
    hard = done._replace(is_leech=True, memory=replace(done.memory, lapses=8))
    text = leech_text(hard, where, language)
    assert "trainer deck edit images/list-dangling" in text
    assert told in text
