"""Days as people say them: ``31.12.2026``, *by Friday*, *na koniec października*, *tegnap*."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.kit.days import is_kept
from bot.kit.errors import Problem

DAY = " day# "
"""The sign in the place of a day that was taken out of words."""
FIRST_SIGN, MOST = 0xE000, 2_000
ANY_SIGN = re.compile("[\ue000-\uf8ff]")
"""What stands for one day while a text is read: signs that no writing uses."""
_Read = Callable[[re.Match[str], date], date | None]

_MONTHS = (
    "jan|sty|jan",
    "feb|lut|feb",
    "mar|mar|már|mar",
    "apr|kwi|ápr",
    "may|maj|máj",
    "jun|cze|jún",
    "jul|lip|júl",
    "aug|sie|aug",
    "sep|wrz|sze",
    "oct|paź|paz|okt",
    "nov|lis|nov",
    "dec|gru|dec",
)
MONTH = (
    r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|december"
    r"|stycz\w+|lut(?:y|ego|ym)|mar(?:zec|ca|cu)|kwie\w+|maj(?:a|u)?|czerw\w+|lip(?:iec|ca|cu)"
    r"|sierp\w+|wrze\w+|pa[źz]dziernik\w*|listopad\w*|grud\w+|január\w*|januar\w*|február\w*"
    r"|március\w*|marcius\w*|április\w*|aprilis\w*|május\w*|majus\w*|június\w*|junius\w*"
    r"|július\w*|julius\w*|augusztus\w*|szeptember\w*|október\w*|oktober\w*|november\w*"
    r"|december\w*|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|sty|lut|kwi|maj|cze|lip|sie"
    r"|wrz|pa[źz]|lis|gru|febr|m[áa]rc|ápr|máj|jún|júl|szept|okt)"
)
_TODAY = r"today|dzisiaj|dziś|dzis|dzisiejsz\w+|mai"
_TODAY_IN_HUNGARIAN = re.compile(r"(?<![\w/.-])ma(?![\w/])", re.IGNORECASE)  # Polish: "has"
_TOMORROW = r"tomorrow|jutro|jutra|jutrzejsz\w+|holnap\w*"
_YESTERDAY = r"yesterday|wczoraj\w*|tegnap\w*"
_WEEKDAYS = (
    r"monday|poniedzia\w+|hétf\w+|hetf\w+",
    r"tuesday|wtor(?:ek|ku|kiem)|kedd\w*",
    r"wednesday|śr[oó]d(?:a|ę|y|zie|ą)|srod(?:a|e|y|zie)|szerd\w+",
    r"thursday|czwart(?:ek|ku|kiem)|csütörtök\w*|csutortok\w*",
    r"friday|pi[ąa]t(?:ek|ku|kiem)|péntek\w*|pentek\w*",
    r"saturday|sobot\w+|szombat\w*",
    r"sunday|niedziel\w+|vasárnap\w*|vasarnap\w*",
)
_LAST = r"last|zeszł\w+|zeszl\w+|ubiegł\w+|ostatni\w*|múlt|mult|elmúlt"
_PAST = re.compile(
    r"\b(paid|payed|did|was|were|received|came|zapłaci\w+|zaplaci\w+|wpłaci\w+|wplaci\w+|przysz\w+"
    r"|wpłyn\w+|fizetett|fizettek|jött|érkezett|befizet\w+)\b",
    re.IGNORECASE,
)
_END_OF = r"(?:end of|at the end of|koniec|końca|konca|końcu)"

_YEAR_FIRST = re.compile(
    r"(?<![\w/.-])(?P<year>\d{4})[-./ ]+(?P<m>\d{1,2})[-./ ]+(?P<day>\d{1,2})\b\.?(?![\w/-])"
)
_DAY_FIRST = re.compile(
    r"(?<![\w/.-])(?P<day>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<year>\d{4})\b(?![\w/-])"
)
_NUMBER_FOLLOWS = re.compile(
    r"(?:\b(?:f[vaszk]|fvs|inv|sz|szla|kor|fkor|cn|nc|re|invoices?|faktur\w*|rachun\w+|sz[aá]ml\w*"
    r"|no|nr|number|numer\w*)\b|#)[\s.:#]*$",
    re.IGNORECASE,
)


class NotADay(Problem):
    sentence = "“{text}” is not a day. Write it as 2026-11-30."


@dataclass(frozen=True, slots=True)
class Spelt:
    """A day as it was read, and the words in which it stood."""

    day: date
    words: str
    has_year: bool = True
    """False only where somebody wrote day and month, and left the year to us."""
    first: date | None = None
    """Where it is a month or a year: the first day; then ``day`` is the last."""


@dataclass(slots=True)
class Signed:
    """A text with a sign of its own in the place of each day."""

    rest: str
    days: list[Spelt] = field(default_factory=list)

    def add(self, spelt: Spelt) -> str:
        self.days.append(spelt)
        return f" {chr(FIRST_SIGN + len(self.days) - 1)} "


def take_day(
    text: str, today: date, language: str = "en", *, weekdays: bool = True, slashes: bool = False
) -> tuple[date | None, str]:
    """The one day of a sentence, and the sentence with a sign in its place; none where there are
    several.
    """
    signed = sign_days(text, today, language, weekdays=weekdays, slashes=slashes)
    days = {spelt.day for spelt in signed.days}
    return (days.pop() if len(days) == 1 else None), ANY_SIGN.sub("day#", signed.rest)


def sign_days(
    text: str, today: date, language: str = "en", *, weekdays: bool = True, slashes: bool = False
) -> Signed:
    """Every day of a text. Without ``weekdays`` these stay as they are: they are names of companies
    as well. With ``slashes`` (and spaces) also a bare ``31/10/2026`` is one: only where no
    invoice's number is expected.
    """
    rest = ANY_SIGN.sub(" ", text)
    signed = Signed(_TODAY_IN_HUNGARIAN.sub("mai", rest) if language == "hu" else rest)
    forms = _FORMS if weekdays else _FORMS[: -len(_WEEKDAYS)]
    for pattern, read in (*forms, *_BARE) if slashes else forms:

        def replace(match: re.Match[str], read: _Read = read) -> str:
            day = read(match, today)
            if day is None or not is_kept(day) or len(signed.days) == MOST:
                return match[0]
            has_year = "year" not in match.re.groupindex or match["year"] is not None
            return signed.add(Spelt(day, match[0], has_year))

        signed.rest = pattern.sub(replace, signed.rest)
    return signed


def refuse_impossible(text: str) -> None:
    """Raises :class:`NotADay` for ``31.02.2026``; with slashes that is a number."""
    for pattern in (_YEAR_FIRST, _DAY_FIRST):
        for match in pattern.finditer(text):
            may_be = int(match["m"]) in range(1, 13) and int(match["day"]) in range(1, 32)
            is_number = "/" in match[0] or _NUMBER_FOLLOWS.search(text[: match.start()])
            if may_be and not is_number and _in_figures(match, date.min) is None:
                raise NotADay(text=match[0].strip())


def _whole(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _in_figures(match: re.Match[str], _: date) -> date | None:
    return _whole(match["year"], match["m"], match["day"])


def _bare_figures(match: re.Match[str], today: date) -> date | None:
    """What stands after the word or the letters for an invoice is its number."""
    before = match.string[: match.start()]
    return None if _NUMBER_FOLLOWS.search(before) else _in_figures(match, today)


def month_number(word: str) -> int:
    """Of a word that :data:`MONTH` found."""
    low = word.lower()
    if low.startswith("lis"):
        return 11
    return next(
        number
        for number, beginnings in enumerate(_MONTHS, 1)
        if any(low.startswith(each) for each in beginnings.split("|"))
    )


def _in_month(match: re.Match[str], today: date) -> date | None:
    """A day and a month without a year are of this one."""
    year = match["year"] or str(today.year)
    return _whole(year, str(month_number(match["month"])), match["day"])


def _end_of_month(match: re.Match[str], today: date) -> date | None:
    """The last day of a month; one that is yet to come this year is of this one."""
    month = month_number(match["month"])
    year = int(match["year"] or today.year)
    return date(year, month, monthrange(year, month)[1])


def _weekday(place: int) -> _Read:
    def read(match: re.Match[str], today: date) -> date:
        is_past = bool(match["last"]) or bool(_PAST.search(match.string))
        ahead = (place - today.weekday()) % 7
        return today + timedelta(ahead - 7 if is_past else ahead)

    return read


def _shifted(days: int) -> _Read:
    return lambda match, today: today + timedelta(days)


def _end_of_this_month(match: re.Match[str], today: date) -> date:
    return today.replace(day=monthrange(today.year, today.month)[1])


def _end_of_last_month(match: re.Match[str], today: date) -> date:
    return today.replace(day=1) - timedelta(1)


def _form(pattern: str, read: _Read) -> tuple[re.Pattern[str], _Read]:
    return re.compile(rf"(?<![\w/.-]){pattern}(?![\w/])", re.IGNORECASE), read


def _forms() -> Iterable[tuple[re.Pattern[str], _Read]]:
    year, day = r"(?P<year>20\d\d|19\d\d)", r"(?P<day>\d{1,2})"
    month = MONTH
    numbers = r"(?P<m>\d{1,2})"
    hungarian = r"(?:\.?(?:-?[aáeéiíjn]\w{0,4}|-?t[oóöő]l)?)"
    yield _form(rf"{year}-{numbers}-{day}{hungarian}", _in_figures)
    yield _form(rf"{year}\. ?{numbers}\. ?{day}{hungarian}", _in_figures)
    yield _form(rf"{day}\. ?{numbers}\. ?{year}r?", _in_figures)
    introduced = (
        r"(?:as of|on|by|due|until|till|to|from|before|since|dated|na dzień|na dzien|do|od|dnia"
        r"|z dnia)"
    )
    yield _form(rf"{introduced} {day}/{numbers}/{year}", _in_figures)
    yield _form(rf"{_END_OF} {month}(?: {year})?", _end_of_month)
    yield _form(rf"(?:{year}\.? )?{month} vég\w+", _end_of_month)
    yield _form(rf"{day}(?:st|nd|rd|th)?\.? (?:of )?{month}\.?(?:,? {year})?", _in_month)
    yield _form(rf"(?:{year}\.? )?{month}\.? {day}(?:st|nd|rd|th)?{hungarian}", _in_month)
    yield _form(
        r"(?:(?:at )?(?:the )?end of (?:the|this) month|końca miesiąca|konca miesiaca|(?:a )?hónap"
        r" vég\w+)",
        _end_of_this_month,
    )
    yield _form(
        r"(?:(?:at )?(?:the )?end of last month|koniec (?:zeszłego|ubiegłego) miesiąca|múlt hónap"
        r" vég\w+)",
        _end_of_last_month,
    )
    yield _form(rf"(?:{_TODAY})", _shifted(0))
    yield _form(rf"(?:{_TOMORROW})", _shifted(1))
    yield _form(rf"(?:{_YESTERDAY})", _shifted(-1))
    for place, names in enumerate(_WEEKDAYS):
        yield _form(rf"(?:(?P<last>{_LAST}) )?(?:{names})", _weekday(place))


_FORMS = tuple(_forms())
_BARE = ((_YEAR_FIRST, _bare_figures), (_DAY_FIRST, _bare_figures))
