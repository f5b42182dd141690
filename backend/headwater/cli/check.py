"""`headwater check`: articles against the corpus, or against official texts."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from headwater.cli import options
from headwater.cli.exits import EXIT_DISCREPANCIES, EXIT_USAGE
from headwater.cli.output import finish_with
from headwater.cli.reading import STANDARD_INPUT, limits_of, read_text
from headwater.domain.errors import InvalidInputError
from headwater.settings import Settings, load_settings

if TYPE_CHECKING:
    from headwater.cli.batch import BatchWork
    from headwater.corpus.filters import PassageFilters
    from headwater.domain.context import CheckContext

Article = Annotated[
    Path,
    typer.Argument(
        metavar="ARTICLE", help="The text to check: a text, Markdown, web page, .docx or PDF, a folder of them, or - ."
    ),
]
Against = Annotated[
    Path | None,
    typer.Option(
        metavar="SOURCE",
        help="The official text, a file or -; or a folder with one of each article's name. The corpus is not asked.",
    ),
]
Corpus = Annotated[bool, typer.Option("--corpus", help="Ask the corpus, as without --against.")]
Report = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Write each report there: a page, Markdown, JSON, figures as CSV. What is there already is kept.",
    ),
]
FailOn = Annotated[
    Literal["high", "medium"] | None,
    typer.Option(help="With --report: leave with 1 where a finding is that severe, and only there."),
]
Receipt = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="A former report in JSON: check as then, and say what came out otherwise."),
]


def check_article(  # noqa: PLR0913 - the options of a command are its parameters
    article: Article,
    *,
    against: Against = None,
    corpus: Corpus = False,
    report: Report = None,
    fail_on: FailOn = None,
    receipt: Receipt = None,
    published: options.Published = None,
    as_of: options.AsOf = None,
    limit: options.Limit = None,
    house_style: options.HouseStyle = None,
    as_json: options.AsJson = False,
    database: options.Database = None,
    model: options.Model = None,
) -> None:
    """Check an article, or a folder of them: each claim, its verdict, the official words, and what differs.

    Leaves with 1 where an official source says otherwise or something moved, with 0 where nothing did, and with 2 where
    a file could not be read.
    """
    if article == STANDARD_INPUT == against:
        raise InvalidInputError("only one of the two texts can come from the pipe")
    if corpus and against:
        raise InvalidInputError("--corpus and --against exclude each other")
    if article.is_dir() and report is None:
        raise InvalidInputError("a folder of articles needs --report DIR, where their reports go")
    settings = load_settings(database=database, model=model, house_style=house_style)
    filters, context = options.filters_of(as_of), options.context_of(published)
    if receipt is not None:
        _check_again(receipt, article, against, settings=settings)
    if report is not None:
        places = (article, against, report)
        _check_batch(places, fail_on, lambda: _open(settings, against, context, filters=filters, limit=limit))
    text = read_text(article, limits_of(settings))
    source = read_text(against, limits_of(settings)) if against else None

    from headwater.wiring import open_comparer, open_corpus, open_parts  # noqa: PLC0415

    if source is not None:
        made = open_comparer(settings).compare(text.text, source.text, context)
    else:
        made = open_parts(settings, open_corpus(settings)).checker.check(
            text.text, context, filters=filters, limit=limit
        )
    made = replace(made, repairs=text.repairs + made.repairs, notices=text.notices + made.notices)
    finish_with(made, as_json=as_json)


def _check_batch(
    places: tuple[Path, Path | None, Path], fail_on: str | None, open_work: Callable[[], BatchWork]
) -> None:
    from headwater.cli.batch import list_articles, run_batch  # noqa: PLC0415
    from headwater.cli.batch_table import ShownBatch  # noqa: PLC0415

    article, against, out = places
    if STANDARD_INPUT in {article, against}:
        raise InvalidInputError("--report needs files: a pipe has no name")
    articles = list_articles(article)
    with ShownBatch(len(articles)) as shown:
        rows = [shown.tell(row) for row in run_batch(articles, against, out, open_work)]
    shown.print_table(rows, sys.stdout)
    raise typer.Exit(_exit_of(rows, fail_on))


def _exit_of(rows: list[dict[str, Any]], fail_on: str | None) -> int:
    if any(row["state"] == "unreadable" for row in rows):
        return EXIT_USAGE
    if fail_on is None:
        return EXIT_DISCREPANCIES if any(row["shifted"] or row["contradicted"] for row in rows) else 0
    severe = {"high"} if fail_on == "high" else {"high", "medium"}
    return EXIT_DISCREPANCIES if any(row["worst"] in severe for row in rows) else 0


def _check_again(path: Path, article: Path, against: Path | None, *, settings: Settings) -> None:
    """Check as a receipt says, and print what came out otherwise; leaves with 1 where something did."""
    from headwater.comparison.house_style import parse_house_style  # noqa: PLC0415
    from headwater.corpus.filters import PassageFilters  # noqa: PLC0415
    from headwater.domain.context import CheckContext  # noqa: PLC0415
    from headwater.report.receipt import parse_receipt  # noqa: PLC0415
    from headwater.report.text import visible  # noqa: PLC0415

    former = parse_receipt(path.read_bytes())
    if (former["source_sha256"] is None) != (against is None):
        raise InvalidInputError("give the official text by --against where the receipt has one, and only there")
    asked = former["options"]
    context = CheckContext(
        published=date.fromisoformat(asked["published"]) if asked["published"] else None,
        house_style=parse_house_style(asked["house_style"]),
    )
    filters = PassageFilters(as_of=date.fromisoformat(asked["as_of"])) if asked["as_of"] else None
    work = _open(settings, against, context, filters=filters, limit=asked["limit"])
    text = read_text(article, work.limits)
    source = read_text(against, work.limits) if against else None
    changes = work.report_on(text, source, former)["changes"]
    for line in changes or ("the same answer",):
        typer.echo(visible(line))
    raise typer.Exit(EXIT_DISCREPANCIES if changes else 0)


def _open(
    settings: Settings,
    against: Path | None,
    context: CheckContext,
    *,
    filters: PassageFilters | None,
    limit: int | None,
) -> BatchWork:
    from headwater import RULE_VERSION  # noqa: PLC0415
    from headwater.cli.batch import BatchWork  # noqa: PLC0415
    from headwater.wiring import open_comparer, open_corpus, open_parts  # noqa: PLC0415

    if context.house_style is None:  # what is in effect goes into the receipt
        context = replace(context, house_style=settings.house_style)
    if against is not None:
        checker = open_comparer(settings)
        versions = {"rules": RULE_VERSION, "model": checker.model_id, "corpus": ""}
    else:
        parts = open_parts(settings, open_corpus(settings))
        checker = parts.checker
        versions = {"rules": RULE_VERSION, "model": parts.encoder.model_id, "corpus": parts.store.revision()}
    return BatchWork(checker, versions, limits_of(settings), context, filters, limit)
