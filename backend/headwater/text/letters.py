"""Which runs of letters a text holds, found once: what a reader needs to see that it has nothing to read there.

Most passages hold no figure, no day, no cue: a set asked for the words that can begin one says so at once.
"""

from __future__ import annotations

import re
from functools import lru_cache

REMEMBERED = 4_096  # texts, of about 3 kB each: the readers of one text ask one after the other
_RUN = re.compile(r"[a-z]++")


@lru_cache(maxsize=REMEMBERED)
def letter_runs(text: str) -> frozenset[str]:
    """Return the runs of Latin letters of a text, without case: more may be held than words that stand there.

    Args:
        text: Any text.

    >>> sorted(letter_runs("Two-thirds of the UK’s ports"))
    ['of', 'ports', 's', 'the', 'thirds', 'two', 'uk']
    """
    folded = text.lower() if text.isascii() else text.casefold().replace("ı", "i")  # as regular expressions see case
    return frozenset(_RUN.findall(folded))
