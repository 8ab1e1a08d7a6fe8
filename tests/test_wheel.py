"""What pipx and uv install: a wheel that carries the decks."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.program import ROOT, clean_environment


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


def files_below(folder: Path) -> list[Path]:
    """Return the files of a folder, those that Python makes aside."""
    return [
        path.relative_to(folder)
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    ]


def test_an_installed_trainer_reviews_the_shipped_decks_from_any_folder(
    installed: Path, tmp_path: Path
) -> None:
    environment = {
        **clean_environment(),
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


def test_the_wheel_carries_all_of_the_program_its_decks_and_the_manual_page(
    installed: Path,
) -> None:
    wanted = {
        *("trainer" / path for path in files_below(ROOT / "trainer")),
        *("trainer/decks" / path for path in files_below(ROOT / "decks")),
    }
    assert {"trainer" / path for path in files_below(installed / "trainer")} == wanted
    (page,) = installed.glob("*.data/data/share/man/man1/trainer.1")
    assert page.read_bytes() == (ROOT / "man" / "trainer.1").read_bytes()


def test_the_wheel_offers_the_command(installed: Path) -> None:
    (entry_points,) = installed.glob("*.dist-info/entry_points.txt")
    assert "trainer = trainer.__main__:main" in entry_points.read_text()
