"""Disks that run full and disks that cannot be written: real ones where the tests may mount them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

import pytest

try:
    import resource
except ImportError:  # not of this system
    resource = None  # type: ignore[assignment]

ROOM = "24m"
LARGEST_FILE = 64 * 1024  # bytes, of the disk that is full by a limit


class Disk(Protocol):
    """A folder on a disk that can be filled."""

    path: Path

    def fill(self) -> None: ...
    def free(self) -> None: ...


class MountedDisk:
    """A small file system in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fill(self) -> None:
        with suppress(OSError), (self.path / "filling").open("ab", buffering=0) as file:
            while True:
                file.write(bytes(1024))

    def free(self) -> None:
        (self.path / "filling").unlink()

    def set_writable(self, *, writable: bool) -> None:
        subprocess.run(["mount", "-o", f"remount,{'rw' if writable else 'ro'}", str(self.path)], check=True)


class LimitedDisk:
    """A folder like any other; files of this process cannot grow while it is full."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, self.before[1]))

    def free(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self.before)


@contextmanager
def mounted(path: Path) -> Iterator[MountedDisk]:
    path.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(path)]
    if os.name == "nt" or os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield MountedDisk(path)
    finally:
        subprocess.run(["umount", "-l", str(path)], check=True)


@pytest.fixture
def mounted_disk(tmp_path: Path) -> Iterator[MountedDisk]:
    with mounted(tmp_path / "disk") as disk:
        yield disk


@pytest.fixture(params=["mounted", "limited"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    if request.param == "mounted":
        with mounted(tmp_path / "disk") as found:
            yield found
        return
    if resource is None:
        pytest.skip("files have no limits here")
    limited = LimitedDisk(tmp_path)
    yield limited
    limited.free()
