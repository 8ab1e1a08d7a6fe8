"""No message is left that nothing says."""

import ast
import re
from pathlib import Path

import pytest

import trainer
from trainer.language.catalogue import catalogue

ROOT = Path(trainer.__file__).parent
CODE = [path for path in ROOT.rglob("*.py") if "catalogues" not in path.parts]


def texts(tree: ast.AST) -> set[str]:
    """Return the strings of a program."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def patterns(tree: ast.AST) -> set[str]:
    """Return what the f-strings of a program match; anything may fill a field."""
    return {
        "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
            for part in node.values
        )
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
    }


TREES = [ast.parse(path.read_bytes()) for path in CODE]
TEXTS = {one for tree in TREES for one in texts(tree)}
PATTERNS = {one for tree in TREES for one in patterns(tree)}


@pytest.mark.parametrize(
    "part", ["screen", "lines", "words", "review", "help", "prompt"]
)
def test_each_message_is_said_somewhere(part: str) -> None:
    # what is put together from nothing but fields would match everything
    telling = {one for one in PATTERNS if not one.startswith(".+")}
    said = [re.compile(one) for one in telling - {re.escape(f"{part}.") + ".+"}]
    for key in catalogue("en", part):
        names = (key, key.removeprefix(f"{part}."))
        if TEXTS.isdisjoint(names):
            assert any(one.fullmatch(name) for one in said for name in names), key
