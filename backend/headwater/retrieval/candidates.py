"""What is remembered of passages that were candidates: the codes of their words, and whose copy each of them is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import numpy as np

from headwater.domain.documents import Document, Passage, PassageKind
from headwater.retrieval.words import Codes, codes_of, codes_of_line

REMEMBERED = 200_000  # of about 600 bytes each: 120 MB


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A passage as scoring sees it. Codes are ascending, each once.

    Args:
        codes: Of its words. Shape: (different stems,).
        voiced: The same with the words of its heading and its speaker's name. Shape: (different stems,).
        around: The same again with the words of its document's title. Shape: (different stems,).
        is_heading: Whether it is a heading: it announces what is said, and says nothing.
        document: Identifier of its document.
        version: Number of its document's version.
        copy_of: The same for all copies of a passage in the versions of one document.
        days: On which its document appeared and this version was made, as far as they are known.
    """

    codes: Codes
    voiced: Codes
    around: Codes
    is_heading: bool
    document: str
    version: int
    copy_of: int
    days: tuple[date, ...] = ()


def to_candidate(passage: Passage) -> Candidate:
    """Return a passage as scoring sees it."""
    document = passage.document
    codes = codes_of(passage.text)
    voiced = np.union1d(codes, codes_of_line(f"{passage.heading} {passage.speaker or document.speaker}"))
    return Candidate(
        codes,
        voiced,
        around=np.union1d(voiced, codes_of_line(document.title)),
        is_heading=passage.kind is PassageKind.HEADING,
        document=document.id,
        version=document.version,
        copy_of=hash((document.id, key_of(passage.text))),
        days=days_of(document),
    )


def days_of(document: Document) -> tuple[date, ...]:
    """Return the days on which a document appeared and this version of it was made, as far as they are known."""
    return tuple(when.date() for when in (document.first_published, document.updated) if when)


def key_of(text: str) -> int:
    """Return a number for a text, the same in every process: 64 bits, with a sign."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


class CandidateMemory:
    """Remembers candidates for as long as the corpus stays as it is. Safe to share between threads.

    Args:
        read: Gives passages by identifier; those that are not stored any more are left out.
        read_document: Gives the passages of the latest version of a document.
        cards: Give the candidates of passages that have a card.
    """

    def __init__(
        self,
        read: Callable[[Sequence[int]], Mapping[int, Passage]],
        read_document: Callable[[str], Sequence[Passage]],
        cards: Callable[[Sequence[int], str], Mapping[int, Candidate]] = lambda _ids, _revision: {},
    ) -> None:
        self._read, self._read_document, self._cards = read, read_document, cards
        self._lock = threading.Lock()
        self._revision = ""
        self._known: dict[int, Candidate] = {}
        self._documents: dict[str, tuple[int, ...]] = {}

    def get(self, ids: Iterable[int], revision: str) -> dict[int, Candidate]:
        """Return candidates by identifier; passages that are not stored any more are left out.

        Args:
            ids: Of passages, in any order, repetitions included.
            revision: Of the corpus; what was remembered of another one is forgotten.
        """
        known, _ = self._of_revision(revision)
        wanted = list(dict.fromkeys(ids))
        missing = [one for one in wanted if one not in known]
        if missing:
            known.update(self._cards(missing, revision))
            missing = [one for one in missing if one not in known]
        if missing:
            known.update({one: to_candidate(passage) for one, passage in self._read(missing).items()})
        return {one: known[one] for one in wanted if one in known}

    def of_document(self, document: str, revision: str) -> dict[int, Candidate]:
        """Return all candidates of the latest version of a document.

        Args:
            document: Its identifier.
            revision: Of the corpus.
        """
        known, documents = self._of_revision(revision)
        if document not in documents:
            passages = self._read_document(document)
            documents[document] = tuple(passage.id for passage in passages)
            missing = {passage.id: passage for passage in passages if passage.id not in known}
            known.update(self._cards(list(missing), revision))
            known.update({one: to_candidate(each) for one, each in missing.items() if one not in known})
        return {one: known[one] for one in documents[document]}

    def _of_revision(self, revision: str) -> tuple[dict[int, Candidate], dict[str, tuple[int, ...]]]:
        with self._lock:
            if revision != self._revision or len(self._known) > REMEMBERED:
                self._known, self._documents, self._revision = {}, {}, revision
            return self._known, self._documents
