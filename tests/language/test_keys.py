"""No message is left that nothing says."""

import ast
import re
from pathlib import Path

import pytest

import trainer
from trainer.language.catalogue import catalogue

ROOT = Path(trainer.__file__).parent
CODE = [path for path in ROOT.rglob("*.py") if "catalogues" not in path.parts]


def patterns(tree: ast.AST) -> set[str]:
    """Return what the strings of a program match; anything may fill an f-string."""
    fields: dict[ast.AST, str] = {
        node: ".+" for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)
    }
    texts: dict[ast.AST, str] = {
        node: re.escape(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    pieces = fields | texts
    joined = {
        "".join(pieces[part] for part in node.values)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
    }
    return joined | set(texts.values())


SAID = {one for path in CODE for one in patterns(ast.parse(path.read_bytes()))}


@pytest.mark.parametrize(
    "part", ["screen", "lines", "words", "review", "help", "prompt"]
)
def test_each_message_is_said_somewhere(part: str) -> None:
    # what is put together from nothing but fields would match everything
    empty = {re.escape(f"{part}.") + ".+"}
    said = {one for one in SAID - empty if not one.startswith(".+")}
    for key in catalogue("en", part):
        names = (key, key.removeprefix(f"{part}."))
        assert any(re.fullmatch(one, name) for one in said for name in names), key
