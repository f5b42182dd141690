"""Corpora of any size for the scale bench: the real one, and copies of it re-dated and re-figured.

A copy keeps what search has to deal with: lengths, kinds, versions, publishers, how often words occur and how many
occur once. Every figure becomes another of as many digits, every year moves, words that stand in five passages or
fewer become new words of the same length, and one in eight of the others becomes another as long and as frequent; so
spans still fit, and hardly a passage repeats one of another copy. The text is not English any more, which nothing here
reads.

Vectors of copies are not encoded, which would take hours: they are vectors of the real passages moved by differences
between real ones, as far as really encoded copies lie from their originals; the bench prints both distances.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headwater.corpus.store import CorpusStore
from headwater_embeddings.encoder import Encoder, to_unit_length

RARE = 5  # passages that a word stands in at most to become a new word: half the vocabulary of any corpus
FREQUENT = 300  # words of the highest rank stay: they are the grammar
EXCHANGED = 8  # one in so many of the others is exchanged
SAMPLED = 400  # passages of a copy that are really encoded, to place the others
_TOKEN = re.compile(r"[0-9]+|[A-Za-z]+")
_LETTERS = "abcdefghijklmnoprstuvw"

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Agreement:
    """How far copies lie from their originals: cosines of really encoded ones, and of those made."""

    encoded: tuple[float, float, float]
    made: tuple[float, float, float]


def make_corpus(source: Path, target: Path, passages: int, encoder: Encoder) -> Agreement | None:
    """Make a corpus of about so many passages; none is made where it is there.

    Args:
        source: The real corpus, embedded.
        target: The new one.
        passages: How many.
        encoder: Of the model that the real one is embedded by.
    """
    if target.exists():
        return None
    with sqlite3.connect(source) as real:
        held = real.execute("SELECT count(*) FROM passages").fetchone()[0]
    part = target.with_suffix(".part")
    for old in part.parent.glob(f"{part.name}*"):
        old.unlink() if old.is_file() else shutil.rmtree(old)
    CorpusStore(part).close()
    copier = _Copier(source, part, encoder)
    try:
        copier.copy(min(passages, held), 0)
        for number in range(1, 1 + max(0, passages - 1) // held):
            copier.copy(min(held, passages - number * held), number)
            print(f"  {target.name}: {min(passages, (number + 1) * held):,} passages", flush=True)
        copier.finish()
    finally:
        copier.close()
    part.rename(target)
    return copier.agreement


class _Copier:
    def __init__(self, source: Path, target: Path, encoder: Encoder) -> None:
        self._source = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
        self._source.row_factory = sqlite3.Row
        self._target = sqlite3.connect(target)
        self._target.execute("PRAGMA synchronous=OFF")
        self._encoder = encoder
        self._exchange = _Exchange(row[0] for row in self._source.execute("SELECT text FROM passages"))
        held = self._source.execute(
            "SELECT text_hash, vector FROM vectors WHERE model = ? ORDER BY id", [encoder.model_id]
        )
        pairs = held.fetchall()
        self._vectors = np.frombuffer(b"".join(row[1] for row in pairs), dtype="<f4").reshape(len(pairs), -1)
        self._places = {row[0]: place for place, row in enumerate(pairs)}
        self._random = np.random.default_rng(7)
        self._steps, self._reach = np.zeros((0, 0), dtype=np.float32), np.ones(1, dtype=np.float32)
        self.agreement: Agreement | None = None
        self._versions = self._passages = 0

    def copy(self, limit: int, number: int) -> None:
        words = self._exchange.of_copy(number)
        if number == 1:
            self._place_copies(words)
        done = 0
        for version in self._source.execute("SELECT * FROM versions ORDER BY id"):
            if done >= limit:
                break
            done += self._copy_version(version, words, number)
        self._target.commit()

    def finish(self) -> None:
        self._target.execute("INSERT INTO passage_words(rowid, text) SELECT id, text FROM passages")
        self._target.execute("INSERT INTO passage_words(passage_words) VALUES ('optimize')")
        count = self._target.execute("SELECT count(*) FROM vectors").fetchone()[0]
        for name, content in (
            ("content", f"{self._passages:016x}"),
            ("vectors", count),
            ("changes", 1),
            ("identity", "scale"),
        ):
            self._target.execute("INSERT OR REPLACE INTO corpus_meta VALUES (?, ?)", [name, str(content)])
        self._target.commit()

    def close(self) -> None:
        self._source.close()
        self._target.close()

    def _copy_version(self, version: sqlite3.Row, words: _Words, number: int) -> int:
        values = dict(version)
        self._versions += 1
        values["id"] = self._versions
        document = self._source.execute("SELECT * FROM documents WHERE id = ?", [values["document_id"]]).fetchone()
        if number:
            values["document_id"] = f"{values['document_id']}-{number}"
            values["url"] = f"{values['url']}#{number}"
            values["text"], values["title"] = words.change(values["text"]), words.change(values["title"])
            for name in ("first_published", "updated", "first_day", "last_day"):
                values[name] = _moved(values[name], number)
        key = {"id": values["document_id"], "external_key": f"{document['external_key']}#{number}"}
        self._insert("documents", [dict(document) | key], verb="INSERT OR IGNORE")
        self._insert("versions", [values])
        passages = [
            dict(row) for row in self._source.execute("SELECT * FROM passages WHERE version_id = ?", [version["id"]])
        ]
        vectors = []
        for row in passages:
            self._passages += 1
            place = self._places.get(row["text_hash"])
            row |= {"id": self._passages, "version_id": values["id"]}
            if number:
                row["text"] = values["text"][row["start"] : row["end"]]
                row["text_hash"] = blake2b(row["text"].encode(), digest_size=16).digest()
            if place is not None:
                vectors.append((row["text_hash"], place))
        self._insert("passages", passages)
        self._insert_vectors(vectors, is_copy=number > 0)
        return len(passages)

    def _insert(self, table: str, rows: Sequence[dict[str, Any]], verb: str = "INSERT") -> None:
        """Insert rows; what a newer program added to its tables and the source has not is left to its default."""
        if rows:
            names = ", ".join(f'"{name}"' for name in rows[0])
            marks = ", ".join("?" for _ in rows[0])
            self._target.executemany(
                f"{verb} INTO {table} ({names}) VALUES ({marks})",
                [tuple(row.values()) for row in rows],
            )

    def _insert_vectors(self, wanted: Sequence[tuple[bytes, int]], *, is_copy: bool) -> None:
        if wanted:
            made = self._vectors[[place for _, place in wanted]]
            if is_copy:
                made = self._moved_vectors(made)
            self._target.executemany(
                "INSERT OR IGNORE INTO vectors (model, text_hash, vector) VALUES (?, ?, ?)",
                [(self._encoder.model_id, text, row.tobytes()) for (text, _), row in zip(wanted, made, strict=True)],
            )

    def _moved_vectors(self, vectors: Vectors) -> Vectors:
        """Move vectors each by a real difference, as far as copies really lie from their originals."""
        steps = self._steps[self._random.integers(0, len(self._steps), len(vectors))]
        steps = to_unit_length(steps - (steps * vectors).sum(axis=1, keepdims=True) * vectors)
        cosines = self._reach[self._random.integers(0, len(self._reach), len(vectors))][:, None]
        return np.ascontiguousarray(cosines * vectors + np.sqrt(1 - cosines**2) * steps, dtype="<f4")

    def _place_copies(self, words: _Words) -> None:
        rows = self._source.execute(
            "SELECT text, text_hash FROM passages WHERE length(text) > 20 ORDER BY id"
        ).fetchall()
        some = [row for row in rows[:: max(1, len(rows) // SAMPLED)] if row["text_hash"] in self._places]
        encoded = self._encoder.encode([words.change(row["text"]) for row in some])
        originals = self._vectors[[self._places[row["text_hash"]] for row in some]]
        self._steps = encoded - originals
        self._reach = np.clip((encoded * originals).sum(axis=1), 0, 0.9999).astype(np.float32)
        made = self._moved_vectors(originals)
        self.agreement = Agreement(_quartiles(self._reach), _quartiles((made * originals).sum(axis=1)))


class _Exchange:
    """Which words may stand for which: by length and by how many passages hold them."""

    def __init__(self, texts: Iterator[str]) -> None:
        held: Counter[str] = Counter()
        for text in texts:
            held.update(set(_TOKEN.findall(text)))
        self._rank = {word: rank for rank, (word, _) in enumerate(held.most_common())}
        self._held = held
        self._classes: dict[tuple[int, bool, int], list[str]] = defaultdict(list)
        for word, count in held.items():
            self._classes[len(word), word[0].isupper(), count.bit_length()].append(word)

    def of_copy(self, number: int) -> _Words:
        return _Words(self, number)

    def other(self, word: str, chance: random.Random, number: int) -> str:
        count, rank = self._held.get(word, 0), self._rank.get(word, 0)
        if rank < FREQUENT or len(word) < 3:
            return word
        if count <= RARE:
            made = "".join(chance.choice(_LETTERS) for _ in word[2:])
            return word[:2] + made
        if (rank + number) % EXCHANGED:
            return word
        return chance.choice(self._classes[len(word), word[0].isupper(), count.bit_length()])


class _Words:
    """The words and figures of one copy."""

    def __init__(self, exchange: _Exchange, number: int) -> None:
        self._exchange, self._number = exchange, number
        self._known: dict[str, str] = {}

    def change(self, text: str) -> str:
        return _TOKEN.sub(self._other, text)

    def _other(self, found: re.Match[str]) -> str:
        token = found[0]
        if token not in self._known:
            chance = random.Random(f"{self._number} {token}")
            self._known[token] = self._figure(token, chance) if token[0].isdigit() else self._word(token, chance)
        return self._known[token]

    def _word(self, token: str, chance: random.Random) -> str:
        return self._exchange.other(token, chance, self._number)

    def _figure(self, token: str, chance: random.Random) -> str:
        if len(token) == 4 and token[:2] in {"19", "20"}:
            return str(int(token) + self._number)
        low = 10 ** (len(token) - 1)
        return str(chance.randrange(low, 10 * low)) if len(token) < 18 else token


def _moved(moment: str | None, years: int) -> str | None:
    if not moment:
        return None
    year = int(moment[:4]) + years
    return f"{year}{moment[4:]}".replace("-02-29", "-02-28")


def _quartiles(cosines: Vectors) -> tuple[float, float, float]:
    low, middle, high = np.percentile(cosines, [25, 50, 75])
    return float(low), float(middle), float(high)
