from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from headwater_embeddings.errors import UnusableModelError
from headwater_embeddings.onnx import OnnxEncoder
from headwater_embeddings.packaged import checked_packaged_folder
from headwater_embeddings.transformer import TransformerEncoder


@pytest.fixture(scope="module")
def reference() -> TransformerEncoder:
    return TransformerEncoder(checked_packaged_folder())


@pytest.mark.model
@pytest.mark.slow
def test_the_fast_encoder_agrees_with_the_reference(
    reference: TransformerEncoder, built_folder: Path, official_texts: list[str], odd_texts: list[str]
) -> None:
    fast = OnnxEncoder(built_folder)
    official = np.sum(fast.encode(official_texts) * reference.encode(official_texts), axis=1)
    assert official.min() >= 0.98
    odd = np.sum(fast.encode(odd_texts) * reference.encode(odd_texts), axis=1)
    assert odd.min() >= 0.96  # two marks without a word: 0.971; nothing that anybody searches for


@pytest.mark.model
@pytest.mark.slow
def test_a_vector_hardly_depends_on_its_neighbours(reference: TransformerEncoder, official_texts: list[str]) -> None:
    alone = np.concatenate([reference.encode([text]) for text in official_texts[:5]])
    np.testing.assert_allclose(reference.encode(official_texts[:5]), alone, atol=1e-5)


@pytest.mark.model
@pytest.mark.slow
def test_odd_texts_are_encoded(reference: TransformerEncoder) -> None:
    vectors = reference.encode(["\ud800", "", "a" * 1_000_000])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert reference.encode([]).shape == (0, 384)
    assert reference.model_id.startswith("model/torch@")


def make_folder(folder: Path, weights: str, modules: object) -> Path:
    folder.mkdir()
    (folder / weights).write_bytes(b"not weights")
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    return folder


STOCK = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]
FOREIGN = [{"idx": 0, "name": "0", "path": "", "type": "modelling.Custom"}]


@pytest.mark.parametrize(
    ("weights", "modules", "reason"),
    [
        ("pytorch_model.bin", STOCK, "no weights as safetensors"),
        ("model.safetensors", FOREIGN, r"code of its own \(modelling\.Custom\)"),
        ("model.safetensors", {"type": 1}, r"modules\.json cannot be read"),
        ("model.safetensors", [{}], r"modules\.json cannot be read"),
    ],
)
def test_a_folder_that_may_not_be_loaded_is_refused(tmp_path: Path, weights: str, modules: object, reason: str) -> None:
    with pytest.raises(UnusableModelError, match=reason):
        TransformerEncoder(make_folder(tmp_path / "model", weights, modules))


def test_a_part_kept_as_a_pickle_is_refused(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "model", "model.safetensors", STOCK)
    (folder / "2_Dense").mkdir()
    (folder / "2_Dense" / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(UnusableModelError, match="could run code"):
        TransformerEncoder(folder)


def test_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableModelError, match="no such folder"):
        TransformerEncoder(tmp_path / "absent")


@pytest.mark.model
@pytest.mark.slow
def test_weights_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableModelError, match="cannot load it"):
        TransformerEncoder(make_folder(tmp_path / "model", "model.safetensors", STOCK))
