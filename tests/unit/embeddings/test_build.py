from __future__ import annotations

from pathlib import Path

import pytest

from headwater_embeddings import build, manifest, packaged
from headwater_embeddings.errors import UnusableModelError, WeightsTamperedError
from headwater_embeddings.onnx import OnnxEncoder


@pytest.mark.parametrize(
    ("cpu_info", "expected"),
    [
        ("flags\t\t: fpu avx2 avx512f avx512_vnni amx_tile", "int8"),
        ("flags\t\t: fpu avx2 avx_vnni", "int8"),
        ("Features\t: fp asimd asimddp", "int8"),
        ("flags\t\t: fpu avx avx2", "int8-reduced"),
        ("flags\t\t: fpu sse4_2", "fp32"),
        ("", "fp32"),
    ],
)
def test_the_precision_is_chosen_for_the_processor(cpu_info: str, expected: str) -> None:
    assert build.precision_for(cpu_info) == expected


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("precision", ["", "fp32"])
def test_a_build_replaces_the_one_before_it(tmp_path: Path, precision: str) -> None:
    folder, lines = tmp_path / "minilm", []
    folder.mkdir()
    (folder / "left_over").touch()
    assert build.build_fast_encoder(folder, progress=lines.append, precision=precision) == folder
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "model.onnx", "tokenizer.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["minilm"]
    assert lines[0] == "checking the packaged weights"
    assert str(folder) in lines[-1]
    made = manifest.parse_manifest(folder)
    assert made.agreement["lowest"] >= 0.98
    assert made.source == packaged.read_packaged_model().sha256
    assert OnnxEncoder(folder).encode(["Inflation fell."]).shape == (1, 384)


@pytest.mark.model
@pytest.mark.slow
def test_arithmetic_that_disagrees_gives_way_to_a_safer_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = packaged.read_packaged_model()
    monkeypatch.setattr(
        build,
        "read_packaged_model",
        lambda: packaged.PackagedModel(
            strict.name,
            strict.dimensions,
            strict.layers,
            strict.heads,
            strict.max_tokens,
            strict.sha256,
            0.999,
            strict.sentences,
        ),
    )
    lines: list[str] = []
    folder = build.build_fast_encoder(tmp_path / "minilm", progress=lines.append, precision="int8")
    assert manifest.parse_manifest(folder).precision == "fp32"
    assert [line for line in lines if line.startswith("writing")] == [
        "writing and comparing: int8",
        "writing and comparing: int8-reduced",
        "writing and comparing: fp32",
    ]


def make_weights(folder: Path) -> Path:
    folder.mkdir()
    for name in packaged.read_packaged_model().sha256:
        (folder / name).write_bytes(b"something else")
    return folder


def test_tampered_weights_are_refused_with_both_hashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "packaged_folder", lambda: make_weights(tmp_path / "weights"))
    with pytest.raises(WeightsTamperedError) as caught:
        build.build_fast_encoder(tmp_path / "models" / "minilm", progress=lambda _: None)
    assert caught.value.expected == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert caught.value.found in str(caught.value)
    assert not (tmp_path / "models").exists()


def test_missing_weights_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "PACKAGE", "a_package_that_is_not_there")
    with pytest.raises(UnusableModelError, match="not installed"):
        build.build_fast_encoder(tmp_path / "minilm", progress=lambda _: None)


def test_the_command_line_says_why_it_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(packaged, "packaged_folder", lambda: make_weights(tmp_path / "weights"))
    assert build.main([str(tmp_path / "minilm")]) == 3
    assert "is not the file it has to be" in capsys.readouterr().err


def test_the_command_line_takes_one_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["one", "two"]) == 2
    assert capsys.readouterr().err.startswith("usage:")


def test_a_folder_that_cannot_be_moved_leaves_the_old_model(tmp_path: Path) -> None:
    folder = tmp_path / "minilm"
    folder.mkdir()
    (folder / "old").touch()
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with pytest.raises(FileNotFoundError):
        build._put_in_place(scratch / "never_made", folder)
    assert (folder / "old").exists()
