"""Statistics in the terminal: room, widths, and signs of every kind."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.learners import STEADY, log_of
from tests.statistics.evidence import DEFAULT, NOW, A, evidence_of, review
from trainer.cards.card import CardId, Kind
from trainer.grading.verdict import Outcome
from trainer.language.text import Language, Text
from trainer.language.width import text_width
from trainer.scheduling.review import Review
from trainer.scheduling.studyday import study_day
from trainer.statistics.confused import Confused
from trainer.statistics.evidence import About, Named
from trainer.statistics.figures import Figures, figures
from trainer.terminal.bars import ASCII, UNICODE, bar, ink_for, shade, sparkline
from trainer.terminal.figures_full import full_lines
from trainer.terminal.figures_text import MOST_LINES, short_lines
from trainer.terminal.frame import Frame
from trainer.terminal.signs import signs_for

LONG = Text(
    "A section about everything there is \x1b[31mto know of the thing at hand",
    "一个标题非常长的小节，讲的是与此有关的一切，以及其余的一切",
)


def a_year() -> Figures:
    """Return the figures of someone who learned for a year, and made mistakes."""
    log = log_of(STEADY, 4000)
    now = log[-1].at
    notes = ("missing-option", "--detach"), ("hinted", "1"), ("language", "zh")
    more: list[Review] = []
    for n in range(40):
        card = f"deck/card-{n % 4}"
        option = ("extra-option", f"--option-{n % 8}")
        found = review(card, now, A, 9000 + n, *notes, option, outcome=Outcome.PARTIAL)
        overruled = review(card, now, A, 9100 + n, ("overruled", "wrong"))
        more += [found, overruled]
    reviews = [*log, *more]
    base = evidence_of(reviews, now=now)
    about = About(Kind.COMMAND, "long", "docker run")
    cards = dict.fromkeys(base.memories.card, about)
    cards |= {CardId(f"deck/new-{n}"): About(Kind.FLAG, "never") for n in range(9)}
    made = replace(
        base,
        cards=cards,
        sections=tuple(Named(name, LONG) for name in ("long", "never", "bare")),
        topics=(Named("deck", LONG),),
        confused=(Confused("-f", "--filter", 3, ()),),
    )
    return figures(made)


YEAR = a_year()


def lines_of(
    found: Figures,
    columns: int,
    language: Language,
    *,
    ascii_only: bool = False,
    everything: bool = False,
) -> Sequence[str]:
    signs, ink = signs_for(ascii_only=ascii_only), ink_for(ascii_only=ascii_only)
    frame = Frame(language, signs, ink, columns)
    return list((full_lines if everything else short_lines)(found, frame))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("columns", [60, 80, 88])
def test_no_line_is_wider_than_the_terminal_and_nothing_disturbs_it(
    columns: int, language: Language, *, everything: bool
) -> None:
    for line in lines_of(YEAR, columns, language, everything=everything):
        assert text_width(line) <= columns, line
        assert "\x1b" not in line


@pytest.mark.parametrize("language", Language)
def test_all_of_it_fits_a_screen_of_forty_lines(language: Language) -> None:
    lines = lines_of(YEAR, 60, language)
    assert len(lines) <= MOST_LINES
    said = "\n".join(lines)
    assert "--detach" in said
    assert said.count("trainer ") >= 3


def test_every_part_has_its_place_in_all() -> None:
    said = "\n".join(lines_of(YEAR, 80, Language.EN, everything=True))
    for words in (
        *("Map of the notes", "Topics", "Most at risk", "What keeps being wrong"),
        *("Commands that fail", "-f for --filter", "Doubtful", "True retention"),
        *(
            "Cards you would recall, since",
            "Due in the coming days",
            "Days with study",
            "Weeks",
        ),
        *("Answer buttons", "by hour", "Intervals", "Stability", "Difficulty"),
        *("Recall foretold", "Log loss", "after a hint", "Chinese"),
        *("1 section was never studied.", "1 section has no card at all."),
    ):
        assert words in said


@pytest.mark.parametrize("everything", [False, True])
def test_it_reads_in_ascii(*, everything: bool) -> None:
    lines = lines_of(YEAR, 60, Language.EN, ascii_only=True, everything=everything)
    assert "\n".join(lines).isascii()
    assert any(line.endswith("####") for line in lines)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("count", [0, 1])
def test_next_to_nothing_is_told_in_few_words(
    count: int, language: Language, *, everything: bool
) -> None:
    found = figures(evidence_of([review("d/a", NOW)] * count))
    said = lines_of(found, 60, language, everything=everything)
    assert len(said) < 80
    assert "nan" not in "\n".join(said)
    assert said[-1].endswith("trainer review")


def test_the_calendar_stands_by_weekdays_with_today_in_the_last_column() -> None:
    found = figures(evidence_of([review("d/a", NOW)]))
    lines = lines_of(found, 60, Language.EN, everything=True)
    assert study_day(NOW, DEFAULT.rollover).weekday() == 0
    monday = next(line for line in lines if line.startswith("  Mo "))
    assert monday == "  Mo █"
    assert "  Tu" in lines


def test_a_bar_is_seen_where_there_is_anything() -> None:
    assert bar(0, 10, 8, UNICODE) == bar(5, 0, 8, UNICODE) == ""
    assert bar(0.001, 10, 8, UNICODE) == "▏"
    assert bar(10, 10, 8, UNICODE) == "█" * 8
    assert bar(5, 10, 3, UNICODE) == "█▌"
    assert bar(99, 10, 3, ASCII) == "###"


def test_a_sparkline_takes_the_room_there_is() -> None:
    assert sparkline([0, 4, 8], 9, UNICODE) == "▁▅█"
    assert len(sparkline(range(100), 30, ASCII)) <= 30
    assert sparkline([0, 0], 9, ASCII) == ".."
    assert sparkline([], 9, ASCII) == ""


def test_shades_tell_nothing_from_a_little() -> None:
    assert shade(0, 9, UNICODE) == "·"
    assert shade(0.1, 9, UNICODE) == "▂"
    assert shade(9, 9, UNICODE) == "█"
