"""The marks of a PDF that we made, read back: its verification code."""

from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError


def code_in(content: bytes) -> str:
    """The verification code that a PDF of ours carries among its keywords; '' when there is none."""
    try:
        metadata = PdfReader(BytesIO(content)).metadata
        keywords = str(metadata.get("/Keywords") or "") if metadata else ""
    except (PyPdfError, ValueError, OSError):
        return ""
    return next((word for word in keywords.replace(",", " ").split() if word.count("-") == 2 and len(word) == 14), "")
