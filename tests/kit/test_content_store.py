"""Files by their content: whole or not there, and never changed unseen."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.files.content_store import CannotKeep, ContentStore, FileChanged, FileMissing
from handlers.documents.service.archive import safe_name


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
