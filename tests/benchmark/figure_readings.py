"""List readings of a corpus for the eye: `python tests/benchmark/figure_readings.py [CORPUS] [--seed N] [--sample N]`.

Prints the most frequent units and counted nouns, then random readings in their context. A reader marks the wrong ones;
the share judged right stands in backend/README.md. Tables (lines with "|" or mostly of numbers) are left out.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

from readings import load_texts

from figure_notation import describe
from headwater.domain.quantities import Dimension, Quantity
from headwater.extraction.quantities import extract_quantities

_MOST = 200
_BEFORE, _AFTER = 70, 60  # characters of context


def is_prose(line: str) -> bool:
    """Say whether a line is a sentence rather than a row of a table.

    Args:
        line: One line.
    """
    letters = sum(character.isalpha() for character in line)
    return "|" not in line and len(line) > 40 and letters > len(line) * 0.6


def read_prose(texts: list[str]) -> list[tuple[str, Quantity]]:
    """Return every reading of the prose lines, with its line.

    Args:
        texts: The corpus.
    """
    lines = (line for text in texts for line in text.splitlines() if is_prose(line))
    return [(line, quantity) for line in lines for quantity in extract_quantities(line)]


def label(quantity: Quantity) -> str:
    """Return the unit, or the head of what is counted.

    Args:
        quantity: A reading.
    """
    if quantity.unit.dimension is Dimension.COUNT:
        return f"count of {quantity.counted_head or '-'}"
    return f"{quantity.unit.dimension.value}: {quantity.unit.code}"


def main() -> None:
    """Print the listing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sample", type=int, default=_MOST)
    options = parser.parse_args()
    readings = read_prose(load_texts(options.corpus))
    sys.stdout.write(f"{len(readings):,} readings\n\n")
    for name, count in Counter(label(quantity) for _, quantity in readings).most_common(_MOST):
        sys.stdout.write(f"{count:7,}  {name}\n")
    sys.stdout.write("\n")
    chosen = random.Random(options.seed).sample(readings, min(options.sample, len(readings)))
    for number, (line, quantity) in enumerate(chosen, 1):
        start, end = quantity.span.start, quantity.span.end
        context = f"{line[max(0, start - _BEFORE) : start]}[[{line[start:end]}]]{line[end : end + _AFTER]}"
        sys.stdout.write(f"{number:4} …{context}…\n       {describe(quantity, line)}\n")


if __name__ == "__main__":
    main()
