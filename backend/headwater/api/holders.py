"""The name of a process that is at work, by which its successor on the same machine knows that it is gone.

A process of another machine, or of another container, is gone when it has given no sign for a while. Of one that ran
here the system itself knows, so that a service that is started again goes on at once.
"""

from __future__ import annotations

import os
import secrets
from hashlib import sha256
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")
NAMESPACE = Path("/proc/self/ns/pid")
START_FIELD = 19  # of /proc/PID/stat after the name: when the process began, in ticks since the machine did


def make_holder() -> str:
    """Return a name that no other process has: where it runs, which process it is, and chance."""
    chance = secrets.token_hex(8)
    place, begun = _place(), _begun(os.getpid())
    return f"{place}:{os.getpid()}:{begun}:{chance}" if place and begun else chance


def is_gone(holder: str) -> bool:
    """Say whether a process is known to have ended; of one that ran elsewhere this is never known.

    Args:
        holder: As `make_holder` named it.
    """
    place, _, rest = holder.partition(":")
    number, _, begun = rest.partition(":")
    begun = begun.partition(":")[0]
    if not begun or place != _place() or not number.isdecimal():
        return False
    return _begun(int(number)) != begun


def _place() -> str:
    """Return what tells this machine since its start, and this container on it, from all others; "" if not known."""
    try:
        return sha256(f"{BOOT.read_text().strip()} {NAMESPACE.readlink()}".encode()).hexdigest()[:16]
    except OSError:
        return ""


def _begun(process: int) -> str:
    """Return when a process of this machine began, or "" where there is none of that number."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in {"Z", "X"} else fields[START_FIELD]  # one that has ended and was not yet waited for
