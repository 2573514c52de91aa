"""Account numbers as banks and people write them, brought to one form so that they can
be compared.
"""

import re
from functools import lru_cache

_NOT_PART = re.compile(r"[^0-9A-Z]")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?/(?=[A-Z0-9])")
_GERMAN = re.compile(r"\s*([0-9]{8})/([0-9]{1,10})\s*")
# Digits and an IBAN's country, then a currency: an IBAN that ends in letters has no place for one.
_CURRENCY = re.compile(r"(.*[0-9])[ /]*([A-Z]{3})")
FEWEST_DIGITS = 8  # of an account number anywhere
_LENGTHS = {"PL": 28, "HU": 28, "DE": 22, "NL": 18, "CZ": 24, "SK": 24, "AT": 20}


def compact(account: str | None) -> str | None:
    """Without blanks, dashes and the slash that MT940 puts before it; ``None`` when nothing is
    left.
    """
    return _NOT_PART.sub("", (account or "").upper()) or None


def without_currency(account: str | None) -> str | None:
    """The account alone, where a bank writes the currency behind it or the bank's BIC before it."""
    text = (account or "").strip()
    written = _CURRENCY.fullmatch(text.upper())
    alone = text[: written.end(1)] if written else text
    named = _BIC.match(alone)
    return (alone[named.end() :] if named and is_iban(alone[named.end() :]) else alone) or None


@lru_cache(maxsize=4096)
def account_key(account: str | None) -> str | None:
    """The form in which two writings of one account are equal.

    A Polish NRB (26 digits), a Hungarian national number (two or three groups of 8 digits, written
    with dashes) and a German one (``BLZ/Konto``) become the IBAN; anything else loses its blanks
    and signs, and the currency that some banks write behind it.
    """
    alone = without_currency(account)
    if alone and (german := _GERMAN.fullmatch(alone)):
        return iban("DE", german[1] + german[2].zfill(10))
    plain = compact(alone)
    if plain is None:
        return None
    if plain.isdigit():
        if len(plain) == 26 and iban("PL", plain[2:]) == f"PL{plain}":
            return f"PL{plain}"
        if len(plain) in (16, 24) and _is_hungarian(plain):
            return iban("HU", plain.ljust(24, "0"))
    return plain


def iban(country: str, national: str) -> str:
    """The IBAN of a national number, with its check digits (ISO 13616: mod 97 of ISO 7064)."""
    digits = "".join(str(int(sign, 36)) for sign in f"{national}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{national}"


@lru_cache(maxsize=4096)
def is_iban(text: str) -> bool:
    """Whether the text is an IBAN with right check digits and, where we know it, the country's
    length.
    """
    plain = _NOT_PART.sub("", text.upper())
    if not _IBAN.fullmatch(plain) or len(plain) != _LENGTHS.get(plain[:2], len(plain)):
        return False
    return iban(plain[:2], plain[4:]) == plain


def is_account_number(text: str) -> bool:
    """Whether the text is an IBAN or a national number; where the country's check digits are known,
    with the right ones.
    """
    plain = account_key(text) or ""
    is_checked = len(plain) in (16, 24, 26)  # of Hungarian and Polish ones
    is_national = plain.isdigit() and len(plain) >= FEWEST_DIGITS and not is_checked
    return is_national or is_iban(plain)


def _is_hungarian(digits: str) -> bool:
    """The giro rule: the first 8 digits and the following ones each end in a check digit (weights
    9, 7, 3, 1).
    """

    def checks(group: str) -> bool:
        return sum(int(d) * w for d, w in zip(group, (9, 7, 3, 1) * 4, strict=False)) % 10 == 0

    return checks(digits[:8]) and checks(digits[8:])
