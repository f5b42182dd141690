"""`headwater show`: a document of the corpus, as it is cited."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from headwater.cli import options
from headwater.cli.output import print_json, unbroken_pipe
from headwater.settings import load_settings

DocumentId = Annotated[str, typer.Argument(metavar="DOCUMENT_ID", help="As a report names it.")]
Version = Annotated[int | None, typer.Option(min=1, metavar="N", help="Which version; the latest unless given.")]


def show_document(
    document_id: DocumentId,
    *,
    version: Version = None,
    as_json: options.AsJson = False,
    database: options.Database = None,
) -> None:
    """Print a document of the corpus with its provenance and its text."""
    settings = load_settings(database=database)

    from headwater.report.json import document_to_json  # noqa: PLC0415
    from headwater.report.text import make_console, print_document  # noqa: PLC0415 - rich is slow to load
    from headwater.wiring import open_corpus  # noqa: PLC0415

    with open_corpus(settings) as store:
        document = store.document(document_id, version)
        passages = store.passages_of(document.id, document.version)
        versions = store.versions(document.id)
    if as_json:
        print_json(document_to_json(document, passages, versions))
        return
    with unbroken_pipe():
        print_document(document, make_console(sys.stdout), versions)
