"""Which tax numbers, bank accounts, countries and currencies exist by their check
digits and lists.
"""

import re
from functools import cache, lru_cache
from itertools import cycle

from babel import Locale
from babel.core import get_global
from stdnum import iban
from stdnum.eu import vat
from stdnum.hu import anum
from stdnum.pl import nip

from bot.kit.tables.values import has_lost_digits

_KEPT = 100_000
_VAT = re.compile(r"([A-Z]{2})[0-9A-Z+*]{2,13}")
_WITH_VAT = frozenset({*vat.MEMBER_STATES, "el"})
# Of CLDR's territories these are no countries; EL and XI are prefixes of VAT numbers for Greece and
# Northern Ireland.
_NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
_OF_VAT_ONLY = {"EL", "XI"}
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{8,30}")
_NEARLY_NRB = re.compile("[0-9]{22,30}")  # longer than any account of a land without IBAN
_NRB = re.compile(r"[0-9]{26}")
_GIRO = re.compile(r"([0-9]{8})-?([0-9]{8})(?:-?([0-9]{8}))?")
_GIRO_WEIGHTS = (9, 7, 3, 1, 9, 7, 3, 1)


@lru_cache(_KEPT)
def is_tax_number(number: str, country: str | None) -> bool | None:
    """By the check digits; ``None`` where neither the prefix nor ``country`` tells a number that
    has any here.
    """
    prefixed = _VAT.fullmatch(number)
    if prefixed:
        return bool(vat.is_valid(number)) if prefixed[1].lower() in _WITH_VAT else None
    digits = re.sub(r"[^0-9]", "", number)
    if country == "PL":
        return bool(nip.is_valid(digits))
    if country == "HU":
        return len(digits) in (8, 11) and bool(anum.is_valid(digits[:8]))
    return None


@lru_cache(_KEPT)
def is_account(account: str, country: str | None) -> bool | None:
    """By the check digits of IBAN, of Polish NRB (26 digits) and Hungarian GIRO (16 or 24);
    ``None`` for any other: a Polish seller may have an account abroad, whose form is its bank's.
    """
    if has_lost_digits(account):
        return False
    if _IBAN.fullmatch(account):
        return bool(iban.is_valid(account))
    if _NRB.fullmatch(account):
        return bool(iban.is_valid("PL" + account))
    giro = _GIRO.fullmatch(account) if country == "HU" or "-" in account else None
    if giro:
        return _checks_out(giro[1]) and _checks_out(giro[2] + (giro[3] or ""))
    return False if country == "PL" and _NEARLY_NRB.fullmatch(account) else None


def is_country(code: str) -> bool:
    return code in _countries()


def is_currency(code: str) -> bool:
    return code in _currencies()


def _checks_out(digits: str) -> bool:
    weighted = 0
    for digit, weight in zip(digits, cycle(_GIRO_WEIGHTS), strict=False):
        weighted += int(digit) * weight
    return weighted % 10 == 0


@cache
def _countries() -> frozenset[str]:
    territories = map(str, Locale("en").territories)
    countries = {code for code in territories if len(code) == 2} - _NO_COUNTRIES
    return frozenset(countries | _OF_VAT_ONLY)


@cache
def _currencies() -> frozenset[str]:
    return frozenset(get_global("all_currencies"))
