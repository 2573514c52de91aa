"""Files by their content, on disk: each under its SHA-256, whole or not there at all."""

import errno
import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.kit import clock
from bot.kit.errors import Problem

_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = "unfinished"
_ABANDONED = 3600.0  # seconds after which nobody writes a file any more
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class NoRoom(Problem):
    """The disk is full."""

    sentence = (
        "{folder} has no room for the file ({size} bytes); nothing of it was kept. Make room there "
        "and try again."
    )


class CannotKeep(Problem):
    """The folder is not ours to write."""

    sentence = "The file cannot be kept in {folder}: {why}. Nothing of it was kept."


class FileMissing(Problem):
    """The register knows a file that the disk has no more."""

    sentence = (
        "The file {sha256} is not in the archive's folder any more. Tell an administrator: it has "
        "to come back from a backup."
    )


class FileChanged(Problem):
    """Somebody, or the disk, changed what was kept."""

    sentence = (
        "The file {sha256} in the archive's folder is not as it was kept: it was changed. Tell an "
        "administrator: it has to come back from a backup."
    )


@dataclass(frozen=True)
class ContentStore:
    """A folder of files that never change. Several processes may share it."""

    folder: Path

    def keep(self, content: bytes) -> str:
        """Keep bytes; returns their SHA-256. Raises :class:`NoRoom` or :class:`CannotKeep`, and
        then nothing is kept.

        What is there already, unchanged, is not written again; what the disk spoiled is mended.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        if self._holds(sha256):
            return sha256
        try:
            self._write(sha256, content)
        except OSError as refused:
            if refused.errno in _FULL:
                raise NoRoom(folder=self.folder, size=len(content)) from refused
            raise CannotKeep(folder=self.folder, why=refused.strerror or refused) from refused
        return sha256

    def content(self, sha256: str) -> bytes:
        """The bytes of this digest. Raises :class:`FileMissing` or :class:`FileChanged`."""
        try:
            content = self._path(sha256).read_bytes()
        except OSError as refused:
            raise FileMissing(sha256=sha256) from refused
        if hashlib.sha256(content).hexdigest() != sha256:
            raise FileChanged(sha256=sha256)
        return content

    def has(self, sha256: str, size: int) -> bool:
        """Whether there is a file of this digest and size in bytes; what is in it is not read."""
        try:
            return self._path(sha256).stat().st_size == size
        except (OSError, FileMissing):
            return False

    def _holds(self, sha256: str) -> bool:
        try:
            self.content(sha256)
        except Problem:
            return False
        return True

    def _write(self, sha256: str, content: bytes) -> None:
        """Written aside, brought to the disk, then named: a kill at any moment leaves no half file
        under the digest.
        """
        path, unfinished = self._path(sha256), self.folder / _UNFINISHED
        for folder in (path.parent, unfinished):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _clear(unfinished)
        descriptor, name = tempfile.mkstemp(dir=unfinished)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        _sync(path.parent)

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise FileMissing(sha256=sha256)
        return self.folder / sha256[:2] / sha256


def _clear(unfinished: Path) -> None:
    """What a kill left behind long ago."""
    for file in unfinished.iterdir():
        try:
            if file.stat().st_mtime < clock.real().timestamp() - _ABANDONED:
                file.unlink()
        except OSError:  # another process was quicker
            continue


def _sync(folder: Path) -> None:
    """The name too is on the disk when this returns."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
