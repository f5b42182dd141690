"""Figures of all processes of a service: each notes its own in a file once a second; whichever is asked adds them up.

What a process had counted when it ended stays in the sums, so that no counter ever falls; its last second may be lost.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from headwater.api.holders import is_gone, make_holder

FOLDER = "_HEADWATER_FIGURES"  # in the environment: set by the process that starts the others, and no setting
EVERY_SECONDS = 1.0

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one process, or all of them, came to.

    Args:
        counted: What only grows, by name and labels.
        standing: What stands now.
        started: When the first of them began, in seconds since 1970.
        processes: How many are alive.
    """

    counted: Counter[Name]
    standing: Counter[Name]
    started: float
    processes: int = 1


class SharedFigures:
    """The files of one service's processes.

    Args:
        folder: Where they lie; None where there is one process.
        own: Tells the figures of this process.
    """

    def __init__(self, folder: Path | None, own: Callable[[], Figures]) -> None:
        self._folder, self._own = folder, own
        self._holder = make_holder()

    def together(self) -> Figures:
        """Return the figures of all processes."""
        own = self._own()
        if self._folder is None:
            return own
        counted, standing, started, alive = own.counted.copy(), own.standing.copy(), own.started, 1
        for path in self._folder.glob("*.json"):
            if path.stem == self._stem:
                continue
            holder, other = _read(path)
            counted.update(other.counted)
            started = min(started, other.started)
            if not is_gone(holder):
                standing.update(other.standing)
                alive += 1
        return Figures(counted, standing, started, alive)

    def note(self) -> None:
        """Write the figures of this process for the others."""
        if self._folder is None:
            return
        own = self._own()
        told = {"holder": self._holder, "started": own.started}
        told |= {"counted": list(own.counted.items()), "standing": list(own.standing.items())}
        new = self._folder / f"{self._stem}.new"
        new.write_text(json.dumps(told), "utf-8")
        new.replace(self._folder / f"{self._stem}.json")  # whole or not at all

    async def keep_noting(self) -> None:
        """Write them once a second; never returns where there are others."""
        while self._folder is not None:
            with suppress(OSError):  # a full disk: the sums are late until there is room
                await asyncio.to_thread(self.note)
            await asyncio.sleep(EVERY_SECONDS)

    @property
    def _stem(self) -> str:
        return self._holder.rpartition(":")[2]  # chance


def find_folder() -> Path | None:
    """Return where the processes of this service note their figures, or None where there is one process."""
    named = os.environ.get(FOLDER, "")
    return Path(named) if named else None


def _read(path: Path) -> tuple[str, Figures]:
    told = json.loads(path.read_text("utf-8"))
    counted, standing = (
        Counter({tuple(name): value for name, value in told[part]}) for part in ("counted", "standing")
    )
    return told["holder"], Figures(counted, standing, told["started"])
