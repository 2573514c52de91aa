"""Tools about documents: those that the person asked for, and asking for one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.kit import block_kit
from bot.kit.errors import Problem
from bot.kit.folding import fold
from bot.kit.markup import Mrkdwn
from bot.kit.replies import Reply, Whisper
from bot.kit.words import N_
from handlers.agents.blocks import cards, forms
from handlers.agents.routes import routes
from handlers.documents import kinds
from handlers.documents.model.asked import Asked
from handlers.documents.service import requests
from handlers.documents.service.wishes import orderable
from handlers.ledger.service import lookup as ledger
from handlers.tickets.service.transcript import id_of
from storage.documents import register
from storage.documents.register import Document
from storage.invoices.customers import Customer
from storage.turn import Turn

_MOST = 20


class NoSuchKind(Problem):
    sentence = N_("“{kind}” cannot be made here. There are: {kinds}.")


class TooManyCustomers(Problem):
    sentence = N_("More than {most} customers fit. Write more of the name.")


class NoSuchCustomer(Problem):
    sentence = N_("I know no customer “{text}” among those that you may see.")


@routes.tool(
    "my_documents",
    title="My documents",
    description="The documents that the person asked for, the newest first.",
)
def my_documents(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    heading = turn.words.say("Your documents")
    lines = [
        _line(turn, document) for document in register.of_requester(turn, turn.actor.id, _MOST)
    ]
    shown = lines or [turn.words.mark("You have asked for no document yet.")]
    blocks = [block_kit.header(heading), *(block_kit.section(line) for line in shown)]
    return Whisper(Mrkdwn("\n".join([heading, *shown])), cards.shown(blocks))


@routes.tool(
    "request_document",
    title="Ask for a document",
    description="Have a PDF made about a customer or an invoice; it comes in a direct message.",
    arguments={
        "kind": {
            "type": "string",
            "maxLength": 60,
            "description": "account_statement, balance_confirmation, invoice_copy, …",
        },
        "about": {
            "type": "string",
            "maxLength": 200,
            "description": "The customer's name, or the invoice's number for invoice_copy",
        },
    },
    optional=("kind", "about"),
    reads=False,
)
def request_document(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    kind, about = str(arguments.get("kind") or ""), str(arguments.get("about") or "")
    if not kind:
        return _which_kind(turn, about)
    if kind not in orderable(turn):
        raise NoSuchKind(kind=kind, kinds=", ".join(orderable(turn)))
    several = _fitting(turn, kind, about)
    if len(several) > 1:
        return _which_customer(turn, kind, several)
    origin = f"agent:{turn.actor.id}:{turn.now.isoformat()}"
    document = requests.request(turn, _asked(turn, kind, about), origin)
    text = _line(turn, document)
    return Whisper(text, cards.shown([block_kit.section(text)]))


def _which_kind(turn: Turn, about: str) -> Reply:
    options = [
        block_kit.option(turn.words.say(kinds.kind(key).label), key) for key in orderable(turn)
    ]
    choice = forms.Choice("kind", turn.words.say("Kind of document"), options)
    given = {"about": about} if about else {}
    submit = cards.call(turn.words.say("Ask for it"), "request_document", **given)
    return forms.form(turn.words.mark("Which document do you need?"), [choice], submit)


def _which_customer(turn: Turn, kind: str, customers: Sequence[Customer]) -> Reply:
    options = [block_kit.option(customer.name, customer.name) for customer in customers]
    choice = forms.Choice("about", turn.words.say("Customer"), options)
    submit = cards.call(turn.words.say("Ask for it"), "request_document", kind=kind)
    sentence = turn.words.mark("More than one customer fits. Which one?")
    return forms.form(sentence, [choice], submit)


def _fitting(turn: Turn, kind: str, about: str) -> Sequence[Customer]:
    """The customers that the words fit, those of that very name alone; none where the kind is not
    about one.
    """
    if kinds.kind(kind).about != "customer":
        return ()
    fitting = ledger.find_customers(turn, about, most=forms.MOST + 1)
    if len(fitting) > forms.MOST:
        raise TooManyCustomers(most=forms.MOST)
    return [each for each in fitting if fold(each.name) == fold(about)] or fitting


def _asked(turn: Turn, kind: str, about: str) -> Asked:
    bare = Asked(kind, 0, ledger.today(turn), turn.words.language, {})
    match kinds.kind(kind).about:
        case "invoice":
            invoice = requests.one_invoice(turn, about)
            return replace(bare, customer=invoice.customer or 0, invoice=invoice.id)
        case "person":
            return replace(bare, about=f"person:{turn.actor.id}")
        case "ticket":
            return replace(bare, about=f"ticket:{id_of(turn, about)}")
    customers = _fitting(turn, kind, about)
    if not customers:
        raise NoSuchCustomer(text=about)
    return replace(bare, customer=customers[0].id)


def _line(turn: Turn, document: Document) -> Mrkdwn:
    label = turn.words.say(kinds.kind(document.kind).label)
    return turn.words.mark(
        "*{number}* · {kind}: {state}",
        number=document.number,
        kind=label,
        state=_state(turn, document.state),
    )


def _state(turn: Turn, state: str) -> str:
    names: Mapping[str, str] = {
        "asked": turn.words.say("under way"),
        "made": turn.words.say("sent to you in a direct message"),
        "failed": turn.words.say("could not be made"),
        "refused": turn.words.say("not approved"),
    }
    return names.get(state, state)
