"""Pages to print, looked at in a browser and in their text."""

import re
from pathlib import Path

import pytest

from tests.browser import Browser, new_tab
from tests.decks import SHIPPED
from tests.exchange.pages import BOTH, HOSTILE, SHIPS, decks, page
from trainer.exchange.pages.leaf import make_chapters
from trainer.exchange.print_format import STYLES, make_sheets
from trainer.language.text import Language

ENGLISH = (Language.EN,)
SHELF = decks(*(path.read_text(encoding="utf-8") for path in SHIPPED))


@pytest.mark.parametrize("style", STYLES)
def test_a_page_to_print_holds_texts_as_they_are_and_no_script(style: str) -> None:
    text = page("print", decks(SHIPS, HOSTILE), BOTH, style)
    assert "&lt;b&gt;Not bold&lt;/b&gt;" in text
    assert not re.search(r"<script|<img|<b>|onclick=x>|https?:", text)
    assert "default-src &#39;none&#39;; style-src &#39;sha256-" in text
    assert text == page("print", decks(SHIPS, HOSTILE), BOTH, style)


def test_a_list_has_a_question_and_its_answer_in_each_row(
    chromium: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "list.html"
    file.write_text(page("print", decks(SHIPS), ENGLISH, "list"), encoding="utf-8")
    tab = new_tab(chromium)
    tab.open(file.as_uri())
    rows = tab.run("[...document.querySelectorAll('tbody tr')].map(e => e.innerText)")
    assert len(rows) == 7
    assert " ".join(rows[1].split()) == "List all containers. docker ps --all"
    assert tab.complaints() == []
    assert tab.requests() == [file.as_uri()]
    tab.close()


def test_a_back_lies_behind_its_front_when_the_paper_is_turned() -> None:
    sheets = make_sheets(make_chapters(SHELF[:1], ENGLISH))
    for sheet in sheets:
        assert len(sheet.fronts) == len(sheet.backs) == 8
        for place, front in enumerate(sheet.fronts):
            mirrored = place + 1 if place % 2 == 0 else place - 1
            back = sheet.backs[mirrored]
            assert (front and front.number) == (back and back.number)
    numbers = [slot.number for sheet in sheets for slot in sheet.fronts if slot]
    assert numbers == list(range(1, len(SHELF[0].cards) + 1))


@pytest.mark.parametrize("languages", [ENGLISH, (Language.ZH,), BOTH])
def test_every_shipped_card_fits_on_its_paper(
    chromium: Browser, tmp_path: Path, languages: tuple[Language, ...]
) -> None:
    file = tmp_path / "cards.html"
    file.write_text(page("print", SHELF, languages, "cards"), encoding="utf-8")
    tab = new_tab(chromium)
    tab.open(file.as_uri())
    too_long = tab.run(
        "[...document.querySelectorAll('.cut article:not(.blank)')]"
        ".flatMap(card => [card, card.lastElementChild])"
        ".filter(box => box.scrollHeight > box.clientHeight + 1)"
        ".map(box => box.innerText)"
    )
    assert too_long == []
    assert tab.count(".cut article:not(.blank)") == 2 * sum(
        len(deck.cards) for deck in SHELF
    )
    tab.close()


def test_a_cheat_sheet_tells_commands_and_what_they_do_by_topic() -> None:
    text = page("print", decks(SHIPS, HOSTILE), ENGLISH, "sheet")
    shown = re.sub(r"<[^>]*>", "", text)
    assert re.search(r"docker ps --all\s+List all containers\.", shown)
    assert "docker run -p 8080:80 nginx" in shown
    assert "keel" not in shown
    none = page(
        "print", decks(SHIPS.replace("kind: command", "kind: concept")), style="sheet"
    )
    assert "None of these cards asks for a command." in none


def test_a_flag_stands_behind_its_command() -> None:
    (images,) = (deck for deck in SHELF if deck.id == "images")
    text = page("print", [images], ENGLISH, "sheet")
    assert 'class="context">docker search</code> <span class="text">' in text
