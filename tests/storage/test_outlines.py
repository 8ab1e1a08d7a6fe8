"""Outlines beside decks: which one belongs to some notes, and what lint makes of it."""

from pathlib import Path

import pytest

from tests.decks import deck, write_decks
from trainer.cards.markdown import parse_notes
from trainer.cards.outline import make_outline, outline_text
from trainer.grading.grammar import load_grammar
from trainer.language.text import Language
from trainer.storage.library import Library, lint_collection, read_collection
from trainer.storage.outlines import OutlineError, find_outline

NOTES = "# Images\n\na\n\n# Containers\n\nb\n"
OUTLINE = outline_text(make_outline(parse_notes(NOTES)))
CITING = deck("d", "x").replace("  ask:", "  source: {section: imagse}\n  ask:")


def folder(path: Path, outline: str = "", text: str = "") -> str:
    write_decks(path, d=text or deck(path.name, "x"))
    if outline:
        (path / "outline.yaml").write_text(outline, encoding="utf-8")
    return str(path)


def messages(*folders: str) -> list[str]:
    problems = lint_collection(folders, load_grammar, {}).problems
    return [one.in_language(Language.EN).rpartition("/")[2] for one in problems]


def test_the_outline_beside_the_decks_speaks_for_its_notes(tmp_path: Path) -> None:
    other = OUTLINE.replace("Images", "Git").replace("Containers", "Branches")
    folders = [
        folder(tmp_path / "plain"),
        folder(tmp_path / "other", other),
        folder(tmp_path / "half", OUTLINE.replace("Images", "Layers")),
        folder(tmp_path / "these", OUTLINE),
        folder(tmp_path / "again", OUTLINE),
    ]
    found = find_outline(parse_notes(NOTES), folders)
    assert found.folders == (folders[3],)
    assert found.path == str(tmp_path / "these" / "outline.yaml")
    found = find_outline(parse_notes(NOTES), folders[:3])
    assert found.folders == (folders[2],)


def test_notes_without_an_outline_are_outlined_for_decks_that_have_none(
    tmp_path: Path,
) -> None:
    other = OUTLINE.replace("Images", "Git").replace("Containers", "Branches")
    folders = [folder(tmp_path / "plain"), folder(tmp_path / "other", other)]
    notes = parse_notes(NOTES)
    found = find_outline(notes, folders)
    assert (found.path, found.folders) == (None, (folders[0],))
    assert found.outline == make_outline(notes)


def test_an_outline_with_mistakes_is_refused(tmp_path: Path) -> None:
    where = folder(tmp_path / "decks", OUTLINE.replace("slug: images", "slug: I"))
    with pytest.raises(OutlineError, match=r"outline.yaml:4:9: `I` is no name"):
        find_outline(parse_notes(NOTES), [where])


def test_an_outline_is_no_deck(tmp_path: Path) -> None:
    where = folder(tmp_path / "decks", OUTLINE)
    library = Library(str(tmp_path / "home"), (where,))
    library.close()
    assert (list(library.topics), library.errors) == (["decks"], 0)
    assert messages(where) == []


def test_lint_names_sections_that_the_outline_lacks(tmp_path: Path) -> None:
    where = folder(tmp_path / "decks", OUTLINE, CITING)
    said = (
        "d.yaml:7:3: the outline beside this deck has no section `imagse`, "
        "did you mean `images`?"
    )
    assert messages(where) == [said]
    assert messages(folder(tmp_path / "plain", text=CITING)) == []
    plain = read_collection((where,), load_grammar)
    assert plain.problems == ()


def test_lint_checks_the_outline_itself(tmp_path: Path) -> None:
    where = folder(tmp_path / "decks", "sections: x\n", CITING)
    assert messages(where) == [
        "outline.yaml:1:11: `sections` is a list: each section starts with `- `"
    ]


def test_lint_says_what_it_cannot_read(tmp_path: Path) -> None:
    where = Path(folder(tmp_path / "decks"))
    (where / "outline.yaml").mkdir()
    assert messages(str(where)) == [
        "outline.yaml:1:1: the file cannot be read: Is a directory"
    ]
