"""What every connector keeps to, as checks that run on a bench: the promises of the protocol, one
by one.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from decimal import Decimal

from handlers.invoices.connectors.protocol import Connector, SourceInvoice
from handlers.invoices.formats.document import InvoiceDocument
from tests.connectors.bench import Bench

A_MOMENT = timedelta(seconds=2)  # some sources tell their clock in whole seconds
Check = Callable[[Bench], None]


def everything(connector: Connector, since: datetime | None = None) -> Iterator[SourceInvoice]:
    """All pages of an answer."""
    after = None
    while True:
        page = connector.changed(since, after)
        yield from page.invoices
        after = page.after
        if after is None:
            return


def invoice_of(bench: Bench, number: str) -> SourceInvoice:
    """The one invoice of that number."""
    (found,) = bench.connector.by_number(number)
    return found


def an_invoice_stands_on_one_page(bench: Bench) -> None:
    for _ in range(2):
        bench.posts("10", [14])
    references = [one.reference for one in everything(bench.connector)]
    assert len(references) == len(set(references)) >= 2


def asking_twice_tells_the_same(bench: Bench) -> None:
    bench.posts("10", [14])
    assert list(everything(bench.connector)) == list(everything(bench.connector))


def values_cannot_be_changed(bench: Bench) -> None:
    one = invoice_of(bench, bench.posts("10", [14]))
    assert hash(one) == hash(invoice_of(bench, one.document.number or ""))
    values = [getattr(one, each.name) for each in fields(one)]
    assert all(isinstance(value, (str, bool, tuple, InvoiceDocument)) for value in values)


def the_source_tells_its_clock(bench: Bench) -> None:
    first, second = bench.connector.changed(None), bench.connector.changed(None)
    assert first.as_of.utcoffset() == timedelta()
    assert first.as_of <= second.as_of


def a_posted_invoice_is_told_whole(bench: Bench) -> None:
    one = invoice_of(bench, bench.posts("100.50", [14]))
    assert not one.is_draft
    assert one.direction in bench.connector.capabilities.directions
    assert (one.document.total, one.document.currency) == (Decimal("100.50"), "EUR")
    assert one.document.issued_on
    assert one.document.buyer.name
    assert one.payments == ()


def instalments_add_up(bench: Bench) -> None:
    document = invoice_of(bench, bench.posts("100", [14, 30])).document
    if bench.connector.capabilities.has_due_date:
        assert len(document.due_on) == 2
        assert sum(one.amount or 0 for one in document.instalments) == document.to_pay


def a_draft_has_no_number(bench: Bench) -> None:
    bench.drafts("10")
    drafts = [one for one in everything(bench.connector) if one.is_draft]
    assert drafts
    assert not any(one.document.number or one.payments for one in drafts)


def what_is_new_is_a_change(bench: Bench) -> None:
    since = bench.connector.changed(None).as_of - A_MOMENT
    number = bench.posts("10", [14])
    assert number in {one.document.number for one in everything(bench.connector, since)}


def nothing_changed_is_an_empty_page(bench: Bench) -> None:
    page = bench.connector.changed(bench.connector.changed(None).as_of + timedelta(days=1))
    assert (page.invoices, page.after) == ((), None)


def a_payment_is_a_change_and_keeps_its_name(bench: Bench) -> None:
    number = bench.posts("100", [14])
    if not bench.connector.capabilities.has_payments:
        return
    since = bench.connector.changed(None).as_of - A_MOMENT
    bench.books(number, "40")
    (part,) = invoice_of(bench, number).payments
    bench.books(number, "60")
    whole = invoice_of(bench, number).payments
    assert number in {one.document.number for one in everything(bench.connector, since)}
    assert part.amount == 40
    assert part in whole
    assert sum(one.amount for one in whole) == 100
    assert len({one.reference for one in whole}) == 2


def a_payment_taken_back_is_not_told(bench: Bench) -> None:
    number = bench.posts("100", [14])
    if not bench.connector.capabilities.has_payments:
        return
    bench.books(number, "40")
    bench.takes_back(number)
    assert invoice_of(bench, number).payments == ()


def a_number_finds_its_invoice_and_no_other(bench: Bench) -> None:
    number = bench.posts("10", [14])
    assert invoice_of(bench, number).document.number == number
    assert bench.connector.by_number("no such number") == ()


def a_picture_is_a_pdf(bench: Bench) -> None:
    picture = bench.connector.pdf(invoice_of(bench, bench.posts("10", [14])).reference)
    assert picture is None or (
        bench.connector.capabilities.has_pdf and picture.startswith(b"%PDF-")
    )


CHECKS: tuple[Check, ...] = (
    an_invoice_stands_on_one_page,
    asking_twice_tells_the_same,
    values_cannot_be_changed,
    the_source_tells_its_clock,
    a_posted_invoice_is_told_whole,
    instalments_add_up,
    a_draft_has_no_number,
    what_is_new_is_a_change,
    nothing_changed_is_an_empty_page,
    a_payment_is_a_change_and_keeps_its_name,
    a_payment_taken_back_is_not_told,
    a_number_finds_its_invoice_and_no_other,
    a_picture_is_a_pdf,
)
