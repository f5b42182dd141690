"""`headwater check`: articles against the corpus, or against official texts."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from headwater.cli import options
from headwater.cli.exits import EXIT_DISCREPANCIES, EXIT_FAULT, EXIT_INTERRUPTED, EXIT_USAGE
from headwater.cli.official import FindOfficial, Official, list_files
from headwater.cli.output import finish_with
from headwater.cli.reading import STANDARD_INPUT, limits_of, read_text
from headwater.domain.context import context_of
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
    str | None,
    typer.Option(
        metavar="SOURCE",
        help="The official text: a file or -; its address, https://... of an official host; or a folder with one of"
        " each article's name. The corpus is not asked.",
    ),
]
Document = Annotated[
    str | None,
    typer.Option(metavar="ID", help="The official text is this document of the corpus: its identifier or address."),
]
DocumentVersion = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Of that document; unless given, the latest, or of --as-of.")
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
    typer.Option(
        "--receipt",
        "--from-receipt",
        metavar="FILE",
        help="A former report in JSON: check as then, and say what came out otherwise.",
    ),
]


def check_article(  # noqa: PLR0913 - the options of a command are its parameters
    article: Article,
    *,
    against: Against = None,
    document: Document = None,
    document_version: DocumentVersion = None,
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
    official = Official(against, document, document_version, as_of.date() if as_of else None)
    _require_sense(article, official, is_corpus=corpus, has_report=report is not None)
    settings = load_settings(database=database, model=model, house_style=house_style)
    filters, context = options.filters_of(as_of), options.context_of(published)
    if receipt is not None:
        _check_again(receipt, article, official, settings=settings)
    if report is not None:
        find = official.open(settings) if official.is_named else None
        _check_batch(
            (article, report), find, fail_on, lambda: _open(settings, official, context, filters=filters, limit=limit)
        )
    text = read_text(article, limits_of(settings))

    from headwater.wiring import open_comparer, open_corpus, open_parts  # noqa: PLC0415

    if official.is_named:
        source = official.open(settings)(article.name)
        made = open_comparer(settings).compare(text.text, source.text, context, source_context=context_of(source))
        made = replace(made, notices=(*source.notices, *made.notices))
    else:
        made = open_parts(settings, open_corpus(settings)).checker.check(
            text.text, context, filters=filters, limit=limit
        )
    made = replace(made, repairs=text.repairs + made.repairs, notices=text.notices + made.notices)
    finish_with(made, as_json=as_json)


def _require_sense(article: Path, official: Official, *, is_corpus: bool, has_report: bool) -> None:
    if str(article) == str(STANDARD_INPUT) == official.against:
        raise InvalidInputError("only one of the two texts can come from the pipe")
    if is_corpus and official.is_named:
        raise InvalidInputError("--corpus asks the whole corpus: leave out --against and --document")
    if official.against is not None and official.document is not None:
        raise InvalidInputError("--against and --document exclude each other")
    if official.version is not None and official.document is None:
        raise InvalidInputError("--document-version needs --document")
    if article.is_dir() and not has_report:
        raise InvalidInputError("a folder of articles needs --report DIR, where their reports go")
    if has_report and str(STANDARD_INPUT) in {str(article), official.against}:
        raise InvalidInputError("--report needs files: a pipe has no name")


def _check_batch(
    places: tuple[Path, Path], find: FindOfficial | None, fail_on: str | None, open_work: Callable[[], BatchWork]
) -> None:
    from headwater.cli.batch import run_batch  # noqa: PLC0415
    from headwater.cli.batch_table import ShownBatch  # noqa: PLC0415

    article, out = places
    articles = list_files(article)
    rows: list[dict[str, Any]] = []
    is_stopped = False
    run = run_batch(articles, find, out, open_work)
    with ShownBatch(len(articles)) as shown:
        try:
            rows += (shown.tell(row) for row in run)
        except KeyboardInterrupt:
            is_stopped = True
            run.close()  # the summary is written now
    shown.print_table(rows, sys.stdout)
    if is_stopped:
        typer.echo(f"stopped: {len(rows)} of {len(articles)} are done and kept; run it again to go on", err=True)
        raise typer.Exit(EXIT_INTERRUPTED)
    raise typer.Exit(_exit_of(rows, fail_on))


def _exit_of(rows: list[dict[str, Any]], fail_on: str | None) -> int:
    if any(row["state"] == "failed" for row in rows):
        return EXIT_FAULT
    if any(row["state"] == "unreadable" for row in rows):
        return EXIT_USAGE
    if fail_on is None:
        return EXIT_DISCREPANCIES if any(row["shifted"] or row["contradicted"] for row in rows) else 0
    severe = {"high"} if fail_on == "high" else {"high", "medium"}
    return EXIT_DISCREPANCIES if any(row["worst"] in severe for row in rows) else 0


def _check_again(path: Path, article: Path, official: Official, *, settings: Settings) -> None:
    """Check as a receipt says, and print what came out otherwise; leaves with 1 where something did."""
    from headwater.comparison.house_style import parse_house_style  # noqa: PLC0415
    from headwater.corpus.filters import PassageFilters  # noqa: PLC0415
    from headwater.domain.context import CheckContext  # noqa: PLC0415
    from headwater.report.receipt import parse_receipt  # noqa: PLC0415
    from headwater.report.text import visible  # noqa: PLC0415

    former = parse_receipt(path.read_bytes())
    asked = former["options"]
    official = official if official.is_named else _official_of(former)
    if (former["source_sha256"] is None) == official.is_named:
        raise InvalidInputError("the former check asked the corpus: leave out --against and --document")
    context = CheckContext(
        published=date.fromisoformat(asked["published"]) if asked["published"] else None,
        house_style=parse_house_style(asked["house_style"]),
    )
    filters = PassageFilters(as_of=date.fromisoformat(asked["as_of"])) if asked["as_of"] else None
    work = _open(settings, official, context, filters=filters, limit=asked["limit"])
    text = read_text(article, work.limits)
    source = official.open(settings)(article.name) if official.is_named else None
    changes = work.report_on(text, source, former)["changes"]
    for line in changes or ("the same answer",):
        typer.echo(visible(line))
    raise typer.Exit(EXIT_DISCREPANCIES if changes else 0)


def _official_of(receipt: dict[str, Any]) -> Official:
    """Return how the official text of a former check is found again."""
    from headwater.report.receipt import source_names  # noqa: PLC0415

    names = source_names(receipt)
    if names is None:
        return Official()
    if names["document"]:
        return Official(document=names["document"], version=names["version"])
    return Official(against=names["url"])


def _open(
    settings: Settings,
    official: Official,
    context: CheckContext,
    *,
    filters: PassageFilters | None,
    limit: int | None,
) -> BatchWork:
    from headwater import RULE_VERSION  # noqa: PLC0415
    from headwater.cli.batch import BatchWork  # noqa: PLC0415
    from headwater.corpus.naming import holds_version  # noqa: PLC0415
    from headwater.wiring import open_comparer, open_corpus, open_parts  # noqa: PLC0415

    if context.house_style is None:  # what is in effect goes into the receipt
        context = replace(context, house_style=settings.house_style)
    if official.is_named:
        checker, is_stored = open_comparer(settings), None
        versions = {"rules": RULE_VERSION, "model": checker.model_id, "corpus": ""}
    else:
        parts = open_parts(settings, open_corpus(settings))
        checker, is_stored = parts.checker, partial(holds_version, parts.store)
        versions = {"rules": RULE_VERSION, "model": parts.encoder.model_id, "corpus": parts.store.revision()}
    return BatchWork(checker, versions, limits_of(settings), context, filters, limit, is_stored)
