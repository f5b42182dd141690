"""Figures for Prometheus, in its text format 0.0.4: no label holds anything that a caller wrote."""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any

from headwater import RULE_VERSION, __version__
from headwater.api.service import Checker, Service
from headwater.api.shared_figures import Figures, Name, SharedFigures, find_folder
from headwater.api.tracing import Tracing
from headwater.api.waiting import limited
from headwater.domain.errors import HeadwaterError
from headwater.domain.verdicts import CheckReport, CheckStep

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Seconds: from a document out of memory to a long article on a busy machine.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
STARTED = time.time()

# What is counted, by the first part of its name.
REQUESTS, DURATIONS, SECONDS, CHECKS, VERDICTS = "request", "duration", "seconds", "check", "verdict"
STAGES, STAGE_SECONDS, PROCESSOR = "stage", "stage seconds", "processor"
QUEUE, AT_WORK = "waiting", "at work"

Labels = Mapping[str, str]


class Metrics:
    """What is counted while the service runs. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counted: Counter[Name] = Counter()

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request.

        Args:
            method: Of HTTP, or "other".
            route: Its template: "/v1/documents/{document_id}"; "" where there is none.
            status: That was sent; 0 for none.
            seconds: It took.
        """
        with self._lock:
            self._counted[REQUESTS, method, route, str(status)] += 1
            self._counted[DURATIONS, route, str(bisect_left(BUCKETS, seconds))] += 1
            self._add_seconds((SECONDS, route), seconds)

    def count_report(self, report: CheckReport) -> None:
        """Count a finished check: its claims by verdict, and the time of each stage."""
        with self._lock:
            self._counted[(CHECKS,)] += 1
            self._counted.update((VERDICTS, claim.verdict.value) for claim in report.claims)
            for stage, milliseconds in report.elapsed_ms.items():
                self._counted[STAGES, stage] += 1
                self._add_seconds((STAGE_SECONDS, stage), milliseconds / 1000)

    def counted(self) -> Counter[Name]:
        """Return what was counted so far."""
        with self._lock:
            return self._counted.copy()

    def _add_seconds(self, name: Name, seconds: float) -> None:
        self._counted[name] += seconds  # type: ignore[assignment]  # counters hold any number


def lines_of(counted: Counter[Name]) -> Iterator[str]:
    """Yield the lines of what was counted.

    Args:
        counted: By this process, or by all.
    """
    yield from family(
        "headwater_requests_total",
        "counter",
        "Requests answered.",
        (({"method": m, "route": r, "status": s}, n) for (m, r, s), n in _of(counted, REQUESTS)),
    )
    yield from _histogram(counted)
    yield from family("headwater_checks_total", "counter", "Checks finished.", [({}, counted[(CHECKS,)])])
    yield from family(
        "headwater_claims_total",
        "counter",
        "Claims decided, by verdict.",
        (({"verdict": verdict}, count) for (verdict,), count in _of(counted, VERDICTS)),
    )
    yield from _head("headwater_stage_seconds", "summary", "Time of each stage of a check.")
    for (stage,), times in _of(counted, STAGES):
        yield sample("headwater_stage_seconds_sum", {"stage": stage}, counted[STAGE_SECONDS, stage])
        yield sample("headwater_stage_seconds_count", {"stage": stage}, times)


def _of(counted: Counter[Name], kind: str) -> list[tuple[Name, int]]:
    return sorted((name[1:], count) for name, count in counted.items() if name[0] == kind)


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


def share(service: Service, metrics: Metrics) -> SharedFigures:
    """Return the figures of all processes, this one's among them.

    Args:
        service: Its queue is looked at.
        metrics: What this process counts.
    """

    def own() -> Figures:
        counted = metrics.counted()
        counted[(PROCESSOR,)] = time.process_time()  # type: ignore[assignment]  # counters hold any number
        standing: Counter[Name] = Counter({(QUEUE,): service.workers.waiting, (AT_WORK,): service.workers.at_work})
        return Figures(counted, standing, STARTED)

    return SharedFigures(find_folder(), own)


def render(service: Service, shared: SharedFigures) -> str:
    """Return all figures of the service: what was counted, and what stands now.

    Args:
        service: Its corpus is looked at.
        shared: What all processes counted.
    """
    about = {"version": __version__, "rules": RULE_VERSION, "model": service.model_id}
    of_all = shared.together()
    counted, standing = of_all.counted, of_all.standing
    lines = [
        *family("headwater_info", "gauge", "What is running.", [(about, 1)]),
        *family("headwater_processes", "gauge", "Processes that answer.", [({}, of_all.processes)]),
        *family("process_start_time_seconds", "gauge", "When the first process began.", [({}, of_all.started)]),
        *family("process_cpu_seconds_total", "counter", "Processor time used.", [({}, counted[(PROCESSOR,)])]),
        *lines_of(counted),
        *family("headwater_queue_waiting", "gauge", "Checks that wait.", [({}, standing[(QUEUE,)])]),
        *family("headwater_checks_at_work", "gauge", "Checks that have a thread.", [({}, standing[(AT_WORK,)])]),
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


def _histogram(counted: Counter[Name]) -> Iterator[str]:
    name = "headwater_request_seconds"
    yield from _head(name, "histogram", "Time to the end of an answer, by route.")
    for (route,), seconds in _of(counted, SECONDS):
        total = 0
        for place, bound in enumerate((*map(str, BUCKETS), "+Inf")):
            total += counted[DURATIONS, route, str(place)]
            yield sample(f"{name}_bucket", {"route": route, "le": bound}, total)
        yield sample(f"{name}_sum", {"route": route}, seconds)
        yield sample(f"{name}_count", {"route": route}, total)


def _head(name: str, kind: str, text: str) -> tuple[str, str]:
    return f"# HELP {name} {text}", f"# TYPE {name} {kind}"


def _escaped(content: str) -> str:
    return content.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
