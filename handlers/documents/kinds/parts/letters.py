"""Letters about debts: what a reminder, a demand and a final demand have in common."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bot.kit.money import Money
from bot.kit.pdf import (
    Block,
    Column,
    Gap,
    Heading,
    Panel,
    Panels,
    Signatures,
    Table,
    Text,
    Together,
)
from bot.kit.words import N_, Words
from handlers.documents.kinds.parts.debts import (
    PrintedItem,
    by_currency,
    count_invoices,
    is_moved,
    items_table,
    outstanding,
)
from handlers.documents.kinds.parts.fields import Field
from handlers.documents.kinds.parts.fields import Gap as Missing
from handlers.documents.kinds.parts.figures import long_day, sums
from handlers.documents.kinds.parts.law import compensation_basis, interest_basis
from handlers.documents.kinds.parts.parties import Company, Party, number_missing, panel
from handlers.documents.kinds.parts.payment import Reference, accounts_missing, how_to_pay
from handlers.ledger.model.interest import first_day

_CALLED = {
    "payment_reminder": N_("payment reminder of {day}"),
    "payment_demand": N_("demand for payment of {day}"),
    "final_demand": N_("final demand of {day}"),
}


_CALL = N_(
    "We call on you to pay the principal of {amount} by {day}, together with interest for late "
    "payment, counted {since} to the day of payment."
)
_CALL_CONSUMER = N_(
    "We call on you to pay the principal of {amount} by {day}, together with statutory interest "
    "under civil law, counted {since} to the day of payment."
)


@dataclass(frozen=True, kw_only=True)
class EarlierLetter:
    """A letter about the same debts that was sent before."""

    kind: Annotated[str, Field(N_("Kind"))]
    on: Annotated[date, Field(N_("Date of the letter"))]


@dataclass(frozen=True, kw_only=True)
class Demand:
    """The facts of a demand for payment to a business."""

    creditor: Annotated[
        Company, Field(N_("Creditor"), also=frozenset({"country", "accounts", "place"}))
    ]
    debtor: Annotated[Party, Field(N_("Debtor"), but=frozenset({"tax_id"}))]
    as_of: Annotated[date, Field(N_("Date of the letter"))]
    items: Annotated[
        tuple[PrintedItem, ...], Field(N_("Unpaid invoice"), some=True, also=frozenset({"due_on"}))
    ]
    left_out: Annotated[tuple[PrintedItem, ...], Field(N_("Unpaid invoice"), needed=False)] = ()
    """What is open and not claimed: disputed, promised, or without a due date."""
    credits: Annotated[tuple[PrintedItem, ...], Field(N_("Credit"), needed=False)] = ()
    """What is to be given back to the customer; it is named and not set off."""
    pay_by: Annotated[date, Field(N_("New term of payment"))]
    signatory: Annotated[str, Field(N_("Who signs"))]
    signatory_role: Annotated[str, Field(N_("Position of who signs"), needed=False)] = ""
    contract: Annotated[str, Field(N_("Contract"), needed=False)] = ""
    """What the invoices were issued under."""
    interest: Annotated[
        tuple[Money, ...], Field(N_("Interest until the date of the letter"), needed=False)
    ] = ()
    interest_from: Annotated[date | None, Field(N_("First day of interest"), needed=False)] = None
    """Where no sum can be named."""
    compensation: Annotated[
        tuple[Money, ...], Field(N_("Compensation for recovery costs"), needed=False)
    ] = ()
    earlier_letters: Annotated[
        tuple[EarlierLetter, ...], Field(N_("Earlier letters"), needed=False)
    ] = ()
    reference: Annotated[str, Field(N_("Transfer reference"), needed=False)] = ""


def demand_gaps(values: Mapping[str, object]) -> Iterator[Missing]:
    """What a demand needs besides its fields."""
    yield from number_missing(values)
    yield from letter_gaps(values)


def letter_gaps(values: Mapping[str, object]) -> Iterator[Missing]:
    """What asks for open items says where to pay them."""
    items = values.get("items")
    open_items = items if isinstance(items, tuple) else ()
    yield from accounts_missing(values.get("creditor"), by_currency(open_items))


def dated(company: Company, on: date, words: Words) -> str:
    """Place and date as they stand over a letter."""
    return ", ".join(filter(None, (company.place, long_day(on, words))))


def addressee(facts: Demand, words: Words) -> Panels:
    owed = sums(_claimed(facts), words)
    lines = (owed, words.say("payable by {day}", day=long_day(facts.pay_by, words)))
    return Panels(
        (
            panel(words.say("Debtor"), facts.debtor, words, facts.creditor),
            Panel(words.say("To pay in total"), lines),
        )
    )


def _claimed(facts: Demand) -> list[Money]:
    return [*outstanding(facts.items), *facts.interest, *facts.compensation]


def demand(facts: Demand, words: Words, warning: str) -> tuple[Block, ...]:
    """The body of a demand: what is owed and why, by when, where to, and what happens otherwise."""
    return (
        addressee(facts, words),
        Text(words.say("Dear Sir or Madam,")),
        Text(_what_is_owed(facts, words)),
        Text(_call(facts, words)),
        *debts(facts.items, words),
        *left_out(facts.left_out, words),
        *credits_beside(facts.credits, words),
        *_claim(facts, words),
        *how_to_pay(
            facts.creditor, _claimed(facts), reference(facts.items, facts.reference), words
        ),
        Text(warning),
        Together(
            (
                Text(
                    words.say(
                        "If you have paid in the meantime, please send us the confirmation of the "
                        "transfer."
                    )
                ),
                closing(facts.signatory, facts.signatory_role, words),
            )
        ),
    )


def _what_is_owed(facts: Demand, words: Words) -> str:
    day = long_day(facts.as_of, words)
    sentences = [
        words.count(
            "As of {day} you have not paid {n} invoice whose due date has passed.",
            "As of {day} you have not paid {n} invoices whose due dates have passed.",
            count_invoices(facts.items),
            day=day,
        )
    ]
    if facts.contract:
        sentences.append(words.say("The claim arises from {contract}.", contract=facts.contract))
    if facts.earlier_letters:
        letters = words.list(_called(letter, words) for letter in facts.earlier_letters)
        sentences.append(
            words.say("These letters have remained without payment: {letters}.", letters=letters)
        )
    return " ".join(sentences)


def _called(letter: EarlierLetter, words: Words) -> str:
    return words.say(_CALLED[letter.kind], day=long_day(letter.on, words))


def _call(facts: Demand, words: Words) -> str:
    call = words.say(
        _CALL_CONSUMER if facts.debtor.debtor == "consumer" else _CALL,
        amount=sums(outstanding(facts.items), words),
        day=long_day(facts.pay_by, words),
        since=_interest_since(facts.items, words),
    )
    basis = interest_basis(facts.creditor.country, facts.debtor, words)
    return f"{call} {basis}".strip()


def _interest_since(items: Sequence[PrintedItem], words: Words) -> str:
    """From which day interest runs: the day itself where it is the same for all, else where each
    invoice's stands in the table. It follows the day that counts, not a due date on a free day.
    """
    counting = {item.effective_due_on or item.due_on for item in items}
    if len(counting) == 1 and (due_on := counting.pop()):
        return words.say("from {day}", day=long_day(first_day(due_on), words))
    if is_moved(items):
        column = words.say("In time until")
        return words.say(
            "on each invoice from the day after the one in the column “{column}”", column=column
        )
    return words.say("on each invoice from the day after its due date")


def debts(items: tuple[PrintedItem, ...], words: Words) -> tuple[Block, ...]:
    """A table for each currency."""
    return tuple(_tables(items, N_("Open items in {currency}"), words))


def _tables(items: Sequence[PrintedItem], sentence: str, words: Words) -> Iterator[Block]:
    for currency, some in by_currency(items).items():
        yield Heading(words.say(sentence, currency=currency))
        yield items_table(some, words)


def left_out(items: Sequence[PrintedItem], words: Words) -> tuple[Block, ...]:
    """What is open besides and not asked for: the sum of a letter is that of its table."""
    if not items:
        return ()
    numbers = list(dict.fromkeys(item.number for item in items))
    text = words.count(
        "Not in this sum: {n} invoice of {amount} that is disputed, promised for a later day or "
        "without a due date: {numbers}.",
        "Not in this sum: {n} invoices of {amount} that are disputed, promised for a later day or "
        "without a due date: {numbers}.",
        len(numbers),
        amount=sums(outstanding(items), words),
        numbers=words.list(numbers),
    )
    return (Gap(4), Text(text))


def credits_beside(credits: tuple[PrintedItem, ...], words: Words) -> tuple[Block, ...]:
    """What the customer has in credit, with its own sum: nothing is set off."""
    if not credits:
        return ()
    amount = sums((abs(item.outstanding) for item in credits), words)
    text = words.say("You have a credit of {amount} with us, which is not set off.", amount=amount)
    return (Gap(4), Text(text), *_tables(credits, N_("Your credits in {currency}"), words))


def _claim(facts: Demand, words: Words) -> tuple[Block, ...]:
    """Principal, interest and compensation under one another, where there is more than the
    principal.
    """
    if facts.interest_from:
        since = _interest_since(facts.items, words)
        claim = words.say("We claim statutory interest {since} to the day of payment.", since=since)
        return (Gap(4), Text(claim))
    if not facts.interest and not facts.compensation:
        return ()
    until = words.say("Interest counted until {day}", day=long_day(facts.as_of, words))
    rows = [(words.say("Principal"), sums(outstanding(facts.items), words))]
    if facts.interest:
        rows.append((until, sums(facts.interest, words)))
    if facts.compensation:
        basis = compensation_basis(facts.creditor.country, words)
        rows.append((basis, sums(facts.compensation, words)))
    columns = (Column(words.say("What we claim"), grows=True), Column(words.say("Amount"), "right"))
    total = ((words.say("To pay in total"), sums(_claimed(facts), words)),)
    return (Together((Gap(4), Table(columns, rows, total))),)


def reference(items: Sequence[PrintedItem], agreed: str) -> Reference:
    """What a transfer for these invoices says."""
    return Reference([item.number for item in items], agreed)


def closing(signatory: str, role: str, words: Words) -> Block:
    """The last words of a letter and the place to sign."""
    return Together((Text(words.say("Yours faithfully,")), signed(signatory, role, words)))


def signed(signatory: str, role: str, words: Words) -> Signatures:
    """The place to sign, with the name typed above the line."""
    return Signatures(((", ".join(filter(None, (signatory, role))), words.say("signature")),))
