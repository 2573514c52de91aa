"""Routes for people who want a document."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.kit import block_kit
from bot.kit.catalogue import Catalogue
from bot.kit.language.help_words import is_for_help
from bot.kit.markup import Mrkdwn, unescaped
from bot.kit.replies import PASS, OpenView, Options, Reply, UpdateView, Whisper
from bot.kit.routes import Click, Command, Event, Search, Submission
from bot.kit.words import N_
from handlers.documents import kinds
from handlers.documents.blocks import request_form
from handlers.documents.blocks.archive import AGAIN
from handlers.documents.blocks.request_form import Order
from handlers.documents.kinds import FieldsMissing, Gap
from handlers.documents.listeners import archive, balance_round
from handlers.documents.model.askable import ASKABLE, TERMS
from handlers.documents.model.asked import Asked, asked_of
from handlers.documents.routes import routes
from handlers.documents.service import (
    approval,
    examination,
    personnel_gaps,
    readers,
    render_task,
    requests,
    wishes,
)
from handlers.documents.service.labels import label_of
from handlers.documents.service.mail import letter_task
from handlers.documents.service.wishes import Wish
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import company_day
from handlers.tickets.service.transcript import id_of
from storage.documents.register import Document
from storage.invoices.invoices import Invoice
from storage.turn import Turn

routes.task("render", work=render_task.work, done=render_task.done, failed=render_task.failed)
routes.task("mail_letter", work=letter_task.work, done=letter_task.done, failed=letter_task.failed)
routes.task("examine", work=examination.work, done=examination.done, failed=examination.failed)
TERM = timedelta(days=7)  # proposed to whoever writes a demand


@routes.command("document", description=N_("A document as PDF"), hint="[kind] [customer]")
def ask(turn: Turn, command: Command) -> Reply:
    """``/document statement Kowalska``: the form, with what the words already say; ``copy
    FV/11/42`` at once.

    ``verify ABCD-EFGH-2345``, or the code alone, says which document carries it.
    """
    text = unescaped(command.text)
    if is_for_help(text) and ledger.has_a_role(turn):
        return Whisper(_usage(turn))
    of_archive = balance_round.answer(turn, text) or archive.answer(turn, text)
    if of_archive:
        return of_archive
    code = examination.code_of(text)
    if code:
        return Whisper(examination.by_code(turn, code))
    return _order(turn, wishes.read(turn, text), text)


def _order(turn: Turn, wish: Wish, text: str) -> Reply:
    """A copy at once; else the form with what the words say; else a ticket."""
    if wish.kind is not None and wish.kind not in wishes.made_here(turn):
        return _by_ticket(turn, text, wish.kind)
    if wish.kind is not None and wish.kind not in wishes.orderable(turn):
        raise ledger.NotYours()
    about = kinds.kind(wish.kind).about if wish.kind else "customer"
    if wish.kind and about == "invoice" and wish.rest:
        invoice = requests.one_invoice(turn, wishes.as_typed(text, wish.rest) or wish.rest)
        origin = f"command:{turn.now.isoformat()}"
        return Whisper(_underway(turn, _about(turn, wish.kind, invoice, origin, wish.language)))
    existing = ledger.find_customers(turn, wish.rest, most=2) if wish.rest else []
    if wish.kind is None and text.strip() and not existing:
        return _by_ticket(turn, text)
    customer = (existing[0].id, existing[0].name) if len(existing) == 1 else None
    number = wishes.as_typed(text, wish.rest) if about == "ticket" else ""
    return OpenView(_form(turn, _blank(turn, wish, customer, number)))


def _by_ticket(turn: Turn, text: str, kind: str | None = None) -> Reply:
    """It is said, and offered as a ticket with the words in it."""
    if kind is None:
        sentence = turn.words.mark(
            "I cannot make “{text}”. A ticket with your words brings it to those who can.",
            text=text,
        )
    else:
        label = turn.catalogue.document_kinds[kind].label.in_(turn.words.language)
        sentence = turn.words.mark(
            "*{document}*: I cannot make this by myself. A ticket with your words brings it to "
            "those who can.",
            document=label,
        )
    carried = wishes.carried(turn, text)
    return Whisper(sentence, request_form.ticket_instead(sentence, carried, turn.words))


@routes.action(request_form.KIND)
def kind_chosen(turn: Turn, click: Click) -> Reply:
    """The form asks for what this kind needs; what is filled in already stays."""
    values = _texts(click.values)
    return UpdateView(_form(turn, _filled(turn, {**values, "kind": str(click.value)})))


@routes.action(request_form.STATEMENT)
def statement(turn: Turn, click: Click) -> Reply:
    """The button on an invoice and below a customer's list: a statement of the customer's account,
    at once if nothing is missing.
    """
    subject = str(click.value)
    customer, name = _customer_of(turn, subject)
    request = Asked("account_statement", customer, company_day(turn), turn.words.language, {})
    origin = f"{_clicked(turn, click)}:{subject}:{request.as_of}"
    try:
        document = requests.request(turn, request, origin)
    except FieldsMissing as missing:
        return OpenView(_form(turn, _order_of(turn, request, (customer, name)), missing.gaps))
    return Whisper(_underway(turn, document))


def _customer_of(turn: Turn, subject: str) -> tuple[int, str]:
    """Whose statement is meant: ``customer:7``, or the id of an invoice. Raises NothingFound."""
    if subject.startswith("customer:"):
        customer = ledger.customer_by_id(turn, int(subject.removeprefix("customer:")))
        return customer.id, customer.name
    invoice = ledger.get(turn, int(subject)).invoice
    return invoice.customer or 0, invoice.customer_name


@routes.action(request_form.LETTER)
def letter(turn: Turn, click: Click) -> Reply:
    """The button on a reminder: the letter of its stage, in the customer's language, once term and
    name are given.
    """
    kind, _, id_ = str(click.value).partition("|")
    invoice = ledger.get(turn, int(id_)).invoice
    customer, today = invoice.customer, company_day(turn)
    if customer is None:
        return OpenView(_form(turn, _blank(turn, Wish(kind, ""), None)))
    language = wishes.language_of(turn, customer) or turn.words.language
    request = Asked(kind, customer, today, language, {})
    try:
        document = requests.request(
            turn, request, origin=f"letter:{_clicked(turn, click)}:{customer}:{today}"
        )
    except FieldsMissing as missing:
        named = (customer, invoice.customer_name)
        return OpenView(_form(turn, _order_of(turn, request, named), missing.gaps))
    return Whisper(_underway(turn, document))


@routes.action(request_form.COPY)
def copy(turn: Turn, click: Click) -> Reply:
    """The button on an invoice: its copy, for everybody who sees the invoice."""
    invoice = ledger.get(turn, click.number).invoice
    return Whisper(
        _underway(turn, _about(turn, "invoice_copy", invoice, f"copy:{_clicked(turn, click)}"))
    )


@routes.action(AGAIN)
def again(turn: Turn, click: Click) -> Reply:
    """The button below a document that was made: the same as of today."""
    before, today = readers.seen(turn, click.number), company_day(turn)
    asked = asked_of(before)
    request = replace(asked, as_of=today, number="", given=_still_ahead(asked.given, today))
    try:
        ordered = personnel_gaps.request(turn, request, f"again:{_clicked(turn, click)}:{today}")
    except FieldsMissing as missing:
        customer = wishes.customer_named(turn, request.customer)
        return OpenView(_form(turn, _order_of(turn, request, customer), missing.gaps))
    return Whisper(_ordered(turn, ordered))


def _still_ahead(given: Mapping[str, str], today: date) -> dict[str, str]:
    """What was given, without terms that are over: they are asked for anew."""
    kept = dict(given)
    for term in TERMS:
        if given.get(term, "9999") < today.isoformat():
            del kept[term]
    return kept


@routes.submission(request_form.FORM)
def submit(turn: Turn, form: Submission) -> Reply:
    """A form sent; facts that are missing are asked for in the same form."""
    values = _texts(form.values)
    request = _asked(turn, values)
    try:
        ordered = personnel_gaps.request(turn, request, origin=f"view:{form.view_id}")
    except FieldsMissing as missing:
        return UpdateView(_form(turn, _filled(turn, values), missing.gaps))
    return Whisper(_ordered(turn, ordered))


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    """What stands in a form; nothing where nothing was filled in."""
    return {name: str(value or "") for name, value in values.items()}


def _asked(turn: Turn, values: Mapping[str, str]) -> Asked:
    """What a form asks for."""
    given = {path: values[path] for path in ASKABLE if values.get(path)}
    as_of = date.fromisoformat(values["as_of"]) if values.get("as_of") else company_day(turn)
    bare = Asked(values["kind"], 0, as_of, values["language"], given)
    match kinds.kind(bare.kind).about:
        case "invoice":
            invoice = requests.one_invoice(turn, values["number"])
            return replace(bare, customer=invoice.customer or 0, invoice=invoice.id)
        case "ticket":
            return replace(bare, about=f"ticket:{id_of(turn, values['number'])}")
        case "person":
            return replace(bare, about=f"person:{turn.actor.id}")
    return replace(bare, customer=int(values["customer"]))


def _brings_pdfs(event: Event, _: Catalogue) -> bool:
    facts = event.facts
    is_direct = facts["type"] == "app_mention" or facts.get("channel_type") == "im"
    return (
        is_direct
        and not facts.get("bot_id")
        and any(map(examination.is_pdf, facts.get("files") or ()))
    )


@routes.event("message", when=_brings_pdfs)
def in_direct_message(turn: Turn, event: Event) -> Reply:
    """A PDF in the direct message with the bot."""
    return _examine(turn, event)


@routes.event("app_mention", when=_brings_pdfs)
def with_a_mention(turn: Turn, event: Event) -> Reply:
    """A PDF in a channel, with the bot's name."""
    return _examine(turn, event)


def _examine(turn: Turn, event: Event) -> Reply:
    """It is looked at whether it is ours; whatever else it may be, other features are asked too."""
    facts = event.facts
    for file in list(filter(examination.is_pdf, facts["files"]))[: examination.MOST_FILES]:
        place = (facts["channel"], facts.get("thread_ts") or facts["ts"])
        examination.send(turn, file, *place)
    return PASS


@routes.search(request_form.CUSTOMER)
def suggest(turn: Turn, typed: Search) -> Reply:
    """Customers that the person may see, while they type."""
    customers = ledger.find_customers(turn, typed.text)
    return Options([block_kit.option(customer.name, str(customer.id)) for customer in customers])


def _usage(turn: Turn) -> str:
    return turn.words.say(
        "{command} statement Kowalska: a form for it, filled in as far as you said\n"
        "{command} copy FV/2026/11/0042: the copy of an invoice\n"
        "{command} verify ABCD-EFGH-2345: which document carries this code\n"
        "{command} find Kowalska lease: documents with these words, in their text too\n"
        "{command} keep: files for the archive\n"
        "{command} bring lease of Kowalska: ask a colleague for a file by a day",
        command=turn.catalogue.commands.document,
    )


def _about(
    turn: Turn, kind: str, invoice: Invoice, origin: str, language: str | None = None
) -> Document:
    request = Asked(
        kind=kind,
        customer=invoice.customer or 0,
        as_of=company_day(turn),
        language=language or turn.words.language,
        given={},
        invoice=invoice.id,
    )
    return requests.request(turn, request, origin=f"{origin}:{invoice.id}:{request.as_of}")


def _clicked(turn: Turn, click: Click) -> str:
    """Whose click, and where: a second one asks for the same."""
    return f"click:{turn.actor.id}:{click.place.ts if click.place else click.block_id}"


def _blank(turn: Turn, wish: Wish, customer: tuple[int, str] | None, number: str = "") -> Order:
    """What words ask for. A letter to a customer is in the customer's language."""
    theirs = wishes.language_of(turn, customer[0]) if customer and _is_letter(wish) else ""
    return Order(
        kind=wish.kind,
        about=kinds.kind(wish.kind).about if wish.kind else "customer",
        as_of=wish.as_of or company_day(turn),
        language=wish.language or theirs or turn.words.language,
        customer=customer,
        number=number,
        texts={wishes.SINCE: wish.since.isoformat()} if wish.since else {},
        remark=_remark_on_days(turn, wish),
    )


def _remark_on_days(turn: Turn, wish: Wish) -> str:
    """No paper is of several days, and few tell what happened in a period."""
    day = wish.as_of or company_day(turn)
    if wish.unclear:
        return turn.words.mark(
            "You named several days. A document is as of one day: choose it below."
        )
    if wish.since and not wish.tells_a_period:
        return turn.words.mark(
            "This document is as of one day and tells nothing of a period. {day} is filled in: "
            "change it if you mean another.",
            day=day,
        )
    return ""


def _is_letter(wish: Wish) -> bool:
    """Whether it is written to the customer; a statement is for whoever asks."""
    return wish.kind not in (None, "account_statement")


def _order_of(turn: Turn, request: Asked, customer: tuple[int, str] | None) -> Order:
    return Order(
        request.kind, kinds.kind(request.kind).about, request.as_of, request.language, customer
    )


def _filled(turn: Turn, values: Mapping[str, str]) -> Order:
    """What stands in a form that is shown again."""
    customer = int(values.get("customer") or 0)
    is_shown = bool(customer) and ledger.may_see_customer(turn, customer)
    day = values.get("as_of")
    return Order(
        kind=values["kind"],
        about=kinds.kind(values["kind"]).about,
        as_of=date.fromisoformat(day) if day else company_day(turn),
        language=values.get("language") or turn.words.language,
        customer=wishes.customer_named(turn, customer) if is_shown else None,
        number=values.get("number", ""),
        texts=values,
    )


def _form(turn: Turn, order: Order, gaps: Sequence[Gap] = ()) -> block_kit.View:
    unaskable = [gap for gap in gaps if gap.path not in ASKABLE]
    if unaskable:
        raise FieldsMissing(tuple(unaskable))
    may = wishes.orderable(turn)
    if not may:
        raise ledger.NotYours()
    proposed = {"signatory": turn.actor.name, "pay_by": (company_day(turn) + TERM).isoformat()}
    filled = {name: text for name, text in order.texts.items() if text}
    return request_form.form(
        turn.words,
        [(key, label_of(turn, key, turn.words)) for key in may],
        replace(order, offers=_offers(turn, order, gaps), texts={**proposed, **filled}),
        [(gap.path, str(turn.words.fact(gap.name))) for gap in gaps],
    )


def _offers(turn: Turn, order: Order, gaps: Sequence[Gap]) -> tuple[tuple[str, str], ...]:
    """What the kind lets one add, unless it is asked for anyway."""
    asked = {gap.path for gap in gaps}
    offers = kinds.kind(order.kind).offers if order.kind else ()
    return tuple((path, turn.words.say(label)) for path, label in offers if path not in asked)


def _ordered(turn: Turn, ordered: Document | Mrkdwn) -> str:
    """What became of an order: it is under way, or what it lacks was asked of somebody."""
    return _underway(turn, ordered) if isinstance(ordered, Document) else ordered


def _underway(turn: Turn, document: Document) -> str:
    waits_for = approval.waits_for(turn, document)
    if not waits_for:
        return turn.words.say(
            "{number} is being made; it comes to you in a direct message.", number=document.number
        )
    return turn.words.say(
        "{number} waits for the approval of {people}; then it comes to you in a direct message.",
        number=document.number,
        people=turn.words.list(waits_for),
    )
