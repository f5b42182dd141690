"""`headwater reindex`: the corpus indexed by another model, the old index answering until the new one is whole."""

from __future__ import annotations

from typing import Annotated

import typer

from headwater.cli import options
from headwater.settings import load_settings

KeepOld = Annotated[
    bool, typer.Option("--keep-old", help="Keep what other models made, so that `models use` can go back at once.")
]


def reindex_corpus(
    *, model: options.Model = None, keep_old: KeepOld = False, database: options.Database = None
) -> None:
    """Index the corpus by the model chosen with `headwater models use`, or by another one.

    The old index answers until the new one is whole; then the switch is made at once, services that are running follow
    it by themselves, and the old index is removed. An interrupted run goes on where it stopped.
    """
    settings = load_settings(database=database, model=model)

    from headwater.cli.progress import ShownProgress  # noqa: PLC0415 - rich is slow to load
    from headwater.sources.reindexing import reindex  # noqa: PLC0415 - loads numpy
    from headwater.wiring import model_name, open_corpus, open_encoder  # noqa: PLC0415

    with open_corpus(settings) as store:
        name = settings.model or store.models.wanted() or model_name(settings, store)
        encoder = open_encoder(settings.model_copy(update={"model": name}))
        with ShownProgress() as progress:
            summary = reindex(store, encoder, name, keep_old=keep_old, progress=progress)
    typer.echo(f"passages embedded: {summary.encoded:,}", err=True)
    typer.echo(f"the corpus answers by {name} ({encoder.model_id})", err=True)
    if summary.removed:
        typer.echo(f"vectors of other models removed: {summary.removed:,}", err=True)
