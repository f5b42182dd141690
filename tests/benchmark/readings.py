"""Read the texts of a corpus for benchmarks: JSONL records with a `text`, packed with xz or not."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path

_CORPUS = Path(__file__).parents[2] / "fixtures" / "corpus"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"‘])")


def load_texts(folder: Path | None = None) -> list[str]:
    """Return the English texts of a folder, in the order of its files.

    Args:
        folder: Searched with its subfolders; the corpus of the fixtures by default.
    """
    return [text for path in sorted((folder or _CORPUS).rglob("*.jsonl*")) for text in _texts(path)]


def _texts(path: Path) -> Iterator[str]:
    packed = path.read_bytes()
    content = lzma.decompress(packed) if path.suffix == ".xz" else packed
    for line in content.decode("utf-8").splitlines():
        record = json.loads(line)
        if str(record.get("language", "en")).startswith("en") and record.get("text"):
            yield record["text"]


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, roughly: for counting, not for judging.

    Args:
        text: Paragraphs parted by newlines.
    """
    return [part for line in text.splitlines() if line.strip() for part in _SENTENCE_END.split(line)]
