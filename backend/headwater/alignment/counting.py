"""Count in how many official paragraphs each stem stands, and print the table that `content.py` reads.

python -m headwater.alignment.counting FILE.jsonl.xz... > backend/headwater/alignment/frequencies.tsv
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from headwater.text.tokens import stems

LEAST_COUNT = 3  # a stem in fewer paragraphs is as rare as one in none, and most are misprints
LEAST_CHARACTERS = 40  # a shorter paragraph is a heading or a salutation


def count_stems(paragraphs: Iterable[str]) -> tuple[int, Counter[str]]:
    """Return the number of paragraphs and, by stem, how many of them hold it."""
    counted: Counter[str] = Counter()
    total = 0
    for paragraph in paragraphs:
        total += 1
        counted.update(set(stems(paragraph)))
    return total, counted


def _paragraphs(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["language"].startswith("en"):
                    parts = record["text"].split("\n")
                    yield from (part for part in parts if len(part) >= LEAST_CHARACTERS)


def main() -> None:
    """Print the table: the number of paragraphs, then stem and count, most frequent first."""
    total, counted = count_stems(_paragraphs(map(Path, sys.argv[1:])))
    sys.stdout.write(f"#paragraphs\t{total}\n")
    for root, count in counted.most_common():
        if count >= LEAST_COUNT and root.isalpha():
            sys.stdout.write(f"{root}\t{count}\n")


if __name__ == "__main__":
    main()
