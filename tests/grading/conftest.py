"""The exam: a test that asks for `case` runs once for each row."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Hand the rows of the exam to the tests that ask for them."""
    names = metafunc.fixturenames
    if "case" in names:
        metafunc.parametrize("case", ROWS, ids=[_name(row) for row in ROWS])
    if "rows" in names:
        metafunc.parametrize("rows", [ROWS], ids=["all"])
    if "answer" in names:
        metafunc.parametrize("answer", sorted({row["expected"] for row in ROWS}))


def _name(row: Mapping[str, str]) -> str:
    return f"{row['topic']}: {row['given']}"


_SILENT = {"mention": "", "marks": ""}
"""What a row need not say: words of the feedback, and which words are marked."""


def _rows() -> list[Mapping[str, str]]:
    files = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    return [
        {"topic": file.stem, "expected": card["expected"], **_SILENT, **answer}
        for file in files
        for card in yaml.safe_load(file.read_text(encoding="utf-8"))
        for answer in card["answers"]
    ]


ROWS = _rows()
