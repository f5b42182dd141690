"""The checker of a service that runs for months: it follows the corpus's choice of model without a restart.

Each check asks the database for its change number, which it does in any case; only where that differs is the choice
read. Another model is loaded on a thread beside the checks, which go on with the former one and the index it has in
memory until the new one is ready to answer. Where HEADWATER_MODEL names a model, that one stays.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import suppress

import structlog

from headwater.checking import CheckContext
from headwater.corpus.filters import PassageFilters
from headwater.corpus.model_choice import ModelInUse
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import HeadwaterError
from headwater.domain.verdicts import CheckReport, CheckStep
from headwater.settings import Settings
from headwater.wiring import Parts, open_parts, settle
from headwater_embeddings.encoder import Encoder
from headwater_embeddings.errors import EmbeddingsError

NO_CONTEXT = CheckContext()
WARMING = "The committee met on Tuesday."  # a first check reads the index, so that no reader waits for it

log = structlog.get_logger("headwater.api")


class CurrentChecker:
    """Checks by the model that the corpus is indexed by now. Safe to share between threads.

    Args:
        settings: The model, where one is chosen by hand, and the limits.
        store: The corpus.

    Raises:
        EmbeddingsError: If the model cannot be loaded.
        CorpusUnavailableError: If the corpus cannot be read.
    """

    def __init__(self, settings: Settings, store: CorpusStore) -> None:
        self._settings, self._store = settings, store
        self._lock = threading.Lock()
        self._change = store.change()
        self._chosen = store.models.in_use()
        self._parts: Parts = open_parts(settings, store)

    def model_id(self) -> str:
        """Return the identifier of the model that answers."""
        return self._parts.encoder.model_id

    def encoder(self) -> Encoder:
        """Return what gives documents their vectors now."""
        return self._parts.encoder

    def warm(self) -> None:
        """Make a first check, which reads the index, and wait until that is whole; where none can, checks say why."""
        with suppress(HeadwaterError, EmbeddingsError):
            self._parts.checker.check(WARMING)
            self._parts.searcher.wait_until_whole()
        settle()

    def check(
        self,
        text: str,
        context: CheckContext = NO_CONTEXT,
        *,
        filters: PassageFilters | None = None,
        limit: int | None = None,
    ) -> CheckReport:
        """Check a text against the corpus; see `FactChecker.check`."""
        self._follow()
        return self._parts.checker.check(text, context, filters=filters, limit=limit)

    def check_by_steps(
        self,
        text: str,
        context: CheckContext = NO_CONTEXT,
        *,
        filters: PassageFilters | None = None,
        limit: int | None = None,
    ) -> Generator[CheckStep | CheckReport, None, None]:
        """Check a text against the corpus by sentences; see `FactChecker.check_by_steps`."""
        self._follow()
        return self._parts.checker.check_by_steps(text, context, filters=filters, limit=limit)

    def compare(
        self, text: str, source: str, context: CheckContext = NO_CONTEXT, *, source_context: CheckContext = NO_CONTEXT
    ) -> CheckReport:
        """Check a text against one given official text; see `FactChecker.compare`."""
        return self._parts.checker.compare(text, source, context, source_context=source_context)

    def compare_by_steps(
        self, text: str, source: str, context: CheckContext = NO_CONTEXT, *, source_context: CheckContext = NO_CONTEXT
    ) -> Generator[CheckStep | CheckReport, None, None]:
        """Check a text against one given official text by sentences; see `FactChecker.compare_by_steps`."""
        return self._parts.checker.compare_by_steps(text, source, context, source_context=source_context)

    def _follow(self) -> None:
        """Look whether another model is in use, and have it loaded."""
        if self._settings.model is not None or self._change == (change := self._store.change()):
            return
        if not self._lock.acquire(blocking=False):
            return  # another check looks, or a model is being loaded
        is_loading = False
        try:
            chosen = self._store.models.in_use()
            if chosen is not None and chosen not in {self._chosen, self._loaded(chosen.name)}:
                threading.Thread(target=self._load_and_release, args=(chosen,), name="model", daemon=True).start()
                is_loading = True
            self._change = change
        finally:
            if not is_loading:
                self._lock.release()

    def _loaded(self, name: str) -> ModelInUse:
        return ModelInUse(name, self.model_id())

    def _load_and_release(self, chosen: ModelInUse) -> None:
        try:
            self._load(chosen)
        finally:
            self._lock.release()

    def _load(self, chosen: ModelInUse) -> None:
        try:
            parts = open_parts(self._settings, self._store)
        except (EmbeddingsError, HeadwaterError, OSError) as error:
            log.error("the model that the corpus is indexed by cannot be loaded", model=chosen.name, reason=str(error))
            return  # tried again with the next change of the corpus
        self._chosen = chosen
        if parts.encoder.model_id != chosen.id:
            log.error("this machine has another model of that name", model=chosen.name, wanted=chosen.id)
            return
        with suppress(HeadwaterError):
            parts.checker.check(WARMING)
        self._parts = parts
        log.info("the model was changed", model=chosen.id)
