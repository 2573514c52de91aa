"""A request type's own fields: what stands in the form becomes values, and values become text
again.

Values by kind: text and choice a string (the option's key), date ``YYYY-MM-DD``, amount ``1234.50
PLN``, person a user id, customer and invoice ``{"id", "name"}`` (id null for what was only typed),
file a list of Slack's files.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.kit.catalogue import Field, RequestType
from bot.kit.errors import Problem
from bot.kit.money import Money
from bot.kit.routes import Value
from bot.kit.words import Words
from handlers.tickets.model import amounts

Files = Sequence[Mapping[str, Any]]


class Missing(Problem):
    sentence = "Please fill this in."


class NotAnAmount(Problem):
    sentence = "I cannot read this as an amount. Write it like 1234.50 or 1234.50 EUR."


class TooLittle(Problem):
    sentence = "This must be at least {least}."


class TooMuch(Problem):
    sentence = "This must be at most {most}."


class TooShort(Problem):
    sentence = "Please write at least {least} characters."


class TooLong(Problem):
    sentence = "Please write at most {most} characters."


class TooEarly(Problem):
    sentence = "This must not be before {first}."


class TooLate(Problem):
    sentence = "This must not be after {last}."


class NotAChoice(Problem):
    sentence = "Choose one of the options."


class NoSuchInvoice(Problem):
    """There is none, or whoever fills the form in may not see it: both read the same."""

    sentence = (
        "There is no such invoice, or you may not see it. Type its number and choose it from "
        "the list."
    )


class NoSuchCustomer(Problem):
    """The same of a customer."""

    sentence = (
        "There is no such customer, or you may not see it. Type the name and choose it from the "
        "list."
    )


@dataclass(frozen=True)
class Reading:
    """What is needed to read what somebody filled in. ``named`` gives what was picked in a search
    its name.
    """

    kind: RequestType
    currency: str
    named: Callable[[str, str], Mapping[str, Any] | None]


def block(field: Field) -> str:
    """The block id of a field in a form."""
    return f"field_{field.key}"


def story(kind: RequestType) -> Field | None:
    """The type's own large box: what somebody tells, which is the ticket's description."""
    return next((field for field in kind.fields if field.kind == "text" and field.multiline), None)


def own(kind: RequestType) -> tuple[Field, ...]:
    """The fields beside the description."""
    told = story(kind)
    return tuple(field for field in kind.fields if field is not told)


def read(
    reading: Reading, values: Mapping[str, Value], files: Mapping[str, Files]
) -> dict[str, Any]:
    """The values of a type's own fields as the form has them; refused with the field
    that is wrong.
    """
    result = {field.key: _checked(reading, field, values, files) for field in own(reading.kind)}
    return {key: value for key, value in result.items() if value not in (None, "", [])}


def missing(kind: RequestType, values: Mapping[str, Any], description: str) -> tuple[Field, ...]:
    """The required fields that a ticket still lacks."""
    told = story(kind)
    lacking = [field for field in own(kind) if field.required and not values.get(field.key)]
    return (*([told] if told and told.required and not description else []), *lacking)


def told(
    kind: RequestType, values: Mapping[str, Any], words: Words, names: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Labels and values of what is filled in, in the type's order."""
    return tuple(
        (field.label.in_(words.language), shown(field, values[field.key], words, names))
        for field in kind.fields
        if field.key in values
    )


def shown(field: Field, value: Any, words: Words, names: Mapping[str, str]) -> str:
    """A value as this reader writes it."""
    match field.kind:
        case "choice":
            option = next((option for option in field.options if option.key == value), None)
            return option.in_(words.language) if option else str(value)
        case "date":
            return words.date(date.fromisoformat(value))
        case "amount":
            return words.money(money(value))
        case "person":
            return names.get(value, value)
        case "customer" | "invoice":
            return str(value["name"])
        case "file":
            return words.list(file["name"] for file in value)
        case _:
            return str(value)


def money(value: str) -> Money:
    """``1234.50 PLN`` as money."""
    amount, _, currency = value.partition(" ")
    return Money.of(Decimal(amount), currency)


def typed(kind: RequestType, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the form's elements take them to begin with, by field key."""
    return {
        field.key: _typed(field, values[field.key]) for field in own(kind) if field.key in values
    }


def _typed(field: Field, value: Any) -> Any:
    if field.kind in ("customer", "invoice"):
        return (
            f"{field.kind}:{value['id']}" if value["id"] else f"typed:{value['name']}"[:150],
            str(value["name"]),
        )
    return value


def _checked(
    reading: Reading, field: Field, values: Mapping[str, Value], files: Mapping[str, Files]
) -> Any:
    try:
        given = (
            list(files.get(block(field), ())) if field.kind == "file" else values.get(block(field))
        )
        if given in (None, "", []):
            if field.required:
                raise Missing()
            return None
        return _READERS[field.kind](reading, field, given)
    except Problem as problem:
        problem.field = block(field)
        raise


def _text(_: Reading, field: Field, given: Any) -> str:
    text = str(given).strip()
    if field.required and not text:
        raise Missing()
    if isinstance(field.min, Decimal) and len(text) < field.min:
        raise TooShort(least=field.min)
    if isinstance(field.max, Decimal) and len(text) > field.max:
        raise TooLong(most=field.max)
    return text


def _choice(_: Reading, field: Field, given: Any) -> str:
    if given not in {option.key for option in field.options}:
        raise NotAChoice()
    return str(given)


def _date(_: Reading, field: Field, given: Any) -> str:
    day = date.fromisoformat(given)
    if isinstance(field.min, date) and day < field.min:
        raise TooEarly(first=field.min)
    if isinstance(field.max, date) and day > field.max:
        raise TooLate(last=field.max)
    return day.isoformat()


def _amount(reading: Reading, field: Field, given: Any) -> str:
    read_as = amounts.read(str(given), reading.currency)
    if read_as is None:
        raise NotAnAmount()
    if isinstance(field.min, Decimal) and read_as.amount < field.min:
        raise TooLittle(least=Money.of(field.min, read_as.currency))
    if isinstance(field.max, Decimal) and read_as.amount > field.max:
        raise TooMuch(most=Money.of(field.max, read_as.currency))
    return f"{read_as.plain()} {read_as.currency}"


def _picked(reading: Reading, field: Field, given: Any) -> Mapping[str, Any]:
    result = reading.named(field.kind, str(given))
    if result is None:
        raise NoSuchInvoice() if field.kind == "invoice" else NoSuchCustomer()
    return result


def _person(_: Reading, field: Field, given: Any) -> str:
    return str(given)


def _files(_: Reading, field: Field, given: Any) -> list[dict[str, Any]]:
    return [{"id": file["id"], "name": file["name"]} for file in given]


_READERS: Mapping[str, Callable[[Reading, Field, Any], Any]] = {
    "text": _text,
    "choice": _choice,
    "date": _date,
    "amount": _amount,
    "person": _person,
    "customer": _picked,
    "invoice": _picked,
    "file": _files,
}
