"""Answers about invoices: what was found becomes a card, a list, or the question which customer is
meant.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.markup import Mrkdwn, escape, join
from bot.kit.replies import Whisper
from handlers.invoices.blocks import balance, card, choice
from handlers.invoices.blocks.card import MOST, Page, page_within
from handlers.invoices.service import actions
from handlers.invoices.service.invoice_view import customer_pauses, full_sight_of, sight_of
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.lookup import Entry, Found
from handlers.people.service import roles
from storage.invoices.customers import Customer
from storage.turn import Turn


def answer(turn: Turn, what: Found, again: Mapping[str, object], page: int = 0) -> Whisper:
    """One invoice as its card, several as a list, several customers as a choice.

    ``again`` is the question, for the list's other pages.
    """
    if len(what.entries) == 1:
        return of_one(turn, what.entries[0], not_there(turn, what))
    if what.is_choice:
        look = choice.customers_found(
            [(customer.id, customer.name) for customer in what.customers], turn.words
        )
        return Whisper(turn.words.say("More than one customer fits. Which one?"), look)
    return _list(turn, what, again, page)


def is_last_page(what: Found, page: int) -> bool:
    """Whether nothing follows on the list's next page."""
    return page_within(page + 1, len(what.ids)) <= page


def of_one(turn: Turn, entry: Entry, remark: str = "") -> Whisper:
    """One invoice with everything about it; a remark stands above it."""
    sight = full_sight_of(turn, entry, turn.words)
    text = card.text_of(sight, turn.words)
    above = [block_kit.section(escape(remark))] if remark else []
    look = [*above, *card.card(sight, turn.words, ledger.known_until(turn))]
    return Whisper(f"{remark} {text}".strip(), look)


def not_there(turn: Turn, what: Found) -> str:
    """What to say where nobody asked for what is shown: the nearest to what was typed."""
    if not what.typed:
        return ""
    return turn.words.count(
        "There is no invoice “{typed}” among those that you may see. The nearest is this one:",
        "There is no invoice “{typed}” among those that you may see. The nearest are these:",
        len(what.entries),
        typed=what.typed,
    )


def _nothing_of_mine(turn: Turn, has_customers: bool) -> Mrkdwn:
    if has_customers:
        return turn.words.mark("Your customers have nothing open.")
    return turn.words.mark("No customers are yours to look after.")


def usage(turn: Turn) -> str:
    """What can follow the command."""
    return turn.words.say(
        "{command} and a number, a part of one, or a customer: what is paid, left and due\n"
        "{command} alone: what your own customers have open",
        command=turn.catalogue.commands.invoice,
    )


def _list(turn: Turn, what: Found, again: Mapping[str, object], number: int) -> Whisper:
    in_all = len(what.ids)
    page = Page(
        page_within(number, in_all),
        in_all,
        card.PAGE,
        lambda n: json.dumps({**again, "page": n}, ensure_ascii=False),
    )
    shown = ledger.entries_of(turn, what.ids[page.first : page.first + MOST])
    sights = [sight_of(turn, entry, turn.words) for entry in shown]
    title = _title(turn, what)
    is_one = len(what.customers) == 1
    only = what.customers[0] if is_one else None
    may_edit = only is not None and actions.may_edit_customer(turn, only)
    look = card.listing(
        title,
        sights,
        turn.words,
        what.payments_known_until,
        page,
        is_named=not is_one,
        customer=only.id if only and may_edit else None,
        is_supplier={balance.direction for balance in what.balances} == {"payable"},
        acts=[*_statement(turn, only), *_pausing(turn, what)] if only else (),
    )
    return Whisper(title, look)


def _statement(turn: Turn, customer: Customer) -> Iterator[Block]:
    """For whoever sees the customer's money, where this office makes statements."""
    kind = turn.catalogue.document_kinds.get("account_statement")
    is_made = kind is not None and kind.source == "made"
    if is_made and roles.may(turn, "customer", "see", *ledger.ties_to(turn, customer)):
        yield card.statement(customer.id, turn.words)


def _pausing(turn: Turn, what: Found) -> Sequence[Block]:
    """Whoever sees what a customer owes reads what is paused; finance pauses and ends it."""
    customer = what.customers[0].id
    quiet = customer_pauses(turn, customer, turn.words)
    if not roles.may(turn, "reminder", "run, pause, approve"):
        return [block_kit.section(text) for _, text in quiet]
    return card.customer_pauses(customer, quiet, turn.words) if what.ids or quiet else ()


def _title(turn: Turn, what: Found) -> Mrkdwn:
    name = what.customers[0].name if len(what.customers) == 1 else ""
    if what.entries:
        several = turn.words.say("Several invoices fit:")
        return escape(not_there(turn, what) or several)
    if what.balances or name:
        return balance.lines(name, what.balances, turn.words)
    return join("\n", [_nothing_of_mine(turn, bool(what.customers)), escape(usage(turn))])
