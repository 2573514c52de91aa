"""Tools about documents: those that the person asked for, and asking for one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.kit import block_kit
from bot.kit.errors import Problem
from bot.kit.markup import Mrkdwn
from bot.kit.replies import Reply, Whisper
from bot.kit.words import N_
from handlers.agents.blocks import cards, forms
from handlers.agents.routes import routes
from handlers.documents import kinds
from handlers.documents.model.asked import Asked
from handlers.documents.service import personnel_gaps, readers, requests
from handlers.documents.service.labels import label_of
from handlers.documents.service.wishes import orderable
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.lookup import NotYours
from handlers.tickets.service.transcript import id_of
from storage.documents.register import Document
from storage.invoices.customers import Customer
from storage.invoices.invoices import Invoice
from storage.turn import Turn

_MOST = 20


class NoSuchKind(Problem):
    sentence = N_("“{kind}” cannot be made here. There are: {kinds}.")


class NoSuchCustomer(Problem):
    sentence = N_("I know no customer “{text}” among those that you may see.")


@routes.tool(
    "my_documents",
    label=N_("My documents"),
    description="The documents that the person asked for, the newest first.",
)
def my_documents(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    heading = turn.words.say("Your documents")
    asked_for = readers.asked_for(turn, _MOST + 1)
    lines = [_line(turn, document) for document in asked_for[:_MOST]]
    if len(asked_for) > _MOST:
        lines.append(turn.words.mark("These are the newest {most}; there are more.", most=_MOST))
    shown = lines or [turn.words.mark("You have asked for no document yet.")]
    blocks = [block_kit.header(heading), *(block_kit.section(line) for line in shown)]
    return Whisper(Mrkdwn("\n".join([heading, *shown])), cards.shown(blocks))


@routes.tool(
    "request_document",
    label=N_("Ask for a document"),
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
        "customer": forms.CHOSEN,
        "invoice": forms.CHOSEN,
    },
    optional=("kind", "about", "customer", "invoice"),
    reads=False,
)
def request_document(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    kind, may = str(arguments.get("kind") or ""), orderable(turn)
    if not may:
        raise NotYours()
    if not kind:
        return _which_kind(turn, may, arguments)
    if kind not in may:
        raise NoSuchKind(kind=kind, kinds=", ".join(may))
    question = Asked(kind, 0, ledger.today(turn), turn.words.language, {})
    if kinds.kind(kind).about != "customer":
        return _ordered(turn, _about(turn, question, arguments))
    fitting = _customers(turn, arguments)
    if len(fitting) > 1:
        return _which_customer(turn, kind, fitting)
    return _ordered(turn, replace(question, customer=fitting[0].id))


def _ordered(turn: Turn, question: Asked) -> Reply:
    origin = f"agent:{turn.actor.id}:{turn.now.isoformat()}"
    ordered = personnel_gaps.request(turn, question, origin)
    text = _line(turn, ordered) if isinstance(ordered, Document) else ordered
    return Whisper(text, cards.shown([block_kit.section(text)]))


def _which_kind(turn: Turn, may: Sequence[str], arguments: Mapping[str, Any]) -> Reply:
    options = [block_kit.option(label_of(turn, key, turn.words), key) for key in may]
    choice = forms.Choice("kind", turn.words.say("Kind of document"), options)
    given = {name: value for name, value in arguments.items() if name != "kind"}
    submit = cards.call(turn.words.say("Ask for it"), "request_document", **given)
    return forms.form(turn.words.mark("Which document do you need?"), [choice], submit)


def _which_customer(turn: Turn, kind: str, customers: Sequence[Customer]) -> Reply:
    options = forms.customers(customers)
    choice = forms.Choice("customer", turn.words.say("Customer"), options)
    submit = cards.call(turn.words.say("Ask for it"), "request_document", kind=kind)
    sentence = turn.words.mark("More than one customer fits. Which one?")
    return forms.form(sentence, [choice], submit)


def _customers(turn: Turn, arguments: Mapping[str, Any]) -> Sequence[Customer]:
    """The customer that was chosen, or those that the words fit."""
    if "customer" in arguments:
        return [ledger.customer_by_id(turn, int(arguments["customer"]))]
    about = str(arguments.get("about") or "")
    fitting = ledger.find_customers(turn, about, most=None)
    if not fitting:
        raise NoSuchCustomer(text=about)
    return ledger.of_that_name(fitting, about)


def _about(turn: Turn, question: Asked, arguments: Mapping[str, Any]) -> Asked:
    """What is asked for, with the invoice, ticket or person that it is about."""
    about = str(arguments.get("about") or "")
    match kinds.kind(question.kind).about:
        case "invoice":
            invoice = _invoice(turn, about, arguments)
            return replace(question, customer=invoice.customer or 0, invoice=invoice.id)
        case "ticket":
            return replace(question, about=f"ticket:{id_of(turn, about)}")
    return replace(question, about=f"person:{turn.actor.id}")


def _invoice(turn: Turn, about: str, arguments: Mapping[str, Any]) -> Invoice:
    if "invoice" in arguments:
        return ledger.get(turn, int(arguments["invoice"])).invoice
    return requests.one_invoice(turn, about)


def _line(turn: Turn, document: Document) -> Mrkdwn:
    return turn.words.mark(
        "*{number}* · {kind}: {state}",
        number=document.number,
        kind=label_of(turn, document.kind, turn.words),
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
