"""Ties: the blanks at which no line may end, as printers in our three languages set them."""

import re

_TIE = "\xa0"
_BLANKS = re.compile(
    r"""
      (?<=\b[Ss]p\.)[ ](?=[zkjp])                      # Sp. z o.o., sp. k.
    | (?<=\bo\.)[ ](?=o\.)                             # z o. o.
    | (?<=[\s(„“"'][aiouwzAIOUWZ])[ ]                  # a word of one letter goes with the next
    | (?<=^[aiouwzAIOUWZ])[ ]
    | (?<=\bnr|\bNr|\bNo)[ ](?=\S)
    | (?<=\bart\.|\bust\.|\bpkt\.|\bpoz\.)[ ](?=\S)
    | (?<=\bul\.|\bal\.|\bpl\.|\bos\.)[ ](?=\S)
    | (?<=§)[ ](?=\d)
    | (?<=\d)[ ](?=r\.)                               # 2013 r.
    """,
    re.VERBOSE,
)
_DAYS = re.compile(r"\b\d{1,2} [^\W\d_]{3,} \d{4}\b|\b\d{4}\. [^\W\d_]{3,} \d{1,2}\b")


def tied(text: str) -> str:
    """``text`` with firm blanks inside dates, forms of companies, references to law and after words
    of one letter.
    """
    text = _DAYS.sub(lambda day: day[0].replace(" ", _TIE), text)
    return _BLANKS.sub(_TIE, text)
