"""Sentences after the commands: ``/invoice has Kowalska paid?``, ``/ticket where is my ticket``.

What is a command in so many words, and what is not surely understood, is left to the command.
"""

from bot.kit.folding import fold
from bot.kit.markup import unescaped
from bot.kit.replies import PASS, Reply, Whisper
from bot.kit.routes import Command
from handlers.documents.listeners import archive
from handlers.documents.listeners import requests as documents
from handlers.documents.service import wishes
from handlers.home.service import money
from handlers.invoices.listeners.questions import MOST_ASKED
from handlers.invoices.service import answers as invoices
from handlers.ledger.service import lookup as ledger
from handlers.tickets.listeners.commands import is_exact
from handlers.tickets.service.conversation import thread
from handlers.tickets.service.conversation.thread import Said
from handlers.words.listeners import answers
from handlers.words.model.concepts import lexicon
from handlers.words.model.matters import named, touched
from handlers.words.routes import routes
from handlers.words.service import interpretation
from handlers.words.service.interpretation import Read
from storage.turn import Turn

_MATTERS = ("approvals_waiting", "reminder_pause")
_QUESTIONS = ("ticket_status", "invoice_status", "due_list", "document_request", *_MATTERS)
_ASKING = frozenset(("where", "status", "what", "when", "how", "who", "show", "is_it"))


@routes.overhears("ticket")
def ticket(turn: Turn, command: Command) -> Reply:
    """A question about one's tickets is answered; anything else is what the form begins with."""
    text = thread.read(turn, command.text)
    if named(text) == "approvals_waiting":
        return _answered(turn, command, interpretation.read(turn, text), _MATTERS)
    concepts = lexicon().of(fold(text).split())
    if is_exact(turn, text) or "ticket" not in concepts or _ASKING.isdisjoint(concepts):
        return PASS
    read = interpretation.read(turn, text)
    return _answered(turn, command, read, ("ticket_status",))


@routes.overhears("invoice", reads=True)
def invoice(turn: Turn, command: Command) -> Reply:
    """Who or what is asked about is picked out of the sentence; finance, who ask for nothing in
    particular, see what customers owe the company.
    """
    text = unescaped(command.text)
    if not text.strip() and _looks_at_the_company(turn):
        answer = answers.what_is_open(turn, "receivable", late=False)
        return Whisper(answer.text, answer.blocks)
    if turn.actor.is_external:
        return PASS
    if not text.strip() or len(text) > MOST_ASKED:
        return PASS
    if not _is_a_sentence(text) and not touched(text):
        return _by_another_form(turn, command, text)
    read = interpretation.read(turn, text)
    understood = read.understood
    names_something = understood.figures.invoice or read.customers
    if understood.intent == "invoice_status" and not names_something:
        return PASS
    return _answered(turn, command, read, _QUESTIONS)


def _by_another_form(turn: Turn, command: Command, text: str) -> Reply:
    """A name alone; where no customer bears it as it is written, declined or with a slip."""
    if any(map(str.isdigit, text)):
        return PASS
    try:
        return invoices.answer(turn, ledger.look_up(turn, text), {"text": text})
    except ledger.NothingFound:
        read = interpretation.read(turn, text)
    if not read.customers:
        return PASS
    said = Said(command.channel, f"command:{turn.now.isoformat()}", text)
    answer = answers.as_meant(turn, "invoice_status", read, said, {})
    return Whisper(answer.text, answer.blocks)


@routes.overhears("document")
def document(turn: Turn, command: Command) -> Reply:
    """Kind, customer, number, day and language are picked out of the sentence; another question is
    answered.
    """
    text = unescaped(command.text)
    if archive.is_for_archive(turn, text) or not _is_a_sentence(text) or turn.actor.is_external:
        return PASS
    wish = wishes.read(turn, text)
    if wish.kind and (not wish.rest or ledger.find_customers(turn, wish.rest, most=1)):
        return PASS
    read = interpretation.read(turn, text)
    kind = wish.kind or read.understood.document_kind
    about = read.understood.figures.invoice or read.customers
    if kind is None or not about or kind not in wishes.orderable(turn):
        others = ("ticket_status", "invoice_status", "due_list", *_MATTERS)
        return PASS if kind else _answered(turn, command, read, others)
    order = answers.document_order(turn, kind, read, wish)
    return documents.ask(turn, Command(command.name, order, command.channel))


def _answered(turn: Turn, command: Command, read: Read, intents: tuple[str, ...]) -> Reply:
    """The answer, where what is asked is sure and of these."""
    understood = read.understood
    if not understood.is_sure or understood.intent not in intents:
        return PASS
    said = Said(command.channel, f"command:{turn.now.isoformat()}", understood.text)
    answer = answers.guessed(turn, read, said, {})
    return Whisper(answer.text, answer.blocks)


def _looks_at_the_company(turn: Turn) -> bool:
    """Finance without customers of their own."""
    return money.gate(turn).everything and not money.owns_customers(turn)


def _is_a_sentence(text: str) -> bool:
    """Whether a word of it is one that people ask with; a mere number or name has none."""
    return any(lexicon().knows(word) for word in fold(text).split())
