"""`headwater match`: one sentence against the corpus."""

from __future__ import annotations

from typing import Annotated

import typer

from headwater.cli import options
from headwater.cli.output import finish_with
from headwater.settings import load_settings

Sentence = Annotated[str, typer.Argument(metavar="TEXT", help="The words, in quotation marks for the shell.")]


def match_sentence(  # noqa: PLR0913 - the options of a command are its parameters
    text: Sentence,
    *,
    published: options.Published = None,
    as_of: options.AsOf = None,
    limit: options.Limit = None,
    house_style: options.HouseStyle = None,
    as_json: options.AsJson = False,
    database: options.Database = None,
    model: options.Model = None,
) -> None:
    """Find the official words behind a sentence, and name every difference."""
    settings = load_settings(database=database, model=model, house_style=house_style)

    from headwater.wiring import open_corpus, open_parts  # noqa: PLC0415

    checker = open_parts(settings, open_corpus(settings)).checker
    report = checker.check(text, options.context_of(published), filters=options.filters_of(as_of), limit=limit)
    finish_with(report, as_json=as_json)
