"""`headwater check`: an article against the corpus, or against one official text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from headwater.cli import options
from headwater.cli.output import finish_with
from headwater.cli.reading import STANDARD_INPUT, limits_of, read_text
from headwater.domain.errors import InvalidInputError
from headwater.settings import load_settings

Article = Annotated[
    Path, typer.Argument(metavar="ARTICLE", help="The text to check: a file (text or a web page), or - for a pipe.")
]
Against = Annotated[
    Path | None,
    typer.Option(metavar="SOURCE", help="One official text or web page, a file or -; the corpus is not asked."),
]


def check_article(  # noqa: PLR0913 - the options of a command are its parameters
    article: Article,
    *,
    against: Against = None,
    published: options.Published = None,
    as_of: options.AsOf = None,
    limit: options.Limit = None,
    house_style: options.HouseStyle = None,
    as_json: options.AsJson = False,
    database: options.Database = None,
    model: options.Model = None,
) -> None:
    """Check an article: each claim, its verdict, the official words, and what differs.

    Leaves with 1 where an official source says otherwise or something moved, with 0 where nothing did.
    """
    if article == STANDARD_INPUT == against:
        raise InvalidInputError("only one of the two texts can come from the pipe")
    settings = load_settings(database=database, model=model, house_style=house_style)
    text = read_text(article, limits_of(settings))
    source = read_text(against, limits_of(settings)) if against else None

    from headwater.wiring import open_comparer, open_corpus, open_parts  # noqa: PLC0415

    if source is not None:
        report = open_comparer(settings).compare(text.text, source.text, options.context_of(published))
    else:
        checker = open_parts(settings, open_corpus(settings)).checker
        filters = options.filters_of(as_of)
        report = checker.check(text.text, options.context_of(published), filters=filters, limit=limit)
    finish_with(replace(report, repairs=text.repairs + report.repairs), as_json=as_json)
