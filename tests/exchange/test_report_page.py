"""The report says what the figures say, in both languages, and nothing else."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from html import unescape
from itertools import accumulate, pairwise
from pathlib import Path

import pytest

from tests.browser import Browser, new_tab
from tests.exchange.test_page_parts import SOURCES, contrast
from tests.statistics.evidence import (
    DAY,
    DEFAULT,
    NOW,
    SECTIONS,
    TODAY,
    A,
    G,
    evidence_of,
    review,
)
from trainer.cards.card import CardId
from trainer.exchange.report.page import report_page
from trainer.exchange.report.panel import Report
from trainer.exchange.report.trouble import named_cards
from trainer.language.text import Language, Text
from trainer.scheduling.marks import FLAGGED, Mark, MarkKind, make_mark
from trainer.scheduling.review import Mode, Review, Stamp
from trainer.statistics.confused import Confused
from trainer.statistics.evidence import Evidence, Named
from trainer.statistics.figures import figures

HOSTILE = '<script>alert(1)</script> & "quoted" \u202e'
FAULT = ("missing-option", "--detach")


GAPS = (1, 2, 5, 12, 30, 40)
DAYS_AGO = [425 - days for days in accumulate(GAPS * 5) if days <= 425]


def long_log() -> list[Review]:
    """Return a year of answers to a few cards, with all that can be noted."""
    made: list[Review] = []
    for ago in DAYS_AGO:
        for place, card in enumerate(("d/a", "d/b", "e/c", "gone/x")):
            seq = len(made)
            failed = seq % 11 < 2
            notes = [("language", "en" if seq % 2 else "zh")]
            notes += [FAULT] * failed + [("hinted", "1")] * (seq % 5 == 0)
            notes += [("overruled", "wrong")] * (seq % 9 == 0)
            at = NOW - ago * DAY - timedelta(minutes=60 - 10 * place)
            made.append(review(card, at, A if failed else G, seq, *notes))
    made.append(review("d/a", NOW - DAY, G, len(made), mode=Mode.CRAM))
    return made


def marks() -> list[Mark]:
    kinds = (MarkKind.FLAG, "d/a", FLAGGED), (MarkKind.SUSPEND, "e/c", "")
    return [
        make_mark(Stamp("laptop", 9000 + n), NOW - DAY, CardId(card), kind, value)
        for n, (kind, card, value) in enumerate(kinds)
    ]


@cache
def everything() -> Evidence:
    confused = (Confused("docker rm", "docker rmi", 3, (CardId("d/a"),)),)
    return replace(evidence_of(long_log(), marks()), confused=confused)


def page_of(evidence: Evidence, language: Language = Language.EN) -> str:
    found = figures(evidence)
    questions = dict.fromkeys(named_cards(found), "What does `-d` do?")
    return report_page(Report(found, TODAY, language, questions, 0.9, 90))


def seen(page: str) -> str:
    """Return what is to be read on a page: no styles, no tags, no drawings."""
    body = page.partition("<body>")[2]
    body = re.sub(r"<svg.*?</svg>", " ", body, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def headings(page: str) -> list[str]:
    return re.findall(r"<h2[^>]*>(.*?)</h2>", page)


def test_the_map_of_the_notes_comes_first_section_by_section() -> None:
    page = page_of(evidence_of([review("d/a", NOW - DAY), review("e/c", NOW, G, 1)]))
    assert headings(page)[:2] == ["Map of the notes", "Today, and what to do next"]
    text = seen(page)
    assert "2 were studied. The notes have 4 sections." in text
    assert re.search(r"one 1/2 · \d+%", text)
    assert re.search(r"two 1/1 · \d+%", text)
    assert "three 0/1 · never studied" in text
    assert "x no cards" in text


def test_the_map_says_how_far_cards_cover_the_notes_where_they_are_at_hand() -> None:
    one, two, *_ = SECTIONS
    known = replace(one, facts=8, cited=6), replace(two, facts=2, cited=0)
    text = seen(page_of(replace(evidence_of([]), sections=known)))
    assert "Cards cover 6 of 10 lines that tell something." in text
    assert "one 0/2 · 75% covered · never studied" in text
    assert "two 0/1 · 0% covered · never studied" in text
    assert "covered" not in seen(page_of(evidence_of([])))


def test_today_and_the_three_pieces_of_advice_follow() -> None:
    log = [review("d/a", NOW, G, 1), review("d/b", NOW, A, 2)]
    text = seen(page_of(evidence_of(log)))
    today = text.partition("Today, and what to do next")[2]
    assert re.search(r"answers today 2 .* right today 50% new cards today 2 ", today)
    assert "days in a row, 1 at most 1" in today
    assert "trainer review" in today


def test_every_figure_has_its_place_on_the_page() -> None:
    page = page_of(everything())
    assert headings(page) == [
        "Map of the notes",
        "Today, and what to do next",
        "Due in the next 30 days",
        "True retention",
        "Calendar",
        "Answers by day",
        "Answer buttons",
        "Hours of the day",
        "Intervals",
        "Stability",
        "Difficulty",
        "Probability of recall",
        "Knowledge over time",
        "Forecast of recall",
        "Most at risk",
        "Weak spots",
        "What keeps being wrong",
        "Confusions",
        "Leeches and marked cards",
        "Doubtful answer keys",
        "Hints and languages",
    ]
    text = seen(page)
    assert "Still without figures" not in text
    assert "docker rm for docker rmi 3 times" in text
    assert "1 flagged What does -d do? d/a" in text
    assert "1 suspended What does -d do? e/c" in text


def test_tables_hold_the_numbers_of_the_charts() -> None:
    evidence = everything()
    found, text = figures(evidence), seen(page_of(evidence))
    for load in found.forecast.days:
        assert f"{load.day.isoformat()} {load.due}" in text
    for level in found.calibration.levels:
        assert f"{level.foretold:.1%} {level.happened:.1%} {level.answers}" in text
    for name in ("young", "mature"):
        tally = getattr(found.retention["year"], name)
        assert tally.asked
        assert f"{tally.rate:.0%} of {tally.asked}" in text
    for hour in found.hours:
        if hour.rate is not None:
            assert f"{hour.hour:02}:00 {hour.passed} {hour.failed}" in text


@pytest.mark.parametrize("language", Language)
def test_each_drawing_can_be_read_by_one_who_does_not_see_it(
    language: Language,
) -> None:
    page = page_of(everything(), language)
    drawings = re.findall(r"<svg[^>]*>", page)
    named = [one for one in drawings if re.search('role="img" aria-label="[^"]+"', one)]
    assert len(named) > 30
    assert all('aria-hidden="true"' in one for one in drawings if one not in named)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    links = re.findall(r'(?:href="#|aria-labelledby=")([^"]+)"', page)
    assert set(links) == set(ids)


def test_the_page_speaks_chinese_throughout() -> None:
    page = page_of(everything(), Language.ZH)
    assert '<html lang="zh-Hans">' in page
    text = re.sub(r"docker \w+|What does -d do\?|trainer [\w -]+|RMSE", "", seen(page))
    words = set(re.findall(r"[A-Za-z]{3,}", text))
    assert words <= {"one", "two", "three", "new", "gone", "detach"}
    assert "笔记地图" in text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "log",
    [
        [],
        [review("d/a", NOW)],
        [review("gone/x", NOW, A)],
        [review("d/a", NOW - 900 * DAY)],
        [review("d/a", NOW + 40 * DAY)],
        [review("d/a", NOW, mode=Mode.CRAM)],
    ],
    ids=["empty", "one", "gone", "old", "future", "cram"],
)
def test_a_log_with_hardly_anything_makes_a_page_that_makes_sense(
    log: Sequence[Review], language: Language
) -> None:
    page = page_of(evidence_of(log), language)
    text = seen(page)
    assert len(headings(page)) >= 2
    assert not re.search(r"\bNone\b|\bnan\b|\binf\b|\{|\}", text)
    assert ("Still without figures: " in text) is (language is Language.EN)


def test_an_empty_folder_of_decks_makes_a_page_too() -> None:
    bare = replace(evidence_of([]), cards={}, sections=(), topics=())
    assert "You would recall about 0 of 0 cards now" in seen(page_of(bare))


def test_what_others_wrote_stays_text() -> None:
    title = Text.same(HOSTILE)
    evidence = replace(
        everything(),
        sections=(Named("one", title),),
        topics=(Named("d", title),),
        confused=(Confused(HOSTILE, HOSTILE, 2, ()),),
    )
    found = figures(evidence)
    questions = dict.fromkeys(named_cards(found), HOSTILE)
    page = report_page(Report(found, TODAY, Language.EN, questions, 0.9, 90))
    assert "<script" not in page
    assert "\u202e" not in page
    assert page.count("&lt;script&gt;alert(1)") > 5


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = page_of(everything())
    assert not re.search(r"<script|<img|https?:|\bon\w+=|style=|@import|url\(", page)
    assert "default-src &#39;none&#39;; style-src &#39;sha256-" in page


def test_the_same_figures_make_the_same_bytes() -> None:
    assert page_of(everything()) == page_of(everything())


def test_a_report_on_some_topics_names_them() -> None:
    found = figures(evidence_of([]))
    whole = Report(found, TODAY, Language.EN, {}, DEFAULT.desired_retention, 90)
    assert "2026-11-23 · d, e" not in seen(report_page(whole))
    assert "2026-11-23 · d, e" in seen(report_page(replace(whole, is_whole=False)))


@pytest.mark.parametrize("theme", [0, 1])
def test_tones_stand_out_from_the_page_and_from_their_neighbours(theme: int) -> None:
    look = SOURCES["look.css"] + SOURCES["report.css"]
    tones = {
        name: pair[theme]
        for name, *pair in re.findall(
            r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", look
        )
    }
    for name in ("known", "known-soft", "known-deep", "lost", "quiet"):
        assert contrast(tones[name], tones["card"]) >= 3, name
    levels = ["track", *(f"level-{number}" for number in range(1, 5))]
    ramps = [["known-soft", "known", "known-deep"], levels]
    for one, other in [pair for ramp in ramps for pair in pairwise(ramp)]:
        assert contrast(tones[one], tones[other]) >= 1.2, (one, other)


def test_it_fits_a_phone_and_a_desk_without_complaint(
    chromium: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    tab = new_tab(chromium)
    for language in Language:
        file.write_text(page_of(everything(), language), encoding="utf-8")
        for width in (390, 1280):
            tab.resize(width, 900)
            tab.open(file.as_uri())
            tab.run("document.querySelectorAll('details').forEach(e => e.open = true)")
            assert tab.run("document.documentElement.scrollWidth") <= width
            charts = "[...document.querySelectorAll('.chart')]"
            widths = tab.run(f"{charts}.map(e => e.getBoundingClientRect().width)")
            assert min(widths) > 280
            assert tab.complaints() == []
            assert tab.requests() == [file.as_uri()]
    tab.close()
