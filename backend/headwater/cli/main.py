"""`headwater`: the entry point, and what each failure becomes on a command line.

Exit codes: 0 no discrepancy, 1 discrepancies, 2 usage, 3 corpus or model not ready, 70 a fault of the program,
130 interrupted. Messages go to stderr; results alone go to stdout.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from headwater import __version__
from headwater.cli import (
    backup,
    check,
    demo,
    doctor,
    embed,
    ingest,
    keys,
    match,
    mcp,
    migrate,
    models,
    reindex,
    serve,
    show,
    sources,
)
from headwater.cli.exits import EXIT_FAULT, EXIT_NOT_READY, EXIT_USAGE
from headwater.domain.errors import HeadwaterError, NotReadyError
from headwater.settings import setting_name

DEBUG_HINT = "HEADWATER_LOG_LEVEL=debug shows the way there"

app = typer.Typer(
    name="headwater",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks print local variables, and those hold texts
    context_settings={"help_option_names": ["-h", "--help"]},
)


def show_version(asked: bool) -> None:
    """Print the version and leave, if asked to."""
    if asked:
        typer.echo(f"headwater {__version__}")
        raise typer.Exit


@app.callback()
def headwater(
    version: Annotated[  # its callback does the work
        bool, typer.Option("--version", help="Print the version and leave.", callback=show_version, is_eager=True)
    ] = False,
) -> None:
    """Trace news text to the official words it came from, and name every difference that matters.

    Settings are read from HEADWATER_... variables; options go first.

    Exit codes: 0 no discrepancy, 1 discrepancies, 2 wrong use, 3 the corpus or the model is not ready.
    """


app.command("ingest")(ingest.ingest_documents)
app.command("embed")(embed.embed_corpus)
app.command("reindex")(reindex.reindex_corpus)
app.add_typer(models.app, name="models")
app.add_typer(migrate.app, name="migrate")
app.add_typer(keys.app, name="keys")
app.add_typer(sources.app, name="sources")
app.command("check")(check.check_article)
app.command("match")(match.match_sentence)
app.command("show")(show.show_document)
app.command("mcp")(mcp.serve_assistants)
app.command("serve")(serve.serve)
app.command("backup")(backup.back_up_corpus)
app.command("restore")(backup.restore_corpus)
app.command("verify")(backup.verify_corpus)
app.command("doctor")(doctor.examine)
app.command("demo")(demo.demo)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code.

    Args:
        arguments: As typed, without the program's name; those of the process unless given.

    Raises:
        SystemExit: Always; holds the exit code.
    """
    try:
        app(args=arguments, prog_name="headwater")
    except Exception as error:
        raise SystemExit(report_failure(error)) from None


def report_failure(error: Exception) -> int:
    """Print one line about an error and return the exit code for it."""
    from headwater.report.text import visible  # noqa: PLC0415 - rich is slow to load, and most runs need no message

    message, code = _describe(error)
    typer.echo(f"headwater: {visible(message)}", err=True)
    if code == EXIT_FAULT and os.environ.get(setting_name("log_level"), "").lower() == "debug":
        traceback.print_exception(error)  # to whoever asked for it, at their own terminal
    return code


def _describe(error: Exception) -> tuple[str, int]:
    from headwater_embeddings.errors import EmbeddingsError  # noqa: PLC0415 - loads numpy

    if isinstance(error, NotReadyError | EmbeddingsError):
        return str(error), EXIT_NOT_READY
    if isinstance(error, HeadwaterError):
        return str(error), EXIT_USAGE
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or type(error).__name__}", EXIT_USAGE
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"a fault of the program: {type(error).__name__} at {place}; {DEBUG_HINT}", EXIT_FAULT


if __name__ == "__main__":
    main(sys.argv[1:])
