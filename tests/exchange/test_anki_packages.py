"""Packages of Anki's: those that are hostile or broken are refused, others are read."""

import io
import sqlite3
import stat
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from zstandard import ZstdCompressor

from tests.decks import deck
from trainer.cards.card import CardId, Deck
from trainer.cards.reading import read_deck
from trainer.exchange import EXPORTERS, IMPORTERS
from trainer.exchange.anki.cardhtml import card_html
from trainer.exchange.anki.editions import editions_of
from trainer.exchange.anki.foreign import foreign_card
from trainer.exchange.anki.notetypes import FIELDS
from trainer.exchange.anki.reading import ReadNote, ReadType, message_fields
from trainer.exchange.anki.remembered import remembered, remembered_before
from trainer.exchange.anki.rows import CardRow, RevlogRow
from trainer.exchange.anki.schedule import Instants, calendar_of, revlog_of
from trainer.exchange.anki.templates import rendered, typed_field
from trainer.exchange.anki.unpacking import MOST_BYTES, is_too_large_package
from trainer.exchange.exporter import Wanted
from trainer.exchange.imported import Given, Imported
from trainer.exchange.json_format import export_json
from trainer.exchange.snapshot import Snapshot
from trainer.grading.verdict import Outcome
from trainer.language.errors import Exit, TrainerError
from trainer.language.text import Language
from trainer.scheduling.marks import Mark, MarkKind, make_mark, strength_of
from trainer.scheduling.memory import after_review, replay, starting
from trainer.scheduling.model import model_of
from trainer.scheduling.parameters import make_fit
from trainer.scheduling.review import Mode, Rating, Retraction, Review, Stamp
from trainer.scheduling.settings import Settings
from trainer.storage.editions import read_editions, write_editions
from trainer.storage.rows import milliseconds

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MEMBER = "collection.anki2"
Change = Callable[[sqlite3.Connection], object]

FORMS = """\
deck: forms
title: {en: "All: forms", zh: 全部::题型}
grammar: docker
cards:
- id: choice
  kind: concept
  form: choose
  ask: {en: Which?, zh: 哪个？}
  answer: "`a`"
  wrong: [b, c, d]
- id: steps
  kind: concept
  form: order
  ask: {en: In order?, zh: 顺序？}
  steps: [{en: one, zh: 一}, {en: two, zh: 二}, {en: three, zh: 三}]
- id: blanks
  kind: concept
  form: cloze
  ask: "`{{.Names}}` is [[name::it|names]] and [[b]]"
- id: line
  kind: command
  vars: {port: 8080-8090}
  ask: Publish @port@.
  answer: docker run -p @port@:80 nginx
  accept: ["docker run -p @port@:80 httpd"]
  notes: {status: wrong, said: docker run -P}
  source: {section: ports, lines: 3-4}
  why: "Because `<x>`:\\n```\\na [b]\\n```\\nend"
  tags: [one, two]
"""


def decks(*texts: str) -> list[Deck]:
    read = [read_deck(text.encode(), "x").deck for text in texts]
    return [one for one in read if one]


def snapshot() -> Snapshot:
    """Return some cards with all kinds of rows in their log."""
    made = [
        Review(
            f"review-{seq}",
            Stamp("laptop", seq),
            NOW - timedelta(days=20 - seq, milliseconds=seq),
            CardId(f"a/card-{seq % 2}"),
            Rating(seq % 4 + 1),
            Outcome.PARTIAL,
            'echo "`x`" <y> \u2028 引号 & &amp;',
            1234,
            Mode.REVIEW,
        )
        for seq in range(1, 9)
    ]
    gone = made[-1]._replace(id="gone", stamp=Stamp("laptop", 9), card=CardId("z/z"))
    back = made[-1]._replace(id="back", stamp=Stamp("laptop", 10))
    retraction = Retraction("undo-back", Stamp("laptop", 11), NOW, "back")
    card = CardId("a/card-0")
    marks = [make_mark(Stamp("laptop", 12), NOW, card, MarkKind.SUSPEND)]
    fits = [make_fit(Stamp("laptop", 13), NOW, Settings().parameters, None)]
    memory = replay([one for one in made if one.card == card], Settings())
    assert memory
    of = decks(deck("a", "card-0", "card-1", "card-2"), FORMS)
    reviews = [*made, gone]
    taken_back = [back], [retraction]
    return Snapshot(of, reviews, *taken_back, marks, fits, {card: memory})


def exported(of: Snapshot | None = None, **wanted: Any) -> bytes:  # noqa: ANN401 - any wish
    made = EXPORTERS["anki"].write(of or snapshot(), Wanted(NOW, **wanted))
    assert isinstance(made, bytes)
    return made


def collection(change: Change | None = None) -> bytes:
    """Return the database of a sound package, changed as one likes."""
    with zipfile.ZipFile(io.BytesIO(exported())) as file:
        raw = file.read(MEMBER)
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(raw)
        if change:
            change(db)
            db.commit()
        return db.serialize()


def packed(raw: bytes, name: str = MEMBER) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, raw)
    return whole.getvalue()


def sql(*statements: str) -> bytes:
    return packed(collection(lambda db: [db.execute(one) for one in statements]))


def with_member(member: zipfile.ZipInfo) -> bytes:
    whole = io.BytesIO(packed(collection()))
    with zipfile.ZipFile(whole, "a") as file:
        file.writestr(member, b"/etc/passwd")
    return whole.getvalue()


def link() -> zipfile.ZipInfo:
    member = zipfile.ZipInfo("0")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


def encrypted() -> bytes:
    whole = bytearray(packed(collection()))
    whole[6] |= 1
    whole[whole.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(whole)


def with_media(
    data: bytes, names: bytes = b"{}", way: int = zipfile.ZIP_DEFLATED
) -> bytes:
    whole = io.BytesIO(packed(collection()))
    with zipfile.ZipFile(whole, "a", way) as file:
        file.writestr("media", names)
        file.writestr("0", data)
    return whole.getvalue()


def new_package(data: bytes, names: bytes = b"") -> bytes:
    """Return a package as newer Anki makes it, in which each file is packed."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        file.writestr("collection.anki21b", ZstdCompressor().compress(collection()))
        file.writestr("media", ZstdCompressor().compress(names))
        file.writestr("0", data)
    return whole.getvalue()


def overlapping() -> bytes:
    """Return a package in whose list the collection stands a second time."""
    whole = packed(collection())
    start = whole.rindex(b"PK\x01\x02")
    entry, end = whole[start : whole.rindex(b"PK\x05\x06")], whole[-22:]
    again = entry.replace(MEMBER.encode(), b"0" * len(MEMBER))
    counts = struct.pack("<HHI", 2, 2, 2 * len(entry))
    return whole[:start] + entry + again + end[:8] + counts + end[16:]


def read(data: bytes, folder: Path) -> Imported:
    path = folder / "file.apkg"
    path.write_bytes(data)
    return IMPORTERS["anki"].read(Given(str(path), NOW, "x", "x"))


ZEROS = b"SQLite format 3\0" + bytes(17 << 20)
HOSTILE: dict[str, Callable[[], bytes]] = {
    "no zip": lambda: b"hello",
    "nothing": lambda: b"",
    "cut off": lambda: packed(collection())[:-200],
    "a damaged member": lambda: packed(collection()).replace(b"\x00", b"\x01"),
    "no collection": lambda: packed(b"x", "media"),
    "an encrypted one": encrypted,
    "a way out": lambda: with_member(zipfile.ZipInfo("../../evil")),
    "a way out by backslashes": lambda: with_member(zipfile.ZipInfo("..\\evil")),
    "an absolute name": lambda: with_member(zipfile.ZipInfo("/etc/evil")),
    "a drive": lambda: with_member(zipfile.ZipInfo("C:evil")),
    "a link": lambda: with_member(link()),
    "a bomb": lambda: packed(ZEROS),
    "a bomb in a bomb": lambda: packed(
        ZstdCompressor().compress(ZEROS), "collection.anki21b"
    ),
    "a bomb of media": lambda: with_media(bytes(17 << 20)),
    "a packed bomb of media": lambda: new_package(
        b"".join(ZstdCompressor().compress(bytes(1 << 20)) for _ in range(17))
    ),
    "a list of media that leads out": lambda: with_media(b"x", b'{"0": "../x"}'),
    "a packed list of media that leads out": lambda: new_package(
        ZstdCompressor().compress(b"x"), b"\n\x06\n\x04/etc"
    ),
    "no list of media": lambda: with_media(b"x", b"[1]"),
    "a way to pack that nobody has": lambda: with_media(b"x", way=zipfile.ZIP_LZMA),
    "files that share bytes": overlapping,
    "a list for settings": lambda: sql("UPDATE col SET conf = '[]'"),
    "no zstandard": lambda: packed(collection(), "collection.anki21b"),
    "zstandard cut off": lambda: packed(
        ZstdCompressor().compress(collection())[:-99], "collection.anki21b"
    ),
    "no database": lambda: packed(b"SQLite format 3\0 and no more"),
    "another file": lambda: packed(b"hello"),
    "half a database": lambda: packed(collection()[: len(collection()) // 8192 * 4096]),
    "a trigger": lambda: sql(
        "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM cards; END"
    ),
    "a view": lambda: sql("DROP TABLE graves", "CREATE VIEW graves AS SELECT 1"),
    "a view for notes": lambda: sql(
        "DROP TABLE notes", "CREATE VIEW notes AS SELECT load_extension('x')"
    ),
    "a virtual table": lambda: sql("CREATE VIRTUAL TABLE v USING rtree(a, b, c)"),
    "a computed text": lambda: sql(
        "ALTER TABLE notes RENAME COLUMN flds TO old",
        "ALTER TABLE notes ADD COLUMN flds AS (upper(old))",
    ),
    "no table of notes": lambda: sql("DROP TABLE notes"),
    "no row of the collection": lambda: sql("DELETE FROM col"),
    "broken UTF-8": lambda: sql("UPDATE notes SET flds = CAST(x'ff80' AS TEXT)"),
    "bytes for a text": lambda: sql("UPDATE notes SET guid = x'00'"),
    "a word for a number": lambda: sql("UPDATE cards SET ord = 'one'"),
    "no JSON": lambda: sql("UPDATE col SET models = '{'"),
    "other JSON": lambda: sql("UPDATE col SET models = '[1]'"),
    "deep JSON": lambda: packed(
        collection(lambda db: db.execute("UPDATE col SET decks = ?", ["[" * 100_000]))
    ),
    "a newer Anki": lambda: sql("UPDATE col SET ver = 99"),
    "another age": lambda: sql("UPDATE revlog SET id = id * 1000, cid = cid"),
    "before all time": lambda: sql("UPDATE cards SET queue = -1, mod = -5"),
    "a log of nonsense": lambda: sql(
        """UPDATE notes SET flds = replace(flds, '"seq":1', '"seq":"x"')"""
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_package_is_refused_with_a_sentence(
    name: str, tmp_path: Path
) -> None:
    with pytest.raises(TrainerError) as caught:
        read(HOSTILE[name](), tmp_path)
    assert caught.value.exit_code is Exit.UNREADABLE
    for language in Language:
        assert "file.apkg" in caught.value.in_language(language)
    assert [one.name for one in tmp_path.iterdir()] == ["file.apkg"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_package_with_two_files_of_one_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainerError):
        read(with_member(zipfile.ZipInfo(MEMBER)), tmp_path)


def test_a_package_with_any_byte_changed_is_read_or_refused(tmp_path: Path) -> None:
    raw = collection()
    for number in range(150):
        place = int.from_bytes(sha256(b"%d" % number).digest()[:4], "big") % len(raw)
        bad = raw[:place] + bytes([raw[place] ^ (1 << number % 8)]) + raw[place + 1 :]
        with suppress(TrainerError):
            read(packed(bad), tmp_path)


def test_media_are_counted_and_cards_without_a_template_left_out(
    tmp_path: Path,
) -> None:
    new = read(new_package(ZstdCompressor().compress(b"x")), tmp_path)
    assert new.skipped == {"media": 1}
    foreign = "UPDATE notes SET flds = 'a' || char(31) || 'b'"
    found = read(sql(foreign, "UPDATE cards SET ord = -5"), tmp_path)
    assert not found.decks


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.apkg", tmp_path):
        with pytest.raises(TrainerError):
            IMPORTERS["anki"].read(Given(str(path), NOW, "x", "x"))


def test_our_own_package_comes_back_without_loss(tmp_path: Path) -> None:
    given = snapshot()
    found = read(exported(given), tmp_path)
    as_json = "".join(export_json(given, Wanted(NOW)))
    path = tmp_path / "whole.json"
    path.write_text(as_json, encoding="utf-8")
    lossless = IMPORTERS["json"].read(Given(str(path), NOW, "x", "x"))
    assert list(found.decks) == list(lossless.decks)
    key = lambda row: (type(row).__name__, row.id)  # noqa: E731 - short
    assert sorted(found.log, key=key) == sorted(lossless.log, key=key)
    assert found.skipped == {}


def test_the_same_cards_give_the_same_bytes() -> None:
    assert exported() == exported()


def test_a_note_is_as_old_as_what_it_says(tmp_path: Path) -> None:
    first, *rest = snapshot().decks
    cards = [first.cards[0]._replace(tags=("new-tag",)), *first.cards[1:]]
    changed = [first._replace(cards=tuple(cards)), *rest]
    both, chinese = tuple(Language), (Language.ZH,)
    before = dict(editions_of([first, *rest], both, 1000, {}))
    assert {one.since for one in before.values()} == {1000}
    after = dict(editions_of(changed, both, 900, before))
    newer = {card for card, one in after.items() if one != before[card]}
    assert newer == {cards[0].id}
    assert after[cards[0].id].since == 1001
    (other,) = editions_of([first._replace(cards=(cards[1],))], chinese, 2000, before)
    assert other[1].since == 2000

    write_editions(after, str(tmp_path))
    assert read_editions(str(tmp_path)) == after
    for broken in ("", "[]", '{"a": 1}', '{"a": ["b", "c"]}', "[" * 100_000):
        (tmp_path / "anki.json").write_text(broken, encoding="utf-8")
        assert read_editions(str(tmp_path)) == {}

    since = {card: one.since for card, one in after.items()}
    package = zipfile.ZipFile(io.BytesIO(exported(since=since))).read(MEMBER)
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(package)
        assert db.execute("SELECT DISTINCT mod FROM notes ORDER BY mod").fetchall() == [
            (1000,),
            (1001,),
        ]


def test_without_the_schedule_all_cards_are_new(tmp_path: Path) -> None:
    data = exported(Snapshot(snapshot().decks))
    found = read(data, tmp_path)
    assert not found.log
    with (
        zipfile.ZipFile(io.BytesIO(data)) as file,
        closing(sqlite3.connect(":memory:")) as db,
    ):
        db.deserialize(file.read(MEMBER))
        assert db.execute("SELECT DISTINCT type, queue FROM cards").fetchall() == [
            (0, 0)
        ]
        assert db.execute("SELECT count(*) FROM revlog").fetchone() == (0,)


def fields(of: bytes) -> dict[str, dict[str, str]]:
    """Return the fields of the notes in a package, by card."""
    with (
        zipfile.ZipFile(io.BytesIO(of)) as file,
        closing(sqlite3.connect(":memory:")) as db,
    ):
        db.deserialize(file.read(MEMBER))
        rows = db.execute("SELECT flds FROM notes").fetchall()
    notes = [dict(zip(FIELDS, row[0].split("\x1f"), strict=True)) for row in rows]
    return {note["Id"]: note for note in notes}


def test_each_form_has_its_fields_in_both_languages() -> None:
    both = fields(exported(languages=(Language.EN, Language.ZH)))
    choice, steps = both["forms/choice"], both["forms/steps"]
    assert choice["Question"] == "Which?"
    assert choice["Question 2"] == "哪个？"
    assert sorted(choice["Choices"].split("</li>")) == sorted(
        ["<li><code>a</code>", "<li>b", "<li>c", "<li>d", ""]
    )
    assert choice["Choices 2"] == choice["Answer 2"] == ""
    assert steps["Answer"] == "1. one<br>2. two<br>3. three"
    assert steps["Answer 2"] == "1. 一<br>2. 二<br>3. 三"
    line = both["forms/line"]
    assert line["Answer"] == "docker run -p 8080:80 nginx"
    assert "docker run -p 8080:80 httpd" in line["Also"]
    assert (
        line["Notes"]
        == 'the notes had <code class="whole">docker run -P</code>, which is mistaken'
    )
    assert line["Source"] == "ports, lines 3-4"
    assert line["Source 2"] == "ports，第 3-4 行"
    one = fields(exported(languages=(Language.ZH,)))["forms/choice"]
    assert [one["Question"], one["Question 2"]] == ["哪个？", ""]


def test_braces_and_colons_of_a_cloze_are_no_markup_of_ankis() -> None:
    assert fields(exported())["forms/blanks"]["Question"] == (
        "<code>&#123;&#123;.Names&#125;&#125;</code> is "
        "{{c1::name&#58;&#58;it}} and {{c1::b}}"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c\n[sound:x]", "a &lt; b &amp; c<br>&#91;sound:x]"),
        ("`ls <x>` and ``a`b``", "<code>ls &lt;x&gt;</code> and <code>a`b</code>"),
        ("`` `x` ``", "<code>`x`</code>"),
        ("a `b", "a `b"),
        ("x\n```sh\na\n b\n```\ny", "x<br><pre><code>a\n b</code></pre>y"),
        ("<b>`<i>`</b>", "&lt;b&gt;<code>&lt;i&gt;</code>&lt;/b&gt;"),
    ],
)
def test_text_becomes_html_with_nothing_but_our_markup(text: str, html: str) -> None:
    assert card_html(text) == html


@pytest.mark.parametrize(
    ("template", "side"),
    [
        ("{{A}}-{{text:A}}-{{ B }}", "a-a-"),
        ("{{#A}}x{{#B}}y{{/B}}z{{/A}}{{^B}}none{{/B}}", "xznone"),
        ("{{#B}}{{^A}}{{/A}}x{{/B}}y{{/B}}", "y"),
        ("{{type:A}}{{FrontSide}}{{Tags}}{{Unknown}}", ""),
        ("{{#B}}never closed {{A}}", ""),
    ],
)
def test_templates_show_fields_and_leave_out_empty_sections(
    template: str, side: str
) -> None:
    assert rendered(template, {"A": "a", "B": ""}) == side


def test_the_field_to_type_is_found_behind_filters() -> None:
    assert typed_field("{{Q}} {{type:nc:Back Side}}") == "Back Side"
    assert typed_field("{{Q}}") is None


def test_protobuf_messages_are_read_and_broken_ones_refused() -> None:
    message = b"\x08\x96\x01\x12\x02hi\x1d\0\0\0\0\x21" + bytes(8)
    assert message_fields(message) == {1: 150, 2: b"hi", 3: bytes(4), 4: bytes(8)}
    for bad in (b"\x08", b"\x12\x09hi", b"\x0b", b"\x08" + b"\xff" * 11):
        with pytest.raises((ValueError, IndexError)):
            message_fields(bad)


SIDES = [
    ("{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}"),
    ("{{Back}}", "{{Front}}"),
]
BASIC = ReadType(is_cloze=False, fields=["Front", "Back"], templates=SIDES)
CLOZE = ReadType(
    is_cloze=True,
    fields=["Text", "More"],
    templates=[("{{edit:cloze:Text}}", "{{cloze:Text}}<br>{{More}}")],
)


@pytest.mark.parametrize(
    ("kind", "number", "texts", "card"),
    [
        (BASIC, 0, ["a", "b"], {"ask": "a", "answer": "b"}),
        (BASIC, 1, ["a", "b"], {"ask": "b", "answer": "a"}),
        (BASIC, 2, ["a", "b"], None),
        (BASIC, 0, ["", "b"], None),
        (BASIC, 0, ["a", "<img src=x>[sound:a.mp3]"], None),
        (BASIC, 0, ["a", "b" * 60_000], None),
        (BASIC, 0, ["<script>x</script>a", "b"], {"ask": "a", "answer": "b"}),
        (CLOZE, 0, ["{{c1::a::h}} b", ""], {"form": "cloze", "ask": "[[a]] (h) b"}),
        (
            CLOZE,
            1,
            ["{{c1::a {{c2::b}} c}}<br>{{c2::<b>d</b>}}", "e"],
            {"form": "cloze", "ask": "a [[b]] c\n[[d]]", "why": "e"},
        ),
        (CLOZE, 0, ["{{c1::a|b}} c", ""], {"ask": "____ c", "answer": "a|b"}),
        (CLOZE, 0, ["[[x]] {{c1::a}}", ""], {"ask": "[[x]] ____", "answer": "a"}),
        (CLOZE, 4, ["{{c1::a}}", ""], None),
        (CLOZE, 0, ["{{c1::never closed", ""], None),
        (replace(CLOZE, templates=[]), 0, ["{{c1::a}}", ""], None),
    ],
)
def test_notes_of_others_become_cards(
    kind: ReadType, number: int, texts: list[str], card: dict[str, str] | None
) -> None:
    found = foreign_card(ReadNote("guid", 1, [], texts), kind, number)
    assert found == (card and {"kind": "concept"} | card)


@pytest.mark.parametrize("piece", ["[sound:", "<hr id=", "{{#A", "{{c1::", "{{  ", "<"])
def test_what_never_ends_is_read_at_once(piece: str) -> None:
    text = piece * (49_000 // len(piece))
    for kind in (BASIC, CLOZE, replace(BASIC, templates=[(text, text)])):
        foreign_card(ReadNote("guid", 1, [], [text, text]), kind, 0)


def test_a_template_cannot_make_a_text_without_end() -> None:
    many = "{{Front}}" * 5_000
    kind = replace(BASIC, templates=[(many, many)])
    assert foreign_card(ReadNote("guid", 1, [], ["a" * 40_000, "b"]), kind, 0)


FOREIGN = """UPDATE col SET models = replace(models, '"Trainer"', '"Other"')"""


def test_notes_of_another_type_come_with_their_answers_and_without_media(
    tmp_path: Path,
) -> None:
    raw = collection(
        lambda db: [
            db.execute(FOREIGN),
            db.execute("UPDATE revlog SET type = 4, ease = 0 WHERE ease = 2"),
            db.execute("UPDATE cards SET type = 2 WHERE id % 10 > 2"),
        ]
    )
    whole = io.BytesIO(packed(raw))
    with zipfile.ZipFile(whole, "a") as file:
        file.writestr("0", b"GIF")
        file.writestr("1", b"OGG")
    found = read(whole.getvalue(), tmp_path)
    assert found.skipped == {"media": 2, "no-history": 4}
    assert [one.id for one in found.decks] == ["anki-the-a", "anki-docker-all-forms"]
    fresh = [one for one in found.log if one.stamp.device.startswith("anki-")]
    reviews = [one for one in fresh if isinstance(one, Review)]
    known = [one for one in snapshot().reviews if one.card.startswith("a/")]
    wanted = [one for one in known if one.rating is not Rating.HARD]
    assert [one.rating for one in reviews] == [one.rating for one in wanted]
    assert [one.at for one in reviews] == [one.at for one in wanted]
    again = read(whole.getvalue(), tmp_path)
    assert again == found


SEEN = int(NOW.timestamp())
CREATED = SEEN - 100 * 86400 - 5 * 3600
ROW = CardRow(
    *(1, 1, 1, 0, SEEN + 3600, -1, 2, 2, 110, 12, 1800, 9, 1, 0, 0, 0, 0, "{}")
)
NOON_OF_98 = CREATED + 98 * 86400 + 43200


def by_ease(ease: float, interval: int) -> tuple[float, float]:
    return model_of(Settings().parameters).from_sm2(ease, interval)


@pytest.mark.parametrize(
    ("changes", "seen", "strength"),
    [
        ({}, NOON_OF_98, by_ease(1.8, 12)),
        ({"queue": -1}, NOON_OF_98, by_ease(1.8, 12)),
        ({"due": 3, "odue": 110, "odid": 5}, NOON_OF_98, by_ease(1.8, 12)),
        ({"factor": 0}, NOON_OF_98, by_ease(2.5, 12)),
        ({"due": 150}, SEEN + 3600, by_ease(1.8, 12)),
        ({"due": 150, "mod": 0}, NOON_OF_98 + 40 * 86400, by_ease(1.8, 12)),
        ({"type": 3, "queue": 1, "due": SEEN}, SEEN + 3600, by_ease(1.8, 12)),
        ({"data": f'{{"s":8.5,"d":3,"lrt":{SEEN}}}'}, SEEN, (8.5, 3)),
        ({"due": -999_999}, SEEN + 3600, by_ease(1.8, 12)),
        ({"data": '{"s":8.5,"d":3}'}, NOON_OF_98, (8.5, 3)),
        ({"data": '{"s":1e6,"d":0.5}'}, NOON_OF_98, (36500, 1)),
        ({"type": 1, "ivl": 0, "data": '{"s":0.4,"d":7}'}, SEEN + 3600, (0.4, 7)),
        *(
            ({"data": data}, NOON_OF_98, by_ease(1.8, 12))
            for data in (
                *("", "[]", "{", "[" * 99_999, b"{}", 7, '{"s":NaN,"d":5,"lrt":null}'),
                *('{"s":"8","d":3}', '{"s":-1,"d":3}', '{"s":8.5}', '{"lrt":-1e999}'),
            )
        ),
    ],
)
def test_what_anki_knows_of_a_card_is_its_memory_or_follows_from_the_interval(
    changes: dict[str, Any], seen: int, strength: tuple[float, float]
) -> None:
    assert remembered(ROW._replace(**changes), CREATED) == (seen * 1000, strength)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": 1},
        {"ivl": 0},
        {"ivl": -600},
        {"mod": 1 << 62, "due": 1 << 60},
        {"mod": -5, "type": 3},
    ],
)
def test_without_an_interval_or_with_odd_numbers_there_is_nothing_to_go_on_from(
    changes: dict[str, Any],
) -> None:
    assert remembered(ROW._replace(**changes), CREATED) is None


def test_cards_without_answers_go_on_from_what_anki_knows_of_them(
    tmp_path: Path,
) -> None:
    manual = "INSERT INTO revlog VALUES (%d, (SELECT max(id) FROM cards), -1, %s)"
    known = "UPDATE cards SET type = 2, ivl = 12, factor = 1800, due = 20, data = ''"
    at = SEEN * 1000
    data = sql(
        *(FOREIGN, known, "DELETE FROM revlog"),
        manual % (at - 3, "3, 5, 0, 2500, 900, 0"),
        manual % (at - 2, "0, 0, 0, 0, 0, 4"),
        manual % (at - 1, "3, 0, 0, 0, 900, 3"),
        manual % (at, "0, 5, 0, 2500, 0, 4"),
    )
    found = read(data, tmp_path)
    assert {strength_of(one.value) for one in found.starts} == {by_ease(1.8, 12)}
    assert len({one.card for one in found.starts}) == len(found.starts) == 7
    stamps = [one.stamp for one in found.rows]
    assert len(set(stamps)) == len(stamps)
    assert found.skipped == {}
    assert read(data, tmp_path) == found


FIRST = RevlogRow(SEEN * 1000 + 7, 1, -1, 3, 40, 16, 1800, 900, 1)


@pytest.mark.parametrize(
    ("changes", "strength"),
    [
        ({}, by_ease(1.8, 16)),
        ({"type": 2, "factor": 0}, by_ease(2.5, 16)),
        ({"factor": 500}, (16, 4.6)),
        ({"type": 0}, None),
        ({"last_ivl": 0}, None),
        ({"last_ivl": -600}, None),
        ({"last_ivl": 1 << 40}, None),
    ],
)
def test_the_first_answer_of_a_log_tells_what_was_known_before_it(
    changes: dict[str, int], strength: tuple[float, float] | None
) -> None:
    found = remembered_before(FIRST._replace(**changes))
    if strength is None:
        assert found is None
        return
    assert found
    assert found[0] == (SEEN - 16 * 86400) * 1000
    assert found[1] == pytest.approx(strength)


def test_a_log_whose_older_answers_are_gone_goes_on_from_its_first_one(
    tmp_path: Path,
) -> None:
    answer = "INSERT INTO revlog VALUES (%d, (SELECT max(id) FROM cards), -1, %s)"
    at = SEEN * 1000
    bare = FOREIGN, "DELETE FROM revlog", "UPDATE cards SET type = 0"
    late = (*bare, answer % (at, "3, 40, 16, 1800, 900, 1"))
    found = read(sql(*late, answer % (at + 9, "4, 90, 40, 1800, 900, 1")), tmp_path)
    (start,) = found.starts
    assert strength_of(start.value) == by_ease(1.8, 16)
    assert start.at == NOW - timedelta(days=16)
    assert [one.card for one in found.log if isinstance(one, Review)][-1] == start.card
    forgotten = answer % (at - 1000, "0, 0, 0, 0, 0, 4")
    (start,) = read(sql(*late, forgotten), tmp_path).starts
    assert start.at == NOW - timedelta(milliseconds=999)


def test_our_own_cards_start_once_however_often_they_go_through_anki(
    tmp_path: Path,
) -> None:
    card = CardId("a/card-2")
    start = make_mark(Stamp("anki-1", 1), NOW, card, MarkKind.START, "12.5,5.25")
    *_, newest = snapshot().reviews
    answer = newest._replace(
        id="later", card=card, at=NOW + timedelta(days=9), stamp=Stamp("laptop", 20)
    )
    memory = starting(start, Settings())
    given = replace(snapshot(), memories={card: memory}, marks=[start])
    known = after_review(memory, answer, Settings())
    later = replace(given, reviews=[*given.reviews, answer], memories={card: known})
    for one in (given, later):
        found = read(exported(one), tmp_path)
        own = [row for row in found.rows if isinstance(row, Mark)]
        assert own == [start]
    rows = revlog_of(1, later, known, Instants(), Settings())
    (last,) = [row for row in rows if row.id == milliseconds(answer.at)]
    assert (last.type, last.last_ivl) == (1, 12)
    assert calendar_of(given, NOW, Settings()).number(memory.due_day) > 0


def test_all_cards_of_others_go_to_the_deck_that_was_chosen(tmp_path: Path) -> None:
    path = tmp_path / "file.apkg"
    path.write_bytes(sql(FOREIGN))
    given = Given(str(path), NOW, "mine", "Mine", deck_is_chosen=True)
    (mine,) = IMPORTERS["anki"].read(given).decks
    assert [mine.id, mine.title, len(mine.cards)] == ["mine", "Mine", 7]


def test_texts_that_were_edited_in_anki_are_taken_over(tmp_path: Path) -> None:
    edits = {
        "Which?": "Which<br><b>one</b>?",
        "{{c1::b}}": "{{c1::c}}",
        "echo card-1": "echo &lt;other&gt;",
        "docker run -p 8080:80 nginx": "docker run",
    }
    data = sql(
        *(
            "UPDATE notes SET flds = "  # noqa: S608 - constants
            f"replace(flds, '{old}' || x'1f', '{new}' || x'1f')"
            for old, new in edits.items()
        )
    )
    cards = {
        card["id"]: card for one in read(data, tmp_path).decks for card in one.cards
    }
    assert cards["choice"]["ask"] == {"en": "Which\n**one**?", "zh": "哪个？"}
    assert cards["blanks"]["ask"] == "`{{.Names}}` is [[name::it]] and [[c]]"
    assert cards["card-1"]["answer"] == "echo <other>"
    assert cards["line"]["answer"] == "docker run -p @port@:80 nginx"


@pytest.mark.parametrize(
    ("size", "is_too_large"), [(1 << 20, False), (MOST_BYTES + 1, True)]
)
def test_what_would_not_be_read_back_is_known(
    tmp_path: Path, size: int, *, is_too_large: bool
) -> None:
    path = tmp_path / "x.apkg"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("collection.anki21", bytes(size), zipfile.ZIP_DEFLATED)
    assert is_too_large_package(str(path)) is is_too_large
