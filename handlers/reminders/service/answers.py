"""Answers to a message: paid, promised, not agreed, snoozed, escalated. What others only claim,
finance confirms.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.kit.errors import Problem
from bot.kit.money import Money
from bot.kit.words import N_, Words
from handlers.ledger.service import claim_notices, claims
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service import payments as money
from handlers.ledger.service.balances import company_day
from handlers.ledger.service.lookup import Entry
from handlers.ledger.service.overpayment import Excess, excess
from handlers.ledger.service.payments import Payment
from handlers.people.service import roles
from handlers.reminders.blocks import claim as looks
from handlers.reminders.blocks.claim import Said
from handlers.reminders.model.facts import CUSTOMER_CHANNEL, OUTSIDE
from handlers.reminders.service import claims as claiming
from handlers.reminders.service.audiences import finance_of
from handlers.reminders.service.claims import invoice_ids
from handlers.reminders.service.policies import switches
from handlers.reminders.service.policy_context import policy_for
from handlers.tickets.service import submit
from storage.invoices import customers, invoices
from storage.invoices.invoices import Gate, Invoice
from storage.outbox import Under
from storage.people import people
from storage.reminders import messages, reminders
from storage.reminders.messages import Message
from storage.reminders.switches import ClaimFacts
from storage.tickets.tickets import Request, Ticket
from storage.turn import Turn


class NothingLeft(Problem):
    """The message is an old one."""

    sentence = N_("Nothing of this message is open any more, or it is not yours to answer.")


class NotAnAmountToBook(Problem):
    """An amount that cannot be booked."""

    sentence = N_("Please give an amount above zero.")
    field = "amount"


class PaidAhead(claims.PaidInTheFuture):
    """A payment of a day that is still to come."""

    field = "paid_on"


class DayIsOver(Problem):
    """A promise for a day that is over."""

    sentence = N_("Please choose today or a later day.")
    field = "until"


class NobodyToEscalateTo(Problem):
    """No finance department takes requests."""

    sentence = N_(
        "No finance department takes requests. Please ask an administrator to name one in the "
        "catalogue."
    )


@dataclass(frozen=True)
class Heard:
    """A message as somebody answers it, with what of it is still open."""

    message: Message
    entries: tuple[Entry, ...]
    is_outside: bool
    """Heard on the customer's own card, of somebody who may not see the invoices."""

    @property
    def customer(self) -> str:
        return self.entries[0].invoice.customer_name

    def chosen(self, which: str) -> list[Entry]:
        """One of the invoices by its id, or all of them."""
        return [entry for entry in self.entries if which in ("", "all", str(entry.invoice.id))]


def heard(turn: Turn, message_id: int, channel: str) -> Heard:
    """What somebody may answer: what they may see, or on a shared channel's card what
    stands there.
    """
    message = messages.message(turn, message_id)
    ids = reminders.invoices_in(turn, message_id)
    ours = ledger.gate(turn)
    results = _visible(turn, ours, ids)
    is_outside = not results and message is not None and _is_on_their_card(message, channel)
    if is_outside:
        results = _visible(turn, invoices.UNGATED, ids)
    entries: list[Entry] = []
    for invoice in results:
        entry = ledger.entry_of(turn, invoice)
        if entry.outstanding.minor > 0:
            entries.append(entry)
    if message is None or not entries:
        raise NothingLeft()
    return Heard(message, tuple(entries), is_outside)


def _visible(turn: Turn, gate: Gate, ids: Iterable[int]) -> list[Invoice]:
    results: list[Invoice] = []
    for id_ in ids:
        invoice = invoices.get(turn, gate, id_)
        if invoice:
            results.append(invoice)
    return results


def inside(answer: Heard) -> Heard:
    """The same, for what is not done from a customer's card; raises :class:`NothingLeft` there."""
    if answer.is_outside:
        raise NothingLeft()
    return answer


def pay(
    turn: Turn,
    answer: Heard,
    which: str,
    amount: Money | None,
    paid_on: date,
    origin: str,
    agreed: Money | None = None,
) -> Excess | None:
    """Finance books it; of everybody else it is a claim.

    An amount that is more than is open is noted where it is ``agreed`` to be so much more, and
    asked about otherwise.
    """
    entries = answer.chosen(which)
    if amount is not None and amount.minor <= 0:
        raise NotAnAmountToBook()
    if paid_on > ledger.today(turn):
        raise PaidAhead()
    if answer.is_outside and not roles.may(turn, "invoice", "claim"):
        raise ledger.NotYours()
    is_claim = answer.is_outside or not roles.may(turn, "payment", "see, book, write off")
    if not is_claim:
        entries = _held(turn, entries)
    if amount and (above := _first_excess(entries, amount, agreed)):
        return above
    if is_claim:
        told = ClaimFacts("paid", amount=amount.minor if amount else None, paid_on=paid_on)
        claiming.claim(turn, answer.message, entries, told, origin)
    else:
        _book(turn, entries, amount, paid_on, origin)
        _note(turn, answer, entries, "paid", origin, day=paid_on, amount=amount)
    return None


def _first_excess(entries: Iterable[Entry], amount: Money, agreed: Money | None) -> Excess | None:
    """The first invoice on which less is open than the amount."""
    for entry in entries:
        if above := excess(entry.invoice, amount, agreed):
            return above
    return None


def _held(turn: Turn, entries: Sequence[Entry]) -> list[Entry]:
    """The same as they stand now; nobody else books on them until the turn ends."""
    ids = invoice_ids(entries)
    invoices.hold(turn, ids)
    return [ledger.get(turn, id_) for id_ in ids]


def _book(
    turn: Turn, entries: Sequence[Entry], amount: Money | None, paid_on: date, origin: str
) -> None:
    for entry in entries:
        booked = amount or entry.outstanding
        if booked.minor > 0:
            money.book(turn, Payment(entry.invoice.id, booked.minor, paid_on, money.HAND, origin))


def promise(turn: Turn, answer: Heard, which: str, until: date, origin: str) -> None:
    """Silence until a day; from outside it is a claim."""
    if until < ledger.today(turn):
        raise DayIsOver()
    claims.must_be_near(turn, until)
    entries = answer.chosen(which)
    if answer.is_outside:
        claiming.claim(turn, answer.message, entries, ClaimFacts("promise", until=until), origin)
        return
    claiming.set_promise(turn, invoice_ids(entries), until)
    claim_notices.tell_promised(turn, entries, until)
    _note(turn, answer, entries, "promise", origin, day=until)


def dispute(turn: Turn, answer: Heard, which: str, why: str, origin: str) -> None:
    """Silence until the dispute ends; from outside it is a claim."""
    entries = answer.chosen(which)
    if answer.is_outside:
        claiming.claim(turn, answer.message, entries, ClaimFacts("dispute", note=why), origin)
        return
    claiming.set_dispute(turn, invoice_ids(entries), why)
    claim_notices.tell_disputed(turn, entries, why)
    _note(turn, answer, entries, "dispute", origin, note=why)


def snooze(turn: Turn, answer: Heard, days: int) -> date:
    """Silence about this customer for some days, for whoever reads this message; the last silent
    day.
    """
    if not _is_theirs(turn, inside(answer).message):
        raise NothingLeft()
    until = company_day(turn) + timedelta(days=days)
    switches.pause(turn, f"customer:{answer.message.customer}", until, "", answer.message.audience)
    return until


def escalate(turn: Turn, answer: Heard, note: str, origin: str) -> Ticket:
    """A ticket of high priority for finance, about this customer."""
    inside(answer)
    policy = policy_for(turn, answer.message.direction)
    department = finance_of(turn, policy) if policy else None
    kind = turn.catalogue.default_type(department.key) if department else None
    if department is None or kind is None:
        raise NobodyToEscalateTo()
    words = Words(department.language)
    numbers = words.list([entry.invoice.number for entry in answer.entries])
    subject = words.say(
        "{customer} does not pay: {numbers}", customer=answer.customer, numbers=numbers
    )
    about = f"invoice:{answer.entries[0].invoice.id}"
    request = Request(
        origin, kind.key, subject=subject, description=note, priority="high", about=about
    )
    ticket = submit(turn, request)
    turn.record("reminder.escalated", f"reminder:{answer.message.id}", ticket=ticket.id)
    return ticket


def _is_theirs(turn: Turn, message: Message) -> bool:
    """Whether the actor reads a message: it is to them, or to finance and they are."""
    if message.audience in OUTSIDE:
        return False
    is_finance = roles.may(turn, "reminder", "run, pause, approve")
    return message.addressee == turn.actor.id or is_finance


def _is_on_their_card(message: Message, channel: str) -> bool:
    return message.audience == CUSTOMER_CHANNEL and message.addressee == channel


def _note(
    turn: Turn,
    answer: Heard,
    entries: Sequence[Entry],
    kind: str,
    origin: str,
    *,
    day: date | None = None,
    note: str = "",
    amount: Money | None = None,
) -> None:
    """What was answered stands in the message's thread, for everybody who reads it."""
    message = answer.message
    shown: list[tuple[str, Money, Money]] = []
    for entry in entries:
        shown.append((entry.invoice.number, amount or entry.outstanding, entry.outstanding))
    said = Said(origin, kind, turn.actor.id, answer.customer, shown, day, note)
    text = looks.thread_note(said, _words_of(turn, message))
    under = Under(message=f"reminder:{message.id}")
    turn.tell(
        message.addressee,
        text,
        once=f"reminder-answer:{origin}",
        under=under,
        subject=f"reminder:{message.id}",
    )


def _words_of(turn: Turn, message: Message) -> Words:
    """The language of whoever reads a message: a person's, a department's or the customer's."""
    if message.audience == CUSTOMER_CHANNEL and message.customer:
        theirs = customers.get(turn, message.customer).language
        return Words(theirs or turn.catalogue.company.language)
    existing = people.person(turn, message.addressee)
    return Words(existing.language) if existing else roles.words_of_channel(turn, message.addressee)
