"""A table that somebody sent: its columns are shown in the thread, confirmed or changed,
remembered, and then read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal

from bot.kit.block_kit import Block, View
from bot.kit.catalogue import Company
from bot.kit.errors import Problem
from bot.kit.tables.directions import OUTWARDS
from bot.kit.tables.layout import Layout
from bot.kit.words import N_, Words
from handlers.invoices.blocks import columns as looks
from handlers.invoices.columns import memory
from handlers.invoices.columns.layout import (
    Kind,
    asked_of,
    days_of,
    kind_of,
    lacks_currency,
    missing,
)
from handlers.invoices.columns.memory import Recalled
from handlers.invoices.service.document_booking import us
from handlers.ledger.statements import signs
from handlers.people.service import roles
from storage.invoices import column_mappings
from storage.invoices.column_mappings import Sent
from storage.outbox import Under
from storage.turn import BOT, Turn

Side = Literal["seller", "buyer"]


class AlreadyConfirmed(Problem):
    """Somebody else was first."""

    sentence = N_("Somebody has confirmed this table already.")


class Forgotten(Problem):
    """It was sent long ago."""

    sentence = N_("This table was sent too long ago. Please send the file again.")


class ColumnNeeded(Problem):
    """Without it there is nothing to read."""

    sentence = N_("This is needed: choose the column that holds it.")

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field


class StillAsked(Problem):
    """The table itself leaves something open."""

    sentence = N_("Something is still open about this table: say it in the form.")


class CurrencyNeeded(Problem):
    """No amount can be booked without one."""

    sentence = N_("Choose the column of currencies, or write here the one of all amounts.")
    field = looks.CURRENCY


class DirectionNeeded(Problem):
    """Money whose way nobody knows is never booked."""

    sentence = N_(
        "The table says “{word}” of money: write it with the words for money in, or for money out."
    )
    field = looks.WORDS[OUTWARDS]


def offer(turn: Turn, payload: Mapping[str, Any], layouts: Iterable[Layout]) -> None:
    """Show what the columns seem to mean, for a person to confirm."""
    guessed = [_with_us(layout, turn.catalogue.company) for layout in layouts]
    _show(turn, _note(turn, payload, guessed, "waiting"), guessed)


def known_by(
    turn: Turn, payload: Mapping[str, Any], text: str, recalled: Recalled, words: Words
) -> list[Block]:
    """What a table brought that was read by remembered columns, with a button to change them."""
    table = _note(turn, payload, [recalled.layout], "taken")
    by = recalled.by_person if recalled.by_person != BOT.id else None
    return looks.known(text, table.id, by, recalled.at, words)


def confirm(turn: Turn, table: int) -> None:
    """The columns are right: they are remembered, and the table is read by them."""
    sent = _sent(turn, table)
    layout = _layouts(sent)[0]
    if asked_of(layout):
        raise StillAsked()
    _take(turn, sent, layout, str(table), from_=("waiting",))


def form(turn: Turn, table: int, kind: Kind | None = None) -> View:
    """The columns of a table as a form; as the likeliest of what it may be, unless told."""
    layouts = _layouts(_sent(turn, table))
    layout = _of_kind(kind, layouts)
    return looks.form(table, layout, _side(layout), turn.words)


def change(turn: Turn, table: int, kind: Kind, chosen: Mapping[str, Any], origin: str) -> None:
    """The columns as somebody filled them in. Raises :class:`ColumnNeeded` where they do not
    suffice.
    """
    sent = _sent(turn, table)
    layouts = _layouts(sent)
    base = _of_kind(kind, layouts)
    layout = _filled(replace(base, kind=kind), chosen, turn.catalogue.company)
    if lacking := missing(layout):
        raise ColumnNeeded(lacking[0])
    if lacks_currency(layout, base.asks):
        raise CurrencyNeeded()
    word = signs.unknown_word(layout, layout.sample) if layout.kind == "payments" else None
    if word is not None:
        raise DirectionNeeded(word=word or "–")
    _take(turn, sent, layout, origin, from_=("waiting", "taken"))


def _take(turn: Turn, sent: Sent, layout: Layout, origin: str, from_: Iterable[str]) -> None:
    layouts = [layout, *(other for other in _layouts(sent) if other.kind != layout.kind)]
    if not column_mappings.change(turn, sent.id, _as_json(layouts), from_=from_):
        raise AlreadyConfirmed()
    memory.remember(turn, layout)
    _show(turn, sent, layouts, confirmed_by=turn.actor.id)
    facts = {
        "file": sent.file,
        "file_name": sent.name,
        "url": sent.url,
        "channel": sent.channel,
        "ts": sent.ts,
    }
    turn.task("invoices.take_file", f"{sent.file}:{sent.ts}:{origin}", **facts, attempt=origin)


def _filled(layout: Layout, chosen: Mapping[str, Any], company: Company) -> Layout:
    """By a form's values: of each field the number of its column, or several."""
    columns: dict[str, tuple[int, ...]] = {}
    for name, places in looks.chosen_columns(kind_of(layout), chosen).items():
        columns[name] = tuple(map(int, places))
    constants = {"currency": str(chosen.get(looks.CURRENCY) or "").strip().upper()}
    if layout.kind == "invoices":
        constants |= _us(chosen.get(looks.OURS), company)
    else:
        for name, block in looks.WORDS.items():
            constants[name] = str(chosen.get(block) or "")
    decimal: Literal[".", ","] = "." if chosen.get(looks.DECIMAL) == "." else ","
    kept = {name: entry for name, entry in constants.items() if entry}
    return replace(
        layout,
        columns=columns,
        decimal=decimal,
        days=days_of(str(chosen.get(looks.DAYS))),
        constants=kept,
        asks=(),
    )


def _with_us(layout: Layout, company: Company) -> Layout:
    """A table of invoices that names only one side: we are the other one, for a person
    to confirm.
    """
    names_seller, names_buyer = _names("seller", layout), _names("buyer", layout)
    if layout.kind != "invoices" or names_seller == names_buyer:
        return layout
    side = "buyer" if names_seller else "seller"
    return replace(layout, constants={**layout.constants, **_us(side, company)})


def _names(side: Side, layout: Layout) -> bool:
    """Whether a column tells something of the seller, or of the buyer."""
    return any(name.startswith(side) for name in layout.columns)


def _us(side: object, company: Company) -> dict[str, str]:
    if side not in ("seller", "buyer") or not company.tax_numbers:
        return {}
    ours = us(company)._asdict()
    return {f"{side}_{name}": each for name, each in ours.items() if each is not None}


def _side(layout: Layout) -> Side | None:
    if "seller_tax_id" in layout.constants:
        return "seller"
    return "buyer" if "buyer_tax_id" in layout.constants else None


def _note(turn: Turn, payload: Mapping[str, Any], layouts: Iterable[Layout], state: str) -> Sent:
    sent = Sent(
        file=payload["file"],
        name=payload["file_name"],
        url=payload["url"],
        channel=payload["channel"],
        ts=payload["ts"],
        layouts=_as_json(layouts),
        state=state,
        by_person=payload["actor"],
    )
    turn.has_changed = True
    return replace(sent, id=column_mappings.add(turn, sent))


def _sent(turn: Turn, table: int) -> Sent:
    sent = column_mappings.get(turn, table)
    if sent is None:
        raise Forgotten()
    return sent


def _layouts(sent: Sent) -> list[Layout]:
    return list(map(Layout.from_json, sent.layouts))


def _as_json(layouts: Iterable[Layout]) -> list[Any]:
    return list(map(Layout.as_json, layouts))


def _of_kind(kind: Kind | None, layouts: list[Layout]) -> Layout:
    """What the table is as one of this kind; else the likeliest."""
    for layout in layouts:
        if layout.kind == kind:
            return layout
    return layouts[0]


def _show(turn: Turn, sent: Sent, layouts: list[Layout], confirmed_by: str | None = None) -> None:
    """The card in the file's thread, in the words of whoever sent it."""
    words = roles.words_for(turn, sent.by_person)
    others = [kind_of(layout) for layout in layouts[1:]]
    look = looks.card(
        sent.id, sent.name, layouts[0], _side(layouts[0]), others, confirmed_by, words
    )
    under = Under(channel=sent.channel, ts=sent.ts)
    text = looks.text_of(sent.name, words)
    turn.show(
        f"columns:{sent.id}", sent.channel, text, look, under=under, subject=f"table:{sent.id}"
    )
