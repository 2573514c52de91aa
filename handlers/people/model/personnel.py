"""What a personnel file holds, and how a line of a list is read. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.kit.errors import Problem
from bot.kit.folding import fold
from bot.kit.tables import amounts
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


class CannotRead(Problem):
    sentence = N_("“{text}” in the column “{column}” cannot be read. Write it as {example}.")


class TooLongFact(Problem):
    sentence = N_("“{column}” may have at most {most} characters.")


def facts_of(row: Mapping[str, str]) -> dict[str, Any]:
    """A line's facts by name; an empty cell says nothing. Raises a Problem."""
    facts: dict[str, Any] = {}
    for column, text in row.items():
        if column == "person" or not text:
            continue
        if len(text) > _MOST:
            raise TooLongFact(column=column, most=_MOST)
        facts[column] = _READ.get(column, _plain)(column, text)
    return facts


def _plain(column: str, text: str) -> str:
    return text


def _day(column: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise CannotRead(text=text, column=column, example="2026-11-30") from None


def _choice(column: str, text: str) -> str:
    for key, words in _CHOICES[column].items():
        if fold(text) in map(fold, words.split("|")):
            return key
    raise CannotRead(text=text, column=column, example=", ".join(_CHOICES[column]))


def _yes_or_no(column: str, text: str) -> bool:
    for words, answer in ((_YES, True), (_NO, False)):
        if fold(text) in map(fold, words.split("|")):
            return answer
    raise CannotRead(text=text, column=column, example="yes, no")


def _currency(column: str, text: str) -> str:
    if len(text) != 3 or not text.isascii() or not text.isalpha():
        raise CannotRead(text=text, column=column, example="PLN")
    return text.upper()


def _amount(column: str, text: str) -> str:
    """Without a unit: the currency is a fact of its own."""
    amount, unit = amounts.typed(text) or (None, "")
    if amount is None or unit or not 0 <= amount < _MOST_PAID:
        raise CannotRead(text=text, column=column, example="9400.00")
    return str(amount)


def _months(column: str, text: str) -> list[list[str]]:
    """``2026-08 9400.00 6700.00; …``: month, gross, net."""
    return [_month(column, part) for part in text.split(";") if part.strip()]


def _month(column: str, text: str) -> list[str]:
    words = text.split()
    if len(words) != 3:
        raise CannotRead(text=text.strip(), column=column, example="2026-08 9400.00 6700.00")
    first_day = _day(column, f"{words[0]}-01")
    return [first_day, _amount(column, words[1]), _amount(column, words[2])]


def _deductions(column: str, text: str) -> list[list[str]]:
    """``bailiff: 300.00; loan: 100.00``, or ``none``."""
    if fold(text) in map(fold, _NONE.split("|")):
        return []
    return [_deduction(column, part) for part in text.split(";") if part.strip()]


def _deduction(column: str, text: str) -> list[str]:
    title, _, amount = text.rpartition(":")
    if not title.strip():
        raise CannotRead(text=text.strip(), column=column, example="bailiff: 300.00")
    return [title.strip(), _amount(column, amount.strip())]


_READ: Mapping[str, Callable[[str, str], Any]] = {
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
