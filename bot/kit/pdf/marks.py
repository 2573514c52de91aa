"""The marks of a PDF that we made, read back: its digest and its verification code."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError


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
    """The verification code that a PDF of ours carries among its keywords; '' when there is none."""
    try:
        metadata = PdfReader(BytesIO(content)).metadata
        keywords = str(metadata.get("/Keywords") or "") if metadata else ""
    except (PyPdfError, ValueError, OSError):
        return ""
    return next((word for word in keywords.replace(",", " ").split() if word.count("-") == 2 and len(word) == 14), "")
