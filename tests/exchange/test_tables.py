"""Tables: no character is lost out and in, and no spreadsheet runs what is in them."""

import csv
from datetime import UTC, datetime
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.decks import SHIPPED
from trainer.cards.card import Deck
from trainer.cards.reading import read_deck
from trainer.cards.record import dump_card
from trainer.exchange import EXPORTERS, IMPORTERS
from trainer.exchange.cells import flattened, guarded, unflattened, unguarded
from trainer.exchange.deckmerge import as_imported
from trainer.exchange.exporter import Wanted
from trainer.exchange.imported import Given, ImportedDeck, imported_text
from trainer.exchange.snapshot import Snapshot
from trainer.language.errors import TrainerError
from trainer.language.text import Language

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PIECES = [*"=+-@'\"\t\n\\,;|[].# aén", "＝", "＠", "中", "👩\u200d💻"]
AWKWARD = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=12)
    .map("".join)
    .filter(lambda text: any(char.isprintable() and char != " " for char in text))
)
BY_LANGUAGE = st.one_of(
    AWKWARD,
    st.fixed_dictionaries({"en": AWKWARD, "zh": AWKWARD}).filter(
        lambda texts: texts["en"] != texts["zh"]
    ),
    st.fixed_dictionaries({"zh": AWKWARD}),
)
CARD = st.fixed_dictionaries(
    {
        "id": st.just("card"),
        "kind": st.just("concept"),
        "form": st.just("choose"),
        "ask": BY_LANGUAGE,
        "answer": BY_LANGUAGE,
        "wrong": st.lists(BY_LANGUAGE, min_size=1, max_size=4),
    },
    optional={
        "why": BY_LANGUAGE,
        "tags": st.just(["a-tag", "b"]),
        "source": st.just({"section": "images", "lines": "12-14"}),
        "vars": st.just({"en": "1-3", "port": ["a", "b"]}),
    },
)


def snapshot(*decks: Deck) -> Snapshot:
    return Snapshot(decks)


@cache
def shipped() -> list[Deck]:
    decks = [read_deck(path.read_bytes(), path.name).deck for path in SHIPPED]
    return [deck for deck in decks if deck]


def given_file(path: Path, **more: Any) -> Given:  # noqa: ANN401 - fields of any type
    return Given(str(path), NOW, "deck", "deck", **more)


def back_in(name: str, text: str, folder: Path, **more: Any) -> list[ImportedDeck]:  # noqa: ANN401 - as above
    path = folder / f"table.{name}"
    path.write_text(text, encoding="utf-8", newline="")
    return [*IMPORTERS[name].read(given_file(path, **more)).decks]


@given(CARD)
def test_a_card_comes_back_from_its_cells_as_it_was(card: dict[str, Any]) -> None:
    assert unflattened(flattened(card).items()) == card


@given(AWKWARD)
def test_no_cell_is_a_formula_and_each_comes_back(text: str) -> None:
    cell = guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"))
    assert unguarded(cell) == text


@pytest.mark.parametrize("text", ["'tis", "''", "'=1", "plain", "", "'"])
def test_an_apostrophe_stays_where_it_guards_nothing(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert unguarded("'tis") == "'tis"


@pytest.mark.parametrize("name", ["csv", "tsv"])
@given(cards=st.lists(CARD, min_size=1, max_size=3))
def test_a_table_out_and_in_keeps_every_character(
    name: str, cards: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    numbered = [{**card, "id": f"card-{at}"} for at, card in enumerate(cards)]
    written = ImportedDeck("deck", {"en": "=T", "zh": "表"}, numbered, None, 7)
    deck = read_deck(imported_text(written).encode(), "deck.yaml").deck
    if deck is None or len(deck.cards) < len(cards):
        return  # a choice is there twice, or has marks of variables
    text = str(EXPORTERS[name].write(snapshot(deck), Wanted(NOW)))
    found = back_in(name, text, tmp_path_factory.mktemp("tables"))
    assert found == [as_imported(deck)]


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_all_shipped_decks_come_back_from_a_table(name: str, tmp_path: Path) -> None:
    decks = shipped()
    text = str(EXPORTERS[name].write(snapshot(*decks), Wanted(NOW)))
    assert text.startswith("\ufeff") == (name == "csv")
    assert back_in(name, text, tmp_path) == list(map(as_imported, decks))


def test_with_one_language_columns_are_plain() -> None:
    decks = shipped()[:1]
    text = str(EXPORTERS["csv"].write(snapshot(*decks), Wanted(NOW, (Language.ZH,))))
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))
    assert {"ask", "answer", "why", "wrong[]", "title"} <= set(rows[0])
    assert not any(name.endswith((".en", ".zh")) for name in rows[0])
    at = rows[0].index("ask")
    assert rows[1][at] == dump_card(decks[0].cards[0])["ask"]["zh"]


def test_a_table_of_another_program_needs_its_columns_named(tmp_path: Path) -> None:
    table = "Frage;Antwort;Marken\nWas ist `ls`?;List files;Shell Basics\n"
    with pytest.raises(TrainerError, match="Frage, Antwort"):
        back_in("csv", table, tmp_path)
    mapping = {"question": "Frage", "answer": "2", "tags": "Marken"}
    (deck,) = back_in("csv", table, tmp_path, mapping=mapping)
    (card,) = deck.cards
    assert card["ask"] == "Was ist `ls`?"
    assert card["answer"] == "List files"
    assert card["tags"] == ["shell", "basics"]
    with pytest.raises(TrainerError, match="`Farbe`"):
        back_in("csv", table, tmp_path, mapping={"question": "Farbe"})
    with pytest.raises(TrainerError, match="`colour`"):
        back_in("csv", table, tmp_path, mapping={"colour": "Frage"})


def test_usual_names_of_columns_are_known_in_both_languages(tmp_path: Path) -> None:
    for header in ("Front,Back", "term,definition", "问题,答案", "正面,背面"):
        (deck,) = back_in("csv", f"{header}\nhello,你好\n", tmp_path)
        assert deck.cards == [
            {"id": "hello", "kind": "concept", "ask": "hello", "answer": "你好"}
        ]


def test_columns_by_number_make_the_first_row_a_card(tmp_path: Path) -> None:
    mapping = {"question": "1", "answer": "2"}
    (deck,) = back_in("tsv", "one\tuno\ntwo\tdue\n", tmp_path, mapping=mapping)
    assert [card["ask"] for card in deck.cards] == ["one", "two"]


def test_ids_stay_where_rows_move_or_answers_change(tmp_path: Path) -> None:
    first = "question,answer\n如何用 docker 列出镜像？,a\n如何用 docker 删除镜像？,b\n"
    rows = first.split("\n")
    second = "\n".join([rows[0], "new,c", rows[2], rows[1].replace(",a", ",changed")])
    before, after = (
        {card["ask"]: card["id"] for card in back_in("csv", text, tmp_path)[0].cards}
        for text in (first, second)
    )
    assert before.items() < after.items()
    assert len(set(after.values())) == 3
