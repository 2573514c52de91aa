"""Balance confirmations of a day for everybody with an open balance, and who has answered."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from bot.kit.errors import Problem
from bot.kit.words import N_, language_of
from handlers.documents.model.asked import Asked
from handlers.documents.service import direct_render, readers
from handlers.documents.service.requests import ContentOf, file_name
from handlers.documents.service.rounds import progress
from handlers.documents.service.rounds.progress import ANSWERS, Answer
from handlers.documents.service.rounds.rights import must_run
from handlers.ledger.model.debtor_kinds import debtor_of
from handlers.ledger.service import balances
from storage.documents import receipts, register
from storage.documents.balance_rounds import KIND
from storage.documents.receipts import Receipt
from storage.documents.register import Document
from storage.invoices import customers
from storage.invoices.customers import Customer
from storage.turn import Turn

COUNTED = ("asked", "made")
"""The states in which a customer has a confirmation, or is to get it."""
OpenTurn = Callable[[], AbstractContextManager[Turn]]


class NoConfirmation(Problem):
    sentence = N_("{number} is no confirmation of a balance.")


@dataclass(frozen=True)
class Made:
    """What became of one customer's confirmation: a PDF, or why there is none."""

    customer: str
    number: str = ""
    name: str = ""
    pdf: bytes = b""
    problem: Problem | None = None


@dataclass(frozen=True)
class Standing:
    """A customer's newest confirmation of a day, and what they answered; '' for nothing yet."""

    customer: str
    number: str
    answer: str
    answered_on: date | None


def addressees(turn: Turn, day: date) -> list[Customer]:
    """Whom we ask: every customer with something open on the day; consumers are not asked."""
    existing = balances.balance_by_customer(turn, direction="receivable", day=day, customers=None)
    ids = [id_ for id_ in existing if id_ is not None]
    asked = [
        each for each in customers.some(turn, ids).values() if debtor_of(each.debtor) != "consumer"
    ]
    return sorted(asked, key=lambda each: each.name)


def confirm_all(
    turns: OpenTurn, day: date, given: Mapping[str, str], language: str, content_of: ContentOf
) -> Iterator[Made]:
    """A confirmation for each, one transaction each: what one lacks holds nobody else up.

    ``language`` is everybody's; where it is empty each has their own.
    """
    with turns() as turn:
        asked = addressees(turn, day)
    for customer in asked:
        spoken = language or language_of(customer.language)
        request = Asked(KIND, customer.id, day, spoken, given)
        try:
            with turns() as turn:
                document, printed = direct_render.make(turn, request, content_of)
        except Problem as problem:
            yield Made(customer.name, problem=problem)
            continue
        yield Made(customer.name, document.number, file_name(document), printed.pdf)


def still_to_ask(turn: Turn, day: date) -> list[Customer]:
    """The addressees for whom no confirmation of the day is made, or under way."""
    must_run(turn)
    asked = register.customers_of(turn, KIND, day, COUNTED)
    return [each for each in addressees(turn, day) if each.id not in asked]


def is_asked(turn: Turn, customer: int, day: date) -> bool:
    """Whether a customer's confirmation of the day is made, or under way."""
    return register.is_about(turn, KIND, customer, day, COUNTED)


def note_answer(turn: Turn, number: str, answer: Answer) -> Document:
    """A customer agreed, or said that their books differ."""
    must_run(turn)
    document = register.numbered(turn, number)
    if document is None or not readers.may_know(turn, document):
        raise readers.NoSuchDocument()
    if document.kind != KIND:
        raise NoConfirmation(number=number)
    receipts.add(turn, document.id, "", answer)
    turn.record("document.answered", f"document:{document.id}", answer=answer)
    progress.follow(turn, document)
    return document


def standings(turn: Turn, day: date) -> list[Standing]:
    """Who was asked about a day, and what they answered, by name."""
    must_run(turn)
    newest = {each.customer: each for each in register.made_as_of(turn, KIND, day)}
    names = customers.some(turn, [id_ for id_ in newest if id_])
    answers = receipts.of_day(turn, KIND, day, ANSWERS)
    told = [
        _standing(names[id_].name, document, answers.get(document.id))
        for id_, document in newest.items()
        if id_ in names
    ]
    return sorted(told, key=lambda each: each.customer)


def _standing(name: str, document: Document, answer: Receipt | None) -> Standing:
    if answer is None:
        return Standing(name, document.number, "", None)
    return Standing(name, document.number, answer.way, answer.given_at.date())
