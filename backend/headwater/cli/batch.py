"""Many articles in one run: each with its report in a folder, what was finished kept, what cannot be read named."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headwater.domain.context import context_of
from headwater.domain.errors import HeadwaterError

if TYPE_CHECKING:
    from headwater.checking import FactChecker
    from headwater.cli.official import FindOfficial
    from headwater.corpus.filters import PassageFilters
    from headwater.domain.context import CheckContext
    from headwater.report.receipt import Checked, IsStored
    from headwater.sources.intake.limits import IntakeLimits
    from headwater.sources.intake.taking import TakenText

Json = dict[str, Any]
COLUMNS = ("article", "state", "claims", "supported", "shifted", "contradicted", "not_in_source", "worst", "problem")
LEFT = "not checked"  # the run was stopped before
SAME = ("headwater", "rules", "model", "corpus", "article_sha256", "source_sha256", "options")  # then it need not run


@dataclass(frozen=True, slots=True)
class BatchWork:
    """What all checks of a run have in common.

    Args:
        checker: Makes the reports.
        versions: Of model and corpus in use, to know finished work by.
        limits: How large a file may be.
        context: What is known of each article; a day that an article states itself goes first where none is given.
        filters: Which documents may answer.
        limit: Passages shown per claim.
        is_stored: Says whether the corpus still holds a document's version.
    """

    checker: FactChecker
    versions: Json
    limits: IntakeLimits
    context: CheckContext
    filters: PassageFilters | None = None
    limit: int | None = None
    is_stored: IsStored | None = None

    def checked(self, article: TakenText, source: TakenText | None) -> Checked:
        """Return what a check is made from, for its receipt."""
        from headwater.report.receipt import Checked, source_options  # noqa: PLC0415

        published = self.context.published or article.published
        context = replace(self.context, title=article.title, published=published)
        day = self.filters.as_of.isoformat() if self.filters and self.filters.as_of else ""
        extra = source_options(source) | {"title": article.title}
        return Checked(article.text, source.text if source else None, context, day, self.limit, extra)

    def report_on(self, article: TakenText, source: TakenText | None, former: Json | None = None) -> Json:
        """Check an article and return the report with its receipt.

        Args:
            article: As it was taken in.
            source: The official text, or None where the corpus is asked.
            former: Receipt of a former check, that this one is held against.

        Raises:
            HeadwaterError: If it cannot be checked.
        """
        from headwater.report.assembled import whole_to_json  # noqa: PLC0415
        from headwater.report.receipt import compare_receipts, make_receipt  # noqa: PLC0415
        from headwater.report.rows import RowReader  # noqa: PLC0415

        checked = self.checked(article, source)
        if source is None:
            made = self.checker.check(article.text, checked.context, filters=self.filters, limit=self.limit)
        else:
            made = self.checker.compare(article.text, source.text, checked.context, source_context=context_of(source))
        report = whole_to_json(replace(made, repairs=article.repairs + made.repairs), RowReader())
        report |= {"article": _about(article), "source": _about(source) if source else None, "decisions": []}
        receipt = make_receipt(checked, report)
        changes = None if former is None else list(compare_receipts(former, receipt, self.is_stored))
        return {**report, "receipt": receipt, "changes": changes}


def run_batch(
    articles: Sequence[tuple[str, Path]],
    find_official: FindOfficial | None,
    out: Path,
    open_work: Callable[[], BatchWork],
) -> Generator[Json, None, None]:
    """Check articles one by one, and yield a row of the summary for each as soon as its report is written.

    However the run ends, the summary is written: articles that it did not come to stand in it as such.

    Args:
        articles: With their names.
        find_official: Gives the official text of an article by its name, or None for the corpus.
        out: Where reports go; made if need be.
        open_work: Opens the checker.

    Yields:
        Json: A row of the summary.
    """
    out.mkdir(parents=True, exist_ok=True)
    work = open_work()
    rows: list[Json] = []
    try:
        for name, path in articles:
            rows.append(_row_of(name, path, find_official, out=out, work=work))
            yield rows[-1]
    finally:
        left = (_empty_row(name) | {"state": LEFT} for name, _ in articles[len(rows) :])
        _write(out / "summary.csv", _summary([*rows, *left]))


def _empty_row(name: str) -> Json:
    return dict.fromkeys(COLUMNS, "") | {"article": name}


def _row_of(name: str, path: Path, find_official: FindOfficial | None, *, out: Path, work: BatchWork) -> Json:
    from headwater.cli.reading import read_text  # noqa: PLC0415

    row = _empty_row(name)
    try:
        article = read_text(path, work.limits)
        source = find_official(name) if find_official else None
        kept = _find_finished(out / f"{name}.json", work, (article, source))
        report = kept or work.report_on(article, source)
        if kept is None:
            write_report(report, out, name)
    except (HeadwaterError, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return row | {"state": "unreadable", "problem": reason}
    except Exception as error:  # a fault of the program with one article is no reason to leave the others
        return row | {"state": "failed", "problem": f"{name}: a fault of the program: {type(error).__name__}"}
    return row | {"state": "kept" if kept else "checked"} | _numbers(report)


def write_report(report: Json, out: Path, name: str) -> None:
    """Write a report in all its forms; JSON comes last, and says that the others are whole.

    Args:
        report: With its receipt.
        out: The folder.
        name: Of the article.
    """
    from headwater.report.forms import FORMS  # noqa: PLC0415

    for form in ("html", "markdown", "csv", "json"):
        _write(out / f"{name}.{FORMS[form].suffix}", FORMS[form].render(report))


def _find_finished(path: Path, work: BatchWork, texts: tuple[TakenText, TakenText | None]) -> Json | None:
    """Return the report of a former run where it was made from the same, else None."""
    from headwater.report.receipt import make_receipt  # noqa: PLC0415

    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        receipt = report["receipt"]
        versions = work.versions | ({} if texts[1] is None else {"corpus": ""})
        wanted = make_receipt(work.checked(*texts), {"versions": versions, "claims": [], "omissions": []})
        return report if all(receipt[key] == wanted[key] for key in SAME) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _numbers(report: Json) -> Json:
    from headwater.report.shown import worst  # noqa: PLC0415

    counts = {name: report["summary"][name] for name in ("supported", "shifted", "contradicted", "not_in_source")}
    return {"claims": len(report["claims"]), **counts, "worst": worst(report)}


def _summary(rows: Sequence[Json]) -> str:
    held = StringIO()
    writer = csv.DictWriter(held, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return held.getvalue()


def _cell(value: object) -> object:
    """Return a cell that a spreadsheet takes for no formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@") else value


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    waiting = path.with_name(f".{path.name}.part")
    try:
        with waiting.open("w", encoding="utf-8", errors="replace", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())  # or a power cut could leave an empty file under the right name
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)  # of a run that is stopped just now


def _about(text: TakenText) -> Json:
    return {
        "name": text.name,
        "kind": text.kind.value,
        "title": text.title,
        "publisher": text.publisher,
        "published": text.published.isoformat() if text.published else None,
        "notices": list(text.notices),
        "url": text.url,
        "document": text.document,
        "version": text.version,
        "speaker": text.speaker,
        "licence": text.licence,
        "characters": len(text.text),
    }
