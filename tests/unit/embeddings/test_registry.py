from __future__ import annotations

from pathlib import Path

import pytest

from headwater_embeddings import registry
from headwater_embeddings.errors import EmbeddingsError, ModelNotBuiltError, UnknownModelError
from headwater_embeddings.hashing import HashingEncoder
from headwater_embeddings.onnx import OnnxEncoder


def test_the_known_models_are_listed_in_order() -> None:
    assert [model.name for model in registry.known_models()] == ["minilm", "minilm-torch", "hashing"]
    assert {model.kind for model in registry.known_models()} == {"onnx", "transformer", "hashing"}
    assert all(model.about for model in registry.known_models())


def test_the_hashing_encoder_needs_nothing() -> None:
    assert isinstance(registry.load_encoder("hashing"), HashingEncoder)


def test_a_model_that_is_not_built_says_what_to_run(tmp_path: Path) -> None:
    assert not registry.is_built("minilm", model_dir=tmp_path)
    with pytest.raises(ModelNotBuiltError, match="run `headwater models build`"):
        registry.load_encoder("minilm", model_dir=tmp_path)


@pytest.mark.parametrize("name", ["", "minilm2", "a\x00b", "/no/such/folder", "x" * 5000])
def test_an_unknown_name_lists_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownModelError, match="known are minilm, minilm-torch, hashing"):
        registry.load_encoder(name)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingsError, match="no weights as safetensors"):
        registry.load_encoder(str(tmp_path))


@pytest.mark.model
def test_a_built_model_is_opened(built_folder: Path) -> None:
    assert registry.is_built(built_folder.name, model_dir=built_folder.parent)
    assert isinstance(registry.load_encoder("minilm", model_dir=built_folder.parent, threads=2), OnnxEncoder)


@pytest.mark.model
@pytest.mark.slow
def test_the_reference_and_a_local_folder_are_opened() -> None:
    from headwater_embeddings.packaged import packaged_folder
    from headwater_embeddings.transformer import TransformerEncoder

    packaged = registry.load_encoder("minilm-torch")
    assert isinstance(packaged, TransformerEncoder)
    assert packaged.model_id.startswith("all-MiniLM-L6-v2/torch@")
    assert registry.load_encoder(str(packaged_folder())).model_id.split("@")[1] == packaged.model_id.split("@")[1]
