from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from headwater_embeddings.errors import DisagreementError, UnusableModelError, WeightsTamperedError
from headwater_embeddings.onnx import OnnxEncoder

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def encoder(built_folder: Path) -> OnnxEncoder:
    return OnnxEncoder(built_folder)


@pytest.fixture
def copied(built_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built_folder, tmp_path / "copied"))


def change_manifest(folder: Path, **changes: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def test_the_id_names_model_arithmetic_and_fingerprint(encoder: OnnxEncoder, built_folder: Path) -> None:
    manifest = json.loads((built_folder / "manifest.json").read_text(encoding="utf-8"))
    fingerprint = manifest["files"]["model.onnx"][:12]
    assert encoder.model_id == f"all-MiniLM-L6-v2/onnx-{manifest['precision']}@{fingerprint}"


def test_vectors_have_length_one(encoder: OnnxEncoder, official_texts: list[str], odd_texts: list[str]) -> None:
    vectors = encoder.encode(official_texts + odd_texts)
    assert vectors.shape == (len(official_texts) + len(odd_texts), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_text_gives_no_row(encoder: OnnxEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_a_vector_does_not_depend_on_its_neighbours(encoder: OnnxEncoder, official_texts: list[str]) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in official_texts[:10]])
    np.testing.assert_array_equal(encoder.encode(official_texts[:10]), alone)
    np.testing.assert_array_equal(encoder.encode(official_texts[:10][::-1]), alone[::-1])


def test_several_threads_inside_a_call_change_nothing(
    encoder: OnnxEncoder, built_folder: Path, official_texts: list[str]
) -> None:
    np.testing.assert_array_equal(
        OnnxEncoder(built_folder, threads=2).encode(official_texts), encoder.encode(official_texts)
    )


def test_several_threads_may_call_it(encoder: OnnxEncoder, official_texts: list[str]) -> None:
    alone = encoder.encode(official_texts)
    with ThreadPoolExecutor(4) as pool:
        for answer in pool.map(encoder.encode, [official_texts] * 4):
            np.testing.assert_array_equal(answer, alone)


@pytest.mark.parametrize("odd", ["\ud800 lone surrogate", "\x00\x01\x02", "word " * 300_000, "a" * 1_000_000])
def test_odd_texts_are_encoded(encoder: OnnxEncoder, odd: str) -> None:
    assert np.linalg.norm(encoder.encode([odd])) == pytest.approx(1, abs=1e-5)


def test_what_is_beyond_the_limit_of_tokens_is_left_out(encoder: OnnxEncoder) -> None:
    text = "one two three four " * 100
    np.testing.assert_array_equal(encoder.encode([text]), encoder.encode([text + "something else entirely"]))


def test_meaning_makes_texts_alike(encoder: OnnxEncoder) -> None:
    query, near, far = encoder.encode(
        [
            "Joblessness declined last month.",
            "The unemployment rate fell in May.",
            "The minister opened a bridge over the river.",
        ]
    )
    assert query @ near > 0.5 > query @ far


def test_a_changed_graph_is_refused(copied: Path) -> None:
    graph = copied / "model.onnx"
    content = bytearray(graph.read_bytes())
    content[len(content) // 2] ^= 1
    graph.write_bytes(content)
    with pytest.raises(WeightsTamperedError) as caught:
        OnnxEncoder(copied)
    assert caught.value.expected != caught.value.found
    assert caught.value.expected in str(caught.value)
    assert caught.value.found in str(caught.value)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "manifest.json"])
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(UnusableModelError, match=name):
        OnnxEncoder(copied)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 1}', "\ufeff{", "null"])
def test_an_unreadable_manifest_is_refused(copied: Path, text: str) -> None:
    (copied / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(UnusableModelError, match="manifest"):
        OnnxEncoder(copied)


def test_a_manifest_that_leaves_a_file_out_is_refused(copied: Path) -> None:
    change_manifest(copied, files={"tokenizer.json": "0"})
    with pytest.raises(UnusableModelError, match=r"does not name model\.onnx"):
        OnnxEncoder(copied)


def test_a_processor_that_computes_something_else_is_noticed(copied: Path) -> None:
    change_manifest(copied, probe="Something else than what the vector was made of.")
    with pytest.raises(DisagreementError, match="disagrees with the reference"):
        OnnxEncoder(copied)
