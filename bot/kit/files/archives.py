"""ZIP archives from strangers: the files in them, within bounds."""

import zipfile
import zlib
from collections.abc import Collection, Iterator
from io import BytesIO
from typing import NamedTuple

from bot.kit.errors import Problem

MAX_FILES = 1_000
MAX_UNFOLDED = 100_000_000
_OFFICE = "[Content_Types].xml"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_FIRST_NAME = 30  # where the first file's name begins, which is that one (ODF 1.3, part 2, 3.3)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


class ArchiveBroken(Problem):
    sentence = "The archive {name} cannot be opened: it is damaged or cut off. Get the file again."


class ArchiveLocked(Problem):
    sentence = "The archive {name} is protected by a password. Unpack it and import the files."


class ArchiveTooLarge(Problem):
    sentence = (
        "The archive {name} holds too much to be read safely: at most {files} files that unfold to "
        "{limit} MB. Split it."
    )


class ArchiveInArchive(Problem):
    sentence = "The archive {name} holds another archive ({inner}). Unpack it and import the files."


class Member(NamedTuple):
    """A file of an archive."""

    name: str
    content: bytes


def is_archive(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04")


def is_office(data: bytes) -> bool:
    """Whether this is a workbook or a text document, which are archives too."""
    return _OFFICE in _names(data) or is_open_document(data)


def is_open_document(head: bytes) -> bool:
    """Whether a file that begins so is one of LibreOffice's own, such as an ODS."""
    return is_archive(head) and head.startswith(_OPEN_DOCUMENT, _FIRST_NAME)


def is_workbook(data: bytes) -> bool:
    return any(name.startswith("xl/") for name in _names(data))


def _names(data: bytes) -> Collection[str]:
    """What is in an archive; nothing in what is none."""
    if not is_archive(data):
        return ()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return archive.NameToInfo
    except _BROKEN:
        return ()


def members(data: bytes, name: str) -> Iterator[Member]:
    """The files, in the order of the archive; raises the problems of this module.

    What systems put beside them (folders, hidden files, the notes of macOS) is passed over.
    """
    left = MAX_UNFOLDED
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for info in _files(archive, name):
                with archive.open(info) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _too_large(name)
                if is_archive(content) and not is_office(content):
                    raise ArchiveInArchive(name=name, inner=info.filename)
                yield Member(info.filename, content)
    except RuntimeError as locked:
        raise ArchiveLocked(name=name) from locked
    except _BROKEN as broken:
        raise ArchiveBroken(name=name) from broken


def _files(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    infos = archive.infolist()
    if not all(info.filename for info in infos):
        raise ArchiveBroken(name=name)
    files = [info for info in infos if not info.is_dir() and not _is_beside(info.filename)]
    if len(infos) > MAX_FILES * 2 or len(files) > MAX_FILES:
        raise _too_large(name)
    if any(info.flag_bits & 1 for info in files):
        raise ArchiveLocked(name=name)
    return files


def _is_beside(path: str) -> bool:
    parts = path.split("/")
    return parts[0] == "__MACOSX" or parts[-1].startswith((".", "_")) or parts[-1] == "Thumbs.db"


def _too_large(name: str) -> ArchiveTooLarge:
    return ArchiveTooLarge(name=name, files=MAX_FILES, limit=MAX_UNFOLDED // 1_000_000)
