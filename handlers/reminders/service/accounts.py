"""Accounts: a customer's open instalments with everything that decisions about them are
made from.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple, TypeVar

from bot.kit.days import is_kept
from bot.kit.money import Money
from handlers.ledger.model.instalments import Instalment
from handlers.ledger.model.matching.values import Waiting
from handlers.ledger.model.open_items import Balance
from handlers.ledger.service import balances
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.lookup import Entry
from handlers.reminders.model.decision import Decision, Outcome, decide
from handlers.reminders.model.facts import (
    FINANCE,
    Facts,
    StageRow,
)
from handlers.reminders.model.rules import worth_of
from handlers.reminders.service.audiences import Reader, Readership
from handlers.reminders.service.policy_context import PolicyContext, Rules
from storage.invoices.customers import Customer
from storage.invoices.invoices import Invoice
from storage.reminders import open_invoices, reminders
from storage.reminders import switches as reminder_switches
from storage.reminders.open_invoices import Part
from storage.reminders.reminders import Row, RowState
from storage.reminders.switches import EVERYTHING, Pause
from storage.turn import Turn

_Value = TypeVar("_Value")
_A_DAY = timedelta(days=1)


class Item(NamedTuple):
    """An instalment of an open invoice, the rules that hold for it, and what the ledger of
    reminders holds of it.
    """

    instalment: int
    entry: Entry
    rules: Rules
    due_on: date | None
    outstanding: Money
    known_on: date
    claimed_on: date | None
    rows: tuple[Row, ...]
    which: Instalment | None = None
    """Of several, which one it is."""
    in_time_until: date | None = None
    """The day that counts, where the due day is a free one."""

    def is_to_come(self, day: date) -> bool:
        """Whether its first stage is still to come, wherever its readers are."""
        if self.due_on is None or not is_kept(self.due_on):
            return False
        return self.due_on + timedelta(self.rules.policy.stages[0].days) > day + _A_DAY

    def rows_for(self, audience: str) -> dict[str, StageRow]:
        """What the ledger holds for an audience and the due date as it is, by stage."""
        rows: dict[str, StageRow] = {}
        for row in self.rows:
            if row.audience == audience and row.due_on == self.due_on:
                rows[row.stage] = StageRow(
                    row.stage, row.state, row.reason, row.on_day, row.approved_by
                )
        return rows

    def row(
        self,
        audience: str,
        stage: str,
        on_day: date,
        state: RowState,
        reason: str = "",
        message: int | None = None,
    ) -> Row:
        """What became of a stage for an audience; ``message``: in which it was told."""
        return Row(
            instalment=self.instalment,
            invoice=self.entry.invoice.id,
            customer=self.entry.invoice.customer or 0,
            stage=stage,
            audience=audience,
            due_on=self.due_on or on_day,
            state=state,
            reason=reason,
            on_day=on_day,
            message=message,
        )


class Judged(NamedTuple):
    """An instalment and what was decided of it for an audience."""

    item: Item
    decision: Outcome


class _OwnFacts(NamedTuple):
    """The facts that an instalment has for itself, for an audience, but for the amount."""

    status: str
    due_on: date | None
    known_on: date
    is_disputed: bool
    promised_until: date | None
    claimed_on: date | None
    waiting: tuple[Waiting, ...]
    pauses: tuple[Pause, ...]
    rows: tuple[StageRow, ...]


@dataclass(frozen=True)
class Account:
    """A customer, or nobody who is known, with what is open."""

    id: int
    customer: Customer | None
    context: PolicyContext
    rules: Rules
    """Those of the customer, for what concerns all that is open."""
    items: tuple[Item, ...]
    readers: Mapping[str, Reader | None]
    """Of those whom a policy writes to."""
    finance: Reader | None
    """Where finance is asked, whether or not a policy writes to it."""
    contacts: Mapping[str, tuple[date, ...]]
    pauses: tuple[Pause, ...]
    balances: Mapping[str, Balance] = field(default_factory=dict)
    """What is open and in credit, by currency."""
    later: Sequence[Balance] = ()
    """What is open of the invoices that are not among the items, since they are to come."""
    _outcomes: dict[tuple[int, str], Outcome] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _of_kinds: dict[Hashable, Outcome] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def name(self) -> str:
        if self.customer:
            return self.customer.name
        return self.items[0].entry.invoice.customer_name if self.items else ""

    def facts(self, item: Item, audience: str) -> Facts:
        """What is known of an instalment for an audience."""
        return self._facts(self._own(item, audience), item.outstanding, item.rules, audience)

    def _own(self, item: Item, audience: str) -> _OwnFacts:
        invoice = item.entry.invoice
        return _OwnFacts(
            status=item.entry.state.status,
            due_on=item.due_on,
            known_on=item.known_on,
            is_disputed=bool(invoice.disputed),
            promised_until=invoice.promised_until,
            claimed_on=item.claimed_on,
            waiting=self.context.waiting.of(invoice.id),
            pauses=self._pauses_of(invoice.id, audience) if self.pauses else (),
            rows=tuple(item.rows_for(audience).values()) if item.rows else (),
        )

    def _facts(self, own: _OwnFacts, outstanding: Money, rules: Rules, audience: str) -> Facts:
        """Who adds a fact adds it to those that an instalment has for itself, or takes it from what
        is the same for all of them.
        """
        context, reader = self.context, self.readers.get(audience)
        of_item = own._asdict() | {"rows": {row.stage: row for row in own.rows}}
        return Facts(
            **of_item,
            direction=context.policy.direction,
            outstanding=outstanding,
            country=context.country,
            switch=rules.switch,
            payments_known_until=context.payments_known_until,
            payments_max_age_days=context.payments_max_age_days,
            zone=context.zone,
            audience=audience,
            hours=reader.hours(rules.policy) if reader else None,
            credit=self.credit(outstanding.currency),
            in_sum=self._in_sum(outstanding.currency),
            days_of=context.days_of_stages,
            contacts=self.contacts.get(audience, ()),
        )

    def credit(self, currency: str) -> Money | None:
        """What is to be given back in a currency."""
        balance = self.balances.get(currency)
        return Money(balance.credit, currency) if balance and balance.credit else None

    def _in_sum(self, currency: str) -> Money | None:
        balance = self.balances.get(currency)
        return Money(balance.in_sum, currency) if balance else None

    def decide(self, item: Item, audience: str) -> Decision:
        """What is to be done about an instalment for an audience, rule by rule."""
        return decide(self.facts(item, audience), item.rules.policy, self.context.now)

    def outcome(self, item: Item, audience: str) -> Outcome:
        """What is to be done; worked out once."""
        key = item.instalment, audience
        outcome = self._outcomes.get(key)
        if outcome is None:
            outcome = self._outcomes[key] = self._of_its_kind(item, audience)
        return outcome

    def _of_its_kind(self, item: Item, audience: str) -> Outcome:
        """Decided once for all instalments that are alike: a customer has thousands of them, but
        few kinds.
        """
        own, owed, rules = self._own(item, audience), item.outstanding, item.rules
        kind = audience, rules.policy.key, owed.currency, worth_of(owed, rules.policy), own
        outcome = self._of_kinds.get(kind)
        if outcome is None:
            facts = self._facts(own, owed, rules, audience)
            outcome = decide(facts, rules.policy, self.context.now).outcome
            self._of_kinds[kind] = outcome
        return outcome

    def judge(self, audience: str) -> list[Judged]:
        """The decision about each instalment whose policy writes to this audience; what is to come
        keeps the day on which it is looked at.
        """
        judged: list[Judged] = []
        for item in self.items:
            is_theirs = audience in item.rules.policy.audience
            if is_theirs and not item.is_to_come(self.context.day):
                judged.append(Judged(item, self.outcome(item, audience)))
        return judged

    def _pauses_of(self, invoice: int, audience: str) -> tuple[Pause, ...]:
        about = (EVERYTHING, f"customer:{self.id}", f"invoice:{invoice}")
        return tuple(p for p in self.pauses if p.subject in about and p.audience in ("", audience))


def accounts(
    turn: Turn, context: PolicyContext, ids: Collection[int], only: Invoice | None = None
) -> list[Account]:
    """The accounts of these customers, in the order of their ids: all that is open, or one invoice
    as it is.
    """
    open_ = [only] if only else open_invoices.read(turn, context.policy.direction, ids)
    owed = balances.balance_by_customer(
        turn, direction=context.policy.direction, day=context.day, customers=ids
    )
    parts = open_invoices.parts_of(turn, [invoice.id for invoice in open_])
    return _accounts(turn, context, ids, open_, parts, owed, {})


def near_parts(turn: Turn, context: PolicyContext, ids: Collection[int]) -> list[Part]:
    """The instalments of invoices of these customers that may have come to their first stage."""
    return open_invoices.near(turn, context.policy.direction, ids, context.near)


def near_accounts(
    turn: Turn, context: PolicyContext, ids: Collection[int], parts: Sequence[Part]
) -> list[Account]:
    """The accounts of these customers with their ``near_parts``; of the rest only what is open
    on it.
    """
    near = {part.invoice for part in parts if part.customer in ids}
    open_ = open_invoices.read_some(turn, near)
    owed, later = balances.balance_with_rest(
        turn, direction=context.policy.direction, day=context.day, customers=ids, listed=near
    )
    return _accounts(turn, context, ids, open_, parts, owed, later)


def _accounts(
    turn: Turn,
    context: PolicyContext,
    ids: Collection[int],
    open_: Sequence[Invoice],
    parts: Sequence[Part],
    owed: Mapping[int | None, Sequence[Balance]],
    later: Mapping[int | None, Sequence[Balance]],
) -> list[Account]:
    readership = Readership(turn, context, ids)
    entries = [ledger.entry_of(turn, invoice, context.day) for invoice in open_]
    items = _items(turn, context, entries, parts, readership)
    pauses = _pauses(turn, context, ids, [invoice.id for invoice in open_])
    audiences = context.audiences
    result: list[Account] = []
    for id_ in sorted(set(ids)):
        account = Account(
            id=id_,
            customer=readership.known.get(id_),
            context=context,
            rules=readership.rules(id_),
            items=tuple(items.get(id_, ())),
            readers=readership.readers(id_, audiences),
            finance=readership.reader(id_, FINANCE),
            contacts=readership.contacts_of(id_, audiences),
            pauses=pauses,
            balances={balance.currency: balance for balance in owed.get(id_, ())},
            later=later.get(id_, ()),
        )
        result.append(account)
    return result


def _items(
    turn: Turn,
    context: PolicyContext,
    entries: list[Entry],
    parts: Iterable[Part],
    readership: Readership,
) -> dict[int, list[Item]]:
    """Every instalment by customer; amounts and dates as the state of the invoice splits them."""
    ids = [entry.invoice.id for entry in entries]
    parts_of = _grouped(parts, attrgetter("invoice"))
    rows = _grouped(reminders.rows_of(turn, ids), attrgetter("instalment"))
    claimed = _claimed_on(turn, context, ids)
    items: dict[int, list[Item]] = {}
    for entry in entries:
        invoice = entry.invoice
        rules = readership.rules(invoice.customer or 0, invoice.policy)
        for part, split in zip(parts_of.get(invoice.id, ()), entry.state.parts, strict=True):
            item = Item(
                instalment=part.instalment,
                entry=entry,
                rules=rules,
                due_on=split.due_on,
                outstanding=entry.money(split.outstanding),
                known_on=part.known_at.astimezone(context.zone).date(),
                claimed_on=claimed.get(invoice.id),
                rows=tuple(rows.get(part.instalment, ())),
                which=split.instalment,
                in_time_until=split.effective_due_on,
            )
            items.setdefault(invoice.customer or 0, []).append(item)
    return items


def _claimed_on(turn: Turn, context: PolicyContext, ids: Collection[int]) -> dict[int, date]:
    """The day, by invoice, on which somebody said that it is paid; finance has not answered."""
    days: dict[int, date] = {}
    for claim in reminder_switches.open_claims(turn, ids):
        if claim.kind == "paid":
            days[claim.invoice] = claim.at.astimezone(context.zone).date()
    return days


def _grouped(values: Iterable[_Value], key: Callable[[_Value], int]) -> dict[int, list[_Value]]:
    groups: dict[int, list[_Value]] = {}
    for value in values:
        groups.setdefault(key(value), []).append(value)
    return groups


def _pauses(
    turn: Turn, context: PolicyContext, ids: Collection[int], invoices: Collection[int]
) -> tuple[Pause, ...]:
    of_customers, of_invoices = map("customer:{}".format, ids), map("invoice:{}".format, invoices)
    subjects = [EVERYTHING, *of_customers, *of_invoices]
    return tuple(reminder_switches.paused(turn, subjects, context.day))
