"""The newsroom desk: its form, a check as far as it is, and what is decided on it. All of it works without a script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Final
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from pydantic import ValidationError
from starlette.responses import HTMLResponse, RedirectResponse

from headwater.api.access import caller_of
from headwater.api.checks.answers import DecisionRequest
from headwater.api.checks.decisions import note_decision
from headwater.api.checks.job import Job
from headwater.api.checks.jobs import Jobs
from headwater.api.checks.multipart import Part, parse_multipart
from headwater.api.checks.requests import FORM_FIELDS, parse_fields
from headwater.api.problems import CrossSiteError, UnsupportedMediaTypeError, detail_of, problem_of
from headwater.api.routes.checks import EVENTS, CurrentJobs, find_job
from headwater.api.service import CurrentService, Service
from headwater.api.streams import LinesResponse
from headwater.comparison.house_style import house_styles
from headwater.corpus.saved_checks import DONE
from headwater.desk.assets import assets, digest, media_type
from headwater.desk.pages import DeskForm, render_check, render_form, render_parts
from headwater.desk.seen import DocumentKey, SeenCheck, cited_documents
from headwater.domain.errors import HeadwaterError, InvalidInputError, NotFoundError
from headwater.settings import Settings
from headwater_embeddings.errors import EmbeddingsError

FORM_TYPE, FIELDS_TYPE = "multipart/form-data", "application/x-www-form-urlencoded"
MOST_FIELDS = 8  # of the small forms; they have four
MOST_DIGITS = 9  # of a step's number
MOST_DOCUMENT_CHARACTERS = 200_000  # of a document shown whole: a long report; of a longer one its cited passages are
MOST_SHOWN_WHOLE = 12  # documents of one check: an article rests on one or two
NO_RELEASE = "there is no release: paste it, give its file or its address, or choose to find it in the corpus"
OWN_SITE = "same-origin"  # as browsers write it in Sec-Fetch-Site
STYLE_PREFIX = "style_"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types headwater"
)
# With "no-referrer" a browser says of a form that it comes from nowhere, and it would be refused as another site's.
HEADERS: Final = {"Content-Security-Policy": POLICY, "Referrer-Policy": "same-origin"}
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Desk:
    """A request for the page of a check, and the parts that it is answered with."""

    check_id: str
    request: Request
    service: Service
    jobs: Jobs

    async def find(self) -> Job:
        """Return the job of the address.

        Raises:
            NotFoundError: If there is none, or it is another caller's.
        """
        return await find_job(self.check_id, self.request, self.jobs)

    async def fields(self) -> dict[str, str]:
        """Return the fields of a small form that came from one of the desk's own pages.

        Raises:
            CrossSiteError: If it did not.
            UnsupportedMediaTypeError: If it is no form.
            InvalidInputError: If it has too many fields.
        """
        require_own_form(self.request, FIELDS_TYPE)
        body = (await self.request.body()).decode("utf-8", "replace")
        try:
            fields = parse_qs(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError:
            raise InvalidInputError("the form has too many fields") from None
        return {name: values[0] for name, values in fields.items()}


def desk_of(check_id: str, request: Request, service: CurrentService, jobs: CurrentJobs) -> Desk:
    """Return what a page of a check is answered with."""
    return Desk(check_id, request, service, jobs)


AskedDesk = Annotated[Desk, Depends(desk_of)]


@router.get("/static/{state}/{name}")
async def show_asset(state: str, name: str) -> Response:
    """Send the style or a script of the desk; what an older page asks for is not kept."""
    content = assets().get(name)
    if content is None:
        raise NotFoundError("file", "")
    keep = "max-age=31536000, immutable" if state == digest() else "no-store"
    return Response(content, media_type=media_type(name), headers={"Cache-Control": keep})


@router.api_route("/", methods=["GET", "HEAD"])
async def show_form(service: CurrentService) -> HTMLResponse:
    """Show the form."""
    return _page(render_form(_form(service.settings, {}, service.settings.house_style)))


@router.get("/checks")
async def show_form_again() -> Response:
    """Lead back to the form whoever asks for the address that it is sent to."""
    return RedirectResponse("/", 303)


@router.post("/checks")
async def start_desk_check(request: Request, service: CurrentService, jobs: CurrentJobs) -> Response:
    """Begin what the form asks as a job, and lead to its page; the form comes back with what went wrong."""
    require_own_form(request, FORM_TYPE)
    fields: dict[str, str] = {}
    styles: tuple[str, ...] = service.settings.house_style
    try:
        parts = parse_multipart(request.headers["content-type"], await request.body())
        fields = {name: part.content.decode("utf-8", "replace") for name, part in parts.items() if not _is_file(part)}
        styles = tuple(name for name in house_styles() if f"{STYLE_PREFIX}{name}" in parts)
        asked, save = await asyncio.to_thread(parse_fields, as_asked(parts), service.settings)
        service.require_lengths(article=asked.article.text, source=asked.source.text if asked.source else "")
        if asked.receipt is None:  # else the house style of the former check counts
            asked = replace(asked, house_style=styles)
        job = await jobs.start(asked, save=save, owner=caller_of(request.scope).key_id)
    except (HeadwaterError, EmbeddingsError) as error:
        problem = problem_of(error)
        page = render_form(_form(service.settings, fields, styles), problem=problem, detail=detail_of(error))
        return _page(page, problem.status, dict(problem.headers))
    return RedirectResponse(f"/checks/{job.check_id}", 303)


@router.get("/checks/{check_id}")
async def show_desk_check(desk: AskedDesk) -> Response:
    """Show a check as far as it is."""
    job = await desk.find()
    return _page(await asyncio.to_thread(lambda: render_check(_seen(job, desk.service))))


@router.get("/checks/{check_id}/again")
async def show_form_of_check(desk: AskedDesk) -> Response:
    """Show the form with the texts of a check in it, to be mended and checked again."""
    job = await desk.find()
    return _page(render_form(_form(desk.service.settings, fields_of(job), job.asked.house_style)))


@router.get("/checks/{check_id}/parts")
async def show_parts(desk: AskedDesk, after: Annotated[int, Query(ge=0, le=1_000_000)] = 0) -> Response:
    """Show what changed on the page since a step."""
    job = await desk.find()
    return _page(await asyncio.to_thread(lambda: render_parts(_seen(job, desk.service, after), after)))


@router.get("/checks/{check_id}/events")
async def watch_desk_check(
    desk: AskedDesk,
    after: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    last_event_id: Annotated[str, Header(max_length=40)] = "",
) -> Response:
    """Say that there is something new: the number of each step as it is made, and the state at the end.

    A page that was cut off sends the last number it had; its script then asks for what changed since.
    """
    job = await desk.find()
    is_number = last_event_id.isascii() and last_event_id.isdecimal() and len(last_event_id) <= MOST_DIGITS
    return LinesResponse(_signals(desk.jobs, job, int(last_event_id) if is_number else after), media_type=EVENTS)


@router.post("/checks/{check_id}/decide")
async def decide_on_desk(desk: AskedDesk) -> Response:
    """Accept or dismiss a finding, or a claim that is not in the source, and lead back to it."""
    decision = _decision(await desk.fields())
    await note_decision(desk.jobs, await desk.find(), decision)
    place = "absent" if decision.finding is None else decision.finding
    return RedirectResponse(f"/checks/{desk.check_id}#{decision.claim}-{place}", 303)


@router.post("/checks/{check_id}/keep")
async def keep_on_desk(desk: AskedDesk) -> Response:
    """Keep a check that has ended, as if that had been asked at its start."""
    await desk.fields()
    await desk.jobs.keep(await desk.find())
    return RedirectResponse(f"/checks/{desk.check_id}", 303)


@router.post("/checks/{check_id}/cancel")
async def cancel_on_desk(desk: AskedDesk) -> Response:
    """End a check; what was decided stays."""
    await desk.fields()
    await desk.jobs.cancel(await desk.find())
    return RedirectResponse(f"/checks/{desk.check_id}", 303)


@router.post("/checks/{check_id}/delete")
async def delete_on_desk(desk: AskedDesk) -> Response:
    """End a check and forget all of it."""
    await desk.fields()
    await desk.jobs.delete(await desk.find())
    return RedirectResponse("/", 303)


def as_asked(parts: dict[str, Part]) -> dict[str, Part]:
    """Return the fields of the desk's form as those of a check's form: a file goes before what was pasted beside it.

    Args:
        parts: Of the form, by name.

    Raises:
        InvalidInputError: If the source is said to be at hand and is not there.
    """
    asked = {name: part for name, part in parts.items() if name in FORM_FIELDS}
    for what in ("article", "source"):
        file, text = parts.get(f"{what}_file"), parts.get(f"{what}_text")
        pasted = Part(what, b"" if text is None else text.content.replace(b"\r\n", b"\n"))  # as browsers send line ends
        asked[what] = file if file is not None and file.content else pasted
    if parts.get("against", Part("", b"")).content == b"corpus":
        return {
            name: part for name, part in asked.items() if name == "source_document" or not name.startswith("source")
        }
    asked.pop("source_document", None)
    names_source = any(asked.get(name, Part("", b"")).content.strip() for name in ("source", "source_url", "receipt"))
    if not names_source:
        raise InvalidInputError(NO_RELEASE)
    return asked


def fields_of(job: Job) -> dict[str, str]:
    """Return what stood in the form that a check was asked by; a file's words stand as if they had been pasted."""
    asked = job.asked
    fields = {"article_text": asked.article.text, "published": _day(asked.article.published)}
    fields |= {"title": asked.article.title, "as_of": _day(asked.as_of), "save": "on" if job.is_kept else ""}
    source = asked.source
    if source is None:
        return {**fields, "against": "corpus"}
    if source.document:
        return {**fields, "against": "corpus", "source_document": source.document}
    fields |= {"source_text": source.text, "source_published": _day(source.published)}
    return {**fields, "source_title": source.title, "source_publisher": source.publisher}


def require_own_form(request: Request, media_type: str) -> None:
    """Refuse a form from another site, and a body that is no form.

    Args:
        request: Only its headers are read.
        media_type: Of the form.

    Raises:
        CrossSiteError: If the browser names another origin.
        UnsupportedMediaTypeError: If the body is no such form.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", OWN_SITE)
    if site != OWN_SITE or (origin is not None and urlsplit(origin).netloc != request.headers.get("host")):
        raise CrossSiteError
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != media_type:
        raise UnsupportedMediaTypeError(media_type)


async def _signals(jobs: Jobs, job: Job, after: int) -> AsyncGenerator[bytes, None]:
    number = after
    yield b"retry: 1000\n\n"
    async with aclosing(jobs.watch(job, after)) as steps:
        async for one in steps:
            number = number if one is None else one[0]
            yield b": still at work\n\n" if one is None else f"id: {number}\nevent: step\ndata: {number}\n\n".encode()
    yield f"id: {number}\nevent: end\ndata: {job.state}\n\n".encode()


def _decision(fields: dict[str, str]) -> DecisionRequest:
    place = fields.get("finding", "missing")  # an empty one stands for the claim as a whole
    is_number = place.isascii() and place.isdecimal() and len(place) <= MOST_DIGITS
    try:
        return DecisionRequest.model_validate({**fields, "finding": int(place) if is_number else place or None})
    except ValidationError:
        raise InvalidInputError("the form names no finding, or says nothing that can be done with it") from None


def _seen(job: Job, service: Service, after: int | None = None) -> SeenCheck:
    asked, steps = job.asked, list(job.steps)
    seen = SeenCheck(
        job.check_id,
        job.state,
        asked.article,
        asked.source,
        steps,
        job.created,
        job.expires,
        job.report() if job.state == DONE else None,
        list(job.decisions),
        job.problem,
        is_saved=job.is_kept,
        house_style=asked.house_style,
        saved_days=service.settings.saved_check_days,
    )
    if asked.source is not None:
        return seen
    fresh = (
        seen.claims
        if after is None or job.state == DONE
        else [claim for step in steps[after:] for claim in step["claims"]]
    )
    return replace(seen, texts=_texts(service, cited_documents(seen.claims)[:MOST_SHOWN_WHOLE], fresh))


def _texts(service: Service, keys: list[DocumentKey], fresh: list[dict[str, object]]) -> dict[DocumentKey, str]:
    texts = {}
    for key in set(keys) & set(cited_documents(fresh)):
        try:
            text = service.store.document(*key).text
        except HeadwaterError:  # no longer there, or the database is away: the cited passages are shown
            continue
        if len(text) <= MOST_DOCUMENT_CHARACTERS:
            texts[key] = text
    return texts


def _form(settings: Settings, fields: dict[str, str], styles: tuple[str, ...]) -> DeskForm:
    return DeskForm(fields, styles, settings.saved_check_days, settings.max_file_bytes)


def _page(page: str, status: int = 200, headers: dict[str, str] | None = None) -> HTMLResponse:
    return HTMLResponse(page, status, {**HEADERS, **(headers or {})})


def _is_file(part: Part) -> bool:
    return part.file_name is not None


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
