"""Accounts: a customer's open instalments with everything that decisions about them are
made from.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from bot.kit.catalogue import ReminderPolicy
from bot.kit.money import Money
from handlers.ledger.model.open_items import Balance
from handlers.ledger.service import balances
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.bank import own_accounts
from handlers.ledger.service.bank.waiting_money import WaitingMoney
from handlers.ledger.service.lookup import Entry
from handlers.reminders.model.decision import Decision, decide
from handlers.reminders.model.facts import (
    ACCOUNT_OWNER,
    CUSTOMER_CHANNEL,
    CUSTOMER_MAIL,
    FINANCE,
    Facts,
)
from handlers.reminders.service.audiences import Reader, reader_of
from storage.invoices import customers
from storage.invoices.customers import Customer
from storage.invoices.invoices import Invoice
from storage.reminders import messages, reminders
from storage.reminders import switches as reminder_switches
from storage.reminders.reminders import Part, Row, RowState
from storage.reminders.switches import EVERYTHING, Pause, Switch
from storage.turn import Turn

Mine = TypeVar("Mine", Row, Part)
_LOOK_BACK = timedelta(days=60)


class Rules(NamedTuple):
    """A policy, and how finance switched it."""

    policy: ReminderPolicy
    switch: Switch


@dataclass(frozen=True)
class PolicyContext:
    """What holds for all reminders of a direction at the moment.

    ``policy`` is the catalogue's first of the direction: it holds where neither the invoice nor its
    customer was given another one.
    """

    policy: ReminderPolicy
    switch: Switch
    others: tuple[Rules, ...]
    waiting: WaitingMoney
    country: str
    zone: ZoneInfo
    payments_known_until: datetime | None
    payments_max_age_days: int
    now: datetime

    @property
    def day(self) -> date:
        """Today where the company is."""
        return self.now.astimezone(self.zone).date()

    @property
    def every(self) -> tuple[Rules, ...]:
        """The policies of the direction, in the catalogue's order."""
        return (Rules(self.policy, self.switch), *self.others)

    @property
    def is_on(self) -> bool:
        return any(rules.switch.is_on for rules in self.every)

    @property
    def audiences(self) -> tuple[str, ...]:
        """Whoever one of the policies writes to."""
        return tuple(dict.fromkeys(item for rules in self.every for item in rules.policy.audience))

    def rules(self, *given: str) -> Rules:
        """The rules of the first of these keys that is a policy here: the most particular first."""
        existing = {rules.policy.key: rules for rules in self.every}
        return next((existing[key] for key in given if key in existing), self.every[0])

    def switched(self, switches: Mapping[str, Switch]) -> "PolicyContext":
        """The same as if the policies were switched otherwise."""
        first, *others = (
            rules._replace(switch=switches.get(rules.policy.key, rules.switch))
            for rules in self.every
        )
        return replace(self, switch=first.switch, others=tuple(others))


@dataclass(frozen=True)
class Item:
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
    decision: Decision


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
    _decisions: dict[tuple[int, str], Decision] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def name(self) -> str:
        if self.customer:
            return self.customer.name
        return self.items[0].entry.invoice.customer_name if self.items else ""

    def facts(self, item: Item, audience: str) -> Facts:
        """What is known of an instalment for an audience."""
        book, invoice, reader = self.context, item.entry.invoice, self.readers.get(audience)
        return Facts(
            direction=invoice.direction,
            status=item.entry.state.status,
            outstanding=item.outstanding,
            due_on=item.due_on,
            known_on=item.known_on,
            country=book.country,
            switch=item.rules.switch,
            payments_known_until=book.payments_known_until,
            payments_max_age_days=book.payments_max_age_days,
            audience=audience,
            hours=reader.hours(item.rules.policy) if reader else None,
            credit=self.credit(invoice.currency),
            in_sum=self._in_sum(invoice.currency),
            is_disputed=bool(invoice.disputed),
            promised_until=invoice.promised_until,
            claimed_on=item.claimed_on,
            waiting=book.waiting.of(invoice.id),
            days_of=self._days_of_stages(),
            pauses=self._pauses_of(invoice.id, audience),
            contacts=self.contacts.get(audience, ()),
            rows={
                r.stage: r for r in item.rows if r.audience == audience and r.due_on == item.due_on
            },
        )

    def credit(self, currency: str) -> Money | None:
        """What is to be given back in a currency."""
        balance = self.balances.get(currency)
        return Money(balance.credit, currency) if balance and balance.credit else None

    def _in_sum(self, currency: str) -> Money | None:
        balance = self.balances.get(currency)
        return Money(balance.in_sum, currency) if balance else None

    def decide(self, item: Item, audience: str) -> Decision:
        """What is to be done about an instalment for an audience; worked out once."""
        key = item.instalment, audience
        if key not in self._decisions:
            facts = self.facts(item, audience)
            self._decisions[key] = decide(facts, item.rules.policy, self.context.now)
        return self._decisions[key]

    def judge(self, audience: str) -> list[Judged]:
        """The decision about each instalment whose policy writes to this audience."""
        items = [item for item in self.items if audience in item.rules.policy.audience]
        return [Judged(item, self.decide(item, audience)) for item in items]

    def _days_of_stages(self) -> dict[str, int]:
        """When each stage comes that an item may have reached, under whichever policy."""
        stages = (stage for rules in self.context.every for stage in rules.policy.stages)
        return {stage.key: stage.days for stage in stages}

    def _pauses_of(self, invoice: int, audience: str) -> tuple[Pause, ...]:
        about = (EVERYTHING, f"customer:{self.id}", f"invoice:{invoice}")
        return tuple(p for p in self.pauses if p.subject in about and p.audience in ("", audience))


def context(turn: Turn, direction: str) -> PolicyContext | None:
    """What holds for a direction; None when no policy is for it."""
    existing = turn.catalogue.reminder_policies.values()
    every = [Rules(item, switch_of(turn, item)) for item in existing if item.direction == direction]
    if not every:
        return None
    first, *others = every
    return PolicyContext(
        policy=first.policy,
        switch=first.switch,
        others=tuple(others),
        waiting=WaitingMoney(turn),
        country=turn.catalogue.company.country,
        zone=ZoneInfo(turn.catalogue.timezone),
        payments_known_until=own_accounts.known_until(turn),
        payments_max_age_days=turn.catalogue.invoices.payments_max_age_days,
        now=turn.now,
    )


def policy_for(turn: Turn, direction: str) -> ReminderPolicy | None:
    """The policy of a direction: the one that is switched on, else the first."""
    fitting = [
        policy
        for policy in turn.catalogue.reminder_policies.values()
        if policy.direction == direction
    ]
    return next(
        (policy for policy in fitting if switch_of(turn, policy).is_on), next(iter(fitting), None)
    )


def switch_of(turn: Turn, policy: ReminderPolicy) -> Switch:
    """How finance switched a policy; off until it did."""
    result = reminder_switches.switched(turn).get(policy.key)
    return result or Switch(policy.key, False, date.min, "done", "")


def accounts(
    turn: Turn, book: PolicyContext, ids: Collection[int], only: Invoice | None = None
) -> list[Account]:
    """The accounts of these customers, in the order of their ids: all that is open, or one invoice
    as it is.
    """
    open_ = [only] if only else reminders.open_invoices(turn, book.policy.direction, ids)
    people = Membership(turn, book, ids)
    given = {id_: item.policy for id_, item in people.known.items()}
    entries = [ledger.entry_of(turn, invoice, book.day) for invoice in open_]
    items = _items(turn, book, entries, given)
    pauses = _pauses(turn, book, ids, [invoice.id for invoice in open_])
    owed = balances.balance_by_customer(
        turn, direction=book.policy.direction, day=book.day, customers=ids
    )
    return [
        Account(
            id=id_,
            customer=people.known.get(id_),
            context=book,
            rules=book.rules(given.get(id_, "")),
            items=tuple(items.get(id_, ())),
            readers={audience: people.reader(id_, audience) for audience in book.audiences},
            finance=people.reader(id_, FINANCE),
            contacts={audience: people.contacts(id_, audience) for audience in book.audiences},
            pauses=pauses,
            balances={balance.currency: balance for balance in owed.get(id_, ())},
        )
        for id_ in sorted(set(ids))
    ]


class Membership:
    """Who reads about some customers, and when they were last written to."""

    def __init__(self, turn: Turn, book: PolicyContext, ids: Collection[int]) -> None:
        self.known = customers.some(turn, ids)
        self._turn, self._book = turn, book
        self._contacts = messages.contacts(turn, ids, book.day - _LOOK_BACK)
        self._readers: dict[tuple[str, str, str], Reader | None] = {}

    def reader(self, customer: int, audience: str) -> Reader | None:
        existing = self.known.get(customer)
        of = {
            ACCOUNT_OWNER: existing.owner if existing else "",
            CUSTOMER_CHANNEL: str(customer),
            CUSTOMER_MAIL: str(customer),
        }.get(audience, "")
        policy = self._book.rules(existing.policy if existing else "").policy
        key = audience, of, policy.key
        if key not in self._readers:
            self._readers[key] = reader_of(self._turn, audience, existing, policy)
        return self._readers[key]

    def contacts(self, customer: int, audience: str) -> tuple[date, ...]:
        direction = self._book.policy.direction
        return tuple(self._contacts.get((customer, direction, audience), ()))

    def rules(self, customer: int, invoice_policy: str = "") -> Rules:
        """What holds for an invoice of a customer."""
        existing = self.known.get(customer)
        return self._book.rules(invoice_policy, existing.policy if existing else "")


def _items(
    turn: Turn, book: PolicyContext, entries: list[Entry], given: Mapping[int, str]
) -> dict[int, list[Item]]:
    """Every instalment by customer; amounts and dates as the state of the invoice splits them."""
    ids = [entry.invoice.id for entry in entries]
    parts, rows = (
        _by_invoice(reminders.parts_of(turn, ids)),
        _by_invoice(reminders.rows_of(turn, ids)),
    )
    claimed = {
        c.invoice: c.at for c in reminder_switches.open_claims(turn, ids) if c.kind == "paid"
    }
    items: dict[int, list[Item]] = {}
    for entry in entries:
        at, customer = claimed.get(entry.invoice.id), entry.invoice.customer or 0
        rules = book.rules(entry.invoice.policy, given.get(customer, ""))
        for part, split in zip(parts.get(entry.invoice.id, ()), entry.state.parts, strict=True):
            item = Item(
                instalment=part.instalment,
                entry=entry,
                rules=rules,
                due_on=split.due_on,
                outstanding=entry.money(split.outstanding),
                known_on=part.known_at.astimezone(book.zone).date(),
                claimed_on=at.astimezone(book.zone).date() if at else None,
                rows=tuple(
                    r for r in rows.get(entry.invoice.id, ()) if r.instalment == part.instalment
                ),
            )
            items.setdefault(customer, []).append(item)
    return items


def _by_invoice(mines: Iterable[Mine]) -> dict[int, list[Mine]]:
    grouped: dict[int, list[Mine]] = {}
    for item in mines:
        grouped.setdefault(item.invoice, []).append(item)
    return grouped


def _pauses(
    turn: Turn, book: PolicyContext, ids: Collection[int], invoices: Collection[int]
) -> tuple[Pause, ...]:
    of_customers = [f"customer:{id_}" for id_ in ids]
    of_invoices = [f"invoice:{id_}" for id_ in invoices]
    subjects = [EVERYTHING, *of_customers, *of_invoices]
    return tuple(reminder_switches.paused(turn, subjects, book.day))
