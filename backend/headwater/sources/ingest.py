"""From paths to a searchable corpus: text first, so that words can be searched at once, then vectors.

Everything is stored in batches, each whole or not at all. A run that is killed loses the batch it was in; the next run
goes on from there, and stores nothing twice. A file that was read to its end without a fault is not read again until
it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path

from headwater.corpus.journal import JournalEntry
from headwater.corpus.store import CorpusStore
from headwater.corpus.writing import AddOutcome
from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import UnreadableRecordError
from headwater.sources.embedding import PassageEncoder, embed_passages
from headwater.sources.files import list_files, read_file
from headwater.sources.progress import IngestProgress, SilentProgress
from headwater.sources.sidecars import sidecar_of

__all__ = ["IngestProgress", "IngestSummary", "PassageEncoder", "SilentProgress", "embed_passages", "ingest"]

DOCUMENTS_A_BATCH = 50  # about 300 kB of text: one commit costs some milliseconds, a lost batch half a second
READER_VERSION = "2"  # raised when a reader reads better: files noted by an older one are read again


@dataclass(slots=True)
class IngestSummary:
    """What a run came to.

    Args:
        files: Files read.
        files_unchanged: Files that were not read because nothing in them had changed.
        outcome: Documents added, new versions, documents that were there.
        problems: What could not be read, in order.
        encoded: Texts that were given a vector.
    """

    files: int = 0
    files_unchanged: int = 0
    outcome: AddOutcome = field(default_factory=AddOutcome)
    problems: list[UnreadableRecordError] = field(default_factory=list)
    encoded: int = 0


def ingest(
    paths: Sequence[Path], store: CorpusStore, encoder: PassageEncoder | None, *, progress: IngestProgress | None = None
) -> IngestSummary:
    """Read all documents under the paths into the corpus, and give every passage a vector.

    Args:
        paths: Files and folders.
        store: The corpus.
        encoder: Makes the vectors; None leaves the corpus to be searched by words alone.
        progress: Hears how far the run is.

    Returns:
        What the run came to; what could not be read is in it, never raised.

    Raises:
        CorpusUnavailableError: If the corpus cannot be written; what was stored before stays.
    """
    heard = progress or SilentProgress()
    summary = IngestSummary()
    files = [file for path in paths for file in list_files(path)]
    for number, file in enumerate(files, 1):
        heard.file_begun(file, number, len(files))
        entry = _describe(file)
        if entry is not None and _is_known(store, entry):
            summary.files_unchanged += 1
        else:
            summary.files += 1
            _read_into(store, file, entry, (summary, heard))
    if encoder is not None:
        summary.encoded = embed_passages(store, encoder, progress=heard)
    return summary


def _read_into(
    store: CorpusStore, file: Path, entry: JournalEntry | None, told: tuple[IngestSummary, IngestProgress]
) -> None:
    summary, heard = told
    problems_before = len(summary.problems)
    for batch in _batches(_sifted(read_file(file), told)):
        summary.outcome += store.add_documents(batch)
        heard.documents_read(summary.outcome.total)
    # A file with a fault is read again each time, so that its fault is told each time.
    if entry is not None and len(summary.problems) == problems_before:
        store.note_file(entry)


def _sifted(
    found: Iterable[DocumentRecord | UnreadableRecordError], told: tuple[IngestSummary, IngestProgress]
) -> Iterator[DocumentRecord]:
    summary, heard = told
    for one in found:
        if isinstance(one, UnreadableRecordError):
            summary.problems.append(one)
            heard.problem_found(one)
        else:
            yield one


def _batches(records: Iterator[DocumentRecord]) -> Iterator[list[DocumentRecord]]:
    while batch := list(islice(records, DOCUMENTS_A_BATCH)):
        yield batch


def _is_known(store: CorpusStore, entry: JournalEntry) -> bool:
    """Say whether a file was read as it is now; its bytes are compared only where its size or time differ."""
    noted = store.journal_entry(entry.path)
    if noted is None or noted.reader != entry.reader:
        return False
    if (noted.size, noted.modified_ns) == (entry.size, entry.modified_ns):
        return True
    if noted.sha256 != entry.sha256:
        return False
    store.note_file(entry)
    return True


def _describe(file: Path) -> JournalEntry | None:
    """Return what a file is now, its sidecar included, or None where it cannot be read."""
    parts = [file, sidecar_of(file)]
    try:
        states = [part.stat() for part in parts if part == file or part.exists()]
        digest = sha256(b"".join(sha256(part.read_bytes()).digest() for part in parts[: len(states)])).hexdigest()
    except OSError:
        return None
    return JournalEntry(
        path=str(file.resolve()),
        size=sum(state.st_size for state in states),
        modified_ns=max(state.st_mtime_ns for state in states),
        sha256=digest,
        reader=READER_VERSION,
    )
