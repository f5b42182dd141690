"""Spans: off unless asked for, one for each request, check and stage, and nothing in them that a caller wrote."""

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from fakes import MODEL, FakeChecker
from headwater.api import app as application
from headwater.api.app import create_app
from headwater.api.tracing import Tracing, open_tracing
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import InvalidInputError
from headwater.settings import Settings

pytestmark = pytest.mark.anyio
MARKER = "Zanzibarmarker"
STAGES = {"normalise": 1.5, "retrieve": 2.5}


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
async def traced(
    checker: FakeChecker,
    store: CorpusStore,
    settings: Settings,
    exporter: InMemorySpanExporter,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[httpx.AsyncClient]:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(application, "open_tracing", lambda _exporter: Tracing(provider))
    checker.report.elapsed_ms.clear()
    checker.report.elapsed_ms.update(STAGES)
    app = create_app(checker, store, settings, model_id=MODEL)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        yield client


def named(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


@pytest.mark.parametrize("accept", ["application/json", "application/x-ndjson"])
async def test_each_stage_is_a_span_under_its_check_under_its_request(
    traced: httpx.AsyncClient, exporter: InMemorySpanExporter, accept: str
) -> None:
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    headers = {"traceparent": parent, "accept": accept}
    assert (await traced.post("/v1/match", json={"text": "A claim."}, headers=headers)).status_code == 200
    spans = named(exporter)
    assert set(spans) == {"POST /v1/match", "check", *STAGES}
    request, check = spans["POST /v1/match"], spans["check"]
    assert request.parent is not None
    assert f"{request.parent.span_id:016x}" == "b7ad6b7169203331"
    assert {f"{span.context.trace_id:032x}" for span in spans.values()} == {"0af7651916cd43dd8448eb211c80319c"}
    assert check.parent == request.context
    assert dict(request.attributes or {}) == {
        "http.request.method": "POST",
        "http.response.status_code": 200,
        "http.route": "/v1/match",
    }
    for stage, milliseconds in STAGES.items():
        span = spans[stage]
        assert span.parent == check.context
        assert span.start_time is not None
        assert span.end_time is not None
        assert (span.end_time - span.start_time) / 1e6 == pytest.approx(milliseconds, abs=0.001)


async def test_no_word_of_a_request_is_in_a_span(
    traced: httpx.AsyncClient, exporter: InMemorySpanExporter, checker: FakeChecker
) -> None:
    for failure in (None, ValueError(MARKER), RuntimeError(MARKER)):
        checker.failure = failure
        for path in ("/v1/match", "/v1/compare", "/", f"/{MARKER}", f"/v1/documents/{MARKER}?q={MARKER}"):
            await traced.post(path, json={"text": f"{MARKER} claim.", "source": MARKER})
            await traced.post(path, json={MARKER: MARKER}, headers={"host": MARKER})
            await traced.get(path, headers={"traceparent": MARKER, "tracestate": f"a={MARKER}", "baggage": MARKER})
            await traced.request(MARKER, path, headers={"user-agent": MARKER, "x-request-id": MARKER})
    spans = exporter.get_finished_spans()
    assert len(spans) > 60
    assert [span.name for span in spans if MARKER.lower() in span.to_json().lower()] == []
    assert any(span.status.status_code.name == "ERROR" for span in spans)


async def test_probes_make_no_spans(traced: httpx.AsyncClient, exporter: InMemorySpanExporter) -> None:
    for path in ("/healthz", "/readyz"):
        await traced.get(path)
    assert exporter.get_finished_spans() == ()


def test_nothing_that_sends_spans_is_loaded_unless_asked_for(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom headwater.api.app import create_service\n"
        "from headwater.settings import Settings\n"
        "create_service(Settings(database=Path(sys.argv[1]), model='hashing'))\n"
        "print([name for name in sys.modules if name.startswith(('opentelemetry.sdk', 'opentelemetry.exporter'))])"
    )
    path = str(tmp_path / "corpus.sqlite3")
    ran = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_without_the_packages_the_setting_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(InvalidInputError, match=r"pip install .headwater\[tracing\]"):
        open_tracing("otlp")


def test_spans_are_sent_where_the_variables_say(monkeypatch: pytest.MonkeyPatch) -> None:
    import opentelemetry.exporter.otlp.proto.http.trace_exporter as sending

    made = InMemorySpanExporter()
    monkeypatch.setattr(sending, "OTLPSpanExporter", lambda: made)
    tracing = open_tracing("otlp")
    with tracing.request("GET", {}):
        pass
    tracing.close()
    (span,) = made.get_finished_spans()
    assert span.resource.attributes["service.name"] == "headwater"
