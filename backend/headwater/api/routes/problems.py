"""`/problems`: the pages that the types of problems point to."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from headwater.api.problems import PROBLEMS
from headwater.desk.pages import render_problems
from headwater.domain.errors import NotFoundError

router = APIRouter(include_in_schema=False)


@router.get("/problems")
async def list_problems() -> HTMLResponse:
    """Describe every problem."""
    return HTMLResponse(render_problems(list(PROBLEMS.values())))


@router.get("/problems/{slug}")
async def describe_problem(slug: str) -> HTMLResponse:
    """Describe one problem."""
    if slug not in PROBLEMS:
        raise NotFoundError("problem", "of this name")
    return HTMLResponse(render_problems([PROBLEMS[slug]]))
