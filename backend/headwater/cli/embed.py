"""`headwater embed`: vectors for the passages that have none under the chosen model."""

from __future__ import annotations

import typer

from headwater.cli import options
from headwater.settings import load_settings


def embed_corpus(*, database: options.Database = None, model: options.Model = None) -> None:
    """Give every passage of the corpus its vector under a model.

    An interrupted run goes on where it stopped. Vectors of other models stay.
    """
    settings = load_settings(database=database, model=model)

    from headwater.cli.progress import ShownProgress  # noqa: PLC0415 - rich is slow to load
    from headwater.sources.ingest import embed_passages  # noqa: PLC0415 - loads numpy
    from headwater.wiring import open_corpus, open_encoder  # noqa: PLC0415

    with open_corpus(settings) as store, ShownProgress() as progress:
        encoded = embed_passages(store, open_encoder(settings, store), progress=progress)
    typer.echo(f"passages embedded: {encoded:,}", err=True)
