"""`/metrics`: figures for whoever runs the service; never without a key where others than its own machine can ask."""

from __future__ import annotations

from typing import cast

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import Response

from headwater.api.metrics import CONTENT_TYPE, render
from headwater.api.service import CurrentService
from headwater.api.shared_figures import SharedFigures

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
async def show_metrics(request: Request, service: CurrentService) -> Response:
    """Return all figures in the text format of Prometheus."""
    shared = cast(SharedFigures, request.app.state.figures)
    return Response(await to_thread.run_sync(render, service, shared), media_type=CONTENT_TYPE)
