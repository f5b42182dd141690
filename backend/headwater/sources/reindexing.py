"""The corpus indexed anew by another model, while the one in use goes on answering until the new index is whole.

Four steps, each of which may be cut off at any point and is gone on with by the next run: every text gets its vector of
the new model, beside those of the old; the index of the new vectors is written beside the old one; the choice of the
corpus is switched in one transaction, and only if every passage has a vector then; the old vectors and their index are
removed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from headwater.corpus.model_choice import ModelInUse
from headwater.corpus.store import CorpusStore
from headwater.retrieval.following import IndexFollower
from headwater.retrieval.index_store import drop_unused
from headwater.sources.embedding import PassageEncoder, embed_passages
from headwater.sources.progress import IngestProgress

SEARCHED_OUT = 10.0  # seconds that searches under way get, where the database itself searches the old vectors


@dataclass(frozen=True, slots=True)
class ReindexSummary:
    """What a run came to.

    Args:
        encoded: Texts that were given a vector.
        switched: Whether another model answers now than before.
        removed: Vectors of other models that were removed.
    """

    encoded: int
    switched: bool
    removed: int


def reindex(
    store: CorpusStore,
    encoder: PassageEncoder,
    name: str,
    *,
    keep_old: bool = False,
    progress: IngestProgress | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> ReindexSummary:
    """Index the corpus by a model, make it the one that answers, and remove what other models made.

    Args:
        store: The corpus.
        encoder: The model.
        name: To open it by.
        keep_old: Whether other models' vectors stay, so that `models use` can go back to one at once.
        progress: Hears how far the work is.
        wait: Lets time pass.

    Raises:
        CorpusUnavailableError: If the corpus cannot be read or written; what was stored before stays, and so does
            the model that answers.
    """
    model = ModelInUse(name, encoder.model_id)
    before = store.models.in_use()
    encoded = embed_passages(store, encoder, progress=progress)
    IndexFollower(store, encoder.model_id).latest()  # so that services find its files ready
    while not store.models.use(model):  # documents came in meanwhile
        encoded += embed_passages(store, encoder, progress=progress)
    removed = 0 if keep_old else _remove_others(store, model, wait)
    return ReindexSummary(encoded, before != model, removed)


def _remove_others(store: CorpusStore, model: ModelInUse, wait: Callable[[float], None]) -> int:
    others = [other for other in store.stored_models() if other != model.id]
    if others and any(store.dense_search(other) is not None for other in others):
        wait(SEARCHED_OUT)
    removed = sum(map(store.reset_vectors, others))
    if store.index_folder is not None:
        drop_unused(store.index_folder, store.stored_models())
    return removed
