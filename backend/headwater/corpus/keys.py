"""Keys of the service's callers, as the corpus keeps them: each change is one transaction, whole or not at all."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import floor
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from headwater.corpus.changes import count_change
from headwater.corpus.engine import CorpusDatabase
from headwater.corpus.key_secrets import WrittenKey, hash_secret, make_key
from headwater.corpus.key_tables import KEYS
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import InvalidInputError, NotFoundError

SCOPES: Final = ("match", "check", "ingest", "admin")
MINUTE: Final = 60.0
ROUNDING = 1e-6  # of sums of thirds, in requests; a clock of this century is exact to a millionth of a second
MAX_NAME_CHARACTERS = 100
MAX_PER_MINUTE = 100_000
MAX_PER_DAY = 1_000_000_000  # fits the column


@dataclass(frozen=True, slots=True)
class KeyTerms:
    """What a key is good for.

    Args:
        name: Who or what it was made for.
        scopes: What may be asked with it; "admin" holds all.
        per_minute: Requests a minute.
        per_day: Requests a day (UTC); 0 for no quota.
        expires: When it ends by itself; None for never.
    """

    name: str
    scopes: tuple[str, ...] = ("match",)
    per_minute: int = 60
    per_day: int = 0
    expires: datetime | None = None

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > MAX_NAME_CHARACTERS or not self.name.isprintable():
            raise InvalidInputError(f"a key needs a name of 1 to {MAX_NAME_CHARACTERS} characters that can be printed")
        if not self.scopes or not set(self.scopes) <= set(SCOPES):
            raise InvalidInputError(f"the scopes of a key are one or more of {', '.join(SCOPES)}")
        if not 1 <= self.per_minute <= MAX_PER_MINUTE:
            raise InvalidInputError(f"requests a minute must be from 1 to {MAX_PER_MINUTE:,}")
        if not 0 <= self.per_day <= MAX_PER_DAY:
            raise InvalidInputError(f"requests a day must be from 0 (no quota) to {MAX_PER_DAY:,}")


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key as it is kept; its secret is not.

    Args:
        key_id: Its public part.
        terms: What it is good for.
        secret_hash: What its secret is known by.
        created: When it was made.
        revoked: Since when it is no longer good; None where it was never revoked.
        successor: The key that takes its place, or "".
        used_day: The last day (UTC) it was used on, YYYY-MM-DD, or "".
        used: Requests set aside for it on that day.
    """

    key_id: str
    terms: KeyTerms
    secret_hash: str
    created: datetime
    revoked: datetime | None = None
    successor: str = ""
    used_day: str = ""
    used: int = 0

    def state(self, now: datetime) -> str:
        """Say "live", "revoked" or "expired"."""
        if self.revoked is not None:  # whatever the clock says: it may have been set back
            return "revoked"
        return "expired" if self.terms.expires is not None and self.terms.expires <= now else "live"

    def allows(self, scope: str) -> bool:
        """Say whether something may be asked with it."""
        return scope in self.terms.scopes or "admin" in self.terms.scopes


class KeyRecords:
    """The keys of one corpus. Safe to share between threads.

    Args:
        database: Of the corpus.
    """

    def __init__(self, database: CorpusDatabase) -> None:
        self._database = database

    def create(self, terms: KeyTerms) -> WrittenKey:
        """Make a key, and return it: the only time that its secret is there to be seen.

        Args:
            terms: What it is good for.

        Raises:
            CorpusUnavailableError: If the database cannot be written; then there is no key.
        """
        with self._database.write() as connection:
            return _insert(connection, terms)

    def all(self) -> tuple[StoredKey, ...]:
        """Return all keys that ever were, oldest first.

        Raises:
            CorpusUnavailableError: If the database cannot be read.
        """
        with self._database.read() as connection:
            rows = connection.execute(select(KEYS).order_by(KEYS.c.created, KEYS.c.key_id))
            return tuple(_stored(row) for row in rows)

    def revoke(self, key_id: str) -> StoredKey:
        """End a key at once; one that was revoked before stays as it is.

        Args:
            key_id: Its public part.

        Raises:
            NotFoundError: If there is no such key.
            CorpusUnavailableError: If the database cannot be written.
        """
        with self._database.write() as connection:
            now = datetime.now(UTC)
            if _find(connection, key_id).state(now) != "revoked":
                _set(connection, key_id, revoked=_written(now))
                count_change(connection)
            return _find(connection, key_id)

    def rotate(self, key_id: str, overlap: timedelta) -> WrittenKey:
        """Make a key on the same terms in the place of another, which stays good for a while.

        Args:
            key_id: Public part of the one that is replaced.
            overlap: How long that one stays good; it never gets longer by this.

        Returns:
            The new key.

        Raises:
            NotFoundError: If there is no such key.
            InvalidInputError: If it is no longer good, or has been replaced before.
            CorpusUnavailableError: If the database cannot be written; then nothing has changed.
        """
        with self._database.write() as connection:
            now = datetime.now(UTC)
            old = _find(connection, key_id)
            if old.state(now) != "live":
                raise InvalidInputError(f"the key {key_id} is {old.state(now)}: create a new one")
            if old.successor:
                raise InvalidInputError(f"the key {key_id} has been replaced by {old.successor} already")
            made = _insert(connection, old.terms)
            ends = min(filter(None, (old.terms.expires, now + overlap)))
            _set(connection, key_id, expires=_written(ends), successor=made.key_id)
            return made

    def set_aside(self, key_id: str, wanted: int) -> int:
        """Take requests from a key's quota of today, so that several services together never pass it.

        Args:
            key_id: Its public part.
            wanted: How many.

        Returns:
            How many there were: `wanted`, fewer, or 0 where the quota is used up or the key is no longer good.

        Raises:
            CorpusUnavailableError: If the database cannot be written; then nothing was taken.
        """
        with self._database.write() as connection:
            now = datetime.now(UTC)
            key, today, tomorrow = _find(connection, key_id), now.date().isoformat(), _tomorrow(now)
            if key.state(now) != "live":
                return 0
            # A clock that is set back over midnight must not open a day's quota twice; one that was a year ahead must
            # not close it for a year.
            day = key.used_day if today <= key.used_day <= tomorrow else today
            used = key.used if day == key.used_day else 0
            left = max(0, key.terms.per_day - used) if key.terms.per_day else wanted
            granted = min(wanted, left)
            if granted:
                _set(connection, key_id, used_day=day, used=min(used + granted, MAX_PER_DAY))
            return granted

    def take_minute(self, key_id: str, cost: int, block: int) -> tuple[int, float]:
        """Take requests from a key's minute, so that several services together keep to it.

        The generic cell rate algorithm (ITU-T I.371): one number for each key, in the corpus.

        Args:
            key_id: Its public part.
            cost: How many are needed now.
            block: How many more than these are of use.

        Returns:
            How many there were, `cost` at least or 0; and the seconds until the key has all its requests again.

        Raises:
            CorpusUnavailableError: If the database cannot be written; then nothing was taken.
        """
        now = time.time()
        with self._database.write() as connection:
            row = connection.execute(select(KEYS).where(KEYS.c.key_id == key_id).with_for_update()).first()
            if row is None:
                return 0, MINUTE
            each = MINUTE / row.per_minute
            # Further ahead than a minute it cannot be, unless the clock was set back.
            due = max(now, row.minute_due if row.minute_due <= now + MINUTE + each else now)
            free = floor((MINUTE - (due - now)) / each + ROUNDING)
            granted = min(free, cost + block) if free >= cost else 0
            if granted:
                due += granted * each
                _set(connection, key_id, minute_due=due)
            return granted, due - now


def _tomorrow(now: datetime) -> str:
    return (now + timedelta(days=1)).date().isoformat()


def open_keys(store: CorpusStore) -> KeyRecords:
    """Return the keys that are kept with a corpus."""
    return KeyRecords(store._database)


def parse_scopes(written: Collection[str]) -> tuple[str, ...]:
    """Return scopes in their own order, each once.

    Args:
        written: Their names; a name may list several with commas.

    Raises:
        InvalidInputError: If one is unknown.
    """
    names = {part.strip().lower() for item in written for part in item.split(",") if part.strip()}
    if not names <= set(SCOPES):
        raise InvalidInputError(f"the scopes of a key are one or more of {', '.join(SCOPES)}")
    return tuple(scope for scope in SCOPES if scope in names)


def _insert(connection: Connection, terms: KeyTerms) -> WrittenKey:
    made = make_key()
    while connection.execute(select(KEYS.c.key_id).where(KEYS.c.key_id == made.key_id)).first() is not None:
        made = make_key()
    values = {
        "key_id": made.key_id,
        "name": terms.name,
        "secret_hash": hash_secret(made),
        "scopes": " ".join(terms.scopes),
        "per_minute": terms.per_minute,
        "per_day": terms.per_day,
        "created": _written(datetime.now(UTC)),
        "expires": _written(terms.expires) if terms.expires else "",
    }
    connection.execute(insert(KEYS).values(**values, revoked="", successor="", used_day="", used=0))
    count_change(connection)  # a copy of the corpus that is under way begins anew
    return made


def _find(connection: Connection, key_id: str) -> StoredKey:
    row = connection.execute(select(KEYS).where(KEYS.c.key_id == key_id)).first()
    if row is None:
        raise NotFoundError("key", key_id)
    return _stored(row)


def _set(connection: Connection, key_id: str, **values: Any) -> None:
    connection.execute(update(KEYS).where(KEYS.c.key_id == key_id).values(**values))


def _stored(row: Row[Any]) -> StoredKey:
    terms = KeyTerms(row.name, tuple(row.scopes.split()), row.per_minute, row.per_day, expires=_moment(row.expires))
    return StoredKey(
        row.key_id,
        terms,
        row.secret_hash,
        datetime.fromisoformat(row.created),
        revoked=_moment(row.revoked),
        successor=row.successor,
        used_day=row.used_day,
        used=row.used,
    )


def _moment(written: str) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
