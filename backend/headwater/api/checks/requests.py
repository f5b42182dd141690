"""The forms in which a check is asked: JSON with texts or files, or a form with files."""

from __future__ import annotations

import binascii
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import PureWindowsPath
from typing import Any

from pydantic import Field, ValidationError

from headwater.api.checks.asked import AskedCheck, GivenText
from headwater.api.checks.multipart import Part, parse_multipart
from headwater.api.schemas import AS_OF, MAX_PASSAGES, Day, HouseStyle, Request, ShortText, Text
from headwater.comparison.house_style import parse_house_style
from headwater.domain.errors import InvalidInputError
from headwater.report.receipt import parse_receipt
from headwater.settings import Settings
from headwater.sources.intake.limits import IntakeLimits
from headwater.sources.intake.taking import take_in

JSON_TYPE, FORM_TYPE = "application/json", "multipart/form-data"
TRUE_WORDS = {"1", "true", "yes", "on"}
MAX_NAME_CHARACTERS = 200  # of a file, shown in messages


class TextOrFile(Request):
    """A text, or a file of any kind that is read: plain text, Markdown, a web page, .docx or PDF."""

    text: Text | None = Field(None, description="The text itself.")
    content_base64: str | None = Field(None, description="A file, in base64; its kind is told by its bytes.")
    name: ShortText = Field("", description="Of the file, for messages.")
    title: ShortText = Field("", description="Headline; unless given, as the file states it.")
    publisher: ShortText = Field("", description="Who published it; of a release, who says what nobody else says.")
    published: Day = Field(None, description="Its day; unless given, as a web page or Markdown states it.")


class CheckRequest(Request):
    """A check to be made as a job."""

    article: TextOrFile
    source: TextOrFile | None = Field(None, description="The official text; without it the corpus is asked.")
    house_style: HouseStyle = None
    as_of: Day = Field(None, description=AS_OF)
    limit: int | None = Field(None, ge=1, le=MAX_PASSAGES, description="Passages shown per claim.")
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
        request = _request_of_form(parse_multipart(content_type, body))
    else:
        request = CheckRequest.model_validate_json(body)
    limits = IntakeLimits(file_bytes=settings.max_file_bytes, characters=settings.max_text_characters)
    source = request.source
    asked = AskedCheck(
        _given(request.article, limits, "article"),
        _given(source, limits, "source") if source is not None and _is_given(source) else None,
        settings.house_style if request.house_style is None else request.house_style,
        request.as_of,
        request.limit,
    )
    return (_as_before(asked, request) if request.receipt is not None else asked), request.save


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
    return replace(
        asked, article=article, house_style=style, as_of=as_of, limit=asked.limit or options["limit"], receipt=receipt
    )


def _is_given(given: TextOrFile) -> bool:
    return given.text is not None or given.content_base64 is not None


def _given(given: TextOrFile, limits: IntakeLimits, what: str) -> GivenText:
    if (given.text is None) == (given.content_base64 is None):
        raise InvalidInputError(f"the {what} must be given either as text or as content_base64")
    if given.text is not None:
        return GivenText(given.text, given.name, "text", given.title, given.publisher, given.published)
    try:
        raw = b64decode(given.content_base64 or "", validate=True)
    except (binascii.Error, ValueError):
        raise InvalidInputError(f"the file of the {what} is no base64") from None
    return _taken(raw, given, limits)


def _taken(raw: bytes, given: TextOrFile, limits: IntakeLimits) -> GivenText:
    taken = take_in(raw, _base_name(given.name), limits)
    return GivenText(
        taken.text,
        taken.name,
        taken.kind.value,
        given.title or taken.title,
        given.publisher or taken.publisher,
        given.published or taken.published,
        taken.notices,
    )


def _base_name(name: str) -> str:
    """Return a file's name without its folders, as one short line."""
    base = " ".join(PureWindowsPath(name).name.split())
    return "".join(character for character in base if character.isprintable())[:MAX_NAME_CHARACTERS]


def _request_of_form(parts: Mapping[str, Part]) -> CheckRequest:
    unknown = parts.keys() - set(FORM_FIELDS)
    if unknown:
        raise InvalidInputError(f"the form has a field that is not known; known are {', '.join(FORM_FIELDS)}")
    plain = {name: part.content.decode("utf-8", "replace").strip() for name, part in parts.items()}
    fields: dict[str, Any] = {
        "article": _text_or_file(parts, plain, "article"),
        "source": _text_or_file(parts, plain, "source") if _has_words(parts.get("source")) else None,
        "as_of": plain.get("as_of") or None,
        "limit": int(plain["limit"]) if plain.get("limit", "").isdecimal() else None,
        "save": plain.get("save", "").lower() in TRUE_WORDS,
    }
    if plain.get("house_style"):
        fields["house_style"] = [name.strip() for name in plain["house_style"].split(",") if name.strip()]
    try:
        return CheckRequest.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise InvalidInputError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None


FORM_FIELDS = (
    "article", "source", "published", "title", "source_published", "source_title", "source_publisher", "as_of",
    "limit", "house_style", "save",
)  # fmt: skip


def _has_words(part: Part | None) -> bool:
    return part is not None and bool(part.content.strip())


def _text_or_file(parts: Mapping[str, Part], plain: Mapping[str, str], what: str) -> dict[str, Any]:
    prefix = "" if what == "article" else "source_"
    known: dict[str, Any] = {name: plain.get(f"{prefix}{name}", "") for name in ("title", "publisher")}
    known["published"] = plain.get(f"{prefix}published") or None
    part = parts.get(what)
    if part is None:
        raise InvalidInputError(f"the form has no field {what!r}")
    if part.file_name is None:
        return {**known, "text": part.content.decode("utf-8", "replace")}
    return {**known, "content_base64": b64encode(part.content).decode(), "name": part.file_name[-MAX_NAME_CHARACTERS:]}
