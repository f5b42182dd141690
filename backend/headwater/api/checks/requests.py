"""The forms in which a check is asked: JSON with texts or files, or a form with files."""

from __future__ import annotations

import binascii
import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import PureWindowsPath
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationError

from headwater.api.checks.asked import AskedCheck, GivenText, NamedSource
from headwater.api.checks.multipart import Part, parse_multipart
from headwater.api.checks.official import given_of
from headwater.api.schemas import AS_OF, Day, HouseStyle, Request, ShortText, Shown, Text, whole
from headwater.comparison.house_style import parse_house_style
from headwater.domain.errors import InvalidInputError
from headwater.report.receipt import parse_receipt, source_names
from headwater.settings import Settings
from headwater.sources.intake.limits import IntakeLimits
from headwater.sources.intake.taking import take_in

JSON_TYPE, FORM_TYPE = "application/json", "multipart/form-data"
TRUE_WORDS = {"1", "true", "yes", "on"}
VersionNumber = Annotated[int, Field(ge=1, le=1_000_000), BeforeValidator(whole)]
MAX_DIGITS = 9  # of a number in a form: longer ones are no places in a list, and Python refuses to read the longest
MAX_NAME_CHARACTERS = 200  # of a file, shown in messages


class TextOrFile(Request):
    """A text, or a file of any kind that is read: plain text, Markdown, a web page, .docx or PDF."""

    text: Text | None = Field(None, description="The text itself.")
    content_base64: str | None = Field(None, description="A file, in base64; its kind is told by its bytes.")
    name: ShortText = Field("", description="Of the file, for messages.")
    title: ShortText = Field("", description="Headline; unless given, as the file states it.")
    publisher: ShortText = Field("", description="Who published it; of a release, who says what nobody else says.")
    published: Day = Field(None, description="Its day; unless given, as a web page or Markdown states it.")
    _raw: bytes | None = PrivateAttr(None)  # the file of a form, as it came


class OfficialSource(TextOrFile):
    """An official text: sent along as a text or a file, fetched from its address, or a document of the corpus."""

    url: ShortText = Field(
        "",
        description="Its address. Without a text or a file it is fetched from there, if its host is on the list of"
        " official hosts, and read from its publisher's own interface where there is one.",
    )
    document: ShortText = Field("", description="Identifier or address of a document of the corpus.")
    version: VersionNumber | None = Field(
        None, description="Of that document; unless given, the latest, or that of `as_of`."
    )


class CheckRequest(Request):
    """A check to be made as a job."""

    article: TextOrFile
    source: OfficialSource | None = Field(None, description="The official text; without it the corpus is asked.")
    house_style: HouseStyle = None
    as_of: Day = Field(None, description=AS_OF)
    limit: Shown | None = Field(None, description="Passages shown per claim.")
    save: bool = Field(False, description="Keep it, with its texts, until it is deleted or expires.")
    receipt: dict[str, Any] | None = Field(
        None, description="Of a former check: its options apply where none are given, and the answer says what changed."
    )


def parse_check(content_type: str, body: bytes, settings: Settings) -> tuple[AskedCheck, bool]:
    """Return what is asked, and whether it is to be kept.

    Args:
        content_type: Of the body.
        body: JSON or a form.
        settings: Limits, and the operator's house style.

    Raises:
        InvalidInputError: If the body or a file in it cannot be read.
        ValidationError: If JSON does not fit the schema.
    """
    if content_type.partition(";")[0].strip().lower() == FORM_TYPE:
        return parse_fields(parse_multipart(content_type, body), settings)
    return _asked(CheckRequest.model_validate_json(body), settings)


def parse_fields(parts: Mapping[str, Part], settings: Settings) -> tuple[AskedCheck, bool]:
    """Return what the fields of a form ask, and whether it is to be kept.

    Args:
        parts: By name; `FORM_FIELDS` are known.
        settings: Limits, and the operator's house style.

    Raises:
        InvalidInputError: If a field is unknown, or a file in it cannot be read.
    """
    return _asked(_request_of_form(parts), settings)


def _asked(request: CheckRequest, settings: Settings) -> tuple[AskedCheck, bool]:
    limits = limits_of(settings)
    source = request.source if request.source is not None and _is_said(request.source) else None
    asked = AskedCheck(
        _given(request.article, limits, "article"),
        _given(source, limits, "source") if source is not None and _is_given(source) else None,
        settings.house_style if request.house_style is None else request.house_style,
        request.as_of,
        request.limit,
        named=_named(source) if source is not None and not _is_given(source) else None,
    )
    return (_as_before(asked, request) if request.receipt is not None else asked), request.save


def limits_of(settings: Settings) -> IntakeLimits:
    """Return how large a file and its text may be by the settings."""
    return IntakeLimits(file_bytes=settings.max_file_bytes, characters=settings.max_text_characters)


def _as_before(asked: AskedCheck, request: CheckRequest) -> AskedCheck:
    """Return what is asked with the options of a former check where none are given."""
    receipt = parse_receipt(json.dumps(request.receipt))
    options = receipt["options"]
    style = asked.house_style if request.house_style is not None else parse_house_style(options["house_style"])
    article = asked.article
    if article.published is None and options["published"]:
        article = replace(article, published=date.fromisoformat(options["published"]))
    if not article.title:
        article = replace(article, title=options.get("title", ""))
    as_of = asked.as_of or (date.fromisoformat(options["as_of"]) if options["as_of"] else None)
    named = asked.named
    if asked.source is None and named is None:
        named = named_in(receipt)
    return replace(
        asked,
        article=article,
        house_style=style,
        as_of=as_of,
        limit=asked.limit or options["limit"],
        receipt=receipt,
        named=named,
    )


def named_in(receipt: Mapping[str, Any]) -> NamedSource | None:
    """Return the official text that a receipt names, or None where its check asked the corpus.

    Args:
        receipt: As `parse_receipt` returns it.

    Raises:
        InvalidInputError: If its check was given a text that no name finds again.
    """
    names = source_names(dict(receipt))
    return None if names is None else NamedSource(**names)


def _is_given(given: TextOrFile) -> bool:
    return given.text is not None or given.content_base64 is not None


def _is_said(source: OfficialSource) -> bool:
    return _is_given(source) or bool(source.url.strip()) or bool(source.document.strip())


def _named(source: OfficialSource) -> NamedSource:
    return NamedSource(
        source.url.strip(), source.document.strip(), source.version, source.title, source.publisher, source.published
    )


def _given(given: TextOrFile, limits: IntakeLimits, what: str) -> GivenText:
    if (given.text is None) == (given.content_base64 is None):
        raise InvalidInputError(f"the {what} must be given either as text or as content_base64")
    url = given.url.strip() if isinstance(given, OfficialSource) else ""
    if given.text is not None:
        return GivenText(given.text, given.name, "text", given.title, given.publisher, given.published, url=url)
    try:
        raw = b64decode(given.content_base64 or "", validate=True) if given._raw is None else given._raw
    except (binascii.Error, ValueError):
        raise InvalidInputError(f"the file of the {what} is no base64") from None
    taken = take_in(raw, base_name(given.name), limits)
    return given_of(taken, NamedSource(url, "", None, given.title, given.publisher, given.published))


def base_name(name: str) -> str:
    """Return a file's name without its folders, as one short line.

    Args:
        name: As the sender gives it.
    """
    base = " ".join(PureWindowsPath(name).name.split())
    return "".join(character for character in base if character.isprintable())[:MAX_NAME_CHARACTERS]


def _request_of_form(parts: Mapping[str, Part]) -> CheckRequest:
    unknown = parts.keys() - set(FORM_FIELDS)
    if unknown:
        raise InvalidInputError(f"the form has a field that is not known; known are {', '.join(FORM_FIELDS)}")
    plain = {name: part.content.decode("utf-8", "replace").strip() for name, part in parts.items()}
    fields: dict[str, Any] = {
        "article": _text_or_file(parts, plain, "article"),
        "source": _source_of_form(parts, plain),
        "as_of": plain.get("as_of") or None,
        "limit": _number(plain.get("limit", "")),
        "save": plain.get("save", "").lower() in TRUE_WORDS,
    }
    if plain.get("receipt"):
        fields["receipt"] = parse_receipt(plain["receipt"])
    if plain.get("house_style"):
        fields["house_style"] = [name.strip() for name in plain["house_style"].split(",") if name.strip()]
    try:
        request = CheckRequest.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise InvalidInputError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    for what, given in (("article", request.article), ("source", request.source)):
        if given is not None and given.content_base64 is not None:
            given._raw = parts[what].content
    return request


FORM_FIELDS = (
    "article", "source", "published", "title", "source_published", "source_title", "source_publisher", "source_url",
    "source_document", "source_version", "as_of", "limit", "house_style", "save",
    "receipt",
)  # fmt: skip


def _number(written: str) -> int | None:
    return int(written) if written.isdecimal() and len(written) <= MAX_DIGITS else None


def _has_words(part: Part | None) -> bool:
    return part is not None and bool(part.content.strip())


def _source_of_form(parts: Mapping[str, Part], plain: Mapping[str, str]) -> dict[str, Any] | None:
    names = {name: plain.get(f"source_{name}", "") for name in ("url", "document")}
    if _has_words(parts.get("source")):
        return _text_or_file(parts, plain, "source") | {"url": names["url"]}
    if not any(names.values()):
        return None
    version = plain.get("source_version", "")
    return _known(plain, "source_") | names | {"version": _number(version)}


def _known(plain: Mapping[str, str], prefix: str) -> dict[str, Any]:
    known: dict[str, Any] = {name: plain.get(f"{prefix}{name}", "") for name in ("title", "publisher")}
    return known | {"published": plain.get(f"{prefix}published") or None}


def _text_or_file(parts: Mapping[str, Part], plain: Mapping[str, str], what: str) -> dict[str, Any]:
    known = _known(plain, "" if what == "article" else "source_")
    part = parts.get(what)
    if part is None:
        raise InvalidInputError(f"the form has no field {what!r}")
    if part.file_name is None:
        return {**known, "text": part.content.decode("utf-8", "replace")}
    return {**known, "content_base64": "", "name": part.file_name[-MAX_NAME_CHARACTERS:]}
