"""The marks of a PDF that we made, read back: its digest and its verification code."""

import hashlib
import re
from dataclasses import dataclass

from bot.kit.files.foreign_pdf import BROKEN, ENDLESS, opened

_MENDED = 2_000_000  # bytes; what is larger and damaged takes seconds to look through
_TABLE_AT = re.compile(rb"startxref\s+(\d{1,9})\s")
_TABLE = re.compile(rb"\s*(?:xref|\d+\s+\d+\s+obj)\b")


@dataclass(frozen=True)
class Marks:
    """By what a file is known: its digest, and the code that it carries."""

    sha256: str
    code: str

    @classmethod
    def of(cls, content: bytes) -> "Marks":
        """Of any bytes; what is no PDF carries no code."""
        return cls(hashlib.sha256(content).hexdigest(), code_in(content))


def code_in(content: bytes) -> str:
    """The verification code that a PDF of ours carries among its keywords; '' when
    there is none.
    """
    if len(content) > _MENDED and not _leads_to_its_table(content):
        return ""
    try:
        with opened(content) as reader:
            metadata = reader.metadata
            keywords = str(metadata.get("/Keywords") or "") if metadata else ""
    except (*ENDLESS, *BROKEN):
        return ""
    return next(
        (
            word
            for word in keywords.replace(",", " ").split()
            if word.count("-") == 2 and len(word) == 14
        ),
        "",
    )


def _leads_to_its_table(content: bytes) -> bool:
    """Whether a file says truly where its objects are listed; else each byte would be looked at for
    them.
    """
    match_ = _TABLE_AT.match(content, max(content.rfind(b"startxref"), 0))
    return match_ is not None and _TABLE.match(content, int(match_[1])) is not None
