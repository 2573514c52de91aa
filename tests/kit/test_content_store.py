"""Files by their content: whole or not there, and never changed unseen."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.files.content_store import CannotKeep, ContentStore, FileChanged, FileMissing
from handlers.documents.service.archive import safe_name

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> ContentStore:
    return ContentStore(tmp_path / "archive")


def place(store: ContentStore, sha256: str) -> Path:
    return store.folder / sha256[:2] / sha256


def test_bytes_are_kept_under_their_digest_for_us_alone(store: ContentStore) -> None:
    sha256 = store.keep(b"umowa")
    assert sha256 == hashlib.sha256(b"umowa").hexdigest() == store.keep(b"umowa")
    assert store.content(sha256) == b"umowa"
    assert place(store, sha256).stat().st_mode & 0o077 == 0
    assert list((store.folder / "unfinished").iterdir()) == []


def test_missing_and_changed_files_are_told_apart_and_mended_by_the_original(
    store: ContentStore,
) -> None:
    sha256 = store.keep(b"umowa")
    place(store, sha256).write_bytes(b"umowb")
    with pytest.raises(FileChanged):
        store.content(sha256)
    store.keep(b"umowa")
    assert store.content(sha256) == b"umowa"
    place(store, sha256).unlink()
    with pytest.raises(FileMissing):
        store.content(sha256)


def test_what_a_kill_interrupts_is_never_named(store: ContentStore) -> None:
    for _ in range(40):
        _keep_and_be_killed(store)
        if len(_unfinished(store)) >= 3:
            break
    assert len(_unfinished(store)) >= 3, "no kill came in the middle of a file"
    named = [file for file in store.folder.glob("??/*") if file.is_file()]
    assert len(named) >= 3
    for file in named:
        assert hashlib.sha256(file.read_bytes()).hexdigest() == file.name


def _keep_and_be_killed(store: ContentStore) -> None:
    """Killed as soon as it is seen to write a file that is not the first."""
    command = [sys.executable, "-m", "tests.kit.keeping", str(store.folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as keeping:
        assert keeping.stdout
        assert keeping.stdout.readline() == b"begun\n"
        left = _unfinished(store)
        while _unfinished(store) == left and keeping.poll() is None:
            pass
        keeping.kill()


def _unfinished(store: ContentStore) -> set[Path]:
    return set((store.folder / "unfinished").iterdir())


@pytest.mark.parametrize(("seconds", "stays"), [(3_500, True), (3_700, False)])
def test_what_a_kill_left_an_hour_ago_is_cleared_by_the_next_file(
    store: ContentStore, seconds: int, stays: bool
) -> None:
    kept = store.keep(b"umowa")
    left, then = store.folder / "unfinished" / "tmp-left", time.time() - seconds
    left.write_bytes(b"half a f")
    os.utime(left, (then, then))
    store.keep(b"aneks")
    assert left.exists() is stays
    assert store.content(kept) == b"umowa"


def test_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("")
    with pytest.raises(CannotKeep, match="Nothing of it was kept"):
        ContentStore(tmp_path / "archive").keep(b"umowa")


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "a" * 63, "A" * 64, f"{'a' * 64}/x"])
def test_nothing_but_a_digest_names_a_file(store: ContentStore, key: str) -> None:
    with pytest.raises(FileMissing):
        store.content(key)


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Kata\\umowa.pdf", "umowa.pdf"),
        ("faktura\u202efdp.exe", "fakturafdp.exe"),
        ("..", "file"),
        (" umowa  najmu .pdf ", "umowa najmu .pdf"),
    ],
)
def test_name_leads_nowhere_and_hides_nothing(given_: str, shown: str) -> None:

    assert safe_name(given_) == shown


@given(st.text())
def test_any_name_can_be_shown(name: str) -> None:
    shown = safe_name(name)
    assert 0 < len(shown) <= 200
    assert not set("/\\\r\n\t\u202e\u200b\x00") & set(shown)
    assert shown == safe_name(shown)
