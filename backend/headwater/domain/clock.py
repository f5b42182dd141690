"""Milliseconds by stage of a check."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class StageClock:
    """Adds up how long each stage took; a stage may be entered again and again."""

    elapsed: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done inside to a stage."""
        start = time.perf_counter()
        yield
        self.elapsed[name] = self.elapsed.get(name, 0.0) + (time.perf_counter() - start) * 1000
