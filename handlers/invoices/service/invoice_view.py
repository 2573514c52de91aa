"""What a person sees of a ledger entry: values for the looks."""

from collections.abc import Sequence
from dataclasses import replace

from bot.kit.markup import Mrkdwn, person
from bot.kit.words import N_, Words
from handlers.invoices.blocks.sight import Sight
from handlers.invoices.model.findings import Kept, kept, spoken
from handlers.invoices.service import actions
from handlers.invoices.service.suspicions import (
    ACCOUNT_CHANGED,
    NEITHER_IS_US,
    findings_of,
    of_strangers,
)
from handlers.ledger.service import claims
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.lookup import Entry
from handlers.people.service import roles
from storage.invoices import write_offs
from storage.reminders import reminders, switches
from storage.reminders.switches import Pause
from storage.turn import Turn


def sight_of(turn: Turn, entry: Entry, words: Words) -> Sight:
    """An entry for a reader of these words; whether payments may be booked is the
    actor's matter.
    """
    return _sight(turn, entry, words, entry.invoice.findings)


def full_sight_of(turn: Turn, entry: Entry, words: Words) -> Sight:
    """The same for its card, which also tells what follows from other invoices, and who looks after
    it.
    """
    sight = _sight(turn, entry, words, findings_of(turn, entry.invoice))
    attention = reminders.attention(turn, entry.invoice.id)
    pauses = _pauses(turn, entry)
    ours = [pause.id for pause in pauses if pause.subject == f"invoice:{entry.invoice.id}"]
    quiet = [_quiet(pause, words) for pause in pauses]
    return replace(
        sight,
        is_promised=claims.is_promised(turn, entry),
        last_reminder=attention.last_sent,
        is_watched=attention.is_watched,
        written_off=_written_off(turn, entry, words),
        quiet=quiet,
        pauses=ours,
        policies=actions.policies_to_choose(turn, entry.invoice.direction),
        policy=entry.invoice.policy,
    )


def _pauses(turn: Turn, entry: Entry) -> list[Pause]:
    """What keeps reminders of this invoice quiet: a pause of its own, or its customer's."""
    if entry.state.outstanding <= 0:
        return []
    subjects = [f"invoice:{entry.invoice.id}", f"customer:{entry.invoice.customer or 0}"]
    return switches.paused(turn, subjects, ledger.today(turn))


def customer_pauses(turn: Turn, customer: int, words: Words) -> list[tuple[int, Mrkdwn]]:
    """The pauses about a customer that last, each with its id."""
    pauses = switches.paused(turn, [f"customer:{customer}"], ledger.today(turn))
    return [(pause.id, _quiet(pause, words)) for pause in pauses]


def _quiet(pause: Pause, words: Words) -> Mrkdwn:
    sentence = N_(
        "⏸ Reminders of this invoice are paused up to and including {day} · {who} · {note}"
    )
    if pause.subject.startswith("customer:"):
        sentence = N_(
            "⏸ Reminders about this customer are paused up to and including {day} · {who} · {note}"
        )
    day, note = words.date(pause.until), pause.note or "–"
    return words.mark(sentence, day=day, who=person(pause.by_person), note=note)


def _written_off(turn: Turn, entry: Entry, words: Words) -> Mrkdwn | None:
    if not entry.invoice.is_written_off:
        return None
    write_off = write_offs.standing(turn, [entry.invoice.id]).get(entry.invoice.id)
    if write_off is None:
        return None
    day, note = words.date(write_off.on_day), write_off.note or "–"
    amount = words.money(entry.money(write_off.amount))
    if not write_off.by_person.startswith(("U", "W")):
        sentence = N_("{amount} written off on {day} · {note}")
        return words.mark(sentence, amount=amount, day=day, note=note)
    return words.mark(
        "{amount} written off on {day} · {who} · {note}",
        amount=amount,
        day=day,
        who=person(write_off.by_person),
        note=note,
    )


def _sight(turn: Turn, entry: Entry, words: Words, kepts: Sequence[Kept]) -> Sight:
    invoice, state = entry.invoice, entry.state
    seller, buyer = invoice.document.get("seller") or {}, invoice.document.get("buyer") or {}
    findings = [f for f in kepts if f["severity"] != "note"]
    rules = {f["rule"] for f in findings}
    if invoice.direction == "none" and NEITHER_IS_US.id not in rules:
        findings.insert(0, kept(of_strangers(seller.get("name"), buyer.get("name"))))
    findings.sort(key=_suspicions_first)
    return Sight(
        id=invoice.id,
        number=invoice.number,
        kind=invoice.kind,
        direction=invoice.direction,
        status=state.status,
        customer=invoice.customer_name,
        seller=seller.get("name") or "",
        buyer=buyer.get("name") or "",
        issued_on=invoice.issued_on,
        due_on=state.due_on,
        total=entry.money(invoice.total),
        paid=entry.money(state.paid),
        outstanding=entry.outstanding,
        overdue=entry.money(state.overdue),
        overdue_days=state.overdue_days,
        instalments=[
            (part.due_on, entry.money(part.outstanding)) for part in state.parts if part.outstanding
        ],
        effective_due_on=state.effective_due_on,
        corrections=[
            (change.number, change.issued_on, entry.money(change.amount))
            for change in invoice.changes
        ],
        ksef_number=invoice.ksef_number,
        account=invoice.account,
        promised_until=invoice.promised_until,
        disputed=invoice.disputed,
        findings=[spoken(f, words) for f in findings],
        may_book=roles.may(turn, "payment", "see, book, write off"),
        is_suspect=ACCOUNT_CHANGED.id in rules,
    )


def _suspicions_first(finding: Kept) -> bool:
    return bool(finding["rule"] != ACCOUNT_CHANGED.id)
