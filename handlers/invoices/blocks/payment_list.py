"""All payments that wait, in a window: by account and by import, page by page, many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element, View
from bot.kit.words import Words
from handlers.invoices.blocks import waiting_payments
from handlers.invoices.blocks.waiting_payments import Waiting

SHOW = waiting_payments.SHOW_ALL
PAGE = "invoices.payments_page"
ACCOUNT = "invoices.payments_account"
IMPORT = "invoices.payments_import"
BOOK = "invoices.payments_book"
SET_ASIDE = "invoices.payments_set_aside"
ALL = "all"


@dataclass(frozen=True)
class Listing:
    """A page of what waits. ``again`` is what makes this page anew."""

    shown: Sequence[Waiting]
    count: int
    page: int
    pages: int
    newest: int
    again: Mapping[str, Any]
    accounts: Sequence[tuple[str, str]] = ()
    """Value and label of each account on which something waits."""
    imports: Sequence[tuple[str, str]] = ()
    notice: str = ""


def view(listing: Listing, words: Words) -> View:
    notice = [block_kit.context(f"⚠️ {listing.notice}")] if listing.notice else []
    nothing = [block_kit.section(words.mark("Nothing waits here."))]
    rows = [block for item in listing.shown for block in waiting_payments.line(item, words)]
    many = _many(listing, words)
    blocks = [
        *_filters(listing, words),
        *notice,
        _heading(listing, words),
        *([block_kit.actions(*many)] if many else []),
        *(rows or nothing),
        *_turning(listing, words),
    ]
    title = words.say("Payments that wait")
    close = words.say("Close")
    return block_kit.modal(
        title, blocks, callback_id="invoices.payments", close=close, metadata=listing.again
    )


def _heading(listing: Listing, words: Words) -> Block:
    waiting = words.count("{n} payment waits", "{n} payments wait", listing.count)
    if listing.pages < 2:
        return block_kit.context(waiting)
    place = words.say("page {page} of {pages}", page=listing.page + 1, pages=listing.pages)
    return block_kit.context(f"{waiting} · {place}")


def _filters(listing: Listing, words: Words) -> list[Block]:
    """Menus of accounts and imports, where there is more than one to choose from."""
    accounts = [(ALL, words.say("All accounts")), *listing.accounts]
    imports = [(ALL, words.say("All imports")), *listing.imports]
    menus = [
        _menu(ACCOUNT, accounts, listing.again.get("account")),
        _menu(IMPORT, imports, listing.again.get("import")),
    ]
    return [block_kit.actions(*menus, block_id="payments_filter")]


def _menu(action: str, options: Sequence[tuple[str, str]], chosen: object) -> Element:
    offered = block_kit.options(options)
    return block_kit.select(action, offered, chosen=str(chosen or ALL))


def _many(listing: Listing, words: Words) -> list[Element]:
    """What one does with several at once, each behind a question."""
    likely = _likely(listing.shown)
    book, aside = _book(likely, words), _aside(listing, words)
    return [*([book] if len(likely) > 1 else []), *([aside] if listing.count > 1 else [])]


def _likely(shown: Sequence[Waiting]) -> list[str]:
    """The first proposal of each line against which nothing speaks, as many as a button carries."""
    values, length = list[str](), 0
    for item in shown:
        if item.choices and not item.entered and not item.remark:
            length += len(item.choices[0].value) + 1
            values += [item.choices[0].value] if length <= block_kit.MOST_VALUE else []
    return values


def _book(likely: Sequence[str], words: Words) -> Element:
    count = len(likely)
    question = block_kit.confirm(
        words.say("Book them?"),
        words.count(
            "{n} payment is booked on the first invoices proposed for it.",
            "{n} payments are booked, each on the first invoices proposed for it.",
            count,
        ),
        words.say("Book"),
        words.say("Cancel"),
    )
    label = words.count(
        "Book {n} as each is proposed first", "Book {n} as each is proposed first", count
    )
    return block_kit.button(label, BOOK, ";".join(likely), style="primary", confirm=question)


def _aside(listing: Listing, words: Words) -> Element:
    question = block_kit.confirm(
        words.say("Set aside?"),
        words.count(
            "{n} payment will pay no invoice, on all pages of this choice.",
            "{n} payments will pay no invoice, on all pages of this choice.",
            listing.count,
        ),
        words.say("Pays no invoice"),
        words.say("Cancel"),
    )
    label = words.count("Set all {n} aside", "Set all {n} aside", listing.count)
    return block_kit.button(label, SET_ASIDE, str(listing.newest), confirm=question)


def _turning(listing: Listing, words: Words) -> list[Block]:
    back = block_kit.button(words.say("‹ Back"), f"{PAGE}:back", str(listing.page - 1))
    onwards = block_kit.button(words.say("More ›"), f"{PAGE}:on", str(listing.page + 1))
    turns = [
        *([back] if listing.page else []),
        *([onwards] if listing.page + 1 < listing.pages else []),
    ]
    return [block_kit.actions(*turns)] if turns else []
