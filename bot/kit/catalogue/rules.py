"""What a single value of the catalogue may be, and the sentence for each that it may not."""

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from string import Formatter
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainValidator,
    StringConstraints,
    ValidationInfo,
)

from bot.kit.catalogue.mistakes import (
    BackwardFrame,
    BadAmount,
    BadApprover,
    BadChannel,
    BadCommand,
    BadCurrency,
    BadEmoji,
    BadFrame,
    BadGroup,
    BadKey,
    BadLimit,
    BadPerson,
    BadPrefix,
    BadReader,
    BadWorkingTime,
    Braces,
    Empty,
    KeyInsideToo,
    MisspeltName,
    Mistake,
    NotATable,
    UnknownName,
    UnknownVariable,
)

DEPARTMENTS, CALENDARS, REQUEST_TYPES, DOCUMENT_KINDS = (
    "departments",
    "calendars",
    "request_types",
    "document_kinds",
)
COUNTRIES, ZONES, CURRENCIES = "countries", "time zones", "currencies"
MADE_KINDS = "kinds of document that the bot makes"
PICTURES = "pictures beside the file"

VARIABLES = ("number", "requester", "agent", "department", "request_type", "link")
"""What a template's text may hold in braces."""


def closest(value: str, existing: Collection[str]) -> str | None:
    """The known name that was probably meant."""
    by_small_letters = {name.lower(): name for name in existing}
    close = get_close_matches(value.lower(), by_small_letters, n=1)
    return by_small_letters[close[0]] if close else None


def unknown(value: str, table: str, existing: Collection[str]) -> Mistake:
    """The mistake of naming what is not there, with the name that was probably meant."""
    meant = closest(value, existing)
    if meant:
        return MisspeltName(value=value, table=table, suggestion=meant)
    names = sorted(existing)
    return UnknownName(
        value=value, table=table, known=", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    )


def _known(value: str, table: str, info: ValidationInfo) -> str:
    """``value``, if whoever validates either does not say what is defined, or says that this is."""
    defined: Mapping[str, Collection[str]] = info.context or {}
    if table in defined and value not in defined[table]:
        raise unknown(value, table, defined[table])
    return value


def _defined_in(table: str) -> AfterValidator:
    def check(value: str, info: ValidationInfo) -> str:
        return _known(value, table, info)

    return AfterValidator(check)


def _written_as(pattern: str, mistake: type[Mistake]) -> AfterValidator:
    shape = re.compile(pattern)

    def check(value: str) -> str:
        if not shape.fullmatch(value):
            raise mistake(value=value)
        return value

    return AfterValidator(check)


def _read_key(value: object) -> object:
    if isinstance(value, tuple):
        raise KeyInsideToo(key=value[0])
    return value


def keyed(value: object) -> object:
    """The tables below a heading, each knowing its own key."""
    if not isinstance(value, dict):
        return value
    return {key: _with_key(key, table) for key, table in value.items()}


def keyed_list(value: object) -> object:
    """The tables below a heading in their order, each knowing its own key."""
    if isinstance(value, dict):
        return tuple(_with_key(key, table) for key, table in value.items())
    if isinstance(value, tuple) and all(not isinstance(v, dict | str) for v in value):
        return value
    raise NotATable


def _with_key(key: str, table: object) -> object:
    if not isinstance(table, dict):
        return table
    return {**table, "key": (key, table["key"]) if "key" in table else key}


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _some(value: Any) -> Any:
    if not value:
        raise Empty
    return value


def read_frame(text: str) -> dict[str, int]:
    """``08:00-16:00`` as minutes from midnight."""
    shape = re.fullmatch(r"\s*(\d\d?):(\d\d)\s*[-–]\s*(\d\d?):(\d\d)\s*", text)
    if not shape:
        raise BadFrame(value=text)
    from_hour, from_minute, to_hour, to_minute = map(int, shape.groups())
    opens, closes = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if from_minute > 59 or to_minute > 59 or max(opens, closes) > 24 * 60:
        raise BadFrame(value=text)
    if opens >= closes:
        raise BackwardFrame(value=text)
    return {"opens": opens, "closes": closes}


def _read_working_time(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    shape = re.fullmatch(r"\s*(?:(\d{1,4})\s*h)?\s*(?:(\d{1,5})\s*m(?:in)?)?\s*", str(value))
    if not shape or not any(shape.groups()):
        raise BadWorkingTime(value=value)
    return timedelta(hours=int(shape[1] or 0), minutes=int(shape[2] or 0))


def _read_amount(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise BadAmount
    return Decimal(value)


def _read_limit(value: object) -> Decimal | date | None:
    if isinstance(value, date | None):
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise BadLimit
    return Decimal(value)


def _read_channel(value: object) -> object:
    return value.removeprefix("#") if isinstance(value, str) else value


def _check_approver(value: str, info: ValidationInfo) -> str:
    who, colon, department = value.partition(":")
    if colon and who in ("lead", "agents"):
        _known(department, DEPARTMENTS, info)
    elif value != "lead" and not _PERSON.fullmatch(value):
        raise BadApprover(value=value)
    return value


def _check_reader(value: str, info: ValidationInfo) -> str:
    who, colon, department = value.partition(":")
    if colon and who == "agents":
        _known(department, DEPARTMENTS, info)
    elif not _PERSON.fullmatch(value) and not re.fullmatch(_GROUP_SHAPE, value):
        raise BadReader(value=value)
    return value


def _check_template(value: str) -> str:
    try:
        places = [
            name + (form or "") + (how or "")
            for _, name, form, how in Formatter().parse(value)
            if name is not None
        ]
    except ValueError:
        raise Braces from None
    for name in places:
        if name not in VARIABLES:
            raise UnknownVariable(value=name, known=", ".join(VARIABLES))
    return value


_GROUP_SHAPE = r"S[A-Z0-9]{6,}"
_PERSON_SHAPE = r"[UW][A-Z0-9]{6,}|@[a-z0-9._-]{1,80}|[^@\s]+@[^@\s]+\.[^@\s]+"
_PERSON = re.compile(_PERSON_SHAPE)

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=75)]
"""Fits a button and an entry of a menu."""
TemplateText = Annotated[Text, AfterValidator(_check_template)]
Key = Annotated[str, BeforeValidator(_read_key), _written_as(r"[a-z][a-z0-9_]{0,49}", BadKey)]
Channel = Annotated[
    str,
    BeforeValidator(_read_channel),
    _written_as(r"[^\sA-Z#.,:;/\"'()]{1,80}|[CG][A-Z0-9]{6,}", BadChannel),
]
Person = Annotated[str, _written_as(_PERSON_SHAPE, BadPerson)]
Group = Annotated[str, _written_as(_GROUP_SHAPE, BadGroup)]
Prefix = Annotated[str, _written_as(r"[A-Z]{1,6}", BadPrefix)]
Emoji = Annotated[str, _written_as(r"[a-z0-9_+'-]{1,100}", BadEmoji)]
Approver = Annotated[str, AfterValidator(_check_approver)]
Reader = Annotated[str, AfterValidator(_check_reader)]
Command = Annotated[str, _written_as(r"/[a-z0-9_-]{1,31}", BadCommand)]
Currency = Annotated[str, _written_as(r"[A-Z]{3}", BadCurrency), _defined_in(CURRENCIES)]
WorkingTime = Annotated[timedelta, BeforeValidator(_read_working_time)]
Amount = Annotated[Decimal, BeforeValidator(_read_amount)]
Limit = Annotated[Decimal | date | None, PlainValidator(_read_limit)]
DepartmentKey = Annotated[str, _defined_in(DEPARTMENTS)]
CalendarKey = Annotated[str, _defined_in(CALENDARS)]
RequestTypeKey = Annotated[str, _defined_in(REQUEST_TYPES)]
DocumentKindKey = Annotated[str, _defined_in(DOCUMENT_KINDS)]
Country = Annotated[str, _defined_in(COUNTRIES)]
Zone = Annotated[str, _defined_in(ZONES)]
Some = AfterValidator(_some)
"""A list or table with something in it; told only where each of its members is right."""
OneOrMore = Annotated[tuple[Text, ...], BeforeValidator(_listed), Some]
"""A text alone is a list of one."""
ByKey = BeforeValidator(keyed)
InOrder = BeforeValidator(keyed_list)


def approval_from_the_third(policy: Any) -> Any:
    """A reminder policy whose stages from the third on want a person's approval, unless they say
    otherwise.
    """
    stages = policy.get("stages") if isinstance(policy, dict) else None
    if not isinstance(stages, dict) or not all(isinstance(s, dict) for s in stages.values()):
        return policy
    days = sorted(s["days"] for s in stages.values() if isinstance(s.get("days"), int))
    late = {
        key: {"approval": isinstance(s.get("days"), int) and s["days"] in days[2:], **s}
        for key, s in stages.items()
    }
    return {**policy, "stages": late}
