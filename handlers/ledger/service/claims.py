"""What people say of an invoice: it was paid, will be, is disputed, will never be; and who wants to
hear of it.
"""

from datetime import date, timedelta

from bot.kit.errors import Problem
from bot.kit.money import Money
from bot.kit.words import N_
from handlers.ledger.service import claim_notices, payments
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.bank import reconciliation
from handlers.ledger.service.lookup import Entry
from handlers.ledger.service.overpayment import Excess, excess
from handlers.ledger.service.payments import Payment
from handlers.people.service import roles
from storage.invoices import invoices, watches, write_offs
from storage.invoices.payments import Booked, on_invoice
from storage.reminders import reminders
from storage.turn import Turn

LONGEST_PROMISE = timedelta(days=366)


class OnlyFinance(Problem):
    """A booking that is finance's to make."""

    sentence = N_("Only finance may do that. Ask them with /ticket.")


class NotAnAmount(Problem):
    """An amount that cannot be booked."""

    sentence = N_("Please give an amount above zero, such as 1234.50.")
    field = "amount"


class PaidInTheFuture(Problem):
    """A payment that has not been made yet."""

    sentence = N_("That day is still to come. Book a payment when it is made.")
    field = "booked_on"


class PromiseInThePast(Problem):
    """A promise for a day that is over."""

    sentence = N_("A promise is for today or later. Please choose another day.")
    field = "until"


class PromiseTooFar(Problem):
    """A promise for a day so far that it promises nothing."""

    sentence = N_("A promise is for a day within a year. Please choose an earlier day.")
    field = "until"


class WrittenOffAlready(Problem):
    """A second write-off of the same invoice."""

    sentence = N_("Invoice {number} is written off already.")


class NothingToWriteOff(Problem):
    """Nothing is owed on it."""

    sentence = N_("Nothing is open on invoice {number} that could be written off.")


class OwedByNobodyToUs(Problem):
    """What we owe, or strangers owe each other, is no loss of ours."""

    sentence = N_("Only what others owe us is written off, and invoice {number} is not.")


class WrittenOffInTheFuture(Problem):
    """A write-off by a day to come."""

    sentence = N_("A write-off is for today or an earlier day. Please choose another day.")
    field = "on_day"


class WrittenOffBeforeIssue(Problem):
    """A write-off before there was anything to write off."""

    sentence = N_("Invoice {number} was issued on {day}. Please choose that day or a later one.")
    field = "on_day"


class NoteMissing(Problem):
    """A decision about money without its reason."""

    sentence = N_("Please write in a few words why.")
    field = "note"


def pay(
    turn: Turn,
    invoice_id: int,
    amount: Money,
    booked_on: date,
    reference: str,
    agreed: Money | None = None,
) -> Entry | Excess:
    """Finance enters a payment by hand; the same form sent twice books it once.

    More than is open is booked where it is ``agreed`` to be so much more, and asked about
    otherwise.
    """
    require_finance(turn)
    if amount.minor <= 0:
        raise NotAnAmount()
    if booked_on > ledger.today(turn):
        raise PaidInTheFuture()
    invoices.hold(turn, [invoice_id])
    entry = ledger.get(turn, invoice_id)
    is_known = any(
        (item.source, item.reference) == (payments.HAND, reference)
        for item in on_invoice(turn, invoice_id)
    )
    more_than_open = None if is_known else excess(entry.invoice, amount, agreed)
    if more_than_open:
        return more_than_open
    signed = amount.minor if entry.invoice.to_pay >= 0 else -amount.minor
    payments.book(turn, Payment(invoice_id, signed, booked_on, payments.HAND, reference))
    return ledger.get(turn, invoice_id)


def promise(turn: Turn, invoice_id: int, until: date) -> Entry:
    """The customer promises to pay by a day; reminders wait for it."""
    entry = ledger.get(turn, invoice_id)
    if until < ledger.today(turn):
        raise PromiseInThePast()
    must_be_near(turn, until)
    invoices.set_facts(turn, invoice_id, promised_until=until)
    reminders.look_again(turn, [invoice_id])
    turn.record("invoice.promised", f"invoice:{invoice_id}", until=until.isoformat())
    claim_notices.tell_promised(turn, [entry], until)
    return ledger.get(turn, entry.invoice.id)


def end_promise(turn: Turn, invoice_id: int) -> Entry:
    """The promise was noted by mistake, or is taken back: reminders go on. One whose day is past
    stays on record.
    """
    entry = ledger.get(turn, invoice_id)
    if not is_promised(turn, entry):
        return entry
    invoices.set_facts(turn, invoice_id, promised_until=None)
    reminders.look_again(turn, [invoice_id])
    turn.record("invoice.promise_ended", f"invoice:{invoice_id}")
    claim_notices.tell_promise_ended(turn, [entry])
    return ledger.get(turn, invoice_id)


def is_promised(turn: Turn, entry: Entry) -> bool:
    """Whether the day that was promised is still to come, or today."""
    until = entry.invoice.promised_until
    return until is not None and until >= ledger.today(turn)


def must_be_near(turn: Turn, until: date) -> None:
    """Raises :class:`PromiseTooFar` for a day of which nobody can promise anything."""
    if until > ledger.today(turn) + LONGEST_PROMISE:
        raise PromiseTooFar()


def dispute(turn: Turn, invoice_id: int, why: str) -> Entry:
    """The customer disputes it; an empty reason ends the dispute."""
    entry = ledger.get(turn, invoice_id)
    invoices.set_facts(turn, invoice_id, disputed=why.strip() or None)
    reminders.look_again(turn, [invoice_id])
    turn.record(
        "invoice.disputed" if why.strip() else "invoice.undisputed", f"invoice:{invoice_id}"
    )
    claim_notices.tell_disputed(turn, [entry], why)
    return ledger.get(turn, invoice_id)


def write_off(
    turn: Turn, invoice_id: int, on_day: date, note: str, read: Money | None = None
) -> Entry | None:
    """Nobody expects the money that is open any more, from a day on; None where somebody has
    ``read`` another amount than is open by now: nothing is written off.
    """
    require_finance(turn)
    invoices.hold(turn, [invoice_id])
    entry = ledger.get(turn, invoice_id)
    _must_be_a_loss(turn, entry, on_day)
    if not note.strip():
        raise NoteMissing()
    if read is not None and entry.outstanding != read:
        return None
    write_offs.add(turn, invoice_id, entry.state.outstanding, on_day, note.strip())
    invoices.set_facts(turn, invoice_id, is_written_off=True)
    turn.record("invoice.written_off", f"invoice:{invoice_id}", on=on_day.isoformat())
    return ledger.get(turn, invoice_id)


def _must_be_a_loss(turn: Turn, entry: Entry, on_day: date) -> None:
    invoice, state = entry.invoice, entry.state
    if invoice.direction != "receivable":
        raise OwedByNobodyToUs(number=invoice.number)
    if invoice.is_written_off:
        raise WrittenOffAlready(number=invoice.number)
    if state.status in ("cancelled", "draft") or state.outstanding <= 0:
        raise NothingToWriteOff(number=invoice.number)
    if on_day > ledger.today(turn):
        raise WrittenOffInTheFuture()
    if invoice.issued_on and on_day < invoice.issued_on:
        raise WrittenOffBeforeIssue(number=invoice.number, day=invoice.issued_on)


def undo_write_off(turn: Turn, invoice_id: int) -> Entry:
    """It is expected after all: the invoice is open as if it had never been written off."""
    require_finance(turn)
    invoices.hold(turn, [invoice_id])
    if write_offs.undo(turn, invoice_id) is not None:
        invoices.set_facts(turn, invoice_id, is_written_off=False)
        reminders.look_again(turn, [invoice_id])
        turn.record("invoice.write_off_undone", f"invoice:{invoice_id}")
    return ledger.get(turn, invoice_id)


def finances(turn: Turn, invoice_id: int) -> Entry:
    """The invoice, for finance alone; raises :class:`OnlyFinance`."""
    require_finance(turn)
    return ledger.get(turn, invoice_id)


def require_finance(turn: Turn) -> None:
    """Raises :class:`OnlyFinance` for everybody else."""
    if not roles.may(turn, "payment", "see, book, write off"):
        raise OnlyFinance()


def booked(turn: Turn, invoice_id: int) -> list[Booked]:
    """The payments that stand on an invoice, for finance."""
    finances(turn, invoice_id)
    return on_invoice(turn, invoice_id)


def take_back(turn: Turn, payment: int) -> Entry | None:
    """Finance takes a booking back; None when somebody has done so already."""
    require_finance(turn)
    invoice = reconciliation.take_back(turn, payment)
    return ledger.get(turn, invoice) if invoice is not None else None


def confirm_payments_known(turn: Turn) -> None:
    """Finance says that everything paid until now is booked."""
    require_finance(turn)
    payments.confirm_known(turn)


def watch(turn: Turn, invoice_id: int) -> bool:
    """The actor wants to be told when it is paid, or no longer wants to; whether they are waiting
    now.
    """
    entry = ledger.get(turn, invoice_id)
    if watches.is_watching(turn, invoice_id):
        watches.unwatch(turn, invoice_id)
        waits = False
    else:
        waits = bool(entry.state.outstanding) and watches.watch(turn, invoice_id)
    turn.record("invoice.watched" if waits else "invoice.unwatched", f"invoice:{invoice_id}")
    return waits
