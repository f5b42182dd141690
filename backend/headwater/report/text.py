"""A check's report for a terminal, and as plain text where the output is a file.

Every verdict is a symbol and a word; colour only repeats them. Text from outside is shown with its control
characters made visible, so that neither an article nor a document can move the reader's cursor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from headwater.domain.documents import Document
from headwater.domain.findings import Effect, Finding
from headwater.domain.repairs import EncodingRepair
from headwater.domain.series import ComputedFigure
from headwater.domain.verdicts import CheckReport, ClaimReport, Omission, ScoredPassage, Verdict
from headwater.report.json import count_verdicts, readable
from headwater.report.scope import find_scope_line
from headwater.report.series import AGREEMENT_WORDS, describe_rows
from headwater.report.wording import (
    REPAIR_WORDS,
    SEVERITY_WORD,
    VERDICT_WORDING,
    cite,
    describe_finding,
    describe_version,
    in_marks,
    is_worth_telling,
    names_missing,
    notes_of,
)

PLAIN_WIDTH = 100  # columns of a report written to a file: fits a mail and a side-by-side diff
SHOWN_CHARACTERS = 600  # of a passage: a reader compares a paragraph, the rest is one link away
VERDICT_STYLE = {
    Verdict.SUPPORTED: "green",
    Verdict.SHIFTED: "yellow",
    Verdict.CONTRADICTED: "bold red",
    Verdict.NOT_IN_SOURCE: "magenta",
    Verdict.NOT_CHECKABLE: "dim",
}
EFFECT_SIGN = {
    Effect.AGREES: "=",
    Effect.SHIFTS: "~",
    Effect.CONTRADICTS: "!",
    Effect.NOT_STATED: "?",
    Effect.UNDECIDED: "?",
}
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # controls, bidi, zero width


class ReportConsole(Console):
    """A console that leaves the program's exit to the program."""

    def on_broken_pipe(self) -> None:
        """Tell the caller that the reader of the output has gone.

        Raises:
            BrokenPipeError: Always.
        """
        raise BrokenPipeError


def make_console(stream: TextIO) -> Console:
    """Return the console a report is printed on: no markup, no emoji, a fixed width where it is no terminal."""
    width = None if stream.isatty() else PLAIN_WIDTH
    return ReportConsole(file=stream, width=width, markup=False, emoji=False, highlight=False)


def print_report(report: CheckReport, console: Console) -> None:
    """Print the summary, then every claim in order, then what was left out and what was mended."""
    if console.is_terminal:
        _print_report(report, console)
        return
    with console.capture() as captured:  # cells are filled up with blanks, which a file does not need
        _print_report(report, console)
    console.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def _print_report(report: CheckReport, console: Console) -> None:
    ascii_only = console.options.ascii_only
    console.print(_summary(report, ascii_only=ascii_only))
    for number, claim in enumerate(report.claims, start=1):
        console.print()
        console.print(_claim(number, claim, ascii_only=ascii_only))
    for section in (_omissions(report.omissions), _repairs(report), _notices(report)):
        if section is not None:
            console.print()
            console.print(section)
    console.print()
    scope = find_scope_line(report)
    if scope is not None:
        console.print(Text(visible(scope), style="dim"))
    console.print(Text(_versions(report), style="dim"))


def print_document(document: Document, console: Console, versions: Sequence[Document] = ()) -> None:
    """Print a stored document: what it is, where it came from, its versions, and its words.

    Args:
        document: With its text.
        console: Where it is printed.
        versions: All that are stored, oldest first.
    """
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim")
    rows.add_column(ratio=1)
    for label, value in _provenance(document):
        if value:
            rows.add_row(label, Text(visible(value), overflow="fold"))
    if len(versions) > 1:
        lines = [Text(visible(describe_version(version))) for version in versions]
        rows.add_row("Versions", Group(*lines))
    console.print(rows)
    for paragraph in document.text.split("\n"):
        console.print(Text(visible(paragraph)))


def visible(text: str) -> str:
    r"""Put text on one line, with every character a terminal would act on written out.

    >>> visible("a\x1b[31m\nred")
    'a\\x1b[31m red'
    """
    return UNSEEN.sub(lambda unseen: ascii(unseen[0])[1:-1], " ".join(readable(text).split()))


def _summary(report: CheckReport, *, ascii_only: bool) -> Table:
    table = Table(title=_count(len(report.claims), "claim"), title_justify="left", show_edge=False, pad_edge=False)
    table.add_column("Verdict")
    table.add_column("Claims", justify="right")
    table.add_column("What it means")
    for verdict, count in count_verdicts(report).items():
        wording = VERDICT_WORDING[verdict]
        table.add_row(_verdict(verdict, ascii_only=ascii_only), str(count), wording.meaning)
    return table


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _verdict(verdict: Verdict, *, ascii_only: bool) -> Text:
    wording = VERDICT_WORDING[verdict]
    return Text(f"{wording.plain if ascii_only else wording.symbol} {wording.word}", style=VERDICT_STYLE[verdict])


def _claim(number: int, report: ClaimReport, *, ascii_only: bool) -> RenderableType:
    head = Text.assemble(
        f"{number}. ", _verdict(report.verdict, ascii_only=ascii_only), "  ", (visible(report.reason), "dim")
    )
    if report.verdict is Verdict.NOT_CHECKABLE:
        return Group(head, Padding(Text(visible(report.claim.text)), (0, 0, 0, 3)))
    rows = Table.grid(padding=(0, 2))
    rows.add_column(width=11)
    rows.add_column(ratio=1)
    rows.add_row("Article", Text(visible(report.claim.text), style="bold"))
    for label, body in _details(report):
        rows.add_row(Text(label, style="dim"), body)
    return Group(head, Padding(rows, (0, 0, 0, 3)))


def _details(report: ClaimReport) -> Iterator[tuple[str, RenderableType]]:
    for finding in filter(is_worth_telling, report.findings):
        yield _lane(finding), _finding(finding)
    if names_missing(report):
        yield "Missing", Text("not stated: " + "; ".join(f"“{visible(part)}”" for part in report.missing))
    for computed in report.computed:
        yield "Series", _computed(computed)
    for passage in report.evidence:
        yield "Official", _quoted(passage)
    if report.evidence:
        return
    if not report.topic_known:
        yield "Nearest", Text("no official source found on this topic")
        return
    for passage in report.nearest[:1]:
        yield "Nearest", Group(Text("shown for reading on; it is no support:", style="dim"), _quoted(passage))


def _provenance(document: Document) -> Iterator[tuple[str, str]]:
    yield "Document", cite(document)
    yield "Identifier", f"{document.id}, version {document.version}"
    yield "Type", document.document_type
    yield "Address", document.url
    yield "Updated", document.updated.isoformat() if document.updated else ""
    yield "Retrieved", document.retrieved.isoformat()
    yield "Change", document.change_note
    yield "Withdrawn", document.withdrawn
    yield "Licence", document.licence
    yield "Show with it", document.attribution


def _lane(finding: Finding) -> str:
    return finding.lane.value.capitalize()


def _finding(finding: Finding) -> Text:
    line = Text(f"{EFFECT_SIGN[finding.effect]} {visible(describe_finding(finding))}")
    if finding.effect is not Effect.AGREES:
        line.append(f" ({SEVERITY_WORD[finding.severity]})", style="dim")
    return line


def _quoted(scored: ScoredPassage) -> RenderableType:
    passage = scored.passage
    source = ", in ".join(filter(None, (visible(passage.speaker), visible(cite(passage.document)))))
    copies = [f"also at {visible(document.url or cite(document))}" for document in scored.also_at]
    lines = filter(None, (source, visible(scored.link or passage.document.url), *copies))
    notes = (visible(note) for note in notes_of(passage.document))
    below = [Text(line, style="dim", overflow="fold") for line in (*lines, *notes)]
    return Group(Text(in_marks(_shown(passage.text))), *below)


def _computed(computed: ComputedFigure) -> RenderableType:
    document = computed.series.document
    below = [f"from rows {describe_rows(computed.figure)}"]
    if computed.before is not None:
        below.append(f"and, a year before, {describe_rows(computed.before)}")
    below += [cite(document), document.url, *notes_of(document)] if document else []
    lines = [Text(visible(line), style="dim", overflow="fold") for line in below if line]
    lead = f"{AGREEMENT_WORDS[computed.agreement].capitalize()}, which is no part of the verdict:"
    return Group(Text(lead, style="dim"), Text(visible(computed.explanation)), *lines)


def _shown(text: str) -> str:
    line = visible(text)
    return line if len(line) <= SHOWN_CHARACTERS else line[:SHOWN_CHARACTERS].rstrip() + " …"


def _omissions(omissions: tuple[Omission, ...]) -> RenderableType | None:
    lines = [Text(f"{in_marks(_shown(item.surface))}: {visible(item.reason)}") for item in omissions]
    return _section("The official source also says, and the text leaves out:", lines)


def _repairs(report: CheckReport) -> RenderableType | None:
    return _section("Mended before reading:", [_repair(repair) for repair in report.repairs])


def _repair(repair: EncodingRepair) -> Text:
    what, where = REPAIR_WORDS[repair.kind], repair.span.start
    return Text(f"{what} at {where}: “{visible(repair.surface)}” read as “{visible(repair.repaired)}”")


def _notices(report: CheckReport) -> RenderableType | None:
    return _section("Remarks:", [Text(visible(notice)) for notice in report.notices])


def _section(title: str, lines: list[Text]) -> RenderableType | None:
    if not lines:
        return None
    rows = Table.grid(padding=(0, 1))
    for line in lines:
        rows.add_row("-", line)
    return Group(Text(title, style="bold"), rows)


def _versions(report: CheckReport) -> str:
    parts = [f"rules {report.rule_version}" if report.rule_version else ""]
    parts.append(f"model {report.model}" if report.model else "")
    parts.append(f"corpus {report.corpus_version}" if report.corpus_version else "")
    total = sum(report.elapsed_ms.values())
    parts.append(f"{total:,.0f} ms" if report.elapsed_ms else "")
    return ", ".join(part for part in parts if part)
