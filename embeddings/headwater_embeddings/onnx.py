"""The fast encoder: the built graph on onnxruntime, without torch.

Texts are encoded one at a time: dynamic int8 takes one scale for a whole batch, so that a text's vector would
depend on the texts beside it (by up to 0.029 a component). One at a time is as fast, there being no padding.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from headwater_embeddings.encoder import TokenVectors, Vectors, to_unit_length, to_valid_unicode
from headwater_embeddings.errors import DisagreementError, UnusableModelError
from headwater_embeddings.manifest import CURE, GRAPH, TOKENIZER, check_hashes, id_of, parse_manifest

AGREEMENT_FLOOR = 0.98  # int8 against fp32 over 600 official passages: mean 0.993, lowest 0.981
CHARACTERS_A_TOKEN = 32  # far more than any token of the vocabulary spans; bounds what the tokenizer reads
LATELY = 64  # texts whose tokens are kept: of sixteen callers, 6 MB; who asks for a vector asks for the tokens next
SMALLEST_SHARE = 8  # texts worth a thread of their own: below it starting threads costs more than it saves


class OnnxEncoder:
    """A built encoder, checked when it is opened; may be called from several threads.

    Args:
        folder: Of a model built by `headwater_embeddings.build`.
        threads: Texts encoded at the same time within one call.

    Raises:
        UnusableModelError: If the folder holds no built model.
        WeightsTamperedError: If a file is not the one that was built.
        DisagreementError: If this processor computes something else than the one it was built on.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        manifest = parse_manifest(folder)
        check_hashes(folder, manifest.files, cure=CURE)
        self.dimensions = manifest.dimensions
        self.model_id = id_of(manifest)
        self._graph = GraphEncoder(folder, manifest.dimensions, manifest.max_tokens)
        self._threads = max(1, threads)
        self.lanes = available_cores()  # a call keeps one core busy, and texts are encoded one at a time in any case
        self._check_probe(manifest.probe, manifest.probe_vector)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts; a text's vector does not depend on the texts beside it.

        Args:
            texts: Any texts; tokens beyond the model's limit are left out.

        Returns:
            One row a text, in order, each of length 1. Shape: (len(texts), dimensions).
        """
        threads = min(self._threads, len(texts) // SMALLEST_SHARE)
        if threads <= 1:
            return self._graph.encode(texts)
        with ThreadPoolExecutor(threads) as pool:  # every share: each n-th text, long and short ones alike
            shares = list(pool.map(self._graph.encode, [texts[first::threads] for first in range(threads)]))
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for first, share in enumerate(shares):
            vectors[first::threads] = share
        return vectors

    def encode_tokens(self, text: str) -> TokenVectors:
        """Encode the tokens of a text, each in the company of the others.

        Args:
            text: Any text; tokens beyond the model's limit are left out.
        """
        return self._graph.encode_tokens(text)

    def _check_probe(self, probe: str, expected: list[float]) -> None:
        cosine = float(self.encode([probe])[0] @ np.asarray(expected, dtype=np.float32))
        if not cosine >= AGREEMENT_FLOOR:
            raise DisagreementError(self.model_id, cosine, AGREEMENT_FLOOR)


class GraphEncoder:
    """Tokenizer, graph, mean over tokens: what `OnnxEncoder` runs, without its checks.

    Args:
        folder: With model.onnx and tokenizer.json.
        dimensions: Width of a vector.
        max_tokens: Tokens of a text that are read.

    Raises:
        UnusableModelError: If one of the files cannot be loaded.
    """

    def __init__(self, folder: Path, dimensions: int, max_tokens: int) -> None:
        self._dimensions = dimensions
        self._longest = max_tokens * CHARACTERS_A_TOKEN
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH), _session_options(), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise bare Exceptions for unreadable files
            raise UnusableModelError(folder, f"onnxruntime or tokenizers cannot load it: {error}") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens)
        self._inputs = [given.name for given in self._session.get_inputs()]
        self._lately: OrderedDict[str, tuple[Encoding, Vectors]] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts, one after the other.

        Args:
            texts: Any texts.

        Returns:
            Shape: (len(texts), dimensions).
        """
        means = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        for row, text in zip(means, texts, strict=True):
            row[:] = self._mean(text)
        return to_unit_length(means)

    def encode_tokens(self, text: str) -> TokenVectors:
        """Encode the tokens of a text; the marks that the model sets around it are left out.

        Args:
            text: Any text.
        """
        tokens, hidden = self._read(text)
        offsets = np.array(tokens.offsets, dtype=np.int32).reshape(-1, 2)
        own = np.array(tokens.special_tokens_mask) == 0
        return TokenVectors(offsets[own, 0], offsets[own, 1], hidden[own])

    def _mean(self, text: str) -> Vectors:
        """Return the mean of the last hidden states of a text's tokens. Shape: (dimensions,)."""
        return np.asarray(self._read(text)[1].mean(axis=0), dtype=np.float32)

    def _read(self, text: str) -> tuple[Encoding, Vectors]:
        """Run the graph once for a text whose vector and whose tokens are asked for one after the other."""
        with self._lock:
            known = self._lately.get(text)
        if known is not None:
            return known
        tokens = self._tokens(text)
        read = tokens, self._hidden(tokens.ids)
        with self._lock:
            self._lately[text] = read
            while len(self._lately) > LATELY:
                self._lately.popitem(last=False)
        return read

    def _tokens(self, text: str) -> Encoding:
        return self._tokenizer.encode(to_valid_unicode(text[: self._longest]))

    def _hidden(self, ids: Sequence[int]) -> Vectors:
        """Return the last hidden states. Shape: (len(ids), dimensions)."""
        given = {
            "input_ids": np.array([ids], dtype=np.int64),
            "attention_mask": np.ones((1, len(ids)), dtype=np.int64),
            "token_type_ids": np.zeros((1, len(ids)), dtype=np.int64),
        }
        hidden = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        return np.asarray(hidden[0], dtype=np.float32)


def available_cores() -> int:
    """Return how many cores this process may use."""
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:  # of some systems alone
        return os.cpu_count() or 1


def _session_options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # a second one makes nothing faster and spins when the other core is busy
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only: warnings about the graph say nothing to a user
    return options
