"""Spans for OpenTelemetry, off unless the operator turns them on: one a request, one a check, one a stage of it.

A span holds names, counts and times of the service's own: no text, no address with what a caller wrote in it, no
message of an error. The framework's own spans, which may hold all of these, are off. The packages that send spans are
an extra of their own and are loaded only where spans are sent.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, Protocol

from fastapi.telemetry import TelemetryConfig

from headwater import RULE_VERSION, __version__
from headwater.domain.errors import InvalidInputError
from headwater.domain.verdicts import CheckReport

Attributes = Mapping[str, str | int | float]
FRAMEWORK: Final[TelemetryConfig] = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
NS_A_MS = 1_000_000


class Span(Protocol):
    """What is noted of a request while it is answered."""

    def set_attributes(self, attributes: Attributes) -> None:
        """Note further facts."""

    def update_name(self, name: str) -> None:
        """Give it the name of its route, once that is known."""

    def set_status(self, status: Any) -> None:
        """Say that it failed."""


class Tracing:
    """Makes spans.

    Args:
        provider: Of OpenTelemetry; None where nothing is to be made.
    """

    def __init__(self, provider: Any = None) -> None:
        self._provider = provider
        self._tracer = None if provider is None else provider.get_tracer("headwater", __version__)

    @contextmanager
    def request(self, method: str, headers: Mapping[str, str]) -> Iterator[Span | None]:
        """Span the answer to a request; a trace that the caller is in (header `traceparent`) goes on.

        Args:
            method: Of HTTP, or "other".
            headers: Of the request; but for `traceparent` they are not looked at.

        Yields:
            Span | None: To note more in, None where nothing is made.
        """
        if self._tracer is None:
            yield None
            return
        from opentelemetry.trace import SpanKind  # noqa: PLC0415 - only where spans are made
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator  # noqa: PLC0415

        given = {"traceparent": headers["traceparent"]} if "traceparent" in headers else {}
        context = TraceContextTextMapPropagator().extract(given)
        with self._tracer.start_as_current_span(
            method, context, SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:
            yield span

    def note_report(self, report: CheckReport) -> None:
        """Span a check that has just ended, and its stages, laid end to end: claim by claim they take turns.

        Args:
            report: Its times and the numbers of its verdicts are noted, and nothing else.
        """
        if self._tracer is None:
            return
        from opentelemetry.trace import set_span_in_context  # noqa: PLC0415

        ended = time.time_ns()
        began = ended - round(sum(report.elapsed_ms.values()) * NS_A_MS)
        facts: dict[str, str | int] = {"headwater.claims": len(report.claims), "headwater.rules": RULE_VERSION}
        facts |= {"headwater.model": report.model}
        check = self._tracer.start_span("check", start_time=began, attributes=facts)
        for stage, milliseconds in report.elapsed_ms.items():
            span = self._tracer.start_span(stage, set_span_in_context(check), start_time=began)
            began += round(milliseconds * NS_A_MS)
            span.end(began)
        check.end(ended)

    def close(self) -> None:
        """Send what has not been sent."""
        if self._provider is not None:
            self._provider.shutdown()


def note_answer(span: Span | None, method: str, route: str, status: int) -> None:
    """Note in the span of a request how it was answered.

    Args:
        span: None where nothing is made.
        method: Of HTTP, or "other".
        route: Its template: "/v1/documents/{document_id}"; "" where there is none.
        status: That was sent; 0 for none.
    """
    if span is None:
        return
    facts: dict[str, str | int] = {"http.request.method": method, "http.response.status_code": status}
    span.set_attributes(facts | ({"http.route": route} if route else {}))
    span.update_name(f"{method} {route}".strip())
    if status >= 500 or not status:
        from opentelemetry.trace import StatusCode  # noqa: PLC0415

        span.set_status(StatusCode.ERROR)


def open_tracing(exporter: str) -> Tracing:
    """Return what makes spans, as the setting HEADWATER_TRACING says.

    Args:
        exporter: "off", or "otlp": to where the variables OTEL_EXPORTER_OTLP_... say.

    Raises:
        InvalidInputError: If the packages that send spans are not installed.
    """
    if exporter == "off":
        return Tracing()
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError as error:
        raise InvalidInputError(
            'HEADWATER_TRACING=otlp needs packages that are not installed: pip install "headwater[tracing]"'
        ) from error
    provider = TracerProvider(resource=Resource.create({"service.name": "headwater", "service.version": __version__}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return Tracing(provider)
