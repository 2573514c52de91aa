"""Numbers in a sentence, each taken for what it is: a ticket, an invoice, an amount, a code; or for
nothing.

What is found is replaced by a sign (``ticket#``), so that a sentence is learnt without its numbers.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bot.kit.money import Money
from handlers.tickets.model import amounts

TICKET, INVOICE, AMOUNT, CODE, NUMBER = (
    " ticket# ",
    " invoice# ",
    " amount# ",
    " code# ",
    " number# ",
)
MOST = 2_000  # signs of a sentence that are read

_CODE = re.compile(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\b", re.IGNORECASE)
_CURRENCY = (
    r"(?:eur(?:o|ós|óról|ót|óért|ó|os|ot|oval|ów|os)?|euros?|euró\w*|pln|zł|zl|zł\w*|zlot\w+|złot\w+"
    r"|huf|ft|forint\w*|usd|gbp|chf|czk|ron|dkk|€|\$|£)"
)
_FIGURE = r"\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_WITH_CURRENCY = re.compile(
    rf"(?<![\w/.,-])(?P<before>€|\$|£|eur|pln|huf|usd)?\s?(?P<figure>{_FIGURE})"
    rf"\s?(?P<many>tys\.?|tysięcy|tysiące|ezer|thousand|k|mln|million|millió|milion\w*)?"
    rf"[\s-]?(?P<after>{_CURRENCY})?(?![\w/])",
    re.IGNORECASE,
)
_MANY = {"mln": 1_000_000, "mill": 1_000_000, "mili": 1_000_000}
_WITH_DECIMALS = re.compile(r".*\d[.,]\d{2}")
_NO_INVOICE = re.compile(
    r"(?<![\w])(?:\+\d{2}[ \d-]{7,}|[A-Z]{2}\d{2}(?: ?\d{4}){3,7}|(?:PL|HU|DE|ATU?)?\s?\d{3}-\d{3}"
    r"-\d{2}-\d{2}|\d{3}-\d{2}-\d{2}-\d{3}|(?:PL|HU)?\d{8}-\d-\d{2}|(?:PL|HU)\s?\d{8,10})(?![\w])"
)
_WORD_FOR_INVOICE = (
    r"(?:invoices?|invoce|inv\b\.?|bills?|faktur\w*|fakutr\w*|faktrua|fakt\.|rachun\w+"
    r"|számla\w*|számlá\w*|szamla\w*)"
)
_SERIES = r"(?:fv|fa|fs|fz|fk|fvs|inv|sz|szla|kor|fkor|cn|nc|re)"
_NUMBERED = r"(?:\s*(?:no\.?|nr\.?|num(?:er|ber)|o numerze|sz\.|szám\w*|#))?"
_INTRODUCED = re.compile(
    rf"\b{_WORD_FOR_INVOICE}{_NUMBERED}[\s:#]*(?P<number>[a-z]{{0,4}}[-/ ]?\d[\w/.-]*)",
    re.IGNORECASE,
)
_BEFORE_THE_WORD = re.compile(
    r"(?<![\w/])(?P<number>\d+)-?(?:[aeiouöüóőúű]?s)\s+(?:számú\s+)?(?:számla|számlá|szamla)\w*",
    re.IGNORECASE,
)
_PARTED = re.compile(
    rf"(?<![\w/.-])(?:{_SERIES} |[a-z]{{1,6}}[-/]?)?\d+(?:[/-]\w*\d\w*|/[a-z]{{1,4}}\b)+", re.I
)
_GLUED = re.compile(rf"(?<![\w/.-]){_SERIES}[-/ ]?\d{{3,}}(?![/-]?\w)", re.IGNORECASE)
_WITHOUT_SIGNS = re.compile(r"([a-z]{1,5}) ?(20[0-4]\d)(0[1-9]|1[0-2])?(\d{1,6})", re.IGNORECASE)
_YEAR = re.compile(r"20[0-4]\d")
_ASKS = re.compile(
    r"(?:status|stat|stan|how|what|when|why|any|done|news|update|jak|co|gdzie|kiedy|gotow|hogy|hol"
    r"|mi|mikor|kész|állapot)",
    re.IGNORECASE,
)
_WORD_FOR_TICKET = (
    r"(?:tickets?|tikets?|tickt|zgłoszeni\w*|zgloszeni\w*|spraw\w+|jegy\w*|bejelentés\w*"
    r"|bejelentes\w*|case|request)"
)
_TICKET_WORD = re.compile(
    rf"\b{_WORD_FOR_TICKET}{_NUMBERED}[\s:#]*(?P<number>\d{{1,9}})(?![\w/.,]*\d|\w)", re.I
)
_TICKET_AFTER = re.compile(
    r"(?<![\w/.,-])(?P<number>\d{1,9})-?[aeiouöüóőúű]?s\s+(?:számú\s+)?(?:jegy|bejelent)\w*", re.I
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What numbers a sentence has, as they are typed; ``plain`` is the sentence with signs in their
    place.
    """

    plain: str
    ticket: str | None = None
    invoice: str | None = None
    amount: str | None = None
    """A decimal with a dot."""
    currency: str | None = None
    code: str | None = None
    tax_number: str | None = None


def figures(text: str, prefix: str = "BO") -> Figures:
    """The numbers of a sentence whose days are signs already. ``prefix`` begins tickets' numbers.

    Of two of a kind neither is named: nobody knows which is meant.
    """
    rest = text[:MOST]
    code, rest = _take(_CODE, rest, CODE, _has_a_digit)
    tax, rest = _take(_NO_INVOICE, rest, NUMBER)
    ticket, rest = _tickets(rest, prefix)
    money, rest = _take(_WITH_CURRENCY, rest, AMOUNT, _is_amount)
    invoice, rest = _invoices(rest)
    amount = _amount(money) if money else None
    return Figures(
        plain=re.sub(r"(?<!\w)\d[\d.,:/-]*", NUMBER, rest),
        ticket=_only(ticket),
        invoice=_only(invoice),
        amount=amount[0] if amount else None,
        currency=amount[1] if amount else None,
        code=code[0].upper() if len(code) == 1 else None,
        tax_number=_only(tax),
    )


def taken_apart(number: str) -> str | None:
    """``fv2026110042`` as it may stand in the books, ``fv/2026/11/0042``; None for one that has
    signs.
    """
    match = _WITHOUT_SIGNS.fullmatch(number.strip())
    return "/".join(filter(None, match.groups())) if match else None


def _tickets(text: str, prefix: str) -> tuple[list[str], str]:
    result, rest = _take(_by_prefix(prefix), text, TICKET, lambda match: _is_ticket(match, text))
    for pattern in (_TICKET_AFTER, _TICKET_WORD):
        more, rest = _take(pattern, rest, TICKET)
        result += more
    return result, rest


@lru_cache(maxsize=16)
def _by_prefix(prefix: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/-]){re.escape(prefix)}(?:-| ?)\d{{1,9}}(?![\w/]*\d)", re.I)


def _is_ticket(match: re.Match[str], text: str) -> object:
    """Polish *bo 12 osób* is "because 12 people": small letters apart from their number must end
    the text, or begin a question.
    """
    written = match[0]
    if "-" in written or " " not in written or not written[0].islower():
        return True
    before, after = text[: match.start()].strip(), text[match.end() :].strip(" ?!.,-:")
    return not after or after.startswith(("vel", "val")) or (not before and _ASKS.match(after))


def _invoices(text: str) -> tuple[list[str], str]:
    result: list[str] = []
    rest = text
    for pattern, fits in (
        (_PARTED, _is_number_of_an_invoice),
        (_GLUED, _any),
        (_BEFORE_THE_WORD, _any),
        (_INTRODUCED, _any),
    ):
        more, rest = _take(pattern, rest, INVOICE, fits)
        result += more
    return [number.strip(" .-/:") for number in result], rest


def _is_number_of_an_invoice(match: re.Match[str]) -> bool:
    """``FV/2026/11/0042`` and ``42/2026``, and neither a shift (``24/7``), a month (``11/2026``)
    nor a part (``A4-2``).
    """
    groups = re.findall(r"\d+", match[0])
    letters = re.match(r"[a-z]+", match[0], re.IGNORECASE)
    has_year = any(map(_YEAR.fullmatch, groups))
    if letters:
        return has_year or (len(groups) > 1 and max(map(len, groups)) > 2)
    if "/" not in match[0] or len(groups) < 2:
        return False
    if len(groups) == 2:
        return has_year and not any(_is_month_or_next_year(group, groups) for group in groups)
    return has_year or len(groups) > 3


def _is_month_or_next_year(group: str, groups: list[str]) -> bool:
    return int(group) <= 12 or all(map(_YEAR.fullmatch, groups))


def _is_amount(match: re.Match[str]) -> bool:
    """With a currency, or with two decimals."""
    has_currency = bool(match["before"] or match["after"])
    return has_currency or bool(_WITH_DECIMALS.fullmatch(match["figure"]) and not match["many"])


def _amount(result: list[str]) -> tuple[str, str | None] | None:
    """The one amount of a sentence, in whole units."""
    match = _WITH_CURRENCY.search(result[0].strip())
    if match is None or len(result) > 1:
        return None
    currency = _currency(match["before"] or match["after"] or "")
    money = amounts.read(match["figure"], currency or "EUR")
    if money is None:
        return None
    times = _times((match["many"] or "").lower())
    return Money.of(money.amount * times, currency or "EUR").plain(), currency


def _currency(written: str) -> str | None:
    low = written.lower()
    for beginning, code in (
        ("z", "PLN"),
        ("f", "HUF"),
        ("eur", "EUR"),
        ("€", "EUR"),
        ("$", "USD"),
        ("£", "GBP"),
    ):
        if low.startswith(beginning):
            return code
    return low.upper() or None


def _times(many: str) -> int:
    if not many:
        return 1
    for word, times in _MANY.items():
        if many.startswith(word):
            return times
    return 1000


def _any(_: re.Match[str]) -> bool:
    return True


def _has_a_digit(match: re.Match[str]) -> bool:
    return any(map(str.isdigit, match[0]))


def _take(
    pattern: re.Pattern[str],
    text: str,
    sign: str,
    fits: Callable[[re.Match[str]], object] = _any,
) -> tuple[list[str], str]:
    """What the pattern finds and what is left, a sign in the place of each."""
    result: list[str] = []

    def replace(match: re.Match[str]) -> str:
        if not fits(match):
            return match[0]
        named = "number" in pattern.groupindex
        result.append(match["number"] if named else match[0])
        return match[0].replace(match["number"], sign) if named else sign

    return result, pattern.sub(replace, text)


def _only(result: list[str]) -> str | None:
    """The one that is meant; the same typed twice is one."""
    different = {each.lower(): each.strip() for each in result}
    return next(iter(different.values())) if len(different) == 1 else None
