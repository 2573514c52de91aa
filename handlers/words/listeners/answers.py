"""Answers to plain words: what was understood becomes the card that the command would show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.kit import block_kit
from bot.kit.markup import Mrkdwn, escape
from bot.kit.replies import Whisper
from bot.kit.routes import Command
from handlers.documents import kinds
from handlers.documents.listeners import requests as documents
from handlers.documents.service import wishes
from handlers.documents.service.wishes import Wish
from handlers.home.blocks import home as home_looks
from handlers.home.service import home, money
from handlers.invoices.blocks import card as invoice_looks
from handlers.invoices.listeners import questions
from handlers.invoices.service import answers as invoices
from handlers.invoices.service.invoice_view import sight_of
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import Direction
from handlers.ledger.service.lookup import Found
from handlers.people.service import roles
from handlers.reminders.service.policies.rights import must_be_finance
from handlers.tickets.blocks import card, lists
from handlers.tickets.service import cards
from handlers.tickets.service.conversation import dropped_files, invitations
from handlers.tickets.service.conversation.thread import Said
from handlers.tickets.service.lists import pages, search
from handlers.words.blocks import offers
from handlers.words.listeners import matters, remarks
from handlers.words.model.document_kinds import called_alike
from handlers.words.model.intents import Understood
from handlers.words.model.subjects import (
    is_about_the_queue,
    is_what_is_late,
    is_what_we_owe,
    subject_words,
    without_the_order,
)
from handlers.words.service.interpretation import Read
from storage.tickets.tickets import Ticket
from storage.turn import Turn

_NEVER_BESIDE = ("ticket_create", "ticket_status", "help")
_IN = {"en": "in English", "pl": "po polsku", "hu": "magyarul"}
_FEW = 8  # words of a note beside a file
LONG = 800
"""Characters from which a text is a story for the back office, whatever words it has."""


@dataclass(frozen=True)
class Answer:
    """What is shown; ``is_guess`` where the reader may say that something else was meant."""

    text: str
    blocks: Sequence[Mapping[str, Any]]
    is_guess: bool = True
    takes_files: bool = False
    """Whether what came with the words goes on with a button of the answer."""


def answer(turn: Turn, read: Read, said: Said, place: dict[str, str]) -> Answer | None:
    """What to say to a message; nothing to one that asks for nothing. Raises what the commands
    raise.
    """
    understood = read.understood
    if len(said.text) > LONG:
        return as_meant(turn, "ticket_create", read, said, place)
    if said.files and _only_accompanies(turn, understood, said):
        return None
    if not understood.is_sure:
        return _unsure(turn, read, said, place)
    if understood.intent == "none":
        return _nod(turn) if understood.is_small_talk else _not_understood(turn, said, place)
    return guessed(turn, read, said, place)


def _only_accompanies(turn: Turn, understood: Understood, said: Said) -> bool:
    """Whether the words ask for nothing and stand beside files of which it is told or asked anyway
    what becomes of them. A few that name a paper or money name what was sent, where all of the
    files are imported.
    """
    if understood.is_asking or understood.intent in _NEVER_BESIDE:
        return False
    if understood.is_sure and understood.intent == "none":
        return True
    are_few = len(said.text.split()) <= _FEW
    return are_few and not dropped_files.unread(turn, said, said.files).files


def guessed(turn: Turn, read: Read, said: Said, place: dict[str, str]) -> Answer:
    """The answer to what was understood, and below it the way to say that it was not meant."""
    intent = read.understood.intent
    result = as_meant(turn, intent, read, said, place)
    if not result.is_guess:
        return result
    below = offers.otherwise(carried_apart(turn, said, place, intent), turn.words)
    return replace(result, blocks=[*result.blocks, below])


def as_meant(turn: Turn, intent: str, read: Read, said: Said, place: dict[str, str]) -> Answer:
    """The answer of one intent."""
    match intent:
        case "ticket_status":
            return _tickets(turn, read)
        case "invoice_status":
            return _invoice(turn, read)
        case "due_list":
            return _due(turn, read)
        case "document_request":
            return _document(turn, read, said, place)
        case "help":
            return help_for(turn)
        case "approvals_waiting":
            return Answer(*matters.approvals(turn))
        case "reminder_pause":
            return _pausing(turn, read)
    return _new_ticket(turn, said, place)


def carried(turn: Turn, said: Said, place: Mapping[str, str], guess: str) -> dict[str, str]:
    """What a button remembers of a message."""
    remembered = {"text": said.text[: offers.MOST_CARRIED], "guess": guess, **place}
    if said.files:
        remembered["kept"] = invitations.keep(turn, said.origin, said.text, said.files)
    return remembered


def carried_apart(turn: Turn, said: Said, place: Mapping[str, str], guess: str) -> dict[str, str]:
    """The same where it is asked beside the answer what becomes of the files."""
    if not said.files:
        return carried(turn, said, place, guess)
    name = f"{said.origin}:answered"
    kept = invitations.keep(turn, name, said.text, said.files)
    return carried(turn, replace(said, files=()), place, guess) | {"kept": kept, "asked": "files"}


def help_for(turn: Turn) -> Answer:
    """The guide."""
    catalogue = turn.catalogue
    text, look = home_looks.guide(
        catalogue.commands, catalogue.tickets.prefix, home.abilities(turn), turn.words
    )
    return Answer(text, look, is_guess=False)


def _unsure(turn: Turn, read: Read, said: Said, place: dict[str, str]) -> Answer:
    understood = read.understood
    sentence = turn.words.say("I am not sure what you mean. Is it one of these?")
    return _choices(turn, sentence, understood.choices, (said, place, understood.intent))


def _not_understood(turn: Turn, said: Said, place: dict[str, str]) -> Answer:
    sentence = turn.words.say("I did not understand that.")
    return _choices(turn, sentence, ("help", "ticket_create"), (said, place, "none"))


def _choices(
    turn: Turn, sentence: str, intents: Sequence[str], about: tuple[Said, dict[str, str], str]
) -> Answer:
    """What may be meant; a ticket is offered with the files, where these are asked about."""
    said, _, _ = about
    if dropped_files.unread(turn, said, said.files).files:
        others = [intent for intent in intents if intent != "ticket_create"]
        look = offers.choices(sentence, others, carried_apart(turn, *about), turn.words)
        return Answer(sentence, look, is_guess=False)
    look = offers.choices(sentence, intents, carried(turn, *about), turn.words)
    takes_files = "ticket_create" in intents
    return Answer(sentence, look, is_guess=False, takes_files=takes_files)


def _nod(turn: Turn) -> Answer:
    text = turn.words.say("👋 If you need something from the back office, just write it.")
    return Answer(text, [block_kit.section(text)], is_guess=False)


def _new_ticket(turn: Turn, said: Said, place: dict[str, str]) -> Answer:
    request = replace(said, text=without_the_order(said.text))
    offered = (
        invitations.offer(turn, request, place) if place else invitations.in_person(turn, request)
    )
    return Answer(offered.text, offered.blocks, is_guess=False, takes_files=True)


# ── Tickets ──────────────────────────────────────────────────────────────────────────────────────


def _tickets(turn: Turn, read: Read) -> Answer:
    """The ticket of that number, those about these words, the queue, or all of one's own."""
    understood = read.understood
    number = search.numbered(turn, understood.figures.ticket or "")
    if number:
        return _one_ticket(turn, search.by_number(turn, number))
    if is_about_the_queue(understood.text) and roles.departments_of(turn):
        return _listed(turn, {"list": "queue", "of": ""})
    about = subject_words(understood.text)
    if not about:
        return _listed(turn, {"list": "mine"})
    return _about(turn, about)


def _about(turn: Turn, words: Sequence[str]) -> Answer:
    """All the words, else one of them, else one's own tickets and a word that nothing was found."""
    for query in (" ".join(words), *words):
        page = search.by_words(turn, query)
        if len(page.tickets) == 1 and page.is_last:
            return _one_ticket(turn, page.tickets[0])
        if page.tickets:
            return _listed(turn, {"list": "search", "of": query})
    own = _listed(turn, {"list": "mine"})
    remark = turn.words.say(
        "I found no ticket about “{words}”. These are yours:", words=" ".join(words)
    )
    return replace(own, blocks=[block_kit.section(remark), *own.blocks])


def _one_ticket(turn: Turn, ticket: Ticket) -> Answer:
    look = cards.of(turn, ticket, turn.words)
    row = lists.row(look, turn.words, is_own=ticket.requester == turn.actor.id)
    return Answer(card.title(look), [row])


def _listed(turn: Turn, again: Mapping[str, object]) -> Answer:
    shown = pages.show(turn, again)
    return Answer(shown.heading, lists.listing(shown, turn.words))


# ── Money ────────────────────────────────────────────────────────────────────────────────────────


def _invoice(turn: Turn, read: Read) -> Answer:
    """The invoice of that number, or a customer's open items. Who sees no money is told so,
    whatever they name.
    """
    _must_see_money(turn)
    figures = read.understood.figures
    typed = figures.invoice or figures.tax_number
    if typed:
        result = _numbered(turn, typed)
        shown = _whispered(invoices.answer(turn, result, {"text": typed}))
        return replace(shown, blocks=[*remarks.another_number(turn, typed, result), *shown.blocks])
    if len(read.customers) == 1:
        customer = read.customers[0]
        result = ledger.of_customer(turn, customer.id)
        shown = _whispered(invoices.answer(turn, result, {"customer": customer.id}))
        return replace(shown, blocks=[*remarks.another_name(turn, read), *shown.blocks])
    if read.customers:
        return _whispered(invoices.answer(turn, Found((), read.customers), {}))
    return _which_invoice(turn, read)


def _pausing(turn: Turn, read: Read) -> Answer:
    """For finance: what is paused of an invoice or a customer, and how to pause it or go on."""
    must_be_finance(turn)
    if read.understood.figures.invoice or len(read.customers) > 1:
        return _invoice(turn, read)
    if read.customers:
        shown = Answer(*matters.pauses_of(turn, read.customers[0]))
        return replace(shown, blocks=[*remarks.another_name(turn, read), *shown.blocks])
    remarks.refuse_strangers(read)
    return Answer(*matters.pauses_of_all(turn))


def _numbered(turn: Turn, typed: str) -> Found:
    """By the number as it is typed; that another is shown is said by
    :func:`remarks.another_number`, which knows both ways of reading it.
    """
    result = ledger.look_up(turn, typed)
    return replace(result, typed="") if len(result.entries) == 1 else result


def _which_invoice(turn: Turn, read: Read) -> Answer:
    """Nobody that the reader may see is named, so they are asked."""
    remarks.refuse_strangers(read)
    text = turn.words.say("Which invoice or customer do you mean? Write its number or its name.")
    return Answer(text, [block_kit.section(text)])


def _due(turn: Turn, read: Read) -> Answer:
    """What is open or late, the earliest due first: the company's for finance, else one's
    customers'.
    """
    _must_see_money(turn)
    owes = is_what_we_owe(read.understood.text)
    direction: Direction = "payable" if owes else "receivable"
    if direction == "payable" and not money.gate(turn).everything:
        raise ledger.NotYours()
    return what_is_open(turn, direction, late=is_what_is_late(read.understood.text))


def what_is_open(turn: Turn, direction: Direction, *, late: bool) -> Answer:
    """A direction's open invoices, or the late ones alone, the earliest due first."""
    entries, page, purse = money.open_entries(turn, direction, 0, late=late)
    if late and not entries:
        text = home_looks.nothing_is_late(turn.words)
        return Answer(text, [block_kit.section(text)])
    if not entries:
        return _whispered(questions.ask(turn, Command("invoice", "", "")))
    sights = [sight_of(turn, entry, turn.words) for entry in entries]
    label = home_looks.money_label(direction, turn.words)
    heading = home_looks.money_heading(purse, turn.words, late=late)
    existing = ledger.known_until(turn)
    return Answer(label, invoice_looks.listing(heading, sights, turn.words, existing, page))


def _must_see_money(turn: Turn) -> None:
    if not ledger.has_a_role(turn):
        raise ledger.NotYours()


# ── Documents ────────────────────────────────────────────────────────────────────────────────────


def _document(turn: Turn, read: Read, said: Said, place: dict[str, str]) -> Answer:
    """A code is looked up; what can be made is a click away; for the rest a ticket is offered."""
    understood = read.understood
    if understood.figures.code:
        return _whispered(documents.ask(turn, Command("document", understood.figures.code, "")))
    alike = called_alike(understood.text, turn.catalogue.document_kinds)
    if alike:
        return _which_paper(turn, alike, said, place)
    kind = understood.document_kind
    if kind is not None and kind not in wishes.made_here(turn):
        return _document_by_ticket(turn, kind, said, place)
    if kind not in wishes.orderable(turn):
        _must_see_money(turn)
    request = document_order(turn, kind, read, wishes.read(turn, understood.text))
    label = _label(turn, kind) if kind else turn.words.say("A document")
    about = understood.figures.invoice if kind in kinds.about("invoice") else ""
    about = about or ", ".join(customer.name for customer in read.customers[:1])
    sentence = Mrkdwn(f"*{escape(label)}*" + (f" · {escape(about)}" if about else ""))
    return Answer(sentence, offers.document(sentence, request, turn.words))


def _which_paper(turn: Turn, alike: Sequence[str], said: Said, place: dict[str, str]) -> Answer:
    """Several papers go by one word: those that may be ordered here, and a ticket for any other."""
    labels = {kind: _label(turn, kind) for kind in alike if kind in wishes.orderable(turn)}
    if not labels:
        return _new_ticket(turn, said, place)
    sentence = turn.words.say("Which paper do you need?")
    is_apart = bool(dropped_files.unread(turn, said, said.files).files)
    remember = carried_apart if is_apart else carried
    remembered = remember(turn, said, place, "document_request")
    look = offers.papers(sentence, labels, None if is_apart else remembered, turn.words)
    return Answer(sentence, look, is_guess=False, takes_files=not is_apart)


def document_order(turn: Turn, kind: str | None, read: Read, wish: Wish) -> str:
    """What would follow the command: kind, invoice or customer, days and language."""
    about = read.understood.figures.invoice if kind in kinds.about("invoice") else None
    if about is None and len(read.customers) == 1:
        about = read.customers[0].name
    label, language = _label(turn, kind) if kind else "", _IN.get(wish.language or "")
    return " ".join(filter(None, (label, about, wish.days_again(), language)))


def _label(turn: Turn, kind: str) -> str:
    return turn.catalogue.document_kinds[kind].label.in_(turn.words.language)


def _document_by_ticket(turn: Turn, kind: str, said: Said, place: dict[str, str]) -> Answer:
    """Somebody has to bring it: a ticket with the words in it."""
    offered = _new_ticket(turn, said, place)
    sentence = turn.words.mark(
        "*{document}*: I cannot make this by myself. A ticket with your words brings it to those "
        "who can.",
        document=_label(turn, kind),
    )
    look = [block_kit.section(sentence), *offered.blocks[1:]]
    return Answer(sentence, look, takes_files=True)


def _whispered(reply: object) -> Answer:
    """What a command answers privately; a refusal was raised."""
    assert isinstance(reply, Whisper)
    return Answer(reply.text, list(reply.blocks) or [block_kit.section(reply.text)])
