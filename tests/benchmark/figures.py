"""Measure the figure reader: sentences a second, start-up, memory: `python tests/benchmark/figures.py [CORPUS]`."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

from readings import load_texts, split_sentences

from headwater.extraction.quantities import extract_quantities

_ROOM = "from headwater.extraction.quantities import extract_quantities"
_START = f"""
import resource, time
bare = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.process_time()
{_ROOM}
extract_quantities("It cost £5m, or US$6 million, in 3 weeks; about 40 per cent of 200 people agreed.")
print(time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, bare)
"""
_ROUNDS = 3  # the fastest of them counts: other work on the machine only slows
_SENTENCES = 20_000


def start_up() -> tuple[float, float, float]:
    """Return processor seconds to import the room and read a sentence with money, and peak memory with and without."""
    best = (9e9, 0.0, 0.0)
    for _ in range(_ROUNDS):
        done = subprocess.run([sys.executable, "-c", _START], capture_output=True, text=True, check=True)
        seconds, peak, bare = (float(part) for part in done.stdout.split())
        best = min(best, (seconds, peak / 1024, bare / 1024))
    return best


def speed(sentences: list[str]) -> float:
    """Return sentences read a second, each as a text of its own, on one core.

    Args:
        sentences: What to read.
    """
    fastest = 9e9
    for _ in range(_ROUNDS):
        began = time.process_time()
        for sentence in sentences:
            extract_quantities(sentence)
        fastest = min(fastest, time.process_time() - began)
    return len(sentences) / fastest


def growth(piece: str) -> float:
    """Return how many times longer eight megabytes of a piece take than one: 8 where the work is linear.

    Args:
        piece: What is repeated.
    """

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        extract_quantities(text)
        return time.process_time() - began

    return seconds(1_600_000) / seconds(200_000)


def main() -> None:
    """Print the figures."""
    seconds, peak, bare = start_up()
    sys.stdout.write(f"start: {seconds:.3f} s of processor time, {peak:.1f} MiB at most ({bare:.1f} MiB before)\n")
    texts = load_texts(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    sentences = [sentence for text in texts for sentence in split_sentences(text)][:_SENTENCES]
    with_digit = [sentence for sentence in sentences if any(letter.isdigit() for letter in sentence)]
    sys.stdout.write(f"speed: {speed(sentences):,.0f} sentences a second ({len(sentences):,} sentences)\n")
    sys.stdout.write(f"speed with a digit: {speed(with_digit):,.0f} sentences a second ({len(with_digit):,})\n")
    for piece in (
        "1",
        "1,",
        "1 ",
        "1,234,",
        "million ",
        "a half of a ",
        "£",
        "one hundred and ",
        "1 people including ",
    ):
        sys.stdout.write(f"growth of {piece!r}: {growth(piece):.1f} (linear: 8)\n")
    sys.stdout.write(f"peak of this run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB\n")


if __name__ == "__main__":
    main()
