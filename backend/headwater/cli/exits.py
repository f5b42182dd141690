"""Exit codes, and the one rule that turns a report into one."""

from __future__ import annotations

from headwater.domain.verdicts import CheckReport
from headwater.report.json import has_discrepancy

EXIT_DISCREPANCIES = 1
EXIT_USAGE = 2
EXIT_NOT_READY = 3
EXIT_FAULT = 70  # EX_SOFTWARE of sysexits.h
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as a shell reports it
EXIT_BROKEN_PIPE = 141  # 128 + SIGPIPE, as a shell reports it: the reader of the output went away


def exit_code(report: CheckReport) -> int:
    """Return 1 where an official source says otherwise or something moved, else 0."""
    return EXIT_DISCREPANCIES if has_discrepancy(report) else 0
