"""Results on stdout, as a report or as JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

from headwater.cli.exits import EXIT_BROKEN_PIPE, exit_code
from headwater.domain.verdicts import CheckReport
from headwater.report.json import report_to_json


def finish_with(report: CheckReport, *, as_json: bool) -> None:
    """Print a report and leave with the exit code that it stands for.

    Args:
        report: The report.
        as_json: Whether to print it as JSON.

    Raises:
        typer.Exit: Always.
    """
    if as_json:
        print_json(report_to_json(report))
    else:
        from headwater.report.text import make_console, print_report  # noqa: PLC0415 - rich is slow to load

        with unbroken_pipe():
            print_report(report, make_console(sys.stdout))
    raise typer.Exit(exit_code(report))


def print_json(values: dict[str, Any]) -> None:
    """Print values as JSON in UTF-8, whatever the terminal's encoding is."""
    with unbroken_pipe():
        sys.stdout.flush()
        sys.stdout.buffer.write(json.dumps(values, ensure_ascii=False, indent=2).encode() + b"\n")
        sys.stdout.buffer.flush()


@contextmanager
def unbroken_pipe() -> Iterator[None]:
    """Leave quietly where the reader of the output (`| head`) has gone.

    Raises:
        typer.Exit: If it has.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes stdout once more when it leaves; there has to be something that takes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(EXIT_BROKEN_PIPE) from None
