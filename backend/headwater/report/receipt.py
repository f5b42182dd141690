"""A receipt: what a check was made from and what it came to, so that it can be made again and be held against it.

It holds digests and no text. The answer is kept claim by claim as a digest of what was decided, without similarities,
whose last places differ between machines.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import zip_longest
from typing import Any, Protocol

from headwater import __version__
from headwater.domain.context import CheckContext
from headwater.domain.errors import InvalidInputError

Json = dict[str, Any]
FORM = 1  # of receipts; a later form has another number
DIGEST_CHARACTERS = 16  # of a claim's answer: 64 bits tell any two answers of a text apart
NAMED = {
    "headwater": "the program",
    "rules": "the rules of judgement",
    "model": "the embedding model",
    "corpus": "the corpus",
    "article_sha256": "the article",
    "source_sha256": "the official text given",
    "options": "the options of the check",
}
IsStored = Callable[[str, int], bool]
NO_CORPUS = ""  # a comparison of two given texts


class UnreadableReceiptError(InvalidInputError):
    """A file is no receipt, or one of another form."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check was made from.

    Args:
        text: The article.
        source: The official text given, or None where the corpus was asked.
        context: What was known of the article; its house style is the one in effect.
        as_of: The day whose versions answered, as ISO 8601, or "".
        limit: Passages shown per claim, or None for the policy's.
        extra: Further options by name, as JSON values.
    """

    text: str
    source: str | None = None
    context: CheckContext = field(default_factory=CheckContext)
    as_of: str = ""
    limit: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


class OfficialText(Protocol):
    """What a receipt says of an official text that was given."""

    @property
    def title(self) -> str:
        """Headline, or ""."""

    @property
    def publisher(self) -> str:
        """Who published it, or ""."""

    @property
    def published(self) -> date | None:
        """Its day."""

    @property
    def url(self) -> str:
        """Its address, or ""."""

    @property
    def document(self) -> str:
        """Its identifier in the corpus, or ""."""

    @property
    def version(self) -> int | None:
        """Number of its version there."""


def source_options(source: OfficialText | None) -> Json:
    """Return what a receipt's options say of the official text, so that it can be found again; nothing without one.

    Args:
        source: As it was given, fetched or found in the corpus.
    """
    if source is None:
        return {}
    return {
        "source_title": source.title,
        "source_publisher": source.publisher,
        "source_published": source.published.isoformat() if source.published else "",
        "source_url": source.url,
        "source_document": source.document,
        "source_version": source.version,
    }


def source_names(receipt: Json) -> Json | None:
    """Return how the official text of a check can be found again, or None where its check asked the corpus.

    Args:
        receipt: As `parse_receipt` returns it.

    Returns:
        `url` and `document`, one of them "", `version`, `title`, `publisher` and `published`, a day or None.

    Raises:
        InvalidInputError: If the check was given a text that no name finds again.
    """
    if receipt["source_sha256"] is None:
        return None
    options = receipt["options"]
    said: Json = {name: str(options.get(f"source_{name}") or "") for name in ("url", "document", "title", "publisher")}
    if not said["url"] and not said["document"]:
        raise InvalidInputError("the former check was given its official text: give the same one again")
    version, published = options.get("source_version"), options.get("source_published")
    try:
        said["published"] = date.fromisoformat(published) if published else None
    except (TypeError, ValueError):
        raise UnreadableReceiptError("the receipt is damaged: a day in its options cannot be read") from None
    return said | {"version": version if isinstance(version, int) else None}


def make_receipt(
    checked: Checked, report: Json, *, made: datetime | None = None, decisions: Sequence[Json] = ()
) -> Json:
    """Return the receipt of a check.

    Args:
        checked: What it was made from.
        report: What it came to, as `assemble` returns it.
        made: When; now unless given.
        decisions: What readers decided on its findings: `claim`, `finding`, `decision`, `reason`, `who`, `at`.
    """
    versions = report["versions"]
    return {
        "form": FORM,
        "made": (made or datetime.now(UTC)).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "headwater": __version__,
        "rules": versions["rules"],
        "model": versions["model"],
        "corpus": versions["corpus"],
        "article_sha256": digest_text(checked.text),
        "source_sha256": None if checked.source is None else digest_text(checked.source),
        "options": _options(checked),
        "documents": _documents(report),
        "claims": [[claim["id"], claim["verdict"], digest_claim(claim)] for claim in report["claims"]],
        "omissions": _digest([[one["text"], one["span"]] for one in report["omissions"]]),
        "decisions": [dict(one) for one in decisions],
    }


def parse_receipt(raw: str | bytes) -> Json:
    """Return the receipt in a file: a receipt by itself, or a report that has one in it.

    Args:
        raw: The file, JSON.

    Raises:
        UnreadableReceiptError: If there is none in it, or one of another form.
    """
    try:
        read = json.loads(raw)
    except (ValueError, RecursionError):
        raise UnreadableReceiptError("the receipt is no JSON: give receipt.json, or the JSON report") from None
    receipt = read.get("receipt", read) if isinstance(read, dict) else None
    if not isinstance(receipt, dict) or not {"form", "claims", *NAMED} <= receipt.keys():
        raise UnreadableReceiptError("there is no receipt in that file: give the JSON report of a check")
    if receipt["form"] != FORM:
        raise UnreadableReceiptError(
            f"the receipt is of form {str(receipt['form'])[:9]}; this program reads form {FORM}"
        )
    claims = receipt["claims"]
    if not isinstance(claims, list) or not all(isinstance(one, list) and len(one) == 3 for one in claims):
        raise UnreadableReceiptError("the receipt is damaged: its list of claims cannot be read")
    if not isinstance(receipt["options"], dict) or not isinstance(receipt.get("documents", []), list):
        raise UnreadableReceiptError("the receipt is damaged: its options cannot be read")
    return receipt


def compare_receipts(before: Json, now: Json, is_stored: IsStored | None = None) -> tuple[str, ...]:
    """Say what changed from one check to the next; nothing where both came to the same.

    What went into the check is named first, then what it came to. Where the answer is the same, a change of what went
    in is no difference that anybody has to look at, and only those of the texts themselves are named.

    Args:
        before: The receipt of the former check.
        now: That of this one.
        is_stored: Says whether the corpus still holds a document's version; None where nobody knows.
    """
    changed = [
        f"{words} changed{_from_to(name, before, now)}" for name, words in NAMED.items() if before[name] != now[name]
    ]
    answers = [*_answers(before["claims"], now["claims"])]
    if before.get("omissions") != now.get("omissions"):
        answers.append("what the text leaves out is no longer the same")
    documents = _changed_documents(before.get("documents", []), now["documents"], is_stored)
    if answers:
        return (*changed, *documents, *answers)
    return tuple(line for line in changed if line.startswith(("the article", "the official")))


def digest_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_claim(claim: Json) -> str:
    """Return a digest of what was decided for a claim.

    Args:
        claim: As `report_to_json` has it.
    """
    findings = [
        [one["rule"], one["kind"], one["effect"], one["severity"], one["claimed"], one["official"], one["edit"]]
        for one in claim["findings"]
    ]
    evidence = [[one["document"]["sha256"], one["span"]] for one in claim["evidence"]]
    return _digest([claim["text"], claim["span"], claim["verdict"], claim["missing"], findings, evidence])


def _options(checked: Checked) -> Json:
    context = checked.context
    return {
        "published": context.published.isoformat() if context.published else None,
        "house_style": sorted(context.house_style or ()),
        "as_of": checked.as_of or None,
        "limit": checked.limit,
        **{name: value for name, value in sorted(checked.extra.items()) if value},
    }


def _documents(report: Json) -> list[Json]:
    """Return the official documents that the answer rests on, each version once, in order of appearance."""
    found: dict[tuple[str, int, str], Json] = {}
    for claim in report["claims"]:
        for one in claim["evidence"]:
            document = one["document"]
            key = (document["id"], document["version"], document["sha256"])
            named = ("id", "version", "sha256", "url", "publisher", "title")
            found.setdefault(key, {name: document[name] for name in named})
    return list(found.values())


def _changed_documents(before: Sequence[Json], now: Sequence[Json], is_stored: IsStored | None) -> list[str]:
    held = {(one["id"], one["version"]): one["sha256"] for one in before}
    lines = []
    for one in now:
        known = held.pop((one["id"], one["version"]), None)
        if known != one["sha256"]:
            word = "answers now" if known is None else "has other words now"
            lines.append(f"“{one['title'] or one['url'] or one['id']}”, version {one['version']}, {word}")
    for identifier, version in held:
        is_gone = is_stored is not None and not is_stored(identifier, version)
        what = "is no longer in the corpus" if is_gone else "no longer answers"
        lines.append(f"document {identifier}, version {version}, {what}")
    return lines


def _answers(before: Sequence[Sequence[str]], now: Sequence[Sequence[str]]) -> list[str]:
    lines = []
    for old, new in zip_longest(before, now):
        if old is None or new is None:
            one = old or new
            lines.append(f"claim {one[0]}: {'no longer there' if new is None else 'not there before'}")
        elif old[1] != new[1]:
            lines.append(f"claim {new[0]}: {old[1]} before, {new[1]} now")
        elif list(old) != list(new):
            lines.append(f"claim {new[0]}: {new[1]} as before, with other findings or passages")
    return lines


def _from_to(name: str, before: Json, now: Json) -> str:
    shown = name in {"headwater", "rules", "model", "corpus"}
    return f": {before[name] or 'none'} before, {now[name] or 'none'} now" if shown else ""


def _digest(value: Any) -> str:
    encoded = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(encoded.encode()).hexdigest()[:DIGEST_CHARACTERS]
