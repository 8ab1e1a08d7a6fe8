"""A database with tables, views or triggers that are not ours is refused untouched."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.learning import Sitting, open_store
from trainer.storage.database import DatabaseError
from trainer.storage.deckfiles import STORE_VERSION
from trainer.storage.migrations import MIGRATIONS
from trainer.storage.schema import check_schema

ALTERED = [
    "CREATE TRIGGER x AFTER INSERT ON reviews BEGIN DELETE FROM memory; END",
    "CREATE TEMP TABLE t (a); CREATE VIEW v AS SELECT load_extension('x')",
    "CREATE TABLE notes (text)",
    "CREATE INDEX mine ON reviews (at)",
    "ALTER TABLE reviews ADD COLUMN extra TEXT",
    "DROP TRIGGER reviews_no_delete",
    """DROP TRIGGER reviews_no_delete; CREATE TRIGGER reviews_no_delete
    BEFORE DELETE ON reviews BEGIN SELECT 1; END""",
    "DROP INDEX idx_reviews_device_seq",
    "DROP TABLE memory; CREATE VIEW memory AS SELECT * FROM reviews",
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_store(tmp_path) as store:
        Sitting(store).answer("a/x", 3)
    return tmp_path / "trainer.db"


@pytest.mark.parametrize("change", ALTERED)
def test_an_altered_database_is_refused_and_not_touched(
    path: Path, change: str
) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(change)
    before = path.read_bytes()
    with pytest.raises(DatabaseError) as error:
        open_store(path.parent)
    assert error.value.message.key == "errors.database-altered"
    assert path.read_bytes() == before


def test_a_guard_that_only_looks_the_same_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'BEFORE DELETE ON reviews', "
            "'BEFORE DELETE ON marks') WHERE name = 'reviews_no_delete'"
        )
        db.commit()
    with pytest.raises(DatabaseError, match="reviews_no_delete"):
        open_store(path.parent)


def test_statistics_of_sqlite_itself_are_no_alteration(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("ANALYZE")
    open_store(path.parent).close()


def test_each_version_is_what_its_migrations_make(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db")) as db:
        check_schema(db, "x.db", 0)
        for version, migration in enumerate(MIGRATIONS, 1):
            migration(db)
            check_schema(db, "x.db", version)
    assert len(MIGRATIONS) == STORE_VERSION


def test_a_trigger_that_wipes_the_log_never_runs(tmp_path: Path, path: Path) -> None:
    copy = tmp_path / "handed-over"
    copy.mkdir()
    shutil.copy(path, copy / "trainer.db")
    with closing(sqlite3.connect(copy / "trainer.db")) as db:
        db.executescript(
            "CREATE TRIGGER wipe AFTER UPDATE ON meta BEGIN "
            "INSERT OR REPLACE INTO reviews SELECT * FROM reviews; END"
        )
    with pytest.raises(DatabaseError), open_store(copy) as store:
        store.check_writable()
    with closing(sqlite3.connect(copy / "trainer.db")) as db:
        assert db.execute("SELECT count(*) FROM reviews").fetchone() == (1,)
