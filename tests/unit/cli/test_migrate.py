"""`headwater migrate`, and which corpus the settings name."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus_factories import make_record
from headwater.cli.main import main
from headwater.corpus import migrating
from headwater.corpus.store import CorpusStore
from headwater.settings import Settings, SettingsError, load_settings, setting_name

Run = Callable[..., tuple[int, str, str]]
URL = "postgresql://reporter:secret@127.0.0.1:1/news"


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(setting_name(field), raising=False)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        out, err = capfd.readouterr()
        return int(left.value.code or 0), out, err

    return call


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.sqlite3"
    with CorpusStore(path) as store:
        store.add_documents([make_record()])
    return path


def test_the_address_of_a_database_is_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_DATABASE_URL", URL)
    settings = load_settings()
    assert "secret" not in f"{settings!r} {settings}"
    assert settings.database_url is not None
    assert settings.database_url.get_secret_value() == URL


def test_an_address_that_is_none_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_DATABASE_URL", "mysql://reporter:secret@host/news")
    with pytest.raises(SettingsError, match="HEADWATER_DATABASE_URL: must be written as postgresql://") as raised:
        load_settings()
    assert "secret" not in str(raised.value)


def test_two_names_of_a_corpus_are_one_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_DATABASE_URL", URL)
    monkeypatch.setenv("HEADWATER_DATABASE", "corpus.sqlite3")
    with pytest.raises(SettingsError, match="both name a corpus"):
        load_settings()


def test_a_file_named_by_an_option_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_DATABASE_URL", URL)
    settings = load_settings(database=Path("corpus.sqlite3"))
    assert (settings.database, settings.database_url) == (Path("corpus.sqlite3"), None)


def test_status_and_upgrade_of_a_file(run: Run, file: Path) -> None:
    assert run("migrate", "status", "--database", str(file)) == (
        0,
        f"tables of the corpus: {migrating.HEAD}; this program: {migrating.HEAD}\n",
        "",
    )
    assert run("migrate", "upgrade", "--database", str(file))[0] == 0
    code, _, err = run("migrate", "status", "--database", str(file.with_name("none.sqlite3")))
    assert (code, "there is no corpus at" in err) == (3, True)


def test_a_copy_needs_an_address(run: Run, file: Path) -> None:
    code, _, err = run("migrate", "sqlite-to-postgres", str(file))
    assert (code, "HEADWATER_DATABASE_URL" in err) == (2, True)


def test_a_server_that_is_not_there_is_told(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_DATABASE_URL", URL)
    for command in (("migrate", "sqlite-to-postgres", str(file)), ("migrate", "status"), ("show", "x")):
        code, _, err = run(*command)
        assert (code, "PostgreSQL" in err, "secret" in err) == (3, True, False)


def test_a_corpus_in_a_file_loads_no_driver_of_postgres(file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from headwater.corpus.store import CorpusStore\n"
        f"CorpusStore(Path({str(file)!r})).counts()\n"
        "assert not {'pg8000', 'alembic'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
