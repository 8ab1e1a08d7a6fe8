"""Imports of cards: what they read, what they refuse, and what a deck file becomes."""

import json
import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from trainer.cards.card import CardId
from trainer.cards.reading import read_deck
from trainer.exchange import IMPORTERS, json_import
from trainer.exchange.deckmerge import merge_deck
from trainer.exchange.exporter import Wanted
from trainer.exchange.html_text import html_of, markdown_of
from trainer.exchange.imported import (
    Given,
    Guess,
    Imported,
    ImportedDeck,
    imported_text,
)
from trainer.exchange.json_format import export_json, mark_json
from trainer.exchange.snapshot import Snapshot
from trainer.exchange.stable_ids import StableIds, deck_id
from trainer.grading.grammar import load_grammar
from trainer.grading.verdict import Outcome
from trainer.language.errors import TrainerError
from trainer.scheduling.defaults import PARAMETERS
from trainer.scheduling.marks import MarkKind, make_mark, strength_text
from trainer.scheduling.parameters import Basis, make_fit
from trainer.scheduling.review import Mode, Noted, Rating, Retraction, Review, Stamp
from trainer.study.quiz.question import Made
from trainer.study.quiz.record import QuizAnswer, QuizBegun, QuizMode

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def read(name: str, data: str | bytes, folder: Path, *, deck: str = "") -> Imported:
    path = folder / f"file.{name}"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    given = Given(str(path), NOW, deck or "file", deck or "file", bool(deck))
    return IMPORTERS[name].read(given)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("fish &amp; chips &lt;now&gt;", "fish & chips <now>"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<div>one</div><div>two</div><p>three</p>", "one\ntwo\nthree"),
        ("<b>bold</b>, <i>it</i>, <code>ls -l</code>", "**bold**, *it*, `ls -l`"),
        ("<ul><li>a</li><li>b<ol><li>x<li>y</ol></ul>z", "- a\n- b\n  1. x\n  2. y\nz"),
        ("<pre><code>one\n  two</code></pre>", "```\none\n  two\n```"),
        ("<pre>a<br>b</pre>", "```\na\nb\n```"),
        ("<code>a`b</code>", "``a`b``"),
        ("<script>alert(1)</script>x<style>p {}</style>", "x"),
        ("x<script>never closed", "x"),
        ("<code>never closed", "`never closed`"),
        ("<img src=x onerror=alert(1)>hi<hr>", "hi"),
        ("a <!-- b --> c <!-- d", "a c"),
        ("1 < 2 <3 <![CDATA[x]]>", "1 < 2 <3 <![CDATA[x]]>"),
        ("  many\n   blanks&nbsp;", "many blanks"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c", "a b\nc"),
        ("<b></b>x", "x"),
        ("</li></ol></code>x", "x"),
    ],
)
def test_html_becomes_plain_markdown(html: str, markdown: str) -> None:
    assert markdown_of(html) == markdown


def test_text_becomes_html_and_comes_back() -> None:
    text = "List <all>:\n`docker ps -a` & more"
    html = "List &lt;all&gt;:<br><code>docker ps -a</code> &amp; more"
    assert html_of(text) == html
    assert markdown_of(html) == text


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "</", "<![", "<script></", "&"])
def test_html_that_never_ends_is_read_at_once(piece: str) -> None:
    markdown_of(piece * 30_000)


def test_anki_text_is_read_with_its_headers(tmp_path: Path) -> None:
    text = (
        "#separator:tab\n#html:true\n#tags:Every\n"
        "#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
        'k*f\tBasic\tDocker::Images\t<b>List</b> images\t"<code>docker ""x""</code>"\t'
        "Docker::Basics easy\n"
        "c1\tCloze\tDocker::Images\tA {{c1::cat::animal}} or {{c2::dog}}\textra\t\n"
        "m1\tBasic\t中文牌组\t[sound:a.mp3]Hi <img src='x.png'>\tyou\t\n"
        "e1\tBasic\tDocker::Images\t<img src=x>\t\t\n"
    )
    found = read("anki-text", text, tmp_path)
    images, chinese = found.decks
    assert [images.id, images.title] == ["docker-images", "Docker::Images"]
    first, cloze = images.cards
    assert first["ask"] == "**List** images"
    assert first["answer"] == '`docker "x"`'
    assert first["tags"] == ["every", "docker-basics", "easy"]
    assert cloze["form"] == "cloze"
    assert cloze["ask"] == "A [[cat]] or [[dog]]"
    assert cloze["why"] == "extra"
    assert chinese.title == "中文牌组"
    assert chinese.cards[0]["ask"] == "Hi"
    assert found.skipped == {"no-question": 1, "media": 3}
    moved = text.replace("<b>List</b>", "Show").replace("Docker::Images", "Other")
    assert read("anki-text", moved, tmp_path).decks[0].cards[0]["id"] == first["id"]


def test_anki_text_without_headers_has_front_and_back(tmp_path: Path) -> None:
    (deck,) = read("anki-text", "a & b\tc <d>\n", tmp_path, deck="mine").decks
    assert deck.id == "mine"
    assert deck.cards == [
        {"id": "a-b", "kind": "concept", "ask": "a & b", "answer": "c <d>"}
    ]


def test_hashcards_are_read_with_name_deletions_and_escapes(tmp_path: Path) -> None:
    text = (
        '---\nname = "Geo"\n---\nnot a card\n\n'
        "Q: Capital\nof France?\nA:\n\n- Paris\n\n"
        "C: [Paris] is \\[not\\] a [link](x) ![p](y) of [France].\n\n"
        "Q: no answer\nC: no deletion\nQ: the last"
    )
    found = read("hashcards", text, tmp_path)
    (deck,) = found.decks
    assert [deck.id, deck.title] == ["geo", "Geo"]
    basic, cloze = deck.cards
    assert basic["ask"] == "Capital\nof France?"
    assert basic["answer"] == "- Paris"
    assert cloze["ask"] == ("[[Paris]] is [not] a [link](x) ![p](y) of [[France]].")
    assert found.skipped == {"no-question": 3}


def test_numbers_without_end_are_no_numbers(tmp_path: Path) -> None:
    endless = "9" * 5000
    table = f"deck,id,kind,ask,answer,order\na,b,concept,c,d,{endless}\n"
    assert read("csv", table, tmp_path).decks[0].order is None
    text = f"#guid column:{endless}\n#tags column:0\nfront\tback\n"
    (card,) = read("anki-text", text, tmp_path).decks[0].cards
    assert (card["ask"], card["answer"]) == ("front", "back")


def test_a_table_that_a_chinese_spreadsheet_saved_is_read_and_told(
    tmp_path: Path,
) -> None:
    table = "问题,答案\r\n镜像是什么？,只读的模板\r\nwhat,this\r\n"
    for encoding in ("gbk", "gb18030"):
        found = read("csv", table.encode(encoding), tmp_path)
        assert found.decks[0].cards[0]["answer"] == "只读的模板"
        assert found.guess == Guess("gb18030", "问题,答案")
    assert read("tsv", table.encode("utf-16"), tmp_path).guess is None


@pytest.mark.parametrize("encoding", ["big5", "shift_jis", "cp1252"])
def test_another_encoding_is_not_taken_for_a_chinese_one_but_can_be_named(
    encoding: str, tmp_path: Path
) -> None:
    said = "é, à, naïve" if encoding == "cp1252" else "這是什麼東西，還沒說過"
    said = "プログラムの説明です" if encoding == "shift_jis" else said
    data = f"question\tanswer\n{said}\tx\n".encode(encoding)
    with pytest.raises(TrainerError, match="--encoding"):
        read("tsv", data, tmp_path)
    path = tmp_path / "named.tsv"
    path.write_bytes(data)
    given = Given(str(path), NOW, "x", "x", encoding=encoding)
    assert IMPORTERS["tsv"].read(given).decks[0].cards[0]["ask"] == said
    with pytest.raises(TrainerError, match="no text in utf-8"):
        IMPORTERS["tsv"].read(replace(given, encoding="utf-8"))


def test_escapes_without_end_are_read_at_once(tmp_path: Path) -> None:
    read("hashcards", "C: " + "\\[" * 100_000, tmp_path)
    (deck,) = read("hashcards", "C: \\[no\\] [yes]", tmp_path).decks
    assert deck.cards[0]["ask"] == "[no] [[yes]]"


def test_a_pipe_is_no_file_to_wait_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    for importer in IMPORTERS.values():
        with pytest.raises(TrainerError, match="plain file"):
            importer.read(Given(str(path), NOW, "x", "x"))


def test_the_same_question_twice_is_two_cards(tmp_path: Path) -> None:
    (deck,) = read("hashcards", "Q: x\nA: 1\nQ: x\nA: 2\n", tmp_path).decks
    assert [card["id"] for card in deck.cards] == ["x", "x-2"]


MANY_NAMES = json.dumps({"schema_version": 1} | dict.fromkeys(map(str, range(200))))
MANY = "question" + ",x" * 5000 + "\n"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "5",
        "5,5,5",
        "nan,5",
        "5,nan",
        "0,5",
        "36501,5",
        "5,0.9",
        "5,11",
        "a,b",
        "inf,5",
    ],
)
def test_a_start_with_a_strength_that_cannot_be_is_refused(
    value: str, tmp_path: Path
) -> None:
    mark = make_mark(Stamp("p", 1), NOW, CardId("a/x"), MarkKind.START, value)
    row = {"schema_version": 1, "marks": [mark_json(mark)]}
    with pytest.raises(TrainerError, match=r"`marks\[0\]\.value`"):
        read("json", json.dumps(row), tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("json", b"\xff\xfe\xfd", "UTF-8"),
        ("json", b"{\0}", "zero bytes"),
        ("json", b"{", "not JSON"),
        ("json", b"[" * 100_000, "not an export|not JSON"),
        ("json", b"[]", "not an export"),
        ("json", b'{"schema_version": true, "cards": 3}', "`cards`"),
        ("json", b'{"schema_version": "1"}', "not an export"),
        ("json", b'{"schema_version": 99}', "newer"),
        ("json", b'{"schema_version": 1, "reviews": [3]}', r"`reviews\[0\]`"),
        ("json", b'{"schema_version": 1, "reviews": [{"id": {}}]}', r"\[0\]\.id`"),
        ("json", b'{"schema_version": 1, "cards": [{"id": "../x"}]}', r"\[0\]\.id`"),
        ("json", b'{"schema_version": 1, "decks": [{"id": "a/b"}]}', r"\[0\]\.id`"),
        ("json", b'{"schema_version": 1, "fits": [{"parameters": [1]}]}', "fits"),
        (
            "json",
            b'{"schema_version": 1, "decks": [{"id": "a", "order": []}]}',
            "title",
        ),
        ("csv", b"\x80abc", "UTF-8"),
        ("csv", ("컨테이너를 모두 보여 주는 명령은," * 3).encode("euc-kr"), "UTF-8"),
        ("csv", b"a\0b", "zero bytes"),
        ("csv", MANY.encode(), "columns"),
        ("csv", b'question,answer\n"' + b"x" * 200_000, "table"),
        ("csv", b"deck,id,kind,colour\na,b,concept,red\n", "colour"),
        ("csv", b"deck,id,kind,ask,ask.en\na,b,concept,c,d\n", "apart"),
        ("csv", b"deck,id,kind,vars\na,b,concept," + b"[" * 9999 + b"\n", "apart"),
        ("csv", b'question,answer\na,b\n"c,d\ne,f\n', "row 3"),
        ("csv", b'question,answer\n"', "row 2"),
        ("csv", b"question,answer\n" + b"," * (2 << 20), "row 2"),
        ("csv", b"\xef\xbb\xbf \n", "empty"),
        ("json", b"[" + b"1," * 4_000_001 + b"1]", "2097152 characters"),
        ("json", b'{"schema_version": 1, "memory": [{}}', "not JSON"),
        ("json", b'{"schema_version": 1} {}', "not JSON"),
        ("json", b'{1: 1, "schema_version": 1}', "not JSON"),
        ("json", b'{"schema_version": 1, "schema_version": 1}', "not an export"),
        ("json", MANY_NAMES.encode(), "not an export"),
        ("json", b'{"cards": ["' + b"x" * (5 << 19) + b'"]}', "2097152 characters"),
        ("json", b" " * (9 << 20) + b"\n", "empty"),
        ("tsv", b"a\tb\n", "a, b"),
        ("hashcards", b"---\nname = [\n---\nQ: a\nA: b\n", "TOML"),
        ("hashcards", b"---\na" + b".a" * 9999 + b" = 1\n---\n", "TOML"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(
    name: str, data: bytes, said: str, tmp_path: Path
) -> None:
    with pytest.raises(TrainerError, match=said) as caught:
        read(name, data, tmp_path)
    assert caught.value.exit_code in {2, 4}


def test_of_more_entries_than_anyone_has_no_more_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_import, "MOST_ENTRIES", 1000)
    with pytest.raises(TrainerError, match="1000 entries"):
        read("json", b'{"x": [' + b"1," * 1001 + b"1]}", tmp_path)


def test_control_characters_do_not_come_in(tmp_path: Path) -> None:
    (deck,) = read("hashcards", "Q: a\x1b[31m\u202eb\r\nA: c\x07", tmp_path).decks
    assert deck.cards[0]["ask"] == "a[31mb"
    assert deck.cards[0]["answer"] == "c"


def deck_of(*cards: dict[str, object]) -> ImportedDeck:
    return ImportedDeck("mine", "Mine", cards)


def card(name: str, answer: str = "yes", **more: object) -> dict[str, object]:
    return {"id": name, "kind": "concept", "ask": name, "answer": answer, **more}


def test_a_deck_written_by_an_import_gets_new_and_changed_cards() -> None:
    text = imported_text(deck_of(card("a"), card("b")))
    old = read_deck(text.encode(), "mine.yaml").deck
    again = merge_deck(deck_of(card("a"), card("b")), old, text, load_grammar)
    assert again.text is None
    assert again.unchanged == 2
    new = deck_of(card("c"), card("b", "no"))
    merged = merge_deck(new, old, text, load_grammar)
    assert [merged.added, merged.updated, merged.unchanged] == [1, 1, 0]
    assert merged.text == imported_text(deck_of(card("a"), card("b", "no"), card("c")))


def test_a_deck_laid_out_by_hand_only_gets_new_cards_at_its_end() -> None:
    text = (
        "# by hand\ndeck: mine\ntitle: Mine\ncards:\n"
        "  - id: a  # the first\n    kind: concept\n    ask: a\n    answer: yes\n"
    )
    old = read_deck(text.encode(), "mine.yaml").deck
    merged = merge_deck(deck_of(card("a", "no"), card("b")), old, text, load_grammar)
    assert [merged.added, merged.updated, merged.kept] == [1, 0, 1]
    assert merged.text
    assert merged.text.startswith(text)
    found = read_deck(merged.text.encode(), "mine.yaml").deck
    assert found
    assert [one.id for one in found.cards] == ["mine/a", "mine/b"]


def test_a_deck_that_is_not_ones_own_stays_as_it_is() -> None:
    old = read_deck(imported_text(deck_of(card("a"))).encode(), "mine.yaml").deck
    merged = merge_deck(deck_of(card("a", "no"), card("b")), old, None, load_grammar)
    assert merged.text is None
    assert merged.kept == 2


def test_a_card_that_no_deck_could_hold_costs_no_other() -> None:
    bad = card("long", "x" * 9000)
    odd = card("odd", wrong={"en": ["x"]})
    merged = merge_deck(deck_of(card("a"), bad, odd), None, None, load_grammar)
    assert [merged.added, merged.left_out] == [1, 2]
    assert merged.text == imported_text(deck_of(card("a")))
    assert len(merged.problems) == 2


def test_a_table_in_one_language_leaves_the_other_as_it_was() -> None:
    ask = {"en": "Which?", "zh": "哪个？"}
    choices = {"wrong": [{"en": "b", "zh": "乙"}, "c"], "form": "choose"}
    text = imported_text(
        ImportedDeck(
            "mine", {"en": "M", "zh": "我"}, [card("x", "a", **choices, ask=ask)]
        )
    )
    old = read_deck(text.encode(), "mine.yaml").deck
    chinese = card("x", "a", wrong=["乙", "c"], form="choose", ask="哪个？")
    same = merge_deck(deck_of(chinese), old, text, load_grammar)
    assert same.text is None
    assert same.unchanged == 1
    edited = deck_of({**chinese, "ask": "哪一个？"})
    merged = merge_deck(edited, old, text, load_grammar)
    assert merged.text == text.replace("哪个？", "哪一个？")
    english = deck_of({**chinese, "ask": "Which one?"})
    merged = merge_deck(english, old, text, load_grammar)
    assert merged.text == text.replace("Which?", "Which one?")


def test_a_whole_log_comes_back_from_json_as_it_was(tmp_path: Path) -> None:
    at = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    review = Review(
        id="r1",
        stamp=Stamp("laptop", 1),
        at=at,
        card=CardId("mine/a"),
        rating=Rating.HARD,
        outcome=Outcome.PARTIAL,
        response='"x"\x1b\n👩\u200d💻',
        took_ms=12,
        mode=Mode.CRAM,
        findings=(Noted("hinted", "2", ((0, 1),)),),
    )
    lost = review._replace(id="r2", stamp=Stamp("laptop", 2))
    undo = Retraction("u", Stamp("phone", 1), at, "r2")
    flag = make_mark(Stamp("phone", 2), at, review.card, MarkKind.FLAG, "1")
    strength = strength_text((0.1 + 0.2, 10 / 3))
    start = make_mark(Stamp("p", 1), at, review.card, MarkKind.START, strength)
    basis = Basis(9, 8, NOW.date(), NOW.date())
    fits = [
        make_fit(Stamp("phone", 3), at, PARAMETERS, basis),
        make_fit(Stamp("phone", 4), at, PARAMETERS, None),
    ]
    quiz = QuizBegun("q", Stamp("phone", 5), at, QuizMode.DOMC, "7", "--x", 1, 0, 80)
    choice = QuizAnswer(
        id="q1",
        stamp=Stamp("phone", 6),
        at=at,
        quiz="q",
        position=1,
        card=review.card,
        made=next(iter(Made)),
        outcome=Outcome.WRONG,
        points=50,
        response="a",
        choice="b",
        took_ms=3,
        findings=review.findings,
    )
    whole = Snapshot(
        decks=[],
        reviews=[review],
        retracted=[lost],
        retractions=[undo],
        marks=[flag, start],
        fits=fits,
        memories={},
        quizzes=[quiz],
        quiz_answers=[choice],
    )
    exported = "".join(export_json(whole, Wanted(NOW)))
    found = read("json", exported, tmp_path)
    assert found.log == [review, lost, undo, flag, start, *fits, quiz, choice]
    parsed = json.loads(exported)
    assert json.dumps(parsed, ensure_ascii=False, indent=1) + "\n" == exported
    backwards = json.dumps(dict(reversed(parsed.items())))
    assert read("json", backwards, tmp_path) == found
    utf16 = exported.encode("utf-16")
    assert read("json", utf16, tmp_path) == found


def test_ids_have_words_where_there_are_any() -> None:
    ids = StableIds()
    assert ids.of_text("What is `docker ps`?") == "what-is-docker-ps"
    assert re.fullmatch(r"docker-[0-9a-f]{8}", ids.of_text("如何用 docker？"))
    assert re.fullmatch(r"card-[0-9a-f]{8}", ids.of_text("镜像是什么？"))
    assert re.fullmatch(r"deck-[0-9a-f]{8}", deck_id("镜像"))
    assert len(ids.of_text("very long words " * 9)) <= 64
