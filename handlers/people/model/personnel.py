"""What a personnel file holds, and how a line of a list is read. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bot.kit.errors import Problem
from bot.kit.folding import fold
from bot.kit.tables.amounts import taken_apart, typed
from bot.kit.tables.lists import Record
from bot.kit.tables.vocabulary import Vocabulary
from bot.kit.words import N_

HEADINGS = Vocabulary(
    kind="people",
    words={
        "person": "person|employee|osoba|pracownik|személy|dolgozó|munkavállaló",
        "name": "name|full name|imię i nazwisko|név|teljes név",
        "national_id": "national id|pesel|identity document|numer dokumentu|személyi szám",
        "birth_name": "birth name|name at birth|nazwisko rodowe|születési név",
        "birth_place": "birth place|place of birth|miejsce urodzenia|születési hely",
        "born_on": "born on|date of birth|data urodzenia|születési idő|születési dátum",
        "mothers_name": "mothers name|mother's name|imię matki|anyja neve",
        "address": "address|adres|lakcím|cím",
        "tax_id": "tax id|tax number|nip|adóazonosító|adóazonosító jel",
        "contract": "contract|kind of contract|rodzaj umowy|szerződés|szerződés fajtája",
        "duration": "duration|czas trwania umowy|okres umowy|szerződés időtartama",
        "started_on": "started on|employed since|zatrudniony od|data zatrudnienia|belépés napja",
        "ends_on": "ends on|contract ends|umowa do|szerződés vége",
        "position": "position|job title|stanowisko|munkakör|beosztás",
        "working_time": "working time|wymiar etatu|etat|munkaidő",
        "on_trial": "on trial|okres próbny|próbaidő",
        "under_notice": "under notice|w okresie wypowiedzenia|felmondás alatt",
        "currency": "currency|waluta|pénznem",
        "base_pay": "base pay|basic pay|wynagrodzenie zasadnicze|alapbér",
        "months": "pay|pay by month|wynagrodzenie|wynagrodzenia|bér|bérek",
        "deductions": "deductions|potrącenia|levonások",
    },
    needed=(("person",),),
    amounts=("base_pay",),
    days=("born_on", "started_on", "ends_on"),
)
"""The headings of a list of personnel facts."""
EMPLOYMENT = tuple(
    name
    for name in HEADINGS.words
    if name not in ("person", "currency", "base_pay", "months", "deductions")
)
PAY = ("currency", "base_pay", "months", "deductions")
"""Facts that stand on a certificate of earnings alone."""

_CHOICES: Mapping[str, Mapping[str, str]] = {
    "contract": {
        "employment": "employment|employment contract|umowa o pracę|munkaszerződés",
        "mandate": "mandate|contract of mandate|umowa zlecenie|umowa zlecenia|megbízási szerződés",
        "specific_work": "specific work|umowa o dzieło|vállalkozási szerződés",
        "appointment": "appointment|powołanie|kinevezés",
    },
    "duration": {
        "indefinite": "indefinite|czas nieokreślony|na czas nieokreślony|határozatlan",
        "fixed": "fixed|czas określony|na czas określony|határozott",
        "trial": "trial|okres próbny|na okres próbny|próbaidő",
    },
}
_YES, _NO = "yes|true|1|tak|igen", "no|false|0|nie|nem"
_NONE = "none|no|brak|nie|nincs|nem|0|-"
_MOST = 500  # characters
_MOST_PAID = 10**12
_COIN = Decimal("0.01")


class TooLongFact(Problem):
    sentence = N_("“{column}” may have at most {most} characters.")


def facts_of(record: Record) -> dict[str, Any]:
    """A line's facts by name; an empty cell says nothing. Raises a Problem."""
    facts: dict[str, Any] = {}
    for field, text in record.texts().items():
        if field == "person" or not text:
            continue
        if len(text) > _MOST:
            raise TooLongFact(column=record.layout.heading(field), most=_MOST)
        facts[field] = _READ.get(field, Record.text)(record, field)
    return facts


def _day(record: Record, field: str) -> str:
    return record.day(field).isoformat()


def _choice(record: Record, field: str) -> str:
    for key, words in _CHOICES[field].items():
        if fold(record.text(field)) in map(fold, words.split("|")):
            return key
    raise record.unreadable(field, ", ".join(_CHOICES[field]))


def _yes_or_no(record: Record, field: str) -> bool:
    for words, answer in ((_YES, True), (_NO, False)):
        if fold(record.text(field)) in map(fold, words.split("|")):
            return answer
    raise record.unreadable(field, "yes, no")


def _currency(record: Record, field: str) -> str:
    text = record.text(field)
    if len(text) != 3 or not text.isascii() or not text.isalpha():
        raise record.unreadable(field, "PLN")
    return text.upper()


def _amount(record: Record, field: str) -> str:
    """Without a unit: the currency is a fact of its own."""
    amount, written = record.amount(field), taken_apart(record.text(field))
    is_plain = written is not None and not written.words
    if not is_plain or not 0 <= amount < _MOST_PAID or amount % _COIN:
        raise record.unreadable(field, "9400.00")
    return str(amount)


def _months(record: Record, field: str) -> list[list[str]]:
    """``2026-08 9400.00 6700.00; …``: month, gross, net."""
    months: list[list[str]] = []
    for part in filter(str.strip, record.text(field).split(";")):
        month, *sums = part.split()
        read = [_first_day(month), *map(_typed, sums)]
        if len(read) != 3 or None in read:
            raise record.unreadable(field, "2026-08 9400.00 6700.00")
        months.append(list(map(str, read)))
    return months


def _first_day(month: str) -> str | None:
    try:
        return date.fromisoformat(f"{month}-01").isoformat()
    except ValueError:
        return None


def _typed(text: str) -> str | None:
    """An amount among others in one cell."""
    read = typed(text)
    if read is None or read[1] or not 0 <= read[0] < _MOST_PAID:
        return None
    return str(read[0])


def _deductions(record: Record, field: str) -> list[list[str]]:
    """``bailiff: 300.00; loan: 100.00``, or ``none``."""
    text = record.text(field)
    if fold(text) in map(fold, _NONE.split("|")):
        return []
    deductions: list[list[str]] = []
    for part in filter(str.strip, text.split(";")):
        title, _, amount = part.rpartition(":")
        read = _typed(amount)
        if not title.strip() or read is None:
            raise record.unreadable(field, "bailiff: 300.00")
        deductions.append([title.strip(), read])
    return deductions


_READ: Mapping[str, Callable[[Record, str], Any]] = {
    "born_on": _day,
    "started_on": _day,
    "ends_on": _day,
    "contract": _choice,
    "duration": _choice,
    "on_trial": _yes_or_no,
    "under_notice": _yes_or_no,
    "currency": _currency,
    "base_pay": _amount,
    "months": _months,
    "deductions": _deductions,
}
