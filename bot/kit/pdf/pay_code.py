"""The EPC code: a transfer in euro that a bank's app reads off the paper.

Source: the European Payments Council's guideline EPC069-12, version 002.
"""

from decimal import Decimal

from bot.kit.pdf import qr
from bot.kit.pdf.qr import Modules

PAYEE, REMITTANCE = 70, 140
"""The most letters of a payee's name and of what is written into the transfer."""
_LEAST, _MOST = Decimal("0.01"), Decimal("999999999.99")
_UTF8 = 1
_MOST_BYTES = 331


def can_be_coded(amount: Decimal) -> bool:
    """Whether the code may ask for so many euro."""
    return _LEAST <= amount <= _MOST


def modules(payee: str, iban: str, amount: Decimal, text: str, bic: str = "") -> Modules:
    """The code for a transfer of ``amount`` euro. ``iban`` and ``bic`` without blanks; a name or a
    text that is too long is cut. ``ValueError`` for what the guideline does not allow.
    """
    from segno import helpers  # a fifth of a second that most papers do not need

    payee = " ".join(payee.split())[:PAYEE].strip()
    text = " ".join(text.split())[:REMITTANCE].strip()
    while _bytes(payee, text) > _MOST_BYTES - _FIXED:
        text = text[:-1].rstrip()
    code = helpers.make_epc_qr(payee, iban, amount, text=text, bic=bic or None, encoding=_UTF8)
    return qr.rows_of(code)


# The lines around name and text: mark, version, character set, kind, BIC, IBAN, amount, purpose.
_FIXED = len("BCD\n002\n1\nSCT\n\n\n\n\n\n\n") + 11 + 34 + len("EUR999999999.99")


def _bytes(*texts: str) -> int:
    return sum(len(text.encode()) for text in texts)
