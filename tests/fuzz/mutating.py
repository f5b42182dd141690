"""Changes to an input, by chance that is told its seed: for the bounded run, and where Atheris is not installed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

LONGEST = 6_000  # bytes: what breaks a rule is short, and long inputs cost the time of many


def mutate(raw: bytes, seeds: Sequence[bytes], words: Sequence[str], chance: Random) -> bytes:
    """Return an input with one to five changes: words of the format put in, parts cut, doubled, moved and replaced."""
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 5)):
        start = chance.randint(0, len(changed))
        end = min(len(changed), start + chance.choice((1, 2, 8, 40, 300)))
        match chance.randrange(8):
            case 0 | 1 | 2:
                changed[start:start] = chance.choice(words).encode("utf-8", "surrogatepass")
            case 3:
                del changed[start:end]
            case 4:
                changed[end:end] = changed[start:end] * chance.choice((1, 1, 3, 60))
            case 5:
                other = chance.choice(seeds)
                place = chance.randint(0, len(other))
                changed[start:end] = other[place : place + chance.choice((4, 30, 200))]
            case 6:
                changed[start:end] = chance.choice(words).encode("utf-8", "surrogatepass")
            case _:
                changed[start : start + 1] = bytes([chance.randrange(256)])
    return bytes(changed[:LONGEST])
