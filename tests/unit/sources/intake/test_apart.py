"""The process that reads a PDF is bounded: what takes more memory or time ends it, and not the service."""

import signal
import subprocess
import sys

import pytest

from file_factories import make_pdf
from headwater.sources.intake import apart
from headwater.sources.intake.apart import read_pdf_apart
from headwater.sources.intake.errors import FileTooLargeError

WORDS = "The harbour will cost 57 million pounds."
NEEDED = 1_000_000_000  # bytes of addresses: more than the library and the interpreter take


def bounded(memory_bytes: int, seconds: int, then: str) -> subprocess.CompletedProcess[str]:
    """Run something within the bounds that the reading process sets itself."""
    script = (
        f"from headwater.sources.intake.pdf_process import bound_process as b\nb({memory_bytes}, {seconds})\n{then}"
    )
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", ":".join(filter(None, sys.path)))


def test_memory_beyond_the_bound_is_not_given() -> None:
    assert bounded(NEEDED, 30, "print(len(bytes(10_000_000)))").stdout.strip() == "10000000"
    assert "MemoryError" in bounded(NEEDED, 30, "bytes(2_000_000_000)").stderr


def test_time_beyond_the_bound_ends_the_process() -> None:
    assert bounded(NEEDED, 1, "while True: pass").returncode in {-signal.SIGXCPU, -signal.SIGKILL}


def test_a_file_is_read_within_the_bounds_and_not_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = make_pdf(*[WORDS] * 5_000)  # takes tens of megabytes to read
    assert WORDS in read_pdf_apart(raw).text
    monkeypatch.setattr(apart, "MEMORY_BYTES", 1_000_000)  # less than the process holds when it sets the bound
    with pytest.raises(FileTooLargeError, match="more memory or time than a document does"):
        read_pdf_apart(raw, "release.pdf")
