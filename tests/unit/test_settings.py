from pathlib import Path

import pytest
from pydantic import ValidationError

from headwater.settings import Settings, SettingsError, load_settings, setting_name


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(setting_name(field), raising=False)


def test_defaults_are_safe() -> None:
    settings = load_settings()
    assert settings.host == "127.0.0.1"
    assert set(settings.allowed_hosts) == {"127.0.0.1", "localhost", "[::1]"}
    assert settings.database.name == "corpus.sqlite3"
    assert "headwater" in settings.database.parts


def test_the_environment_is_read_and_options_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_PORT", "9000")
    monkeypatch.setenv("HEADWATER_DATABASE", "somewhere.sqlite3")
    monkeypatch.setenv("HEADWATER_ALLOWED_HOSTS", "news.example , LOCALHOST")
    settings = load_settings(port=9001, host=None)
    assert settings.port == 9001
    assert settings.host == "127.0.0.1"
    assert settings.database == Path("somewhere.sqlite3")
    assert settings.allowed_hosts == ("news.example", "localhost")


def test_house_style_is_read_and_options_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_HOUSE_STYLE", "hyphenation,Serial-Comma")
    assert load_settings().house_style == ("serial_comma", "hyphenation")
    assert load_settings(house_style="percent").house_style == ("percent",)
    assert load_settings(house_style="").house_style == ()


def test_an_unknown_house_style_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_HOUSE_STYLE", "oxford_serial_comma")
    with pytest.raises(SettingsError, match=r"HEADWATER_HOUSE_STYLE: unknown house style: did you mean") as raised:
        load_settings()
    assert "oxford" not in str(raised.value)


def test_an_empty_variable_is_no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_PORT", "")
    assert load_settings().port == 8710


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("HEADWATER_PROT", "did you mean HEADWATER_PORT?"),
        ("headwater_databse", "did you mean HEADWATER_DATABASE?"),
        ("HEADWATER_MAX_TEXT_CHARS", "did you mean HEADWATER_MAX_TEXT_CHARACTERS?"),
        ("HEADWATER_XYZZY", "the settings are HEADWATER_DATABASE, "),
    ],
)
def test_an_unknown_name_is_an_error_that_names_the_nearest(
    monkeypatch: pytest.MonkeyPatch, name: str, hint: str
) -> None:
    monkeypatch.setenv(name, "secret")
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert name in str(raised.value)
    assert hint in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HEADWATER_PORT", "seventy"),
        ("HEADWATER_PORT", "70000"),
        ("HEADWATER_CHECK_THREADS", "0"),
        ("HEADWATER_LOG_LEVEL", "loud"),
        ("HEADWATER_MAX_BODY_BYTES", "-1"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_setting(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load_settings()


def test_names_of_others_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATERS_REVIEW", "1")
    monkeypatch.setenv("MY_HEADWATER_PORT", "1")
    assert load_settings().port == 8710


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        load_settings().port = 1


def test_two_longest_texts_fit_into_a_body() -> None:
    settings = load_settings()
    assert settings.max_body_bytes > 2 * 4 * settings.max_text_characters


def test_a_newsroom_s_own_terms_are_read_at_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "terms.toml"
    path.write_text('[[group]]\nid = "moves"\nreason = "one goes back"\nterms = [["loaned"], ["sold"]]\n', "utf-8")
    monkeypatch.setenv("HEADWATER_TERMS", str(path))
    assert load_settings().terms == path


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('[[group]]\nid = "moves"\nterms = [["loaned"], ["sold"]]\n', "needs an id, a reason and two terms"),
        ("[[group\n", "HEADWATER_TERMS"),
        (None, "cannot be read"),
    ],
)
def test_terms_that_cannot_be_used_are_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: str | None, said: str
) -> None:
    path = tmp_path / "secret.toml"
    if written is not None:
        path.write_text(written, "utf-8")
    monkeypatch.setenv("HEADWATER_TERMS", str(path))
    with pytest.raises(SettingsError, match=said) as raised:
        load_settings()
    assert "HEADWATER_TERMS" in str(raised.value)
    assert "secret" not in str(raised.value)
