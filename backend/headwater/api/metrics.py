"""Figures for Prometheus, in its text format 0.0.4: no label holds anything that a caller wrote."""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any

from headwater import RULE_VERSION, __version__
from headwater.api.service import Checker, Service
from headwater.api.tracing import Tracing
from headwater.api.waiting import limited
from headwater.domain.errors import HeadwaterError
from headwater.domain.verdicts import CheckReport, CheckStep

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Seconds: from a document out of memory to a long article on a busy machine.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
STARTED = time.time()

Labels = Mapping[str, str]


class Metrics:
    """What is counted while the service runs. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._durations: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(BUCKETS) + 1))
        self._seconds: defaultdict[str, float] = defaultdict(float)  # of all requests by route
        self._verdicts: Counter[str] = Counter()
        self._stages: dict[str, tuple[int, float]] = {}
        self._checks = 0

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request.

        Args:
            method: Of HTTP, or "other".
            route: Its template: "/v1/documents/{document_id}"; "" where there is none.
            status: That was sent; 0 for none.
            seconds: It took.
        """
        with self._lock:
            self._requests[method, route, status] += 1
            self._durations[route][bisect_left(BUCKETS, seconds)] += 1
            self._seconds[route] += seconds

    def count_report(self, report: CheckReport) -> None:
        """Count a finished check: its claims by verdict, and the time of each stage."""
        with self._lock:
            self._checks += 1
            self._verdicts.update(claim.verdict.value for claim in report.claims)
            for stage, milliseconds in report.elapsed_ms.items():
                times, seconds = self._stages.get(stage, (0, 0.0))
                self._stages[stage] = (times + 1, seconds + milliseconds / 1000)

    def lines(self) -> Iterator[str]:
        """Yield what was counted."""
        with self._lock:
            requests, seconds = dict(self._requests), dict(self._seconds)
            durations = {route: list(counts) for route, counts in self._durations.items()}
            verdicts, stages, checks = dict(self._verdicts), dict(self._stages), self._checks
        yield from family(
            "headwater_requests_total",
            "counter",
            "Requests answered.",
            (({"method": m, "route": r, "status": str(s)}, n) for (m, r, s), n in sorted(requests.items())),
        )
        yield from _histogram(durations, seconds)
        yield from family("headwater_checks_total", "counter", "Checks finished.", [({}, checks)])
        yield from family(
            "headwater_claims_total",
            "counter",
            "Claims decided, by verdict.",
            (({"verdict": verdict}, count) for verdict, count in sorted(verdicts.items())),
        )
        yield from _head("headwater_stage_seconds", "summary", "Time of each stage of a check.")
        for stage, (times, total) in sorted(stages.items()):
            yield sample("headwater_stage_seconds_sum", {"stage": stage}, total)
            yield sample("headwater_stage_seconds_count", {"stage": stage}, times)


class CountedChecker:
    """A checker whose reports are counted, whoever asked for them.

    Args:
        checker: Makes the reports.
        metrics: Counts them.
        tracing: Makes spans of them.
        seconds: That one check may be at work.
    """

    def __init__(self, checker: Checker, metrics: Metrics, tracing: Tracing, seconds: float) -> None:
        self._checker, self._metrics, self._tracing = checker, metrics, tracing
        self._seconds = seconds

    def check(self, *given: Any, **named: Any) -> CheckReport:
        """Check a text against the corpus."""
        return _last(self.check_by_steps(*given, **named))

    def compare(self, *given: Any, **named: Any) -> CheckReport:
        """Check a text against one given official text."""
        return _last(self.compare_by_steps(*given, **named))

    def check_by_steps(self, *given: Any, **named: Any) -> Generator[CheckStep | CheckReport, None, None]:
        """Check a text against the corpus, sentence by sentence."""
        return self._steps(self._checker.check_by_steps(*given, **named))

    def compare_by_steps(self, *given: Any, **named: Any) -> Generator[CheckStep | CheckReport, None, None]:
        """Check a text against one given official text, sentence by sentence."""
        return self._steps(self._checker.compare_by_steps(*given, **named))

    def _steps(
        self, steps: Generator[CheckStep | CheckReport, None, None]
    ) -> Generator[CheckStep | CheckReport, None, None]:
        with closing(limited(steps, self._seconds)) as timed:
            for step in timed:
                if isinstance(step, CheckReport):
                    self._metrics.count_report(step)
                    self._tracing.note_report(step)
                yield step


def _last(steps: Generator[CheckStep | CheckReport, None, None]) -> CheckReport:
    with closing(steps):
        return next(step for step in steps if isinstance(step, CheckReport))


def render(service: Service, metrics: Metrics) -> str:
    """Return all figures of the service: what was counted, and what stands now.

    Args:
        service: Its queue and its corpus are looked at.
        metrics: What was counted.
    """
    about = {"version": __version__, "rules": RULE_VERSION, "model": service.model_id}
    lines = [
        *family("headwater_info", "gauge", "What is running.", [(about, 1)]),
        *family("process_start_time_seconds", "gauge", "When the process began.", [({}, STARTED)]),
        *family("process_cpu_seconds_total", "counter", "Time of the processor used.", [({}, time.process_time())]),
        *metrics.lines(),
        *family("headwater_queue_waiting", "gauge", "Checks that wait.", [({}, service.workers.waiting)]),
        *family("headwater_checks_at_work", "gauge", "Checks that have a thread.", [({}, service.workers.at_work)]),
        *_corpus(service),
    ]
    return "\n".join(lines) + "\n"


def _corpus(service: Service) -> Iterator[str]:
    up = "headwater_corpus_up"
    try:
        documents, passages = service.store.counts().documents, service.store.passage_count()
        states = service.store.syncs.states()
    except HeadwaterError:
        yield from family(up, "gauge", "Whether the database answers.", [({}, 0)])
        return
    yield from family(up, "gauge", "Whether the database answers.", [({}, 1)])
    yield from family("headwater_documents", "gauge", "Documents in the corpus.", [({}, documents)])
    yield from family("headwater_passages", "gauge", "Passages in the corpus.", [({}, passages)])
    finished = {name: state.finished for name, state in sorted(states.items()) if state.finished}
    yield from family(
        "headwater_last_sync_timestamp_seconds",
        "gauge",
        "End of the last sync of a source in which everything could be read.",
        (({"source": name}, moment.timestamp()) for name, moment in finished.items()),
    )


def family(name: str, kind: str, text: str, samples: Iterable[tuple[Labels, float]]) -> Iterator[str]:
    """Yield the lines of one metric.

    Args:
        name: Of the metric.
        kind: "counter" or "gauge".
        text: What it tells.
        samples: Labels and values.
    """
    yield from _head(name, kind, text)
    for labels, value in samples:
        yield sample(name, labels, value)


def sample(name: str, labels: Labels, value: float) -> str:
    """Return the line of one value."""
    written = ",".join(f'{label}="{_escaped(content)}"' for label, content in labels.items())
    return f"{name}{{{written}}} {value}" if written else f"{name} {value}"


def _histogram(durations: Mapping[str, list[int]], seconds: Mapping[str, float]) -> Iterator[str]:
    name = "headwater_request_seconds"
    yield from _head(name, "histogram", "Time to the end of an answer, by route.")
    for route, counts in sorted(durations.items()):
        total = 0
        for bound, count in zip((*map(str, BUCKETS), "+Inf"), counts, strict=True):
            total += count
            yield sample(f"{name}_bucket", {"route": route, "le": bound}, total)
        yield sample(f"{name}_sum", {"route": route}, seconds[route])
        yield sample(f"{name}_count", {"route": route}, total)


def _head(name: str, kind: str, text: str) -> tuple[str, str]:
    return f"# HELP {name} {text}", f"# TYPE {name} {kind}"


def _escaped(content: str) -> str:
    return content.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
