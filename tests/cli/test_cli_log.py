"""`trainer log`: what was done last."""

from datetime import datetime, timedelta, timezone

from tests.learning import answered
from tests.program import Program
from trainer.cards.card import CardId
from trainer.grading.verdict import Outcome
from trainer.language.text import Language
from trainer.language.width import text_width
from trainer.scheduling.history import Logged, memories_after
from trainer.scheduling.marks import Entry, MarkKind, make_mark
from trainer.scheduling.review import Mode, Rating, Review, Stamp
from trainer.scheduling.settings import Settings
from trainer.terminal.log_text import log_lines
from trainer.terminal.look import Look
from trainer.terminal.signs import ASCII, UNICODE

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=8)))


def test_the_log_shows_what_was_done_newest_last(program: Program) -> None:
    answers = [("fruit/apple", 4, "echo apple"), ("fruit/pear", 1, "wrong")]
    answered(program.home, *answers)
    program("undo")
    program("card", "suspend", "fruit/plum")
    assert program("log").out.splitlines() == [
        "time              card         rating     interval    verdict  typed",
        "2026-11-23 08:01  fruit/apple  Easy       6d          right    echo apple",
        "2026-11-23 08:02  fruit/pear   Again      taken back  wrong    wrong",
        "2026-11-23 09:00  fruit/plum   suspended",
    ]
    assert len(program("log", "-n", "1").out.splitlines()) == 2
    first, second, third = program("log", "--json").json["log"]
    assert (first["type"], first["due_day"], first["taken_back"]) == (
        *("review", "2026-11-29", False),
    )
    assert (second["rating"], second["due_day"], second["taken_back"]) == (
        1,
        None,
        True,
    )
    assert (third["type"], third["kind"], third["value"]) == ("mark", "suspend", "")
    assert program("log", "trees", "--json").json["log"] == []
    assert program("log", "fruit", "--json").json["log"] == [first, second, third]
    unknown = program("log", "fruits")
    assert (unknown.code, unknown.out) == (2, "")


def test_an_empty_log_says_so(program: Program) -> None:
    ran = program("log", "--lang", "zh")
    assert (ran.code, ran.out, ran.err) == (0, "", "还没有任何学习记录。\n")


def review(card: str, response: str, seq: int = 1) -> Review:
    return Review(
        id=f"{seq}",
        stamp=Stamp("laptop", seq),
        at=NOW + timedelta(minutes=seq),
        card=CardId(card),
        rating=Rating.GOOD,
        outcome=Outcome.PARTIAL,
        response=response,
        took_ms=0,
        mode=Mode.REVIEW,
    )


ENTRIES: list[Entry] = [
    review("containers/a-rather-long-name-of-a-card", "docker run -d nginx " * 6),
    review("d/x", "列出所有镜像，包括中间层" * 5, 2),
    review("d/x", "two\nlines\tand \x1b[31m", 3),
    make_mark(Stamp("laptop", 4), NOW, CardId("d/x"), MarkKind.FLAG),
]
LOG = [Logged(entry, taken_back=False) for entry in ENTRIES]


def lines(
    columns: int, language: Language = Language.EN, *, plain: bool = False
) -> list[str]:
    settings = Settings()
    memories = memories_after(LOG[:1], settings, None)
    memories |= memories_after(LOG[1:], settings, None)
    signs = ASCII if plain else UNICODE
    look = Look(language, signs, settings.rollover, columns)
    return list(log_lines(LOG, memories, look))


def test_the_log_fits_the_terminal_in_both_languages() -> None:
    for language in Language:
        for columns in (60, 80, 100, 200):
            shown = lines(columns, language)
            assert max(map(text_width, shown)) <= columns
            assert not any(char in line for line in shown for char in "\x1b\n\t")


def test_where_it_is_narrow_what_was_typed_has_a_line_of_its_own() -> None:
    shown = lines(60)
    assert len(shown) == 1 + 3 * 2 + 1
    assert shown[2].startswith("  docker run -d nginx")
    assert shown[2].endswith("…")
    assert shown[-1].split() == ["11-23", "09:00", "d/x", "unflagged"]
    assert lines(60, plain=True)[2].endswith("...")


def test_where_there_is_room_each_entry_has_one_line() -> None:
    shown = lines(10_000)
    assert len(shown) == 1 + len(LOG)
    assert shown[1].endswith(("docker run -d nginx " * 6).strip())
    assert shown[3].endswith("two lines and \\x1b[31m")
