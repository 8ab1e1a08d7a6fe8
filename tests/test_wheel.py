"""What pipx and uv install: a wheel that carries the decks."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as an installer does, and unpack it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    subprocess.run(
        [*build, "--no-build-isolation", "--wheel-dir", folder, ROOT], check=True
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_an_installed_trainer_reviews_the_shipped_decks_from_any_folder(
    installed: Path, tmp_path: Path
) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "TRAINER_HOME": str(tmp_path / "home"),
        "TRAINER_LANG": "en",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "trainer", "review", "--limit", "1"],
        cwd=tmp_path,
        env=environment,
        input="\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "→" in ran.stdout


@pytest.mark.parametrize(
    "name",
    [
        "trainer/decks/images.yaml",
        "trainer/decks/outline.yaml",
        "trainer/cards/deck.schema.json",
        "trainer/exchange/pages/templates/study.html",
        "trainer/exchange/pages/templates/study.js",
        "trainer/grading/grammars/docker.json",
        "trainer/py.typed",
        "trainer-0.1.0.data/data/share/man/man1/trainer.1",
    ],
)
def test_the_wheel_carries_what_the_program_reads(installed: Path, name: str) -> None:
    assert (installed / name).is_file()


def test_the_wheel_offers_the_command(installed: Path) -> None:
    (entry_points,) = installed.glob("*.dist-info/entry_points.txt")
    assert "trainer = trainer.__main__:main" in entry_points.read_text()
