"""A request type's own fields as inputs of a form."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.kit import block_kit
from bot.kit.catalogue import Field
from bot.kit.words import Words

CUSTOMER = "tickets.customer"
INVOICE = "tickets.invoice"
VALUE = "tickets.value"  # an input that is read when the form is sent


def drawn(
    fields: Sequence[Field], words: Words, initial: Mapping[str, Any]
) -> list[block_kit.Block]:
    """One input for each field, filled with what is known."""
    return [_drawn(field, words, initial.get(field.key)) for field in fields]


def _drawn(field: Field, words: Words, initial: Any) -> block_kit.Block:
    return block_kit.field(
        field.label.in_(words.language),
        _element(field, words, initial),
        name=f"field_{field.key}",
        optional=not field.required,
        hint=field.hint.in_(words.language) if field.hint else None,
    )


def _element(field: Field, words: Words, initial: Any) -> block_kit.Element:
    match field.kind:
        case "choice":
            options = [
                block_kit.option(option.in_(words.language), option.key) for option in field.options
            ]
            return block_kit.select(_action(field), options, chosen=initial)
        case "date":
            return block_kit.date_picker(_action(field), chosen=initial)
        case "amount":
            return block_kit.text_input(
                _action(field), initial=initial or "", most=40, placeholder="1234,50 PLN"
            )
        case "person":
            return block_kit.people_select(_action(field), chosen=initial)
        case "customer":
            placeholder = words.say("Type a name or tax number")
            return block_kit.search_select(
                CUSTOMER, placeholder=placeholder, initial=_found(initial), min_length=2
            )
        case "invoice":
            placeholder = words.say("Type an invoice number")
            return block_kit.search_select(
                INVOICE, placeholder=placeholder, initial=_found(initial), min_length=2
            )
        case "file":
            return block_kit.file_input(_action(field), most=5)
        case _:
            return block_kit.text_input(
                _action(field), multiline=field.multiline, initial=initial or ""
            )


def _action(field: Field) -> str:
    """Kept apart by kind: Slack carries a value over to the next look of a form where block and
    action are the same.
    """
    return f"{VALUE}:{field.kind}"


def _found(initial: Any) -> dict[str, Any] | None:
    return block_kit.option(initial[1], initial[0]) if initial else None
