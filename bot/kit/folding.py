"""Folding for search: what people type and what stands in a document become the same characters."""

import re
import unicodedata

_NOT_DECOMPOSED = str.maketrans(
    {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ß": "ss", "æ": "ae", "Æ": "ae"}
)
_PART = re.compile(r"[a-z]+|[1-9][0-9]*|0(?![0-9])")  # of digits without the zeros in front
_NOT_A_LETTER_OR_DIGIT = re.compile(r"[^0-9a-z]+")
_HUNGARIAN_TAX = re.compile(r"\s*[0-9]{8}-[0-9]-[0-9]{2}\s*")


def fold(text: str) -> str:
    """Lower case without diacritics, words apart by one blank: ``Łódź, Főutca 3`` is ``lodz foutca
    3``.
    """
    if text.isascii():
        return _NOT_A_LETTER_OR_DIGIT.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKD", text.translate(_NOT_DECOMPOSED))
    bare = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return _NOT_A_LETTER_OR_DIGIT.sub(" ", bare).strip()


def fold_number(text: str) -> str:
    """A document's number without signs or its parts' leading zeros: ``FV/2026/11/0042`` is
    ``fv.2026.11.42``.
    """
    return ".".join(_PART.findall(text.lower() if text.isascii() else fold(text)))


def as_written(number: str) -> str:
    """A document's number as it identifies the document: composed letters (NFC), no blanks around
    it and single ones within; case, signs and zeros are kept.
    """
    text = number if number.isascii() else unicodedata.normalize("NFC", number)
    return " ".join(text.split())


def is_hungarian_tax(number: str | None) -> bool:
    """Whether a tax number is written as Hungarians alone write theirs: ``12892312-2-41``."""
    return _HUNGARIAN_TAX.fullmatch(number or "") is not None
