"""Words as the word index knows them: split and stemmed by the index's own tokenizer, so that both always agree."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import Any

from headwater.corpus.engine import load_driver
from headwater.corpus.tables import TOKENIZER

KNOWN_WORDS = 200_000  # stems kept in memory: a large newspaper's vocabulary, about 30 MB at most


class Stemmer:
    """Stems words through a word index of its own, in memory, that holds only the words in question."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[str, ...]] = {}
        self._connection: Any = load_driver().connect(":memory:", check_same_thread=False)
        self._connection.isolation_level = None
        self._connection.execute(f"CREATE VIRTUAL TABLE words USING fts5(word, tokenize='{TOKENIZER}')")
        self._connection.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(words, 'instance')")

    def stems(self, words: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the stems of each word, in order; a hyphenated word has several, a punctuation mark none.

        Args:
            words: Words or short phrases, as written.
        """
        wanted = list(dict.fromkeys(words))
        with self._lock:
            if len(self._known) > KNOWN_WORDS:
                self._known.clear()
            new = [word for word in wanted if word not in self._known]
            if new:
                self._learn(new)
            return {word: self._known[word] for word in wanted}

    def words_of(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the stems of whole texts, each in the order of its words; nothing is remembered of them.

        Args:
            texts: As written.
        """
        with self._lock:
            found = self._read(texts)
        return [[term for _, term in sorted(found.get(row, ()))] for row in range(len(texts))]

    def _learn(self, words: list[str]) -> None:
        found = self._read(words)
        for row, word in enumerate(words):
            self._known[word] = tuple(term for _, term in sorted(found.get(row, ())))

    def _read(self, texts: Sequence[str]) -> dict[int, list[tuple[int, str]]]:
        run = self._connection.execute
        run("BEGIN")
        self._connection.executemany(
            "INSERT INTO words(rowid, word) VALUES (?, ?)", [(row, _storable(text)) for row, text in enumerate(texts)]
        )
        found: dict[int, list[tuple[int, str]]] = {}
        for term, row, offset in run("SELECT term, doc, offset FROM stems").fetchall():
            found.setdefault(row, []).append((offset, term))
        run("ROLLBACK")
        return found


def quote_term(term: str) -> str:
    """Return a term as a string of FTS5's query language: nothing in it can be read as an operator."""
    return '"' + _storable(term).replace('"', '""') + '"'


def _storable(word: str) -> str:
    """Drop what SQLite cannot take in a bound string: lone surrogates, and the NUL that ends a query early."""
    return word.replace("\0", " ").encode("utf-8", "ignore").decode("utf-8")
