"""`headwater ingest`: official documents into the corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headwater.cli import options
from headwater.cli.exits import EXIT_USAGE
from headwater.settings import load_settings

if TYPE_CHECKING:
    from headwater.corpus.store import CorpusStore
    from headwater.sources.ingest import IngestSummary

Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH...", exists=True, help="Files or folders of official documents: text, Markdown, HTML, JSONL."
    ),
]
NoEmbed = Annotated[
    bool, typer.Option("--no-embed", help="Store only: search is by words until `headwater embed` has run.")
]


def ingest_documents(
    paths: Paths, *, no_embed: NoEmbed = False, database: options.Database = None, model: options.Model = None
) -> None:
    """Take official documents into the corpus.

    It can be interrupted and run again: nothing is stored twice. A record that cannot be read is named, and the rest
    goes in.
    """
    settings = load_settings(database=database, model=model)

    from headwater.cli.progress import ShownProgress  # noqa: PLC0415 - rich is slow to load
    from headwater.sources.ingest import ingest  # noqa: PLC0415 - loads the database
    from headwater.wiring import open_encoder, open_store  # noqa: PLC0415

    with open_store(settings) as store:
        encoder = None if no_embed else open_encoder(settings, store)
        with ShownProgress() as progress:
            summary = ingest(paths, store, encoder, progress=progress)
        for line in _lines(summary, store):
            typer.echo(line, err=True)
    if summary.problems and not summary.outcome.total and not summary.files_unchanged:
        raise typer.Exit(EXIT_USAGE)


def _lines(summary: IngestSummary, store: CorpusStore) -> list[str]:
    outcome, counts = summary.outcome, store.counts()
    lines = [
        f"read {summary.files:,} files, {summary.files_unchanged:,} more had not changed",
        f"documents: {outcome.added:,} new, {outcome.new_versions:,} new versions, {outcome.unchanged:,} known",
        f"passages embedded: {summary.encoded:,}",
        f"the corpus: {counts.documents:,} documents in {counts.versions:,} versions, {counts.passages:,} passages",
    ]
    if summary.problems:
        lines.append(f"skipped, see above: {len(summary.problems):,}")
    return [*lines, *store.warnings]
