"""The text of a file whose encoding nobody wrote down."""

import codecs
import re

_LETTERS = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáéíöőúüűÁÉÍÖŐÚÜŰäßÄ§€–„”’\xa0")
_CANDIDATES = ("cp1250", "iso-8859-2", "cp852")
_CAPITAL_INSIDE = re.compile(r"[a-ząćęłńóśźżáéíöőúüű][ĄĆĘŁŃÓŚŹŻÁÉÍÖŐÚÜŰ][a-z]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000


def decode(data: bytes) -> str:
    """``data`` as text: by its byte order mark, else UTF-8, else the one of cp1250, ISO 8859-2 and
    cp852 in which it reads most like Polish, Hungarian or German. Bytes that mean nothing become
    ``�``. A mark that is written twice and the zeros that a mainframe fills up with are left out.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").lstrip("\ufeff").rstrip("\0")
    plain = data.rstrip(b"\0")
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        return plain.decode(likeliest(plain), errors="replace")


def likeliest(data: bytes) -> str:
    """Of the encodings of Central Europe the one that bytes, which are no UTF-8, are written in."""
    sample = data[:_SAMPLE]
    return max(_CANDIDATES, key=lambda encoding: _likeness(sample, encoding))


def _likeness(sample: bytes, encoding: str) -> int:
    text = sample.decode(encoding, errors="replace")
    odd = sum(-1 if sign in _LETTERS else 2 for sign in text if sign > "\x7f")
    return -odd - 2 * len(_CAPITAL_INSIDE.findall(text))
