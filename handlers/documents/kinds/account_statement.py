"""Statement of account: what a customer owes on a day, invoice by invoice, by currency and age."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bot.kit.pdf import Block, Gap, Heading, Panel, Panels, Sheet, Text, Together
from bot.kit.tables.spreadsheet import Row, Tab
from bot.kit.words import N_, Words
from handlers.documents.kinds import Kind
from handlers.documents.kinds.parts.books import (
    Values,
    creditor,
    debtor,
    given_day,
    open_of,
    printed_items,
)
from handlers.documents.kinds.parts.contradictions import since_after
from handlers.documents.kinds.parts.debts import (
    PrintedItem,
    ageing_table,
    by_currency,
    items_table,
    late,
    outstanding,
)
from handlers.documents.kinds.parts.fields import Field
from handlers.documents.kinds.parts.figures import long_day, sums
from handlers.documents.kinds.parts.movements import (
    Movements,
    movements_tab,
    of_account,
    tables,
)
from handlers.documents.kinds.parts.parties import (
    Company,
    Party,
    letterhead,
    number_missing,
    panel,
)
from handlers.documents.kinds.parts.payment import Reference, how_to_pay
from handlers.documents.model.asked import Asked
from handlers.documents.model.names import GENERAL, Names
from handlers.ledger.model.open_items import OpenItem
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import Direction
from storage.turn import Turn


@dataclass(frozen=True, kw_only=True)
class AccountStatement:
    """The facts of a statement of account."""

    creditor: Annotated[Company, Field(N_("Creditor"))]
    debtor: Annotated[Party, Field(N_("Customer"), but=frozenset({"tax_id"}))]
    as_of: Annotated[date, Field(N_("As-of date"))]
    items: Annotated[tuple[PrintedItem, ...], Field(N_("Open item"))]
    """May be empty: then the statement says that nothing is open."""
    credits: Annotated[tuple[PrintedItem, ...], Field(N_("Credit"), needed=False)] = ()
    """What is to be given back to the customer; it is not set off."""
    payables: Annotated[tuple[PrintedItem, ...], Field(N_("Our debt"), needed=False)] = ()
    """What the company owes them as a supplier."""
    payable_credits: Annotated[
        tuple[PrintedItem, ...], Field(N_("Their credit to us"), needed=False)
    ] = ()
    movements: Annotated[tuple[Movements, ...], Field(N_("Movement"), needed=False)] = ()
    """Where they were asked for."""
    payments_known_until: Annotated[
        date | None, Field(N_("Payments known until"), needed=False)
    ] = None


def sheet(facts: AccountStatement, words: Words) -> Sheet:
    return Sheet(
        title=words.say("Statement of account"),
        subtitle=words.say("As of {day}", day=long_day(facts.as_of, words)),
        letterhead=letterhead(facts.creditor, words, facts.debtor),
        blocks=(
            Panels(
                (
                    panel(words.say("Customer"), facts.debtor, words, facts.creditor),
                    _sums(facts, words),
                )
            ),
            *(_items(facts, words) or _nothing_open(words)),
            *tables(facts.movements, facts.as_of, words),
            *_closing(facts, words),
        ),
    )


def _sums(facts: AccountStatement, words: Words) -> Panel:
    lines = [sums(outstanding(facts.items), words) or words.say("Nothing is outstanding")]
    overdue = sums(outstanding(late(facts.items)), words)
    if overdue:
        lines.append(words.say("of which overdue: {amount}", amount=overdue))
    lines += _beside(facts, words)
    if facts.payments_known_until:
        until = long_day(facts.payments_known_until, words)
        lines.append(words.say("Payments booked until {day} are included.", day=until))
    return Panel(words.say("Outstanding in total"), tuple(lines))


def _beside(facts: AccountStatement, words: Words) -> Iterator[str]:
    """What stands beside the sum and is not set off against it."""
    lines = (
        (facts.credits, N_("Your credit, not set off: {amount}")),
        (facts.payables, N_("We owe you, not set off: {amount}")),
        (facts.payable_credits, N_("Your credit notes to us, not set off: {amount}")),
    )
    for items, sentence in lines:
        if items:
            yield words.say(sentence, amount=sums(map(abs, outstanding(items)), words))


def _items(facts: AccountStatement, words: Words) -> tuple[Block, ...]:
    blocks = [
        *_tables(facts.items, N_("Open items in {currency}"), words),
        *_tables(facts.credits, N_("Your credits in {currency}"), words),
        *_tables(facts.payables, N_("What we owe you in {currency}"), words),
        *_tables(facts.payable_credits, N_("Your credit notes to us in {currency}"), words),
    ]
    if facts.items:
        ages = (Heading(words.say("Outstanding by age")), ageing_table(facts.items, words))
        blocks.append(Together(ages))
    return tuple(blocks)


def _tables(items: Sequence[PrintedItem], sentence: str, words: Words) -> Iterator[Block]:
    """A table for each currency, each with its own sum."""
    for currency, some in by_currency(items).items():
        yield Heading(words.say(sentence, currency=currency))
        yield items_table(some, words)
        yield Gap(4)


def _nothing_open(words: Words) -> tuple[Block, ...]:
    return (Text(words.say("On this day there are no open items."), "lead"),)


def _closing(facts: AccountStatement, words: Words) -> tuple[Block, ...]:
    blocks: list[Block] = []
    numbers = Reference([item.number for item in facts.items])
    blocks += how_to_pay(facts.creditor, outstanding(facts.items), numbers, words)
    if facts.creditor.email:
        asks = words.say(
            "If your books say something else, please write to {email}.", email=facts.creditor.email
        )
        blocks.append(Text(asks, "small"))
    return tuple(blocks)


_GROUPS = (
    ("items", N_("Open item")),
    ("credits", N_("Credit")),
    ("payables", N_("Our debt")),
    ("payable_credits", N_("Their credit to us")),
)


def workbook(facts: AccountStatement, words: Words) -> Iterator[Tab]:
    """The same as tables: what is open, and what moved the account where that was asked for."""
    titles = (
        words.say("What"),
        words.say("Invoice number"),
        words.say("Instalment"),
        words.say("Issue date"),
        words.say("Due date"),
        words.say("In time until"),
        words.say("Days overdue"),
        words.say("Currency"),
        words.say("Amount"),
        words.say("Paid so far"),
        words.say("Outstanding"),
    )
    rows: list[Row] = []
    for name, label in _GROUPS:
        what = words.say(label)
        rows += [_row(what, item, words) for item in getattr(facts, name)]
    yield Tab(words.say("Statement of account"), titles, rows)
    if facts.movements:
        yield movements_tab(facts.movements, words)


def _row(what: str, item: PrintedItem, words: Words) -> Row:
    which = item.instalment.said(words) if item.instalment else ""
    on = (item.issued_on, item.due_on, item.effective_due_on or item.due_on)
    sums = (item.amount, item.paid, item.outstanding)
    return (what, item.number, which, *on, item.overdue_days, item.outstanding.currency, *sums)


def source(turn: Turn, request: Asked) -> Values:
    """What a customer owes on a day, instalment by instalment, and what is owed to them."""
    known_until, since = ledger.known_until(turn), given_day(request, "movements_since")
    is_ours = request.given.get("direction", "receivable") == "receivable"
    movements = (
        of_account(turn, request.customer, since, request.as_of) if since and is_ours else ()
    )
    owed, credits = _open(turn, request, "receivable")
    owing, owed_back = _open(turn, request, "payable")
    return {
        "creditor": creditor(turn, (item.invoice for item in [*owed, *credits])),
        "debtor": debtor(turn, request),
        "as_of": request.as_of,
        "items": printed_items(owed, request.as_of),
        "credits": printed_items(credits, request.as_of),
        "payables": printed_items(owing, request.as_of),
        "payable_credits": printed_items(owed_back, request.as_of),
        "movements": movements,
        "movements_since": since,
        "payments_known_until": min(known_until.date(), request.as_of) if known_until else None,
    }


def _open(turn: Turn, request: Asked, side: Direction) -> tuple[list[OpenItem], list[OpenItem]]:
    """What is open on a side of the account, where that side was asked for."""
    if request.given.get("direction", side) != side:
        return [], []
    return open_of(turn, request.customer, request.as_of, side)


KIND = Kind(
    key="account_statement",
    label=N_("Statement of account"),
    named_by=Names(
        (
            (
                r"statement|statment|wyciag|zestawien|kimutat"
                r"|(?:szamla|egyenleg|ugyfel|partner)?kivonat|folyoszamla",
            ),
        ),
        rank=GENERAL,
    ),
    template_version="5",
    facts=AccountStatement,
    sheet=sheet,
    about="customer",
    source=source,
    further_gaps=number_missing,
    contradiction=since_after("movements_since", "as_of"),
    workbook=workbook,
    offers=(("movements_since", N_("Movements since")),),
)
