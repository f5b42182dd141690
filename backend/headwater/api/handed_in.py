"""Official documents that callers hand over: what they send, read into records, and stored one request at a time."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any

from pydantic import Field, PlainValidator, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from headwater.api.checks.multipart import Part, parse_multipart
from headwater.api.checks.official import OfficialTexts
from headwater.api.checks.requests import FORM_TYPE, MAX_NAME_CHARACTERS, base_name
from headwater.api.schemas import Request, ShortText, Text
from headwater.api.workers import Workers
from headwater.corpus.store import CorpusStore
from headwater.corpus.versions import in_utc
from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import EmptyTextError, InvalidInputError
from headwater.sources.embedding import PassageEncoder
from headwater.sources.intake.handed_in import record_of_file, record_of_page, record_of_text
from headwater.sources.intake.limits import IntakeLimits
from headwater.sources.publishers.addresses import host_of, split_address
from headwater.sources.records import RecordFaultError, parse_moment
from headwater.sources.storing import Stored, store_records

WAITING = 8  # documents that may wait while one is stored: each holds its file in memory
LONGEST_MOMENT = 40  # characters: a time with offset and microseconds has 32
PARTICULARS = {  # of a request, and what they are called in a record
    "url": "url",
    "title": "title",
    "publisher": "publisher",
    "document_type": "document_type",
    "language": "language",
    "licence": "licence",
    "description": "description",
    "speaker": "speaker",
    "first_published": "first_published_at",
    "updated": "updated_at",
    "change_note": "change_note",
    "withdrawn": "withdrawn_notice",
}


def _moment(value: object) -> str | None:
    if value is None:
        return None
    try:
        if isinstance(value, str) and len(value) <= LONGEST_MOMENT:
            return in_utc(parse_moment(value)).isoformat()
    except (RecordFaultError, ValueError):
        pass
    raise PydanticCustomError("moment_type", "Input should be a day as YYYY-MM-DD, or a moment in ISO 8601")


Moment = Annotated[
    str | None,
    PlainValidator(_moment),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}, {"type": "null"}]}
    ),
]


class DocumentRequest(Request):
    """An official document: its words as text, markup or file, or its address alone, and what is known of it."""

    text: Text | None = Field(None, description="Its words as they are to be cited, paragraphs parted by blank lines.")
    html: Text | None = Field(None, description="Its web page instead: read without the site around it.")
    content_base64: str | None = Field(
        None,
        description="A file instead, in base64: plain text, Markdown, a web page, .docx or PDF, told by its bytes.",
    )
    name: ShortText = Field("", description="Of the file, for messages.")
    url: ShortText = Field(
        "",
        description="Its public address, http or https, by which it is known: what is sent under it later is a version"
        " of the same document. Without words it is fetched from there, if its host is on the list of official hosts;"
        " then nothing else may be stated, for its publisher says it. A page or Markdown may state it itself.",
    )
    title: ShortText = Field("", description="As published; unless given, as the document shows it.")
    publisher: ShortText = Field("", description="Who publishes it; unless given, as the document states it.")
    document_type: ShortText = Field("", description='The publisher\'s word for it, as "press_release".')
    language: ShortText = Field("", description='BCP 47 tag; "en" unless the document states another.')
    licence: ShortText = Field("", description='Identifier of the licence of its words, as "OGL-UK-3.0".')
    description: ShortText = Field("", description="The publisher's summary.")
    speaker: ShortText = Field("", description='Who speaks in it as "I" and "we", for a speech.')
    first_published: Moment = Field(
        None, description="When it appeared: a day, or a moment in ISO 8601; in UTC unless it says otherwise."
    )
    updated: Moment = Field(None, description="When these words took the place of earlier ones.")
    change_note: ShortText = Field("", description="What the publisher says of that change.")
    withdrawn: ShortText = Field("", description="The publisher's notice of withdrawal: the document stays, under it.")

    @property
    def stated(self) -> dict[str, Any]:
        """What the sender says of the document, in the form of a record."""
        given = {theirs: getattr(self, ours) for ours, theirs in PARTICULARS.items()}
        return {name: value.strip() for name, value in given.items() if value and value.strip()}


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A document as it came, and its file where there is one."""

    request: DocumentRequest
    raw: bytes | None = None

    @property
    def fingerprint(self) -> bytes:
        """Tells two requests apart, whatever their form."""
        stated = self.request.model_dump_json(exclude={"content_base64"})
        return stated.encode() + sha256(self.raw or b"").digest()


def parse_handed_in(content_type: str, body: bytes) -> HandedIn:
    """Return the document of a request.

    Args:
        content_type: Of the body.
        body: JSON, or a form whose fields have the names of those of the JSON, and `file` for a file.

    Raises:
        InvalidInputError: If the form cannot be read, or the file is no base64.
        ValidationError: If JSON does not fit the schema.
    """
    if content_type.partition(";")[0].strip().lower() == FORM_TYPE:
        return _of_form(parse_multipart(content_type, body))
    request = DocumentRequest.model_validate_json(body)
    if request.content_base64 is None:
        return HandedIn(request)
    try:
        return HandedIn(request, b64decode(request.content_base64, validate=True))
    except (binascii.Error, ValueError):
        raise InvalidInputError("content_base64 is no base64") from None


def form_properties() -> dict[str, dict[str, str]]:
    """Return the fields of the form, as the description of the API has them."""
    file = {"type": "string", "format": "binary", "description": "A file instead of text and html."}
    fields = {
        name: {"type": "string", "description": field.description or ""}
        for name, field in DocumentRequest.model_fields.items()
        if name != "content_base64"
    }
    return {"file": file, **fields}


def _of_form(parts: Mapping[str, Part]) -> HandedIn:
    known = list(form_properties())
    if parts.keys() - set(known):
        raise InvalidInputError(f"the form has a field that is not known; known are {', '.join(sorted(known))}")
    file = parts.get("file")
    fields: dict[str, Any] = {
        name: part.content.decode("utf-8", "replace") for name, part in parts.items() if name != "file"
    }
    for moment in ("first_published", "updated"):
        fields[moment] = fields.get(moment) or None
    if file is not None:
        fields.setdefault("name", (file.file_name or "")[-MAX_NAME_CHARACTERS:])
    try:
        return HandedIn(DocumentRequest.model_validate(fields), file.content if file is not None else None)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise InvalidInputError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None


class Ingestion:
    """Takes documents into the corpus as `headwater ingest` does, one after the other. Safe to share between tasks.

    Args:
        store: The corpus.
        official: Fetches what is named by its address alone.
        limits: How large a file and its text may be.
        tell_encoder: Returns what makes vectors now; None where the corpus is searched by words alone.
    """

    def __init__(
        self,
        store: CorpusStore,
        official: OfficialTexts,
        limits: IntakeLimits,
        tell_encoder: Callable[[], PassageEncoder | None],
    ) -> None:
        self._store, self._official, self._limits, self._tell_encoder = store, official, limits, tell_encoder
        self._workers = Workers(1, WAITING)

    async def take(self, given: HandedIn) -> Stored:
        """Store a document with its passages and their vectors.

        Args:
            given: As it came.

        Raises:
            InvalidInputError: If it cannot be read, or lacks what a document needs.
            FetchRefusedError: If its address may not be fetched.
            SourceUnavailableError: If its publisher does not answer.
            OverloadedError: If as many wait as may.
            CorpusUnavailableError: If the corpus cannot be written.
        """
        return await self._workers.run(lambda: self._store_records(given))

    async def remove(self, document_id: str) -> int:
        """Delete a document with all its versions, and return how many there were."""
        return await self._workers.run(lambda: self._store.remove_documents([document_id]))

    def _store_records(self, given: HandedIn) -> Stored:
        records = self._records(given)
        for record in records:
            require_web_address(record.url)
        return store_records(self._store, self._tell_encoder(), records)

    def _records(self, given: HandedIn) -> tuple[DocumentRecord, ...]:
        request, stated = given.request, given.request.stated
        forms = {"text": request.text, "html": request.html, "a file": given.raw}
        sent = [name for name, words in forms.items() if words is not None]
        if len(sent) > 1:
            raise InvalidInputError(f"send one of text, html and a file: {' and '.join(sent)} were sent")
        if given.raw is not None:
            return (record_of_file(given.raw, base_name(request.name), stated, self._limits),)
        if request.html is not None:
            return (record_of_page(request.html, stated, self._limits),)
        if request.text is not None:
            if not any(character.isalnum() for character in request.text):
                raise EmptyTextError
            return (record_of_text(request.text, stated, self._limits),)
        return self._fetched(stated)

    def _fetched(self, stated: Mapping[str, Any]) -> tuple[DocumentRecord, ...]:
        if "url" not in stated:
            raise InvalidInputError("send the words of the document - text, html or a file - or an address to fetch")
        others = [ours for ours, theirs in PARTICULARS.items() if theirs in stated and ours != "url"]
        if others:
            raise InvalidInputError(
                f"an address alone is fetched, and its publisher says the rest: {', '.join(others)} can be stated only"
                " beside text, html or a file"
            )
        return self._official.records_at(str(stated["url"]))


def require_web_address(url: str) -> None:
    """Refuse an address that readers could not follow safely: it becomes a link beside each passage.

    Args:
        url: As sent, or as a page states it.

    Raises:
        InvalidInputError: If it is no address of a web page.
    """
    is_plain = url.isprintable() and " " not in url
    if not (is_plain and split_address(url).scheme in {"http", "https"} and host_of(url)):
        raise InvalidInputError("url must be the public address of the document, and begin with https:// or http://")
