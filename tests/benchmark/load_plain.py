"""The plain way as a FastAPI service, for the bench of load: `python -m tests.benchmark.load_plain FILE`.

What a tutorial has: a `def` endpoint, sentence-transformers on torch, numpy over all vectors, FTS5, ranks fused.
Nothing is compared with the text, and nothing is bounded.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from tests.benchmark.service_plain import Plain


class Asked(BaseModel):
    """A text."""

    text: str


def main() -> None:
    plain, app = Plain(Path(sys.argv[1])), FastAPI()

    @app.post("/v1/match")
    def match(asked: Asked) -> list[dict[str, Any]]:
        return plain.answer(asked.text)

    @app.get("/healthz")
    async def alive() -> dict[str, str]:
        return {"status": "alive"}

    uvicorn.run(app, port=0, log_level="info", access_log=False)


if __name__ == "__main__":
    main()
