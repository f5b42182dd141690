"""The page by hand: paste a text, perhaps its source, and read the report. It needs no script."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, HTMLResponse

from headwater.api.pages import STYLESHEET, Form, render_form, render_report
from headwater.api.problems import CrossSiteError, UnsupportedMediaTypeError, detail_of, problem_of
from headwater.api.service import CurrentService, Service
from headwater.checking import CheckContext
from headwater.corpus.filters import PassageFilters
from headwater.domain.errors import HeadwaterError, InvalidInputError
from headwater_embeddings.errors import EmbeddingsError

FORM_TYPE = "application/x-www-form-urlencoded"
MAX_FORM_FIELDS = 8  # the form has four
router = APIRouter(include_in_schema=False)


@router.get("/style.css")
async def show_style() -> FileResponse:
    """Send the style of the pages."""
    return FileResponse(STYLESHEET, media_type="text/css", headers={"Cache-Control": "max-age=3600"})


@router.api_route("/", methods=["GET", "HEAD", "POST"])  # one route, so that `Allow` names all its methods
async def show_page(request: Request, service: CurrentService) -> HTMLResponse:
    """Show the form; check what was pasted into it, and show the report below."""
    if request.method != "POST":
        return HTMLResponse(render_form(Form()))
    require_own_form(request)
    body, form = await request.body(), Form()
    try:
        form = parse_form(body)
        return HTMLResponse(await _checked(service, form))
    except (HeadwaterError, EmbeddingsError) as error:
        problem = problem_of(error)
        page = render_form(form, problem=problem, detail=detail_of(error))
        return HTMLResponse(page, problem.status, problem.headers)


def require_own_form(request: Request) -> None:
    """Refuse a form from another site, and a body that is no form.

    Args:
        request: Only its headers are read.

    Raises:
        CrossSiteError: If the browser names another origin.
        UnsupportedMediaTypeError: If the body is no form.
    """
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise CrossSiteError
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM_TYPE:
        raise UnsupportedMediaTypeError(FORM_TYPE)


def parse_form(body: bytes) -> Form:
    """Read the fields of the form; unknown ones are left out.

    Args:
        body: As it was sent; bytes that are no UTF-8 are replaced.

    Returns:
        The form, absent fields empty.

    Raises:
        InvalidInputError: If the body holds more fields than the form has.
    """
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FORM_FIELDS)
    except ValueError:
        raise InvalidInputError("the form has too many fields") from None
    return Form(**{name: fields[name][0] for name in ("text", "source", "published", "as_of") if name in fields})


async def _checked(service: Service, form: Form) -> str:
    context = CheckContext(published=_parse_day(form.published, "the day of publication"))
    as_of = _parse_day(form.as_of, "the day on which documents stood")
    filters = PassageFilters(as_of=as_of) if as_of else None
    if form.source.strip():
        return await service.answer(
            lambda: service.checker.compare(form.text, form.source, context),
            lambda report: render_report(form, report),
            text=form.text,
            source=form.source,
        )
    return await service.answer(
        lambda: service.checker.check(form.text, context, filters=filters),
        lambda report: render_report(form, report),
        text=form.text,
    )


def _parse_day(written: str, what: str) -> date | None:
    if not written.strip():
        return None
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise InvalidInputError(f"{what} must be written as YYYY-MM-DD") from None
