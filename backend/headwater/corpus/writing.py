"""Storing documents: identity, versions, passages and the word index, all in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from headwater.corpus.changes import next_passage
from headwater.corpus.meta import add_to_fingerprint, fingerprint
from headwater.corpus.passages import slice_passages
from headwater.corpus.rows import (
    document_id,
    document_key,
    passage_values,
    storable_record,
    text_sha256,
    version_values,
)
from headwater.corpus.series import store_series, without_long_tables
from headwater.corpus.statuses import follow_notice
from headwater.corpus.tables import DOCUMENTS, PASSAGES, VERSIONS
from headwater.corpus.versions import Outcome, Placement, StoredVersion, in_utc, moment_of, place_record
from headwater.corpus.word_index import add_words
from headwater.domain.documents import DocumentRecord

REFRESHED_COLUMNS = (
    "publisher", "document_type", "url", "title", "description", "licence", "first_published", "updated", "change_note",
    "withdrawn", "speaker", "first_day", "last_day", "provenance",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AddOutcome:
    """What became of a batch of records; each is counted once.

    Args:
        added: Documents that were not in the corpus.
        new_versions: Documents that were, with other words.
        unchanged: Documents that were, with the same words (their particulars may have been brought up to date).
    """

    added: int = 0
    new_versions: int = 0
    unchanged: int = 0

    @property
    def total(self) -> int:
        """All records of the batch."""
        return self.added + self.new_versions + self.unchanged

    def __add__(self, other: AddOutcome) -> AddOutcome:
        return AddOutcome(
            self.added + other.added, self.new_versions + other.new_versions, self.unchanged + other.unchanged
        )


def store_record(connection: Connection, record: DocumentRecord, now: datetime) -> Outcome:
    """Store one record unless its words are stored, and say what it came to.

    Args:
        connection: The writing connection.
        record: The document as its source yields it.
        now: The time of storing (UTC).
    """
    record = storable_record(record)
    identifier = document_id(record)
    stored = _stored_versions(connection, identifier)
    placement = place_record(text_sha256(record.text), moment_of(record), now, stored)
    if placement.outcome is Outcome.UNCHANGED:
        return Outcome.UNCHANGED
    if placement.outcome is Outcome.REFRESHED:
        _refresh(connection, record, now, placement)
        follow_notice(connection, identifier)
        return Outcome.REFRESHED
    if placement.outcome is Outcome.ADDED:
        connection.execute(insert(DOCUMENTS).values(id=identifier, **document_key(record)))
    _insert_version(connection, record, now, (placement, stored))
    if stored or record.withdrawn:
        follow_notice(connection, identifier)
    return placement.outcome


def _stored_versions(connection: Connection, identifier: str) -> list[StoredVersion]:
    columns = VERSIONS.c
    rows = connection.execute(
        select(columns.id, columns.sha256, columns.first_published, columns.updated, columns.retrieved)
        .where(columns.document_id == identifier)
        .order_by(columns.number)
    )
    versions = []
    for row in rows:
        stated = row.updated or row.first_published
        moment = in_utc(datetime.fromisoformat(stated or row.retrieved))
        versions.append(StoredVersion(row.id, row.sha256, moment, dated=stated is not None))
    return versions


def _insert_version(
    connection: Connection, record: DocumentRecord, now: datetime, place: tuple[Placement, Sequence[StoredVersion]]
) -> None:
    placement, stored = place
    later = stored[placement.rank :]
    if later:
        rows = [version.row for version in later]
        connection.execute(update(VERSIONS).where(VERSIONS.c.id.in_(rows)).values(number=VERSIONS.c.number + 1))
        if placement.rank == 0:  # it was the first version known: its words are no older than its own date
            connection.execute(update(VERSIONS).where(VERSIONS.c.id == rows[0]).values(first_day=VERSIONS.c.last_day))
    elif stored:
        connection.execute(update(VERSIONS).where(VERSIONS.c.id == stored[-1].row).values(is_latest=False))
    values = version_values(record, retrieved=now, is_first=placement.rank == 0)
    values |= {"number": placement.rank + 1, "is_latest": not later}
    version_row = connection.execute(insert(VERSIONS).values(values)).inserted_primary_key
    add_to_fingerprint(connection, fingerprint(values))
    if version_row is not None:
        _insert_passages(connection, record, int(version_row[0]))


def _insert_passages(connection: Connection, record: DocumentRecord, version_id: int) -> None:
    series = store_series(connection, version_id, record.text, record.title)
    quotes, speaker, basis = record.block_quotes, record.speaker, record.speaker_basis
    cuts = slice_passages(record.text, block_quotes=quotes, speaker=speaker, speaker_basis=basis)
    cuts = without_long_tables(cuts, series)
    if not cuts:
        return
    rows = [passage_values(cut, version_id=version_id, ordinal=ordinal) for ordinal, cut in enumerate(cuts)]
    first = next_passage(connection)
    if first is not None:
        rows = [row | {"id": number} for number, row in enumerate(rows, first)]
    connection.execute(insert(PASSAGES), rows)
    add_words(connection, version_id)


def _refresh(connection: Connection, record: DocumentRecord, now: datetime, placement: Placement) -> None:
    """Bring the particulars of a stored version up to date; its words, number and time of storing stay."""
    mine = VERSIONS.c.id == placement.row
    held = connection.execute(select(VERSIONS).where(mine)).mappings().one()
    values = dict(held) | {
        name: value
        for name, value in version_values(record, retrieved=now, is_first=held["number"] == 1).items()
        if name in REFRESHED_COLUMNS
    }
    connection.execute(update(VERSIONS).where(mine).values({name: values[name] for name in REFRESHED_COLUMNS}))
    add_to_fingerprint(connection, fingerprint(values) - fingerprint(held))
