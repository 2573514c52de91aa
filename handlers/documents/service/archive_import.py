"""Files and folders brought into the archive by the command line: one turn and one outcome each."""

import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.kit.errors import Problem
from bot.kit.files.content_store import ContentStore
from bot.kit.files.folders import files_below
from handlers.documents.service import archive, direct_render
from handlers.documents.service.archive import About, KindUnknown
from storage.people import people
from storage.turn import Turn

Turning = Callable[[], AbstractContextManager[Turn]]


class FileUnreadable(Problem):
    sentence = "The file {name} cannot be opened: {reason}."


class NoSuchPerson(Problem):
    """A private paper is about somebody of the workspace."""

    sentence = (
        "“{text}” is nobody here. A private document is about a person: write their e-mail address."
    )


@dataclass(frozen=True)
class FileOutcome:
    """What became of one file."""

    path: str
    number: str | None
    sha256: str | None
    outcome: Literal["stored", "known", "failed"]
    message: str | None = None


def store_paths(
    turning: Turning, store: ContentStore, paths: list[Path], kind: str, about: str, note: str
) -> Iterator[FileOutcome]:
    """Every file below the paths, in the order of names. A Problem where kind or party is unknown:
    then nothing was begun.
    """
    with turning() as turn:
        facts = _about(turn, kind, about, note)
    for file in files_below(paths):
        yield _store(turning, store, file, facts)


def _store(turning: Turning, store: ContentStore, path: Path, about: About) -> FileOutcome:
    sha256 = None
    try:
        file = archive.deposit(store, _read(path), path.name)
        sha256 = file.sha256
        with turning() as turn:
            document, outcome = archive.keep(turn, file, about)
    except Problem as problem:
        return FileOutcome(str(path), None, sha256, "failed", str(problem))
    return FileOutcome(str(path), document.number, file.sha256, outcome)


def _read(path: Path) -> bytes:
    """The bytes of a file; of what is none (a pipe, a device) and of what is too large, nothing."""
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise FileUnreadable(name=path.name, reason="it is no file")
        if facts.st_size > archive.MOST_BYTES:
            most = archive.MOST_BYTES // 1_000_000
            raise archive.FileTooLarge(name=path.name, most=most)
        return path.read_bytes()
    except OSError as refused:
        raise FileUnreadable(name=path.name, reason=refused.strerror or refused) from refused


def _about(turn: Turn, kind: str, about: str, note: str) -> About:
    """Whom the files are about: a person where the kind is private, else a customer."""
    listed = turn.catalogue.document_kinds.get(kind)
    if listed is None:
        raise KindUnknown(kind=kind, kinds=", ".join(turn.catalogue.document_kinds))
    if not about:
        return About(kind, note=note)
    if not listed.private:
        return About(kind, customer=direct_render.customer_named(turn, about), note=note)
    person = people.find(turn, about)
    if person is None:
        raise NoSuchPerson(text=about)
    return About(kind, person=person.id, note=note)
