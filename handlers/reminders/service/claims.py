"""Claims: what somebody says of an invoice who may not say it for good. Finance confirms, or does
not.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.kit.errors import Problem
from bot.kit.money import Money
from bot.kit.words import N_, Words
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service import payments as money
from handlers.ledger.service.lookup import Entry
from handlers.ledger.service.payments import Payment
from handlers.people.service import roles
from handlers.reminders.blocks import claim as looks
from handlers.reminders.blocks.claim import Said
from handlers.reminders.service.audiences import Reader, finance_reader
from handlers.reminders.service.policies.rights import must_be_finance
from handlers.reminders.service.policy_context import policy_for
from storage.invoices import invoices
from storage.people import people
from storage.reminders import reminders, switches
from storage.reminders.messages import Message
from storage.reminders.switches import Claim, ClaimFacts
from storage.turn import Turn


class AlreadySettled(Problem):
    """The second click on a claim."""

    sentence = N_("Somebody was first: this is settled.")


def claim(
    turn: Turn, message: Message, entries: Sequence[Entry], told: ClaimFacts, origin: str
) -> None:
    """Note what somebody says and ask finance; a payment that is claimed keeps us
    silent meanwhile.
    """
    ids = invoice_ids(entries)
    new = [switches.claim(turn, origin, entry.invoice.id, _of(entry, told)) for entry in entries]
    if not any(new):
        return
    turn.record("reminder.claimed", f"reminder:{message.id}", kind=told.kind, invoices=ids)
    _show(turn, switches.claimed(turn, origin), entries)


def _of(entry: Entry, told: ClaimFacts) -> ClaimFacts:
    """The same of one invoice: all that is open was paid where no amount is told, and finance
    confirms just that much, whatever is open by then.
    """
    if told.kind != "paid" or told.amount is not None:
        return told
    return replace(told, amount=entry.outstanding.minor)


def invoice_ids(entries: Sequence[Entry]) -> list[int]:
    return [entry.invoice.id for entry in entries]


def settle(turn: Turn, origin: str, *, is_so: bool) -> None:
    """Finance confirms what was said, which then holds; or does not, and the reminders go on."""
    must_be_finance(turn)
    settled = switches.settle(turn, origin, "confirmed" if is_so else "refused")
    if not settled:
        raise AlreadySettled()
    ids = [item.invoice for item in settled]
    entries = [ledger.get(turn, id_) for id_ in ids]
    if is_so:
        _take_at_their_word(turn, settled[0], entries)
    reminders.look_again(turn, ids)
    event = "claim.confirmed" if is_so else "claim.refused"
    turn.record(event, f"invoice:{ids[0]}", kind=settled[0].kind, invoices=ids)
    _tell_claimer(turn, _show(turn, settled, entries))


def show(turn: Turn, origin: str) -> None:
    """The card of a claim, as it is now."""
    claimed = switches.claimed(turn, origin)
    _show(turn, claimed, [ledger.get(turn, claim.invoice) for claim in claimed])


def set_promise(turn: Turn, ids: Sequence[int], until: date) -> None:
    """A promise holds for these invoices."""
    for id_ in ids:
        invoices.set_facts(turn, id_, promised_until=until)
        turn.record("invoice.promised", f"invoice:{id_}", until=until.isoformat())
    reminders.look_again(turn, ids)


def set_dispute(turn: Turn, ids: Sequence[int], why: str) -> None:
    """These invoices are disputed."""
    for id_ in ids:
        invoices.set_facts(turn, id_, disputed=why.strip() or None)
        turn.record("invoice.disputed", f"invoice:{id_}")
    reminders.look_again(turn, ids)


def _take_at_their_word(turn: Turn, item: Claim, entries: Sequence[Entry]) -> None:
    ids = invoice_ids(entries)
    if item.kind == "paid":
        for entry in entries:
            paid, paid_on = _meant(item, entry).minor, item.paid_on or ledger.today(turn)
            _book(turn, entry, Payment(entry.invoice.id, paid, paid_on, money.HAND, item.origin))
    elif item.kind == "promise" and item.until:
        set_promise(turn, ids, item.until)
    else:
        set_dispute(turn, ids, item.note or "?")


def _book(turn: Turn, entry: Entry, payment: Payment) -> None:
    """What was paid in the meantime is not booked a second time."""
    amount = min(payment.amount, entry.outstanding.minor)
    if amount > 0:
        money.book(turn, replace(payment, amount=amount))


def _meant(claim: Claim, entry: Entry) -> Money:
    """The amount that was paid; of what is only promised or disputed all that is open."""
    return entry.outstanding if claim.amount is None else entry.money(claim.amount)


def _show(turn: Turn, claims: Sequence[Claim], entries: Sequence[Entry]) -> Said:
    """The card in finance's channel: the question, or how it was settled."""
    item = claims[0]
    about: list[tuple[str, Money, Money]] = []
    for entry in entries:
        about.append((entry.invoice.number, _meant(item, entry), entry.outstanding))
    said = Said(
        origin=item.origin,
        kind=item.kind,
        who=item.by_person,
        customer=entries[0].invoice.customer_name,
        invoices=about,
        day=item.paid_on or item.until,
        note=item.note,
        settled_by=item.settled_by,
        is_confirmed=item.state == "confirmed",
    )
    finance = _finance(turn, entries[0])
    if finance:
        words = Words(finance.language)
        key, subject = f"reminder-claim:{item.origin}", f"invoice:{item.invoice}"
        turn.show(
            key, finance.to, looks.text_of(said, words), looks.card(said, words), subject=subject
        )
    return said


def _finance(turn: Turn, entry: Entry) -> Reader | None:
    policy = policy_for(turn, entry.invoice.direction)
    return finance_reader(turn, policy) if policy else None


def _tell_claimer(turn: Turn, said: Said) -> None:
    """Our own people hear whether finance confirmed it."""
    claimer = people.person(turn, said.who)
    if claimer and not claimer.is_external:
        look = looks.confirmation if said.is_confirmed else looks.refusal
        text = look(said, roles.words_for(turn, claimer.id))
        turn.tell(claimer.id, text, once=f"reminder-claim-settled:{said.origin}")
