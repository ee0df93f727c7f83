"""A SQLite file that keeps what was acknowledged: write-ahead log, every commit synced, versioned migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DudaoError

_BUSY = 10.0  # seconds to wait for another writer


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """A file of this account alone.

    name: what a message calls it. migrations: one script for each version of the file, oldest first; a script that was
    released is never changed. error: what is raised where the file cannot be used.
    """

    path: Path
    name: str
    migrations: Sequence[Sequence[str]]
    error: type[DudaoError]

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction on a connection of its own, in a file of today's version; the file is made where there is none.

        :raises DudaoError: of the kind `error`: the file cannot be used, or a newer program wrote it.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
            with closing(sqlite3.connect(self.path, timeout=_BUSY, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("BEGIN IMMEDIATE")
                self._migrate(connection)
                yield connection
                connection.execute("COMMIT")
        except (sqlite3.Error, OSError, ValueError) as error:
            raise self.error(
                f"the {self.name} {str(self.path)!r} cannot be used ({error}): check that it can be written"
            ) from error

    def _migrate(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(self.migrations):
            raise self.error(
                f"the {self.name} {str(self.path)!r} has version {version}, this program knows {len(self.migrations)}: "
                "use the newer program, or move the file away"
            )
        for script in self.migrations[version:]:
            for statement in script:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(self.migrations)}")
