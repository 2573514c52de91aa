"""What can be done about an invoice beyond the ledger: asking the back office, editing the
customer, sharing.
"""

from collections import Counter
from collections.abc import Mapping
from zoneinfo import available_timezones

from bot.kit.catalogue import RequestType
from bot.kit.errors import Problem
from bot.kit.mail_address import is_address
from bot.kit.words import N_
from handlers.ledger.service import claims, tax_numbers
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.customer_import import PolicyUnknown, one_a_line
from handlers.ledger.service.lookup import Entry
from handlers.people.service import roles
from handlers.tickets.service import submit
from storage.invoices import customers, invoices
from storage.invoices.customers import Customer
from storage.people.roles import channel_named
from storage.reminders import open_invoices, reminders
from storage.tickets.tickets import Request, Ticket
from storage.turn import Turn

_ABOUT_MONEY = {"invoice", "customer"}


class NobodyAnswers(Problem):
    """The catalogue has no request type that an invoice could stand in."""

    sentence = N_("No department answers questions about invoices. Ask with /ticket.")


class NoSuchAddress(Problem):
    sentence = N_("This is not one e-mail address, such as anna@example.com.")
    field = "email"


class NoSuchZone(Problem):
    """A time zone that is none."""

    sentence = N_("There is no such time zone. Write it as Europe/Warsaw.")
    field = "timezone"


def ask_back_office(turn: Turn, invoice_id: int, question: str, origin: str) -> Ticket:
    """A ticket for finance about an invoice; the same form sent twice makes one."""
    invoice = ledger.get(turn, invoice_id).invoice
    kind = _type_for_questions(turn)
    existing: dict[str, object] = {
        "invoice": {"id": invoice.id, "name": invoice.number},
        "customer": {"id": invoice.customer, "name": invoice.customer_name},
    }
    fields: dict[str, object] = {}
    for field in kind.fields:
        if field.kind in _ABOUT_MONEY or (field.kind == "text" and field.required):
            fields[field.key] = existing.get(field.kind, question)
    subject = f"{invoice.number}: {question}".splitlines()[0]
    return submit(
        turn, Request(origin, kind.key, subject=subject, description=question, fields=fields)
    )


def _type_for_questions(turn: Turn) -> RequestType:
    """Of finance's request types the one that asks most about money, and otherwise for
    words alone.
    """
    fitting: list[RequestType] = []
    for department in turn.catalogue.finance():
        fitting += filter(_takes_questions, turn.catalogue.types_of(department.key))
    if not fitting:
        raise NobodyAnswers()
    return max(fitting, key=lambda kind: len(_asks_for(kind) & _ABOUT_MONEY))


def _takes_questions(kind: RequestType) -> bool:
    """Whether it asks for an invoice, and requires nothing that a question does not have."""
    required = _asks_for(kind, required=True)
    return "invoice" in _asks_for(kind) and required <= {*_ABOUT_MONEY, "text"}


def _asks_for(kind: RequestType, *, required: bool = False) -> set[str]:
    return {field.kind for field in kind.fields if field.required or not required}


def may_edit_customer(turn: Turn, customer: Customer) -> bool:
    """Finance and the customer's own account owner; whoever else may ask about invoices changes
    nobody's channel.
    """
    return roles.may(turn, "customer", "change", *ledger.ties_to(turn, customer))


def edited(turn: Turn, customer_id: int) -> Customer:
    """A customer that the actor may change; raises
    :class:`~handlers.ledger.service.lookup.NothingFound`
    otherwise.
    """
    customer = customers.known(turn, customer_id)
    if customer is None or not may_edit_customer(turn, customer):
        raise ledger.NothingFound(text=f"#{customer_id}")
    return customer


def channel_of(turn: Turn, customer: Customer) -> str | None:
    """The id of the channel that is shared with a customer."""
    return channel_named(turn, customer.channel) if customer.channel else None


def edit_customer(turn: Turn, customer_id: int, facts: Mapping[str, str]) -> Customer:
    """What is known of a customer, as somebody filled it in."""
    before = edited(turn, customer_id)
    if facts.get("timezone") and facts["timezone"] not in available_timezones():
        raise NoSuchZone()
    if facts.get("email") and not is_address(facts["email"]):
        raise NoSuchAddress()
    kept = dict(facts)
    if "aliases" in facts:
        kept["aliases"] = one_a_line(facts["aliases"])
    if "tax_id" in facts:
        kept["tax_id"] = tax_numbers.free(turn, before, facts["tax_id"])
    customers.change(turn, customer_id, **kept)
    turn.record("customer.changed", f"customer:{customer_id}", fields=sorted(facts))
    if facts.get("policy", before.policy) != before.policy:
        reminders.look_again(turn, open_invoices.open_ids(turn, customer_id))
    return customers.get(turn, customer_id)


def policies_to_choose(turn: Turn, direction: str | None = None) -> list[tuple[str, str]]:
    """Key and name of each reminder policy that finance may give to somebody; none where there is
    no choice.
    """
    if not roles.may(turn, "reminder", "run, pause, approve"):
        return []
    existing = turn.catalogue.reminder_policies.values()
    counted = Counter(policy.direction for policy in existing)
    return [
        (policy.key, policy.label.in_(turn.words.language))
        for policy in existing
        if counted[policy.direction] > 1 and direction in (None, policy.direction)
    ]


def give_policy(turn: Turn, invoice_id: int, key: str) -> Entry:
    """An invoice is reminded of by its own policy; an empty key leaves it to its customer's."""
    entry = claims.finances(turn, invoice_id)
    offered = dict(policies_to_choose(turn, entry.invoice.direction))
    if key and key not in offered:
        raise PolicyUnknown(text=key, known=tuple(offered))
    invoices.set_facts(turn, invoice_id, policy=key)
    reminders.look_again(turn, [invoice_id])
    turn.record("invoice.policy_given", f"invoice:{invoice_id}", policy=key)
    return ledger.get(turn, invoice_id)


def confirm_account(turn: Turn, invoice_id: int) -> None:
    """Finance has made sure: the supplier's new account is theirs."""
    entry = claims.finances(turn, invoice_id)
    if entry.invoice.customer is not None and entry.invoice.account:
        customers.learn_account(
            turn, customers.get(turn, entry.invoice.customer), entry.invoice.account
        )
        turn.record(
            "customer.account_confirmed", f"customer:{entry.invoice.customer}", invoice=invoice_id
        )
