"""Audiences: who reads a reminder, where, in which language, and during which hours."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.kit.catalogue import Department, ReminderPolicy
from bot.kit.mail_address import is_address
from bot.kit.working_time import QuietHours, WorkCalendar, reading_hours
from handlers.people.service.daytime import country_in
from handlers.people.service.finance_channel import desk_of
from handlers.reminders.model.facts import (
    ACCOUNT_OWNER,
    CUSTOMER_CHANNEL,
    CUSTOMER_MAIL,
    FINANCE,
    PAYER,
)
from handlers.reminders.service.policy_context import PolicyContext, Rules
from storage.invoices import customers
from storage.invoices.customers import Customer
from storage.people import people
from storage.people.roles import channel_named
from storage.reminders import messages
from storage.turn import Turn

_LOOK_BACK = timedelta(days=60)
"""How far back messages count, for the gap between two and for the week."""


@dataclass(frozen=True)
class Reader:
    """A person, a channel or an e-mail address, and whose days and hours hold there."""

    to: str
    language: str
    country: str
    timezone: str
    quiet: QuietHours | None = None

    def hours(self, policy: ReminderPolicy) -> WorkCalendar:
        """When they may be written to."""
        return reading_hours(self.country, self.timezone, policy.hours, self.quiet)


def reader_of(
    turn: Turn, audience: str, customer: Customer | None, policy: ReminderPolicy
) -> Reader | None:
    """Who is told about a customer; None where nobody is there to be told."""
    return _FINDERS[audience](turn, customer, policy)


class Readership:
    """Who reads about some customers, and when they were last written to."""

    def __init__(self, turn: Turn, context: PolicyContext, ids: Collection[int]) -> None:
        self.known = customers.some(turn, ids)
        self._turn, self._context = turn, context
        self._contacts = messages.contacts(turn, ids, context.day - _LOOK_BACK)
        self._readers: dict[tuple[str, str, str], Reader | None] = {}

    def reader(self, customer: int, audience: str) -> Reader | None:
        existing = self.known.get(customer)
        of = {
            ACCOUNT_OWNER: existing.owner if existing else "",
            CUSTOMER_CHANNEL: str(customer),
            CUSTOMER_MAIL: str(customer),
        }.get(audience, "")
        policy = self._context.rules(existing.policy if existing else "").policy
        key = audience, of, policy.key
        if key not in self._readers:
            self._readers[key] = reader_of(self._turn, audience, existing, policy)
        return self._readers[key]

    def readers(self, customer: int, audiences: Iterable[str]) -> dict[str, Reader | None]:
        return {audience: self.reader(customer, audience) for audience in audiences}

    def contacts_of(self, customer: int, audiences: Iterable[str]) -> dict[str, tuple[date, ...]]:
        return {audience: self.contacts(customer, audience) for audience in audiences}

    def contacts(self, customer: int, audience: str) -> tuple[date, ...]:
        direction = self._context.policy.direction
        return tuple(self._contacts.get((customer, direction, audience), ()))

    def rules(self, customer: int, invoice_policy: str = "") -> Rules:
        """What holds for an invoice of a customer."""
        existing = self.known.get(customer)
        return self._context.rules(invoice_policy, existing.policy if existing else "")


def finance_of(turn: Turn, policy: ReminderPolicy) -> Department | None:
    """The finance department whose money it is: the one that makes the policy's messages, else the
    first.
    """
    kinds = turn.catalogue.document_kinds
    makers: set[str] = set()
    for stage in policy.stages:
        if stage.letter and stage.letter in kinds:
            makers.add(kinds[stage.letter].department)
    departments = turn.catalogue.finance()
    for department in departments:
        if department.key in makers:
            return department
    return departments[0] if departments else None


def finance_reader(turn: Turn, policy: ReminderPolicy) -> Reader | None:
    """The channel of that department, whether or not the policy writes to it."""
    department = finance_of(turn, policy)
    desk = desk_of(turn, department) if department else None
    if department is None or desk is None:
        return None
    calendar = turn.catalogue.calendar_of(department.key)
    return Reader(desk.channel, desk.words.language, calendar.country, calendar.timezone)


def is_anybody_known(turn: Turn) -> bool:
    """False until the bot was connected to Slack for the first time: nobody could be
    told anything.
    """
    return bool(people.channel_facts(turn))


def _account_owner(turn: Turn, customer: Customer | None, policy: ReminderPolicy) -> Reader | None:
    """The owner; where they are gone, or a guest by now, finance hears what they would have."""
    if customer is None or not customer.owner:
        return None
    owner = people.find(turn, customer.owner)
    if owner is None or owner.is_external:
        hears_anyway = FINANCE in policy.audience
        return None if hears_anyway else finance_reader(turn, policy)
    country = country_in(turn, owner.timezone)
    return Reader(owner.id, owner.language, country, owner.timezone, owner.quiet)


def _finance(turn: Turn, _: Customer | None, policy: ReminderPolicy) -> Reader | None:
    return finance_reader(turn, policy)


def _customer_channel(turn: Turn, customer: Customer | None, _: ReminderPolicy) -> Reader | None:
    if customer is None or not customer.channel:
        return None
    channel = channel_named(turn, customer.channel)
    return _outside(turn, customer, channel) if channel else None


def _customer_mail(turn: Turn, customer: Customer | None, _: ReminderPolicy) -> Reader | None:
    if customer is None or not turn.has_mail or not is_address(customer.email):
        return None
    return _outside(turn, customer, customer.email)


def _outside(turn: Turn, customer: Customer, to: str) -> Reader:
    company = turn.catalogue.company
    return Reader(
        to,
        customer.language or company.language,
        customer.country or company.country,
        customer.timezone or turn.catalogue.timezone,
    )


_FINDERS: dict[str, Callable[[Turn, Customer | None, ReminderPolicy], Reader | None]] = {
    ACCOUNT_OWNER: _account_owner,
    FINANCE: _finance,
    CUSTOMER_CHANNEL: _customer_channel,
    CUSTOMER_MAIL: _customer_mail,
    PAYER: _finance,
}
