"""Doors for people who want a document."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.kit import block_kit
from bot.kit.catalogue import Catalogue
from bot.kit.language.help_words import is_for_help
from bot.kit.markup import unescaped
from bot.kit.replies import PASS, OpenView, Options, Reply, UpdateView, Whisper
from bot.kit.routes import Click, Command, Event, Search, Submission
from bot.kit.words import N_
from handlers.documents import kinds
from handlers.documents.blocks import request_form
from handlers.documents.blocks.archive import AGAIN
from handlers.documents.kinds import FieldsMissing, Gap
from handlers.documents.listeners import archive
from handlers.documents.routes import routes
from handlers.documents.service import approval, examination, readers, render_task, requests
from handlers.documents.service.requests import Asked
from handlers.documents.service.sources import OF_INVOICES, SOURCES, chosen_kind
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import company_day
from storage.documents.register import Document
from storage.invoices import customers
from storage.invoices.invoices import Invoice
from storage.turn import Turn

routes.task("render", work=render_task.work, done=render_task.done, failed=render_task.failed)
routes.task("examine", work=examination.work, done=examination.done, failed=examination.failed)
ASKED_FOR = ("debtor.address", "debtor.tax_id", "pay_by", "signatory")
"""What a form may ask; the rest is the administrator's to give."""
TERM = timedelta(days=7)  # proposed to whoever writes a demand


@routes.command("document", description=N_("A document as PDF"), hint="[kind] [customer]")
def ask(turn: Turn, asked: Command) -> Reply:
    """``/document statement Kowalska``: the form, with what the words already say; ``copy
    FV/11/42`` at once.

    ``verify ABCD-EFGH-2345``, or the code alone, says which document carries it.
    """
    text = unescaped(asked.text)
    if is_for_help(text) and ledger.has_a_role(turn):
        return Whisper(_usage(turn))
    of_archive = archive.answer(turn, text)
    if of_archive:
        return of_archive
    code = examination.code_of(text)
    if code:
        return Whisper(examination.by_code(turn, code))
    kind, rest = chosen_kind(turn, text)
    if kind is not None and kind in OF_INVOICES:
        invoice = requests.one_invoice(turn, rest)
        return Whisper(
            _underway(turn, _about(turn, kind, invoice, f"command:{turn.now.isoformat()}"))
        )
    fitting = ledger.find_customers(turn, rest, most=2) if rest else []
    customer = (fitting[0].id, fitting[0].name) if len(fitting) == 1 else None
    return OpenView(_form(turn, kind if kind in SOURCES else None, customer))


@routes.action(request_form.STATEMENT)
def statement(turn: Turn, click: Click) -> Reply:
    """The button on an invoice: a statement of its customer's account, at once if nothing is
    missing.
    """
    invoice = ledger.get(turn, int(str(click.value))).invoice
    asked = Asked(
        "account_statement", invoice.customer or 0, company_day(turn), turn.words.language, {}
    )
    try:
        document = requests.request(
            turn, asked, origin=f"{_clicked(turn, click)}:{invoice.id}:{asked.as_of}"
        )
    except FieldsMissing as missing:
        customer = (asked.customer, invoice.customer_name)
        return OpenView(_form(turn, asked.kind, customer, missing.gaps))
    return Whisper(_underway(turn, document))


@routes.action(request_form.LETTER)
def letter(turn: Turn, click: Click) -> Reply:
    """The button on a reminder: the letter of its stage, in the customer's language, once term and
    name are given.
    """
    kind, _, id_ = str(click.value).partition("|")
    invoice = ledger.get(turn, int(id_)).invoice
    customer, today = invoice.customer, company_day(turn)
    if customer is None:
        return OpenView(_form(turn, kind, None))
    asked = Asked(
        kind, customer, today, customers.get(turn, customer).language or turn.words.language, {}
    )
    try:
        document = requests.request(
            turn, asked, origin=f"letter:{_clicked(turn, click)}:{customer}:{today}"
        )
    except FieldsMissing as missing:
        return OpenView(_form(turn, kind, (customer, invoice.customer_name), missing.gaps, asked))
    return Whisper(_underway(turn, document))


@routes.action(request_form.COPY)
def copy(turn: Turn, click: Click) -> Reply:
    """The button on an invoice: its copy, for everybody who sees the invoice."""
    invoice = ledger.get(turn, int(str(click.value))).invoice
    return Whisper(
        _underway(turn, _about(turn, "invoice_copy", invoice, f"copy:{_clicked(turn, click)}"))
    )


@routes.action(AGAIN)
def again(turn: Turn, click: Click) -> Reply:
    """The button below a document that was made: the same as of today."""
    before, today = readers.seen(turn, int(str(click.value))), company_day(turn)
    about = (before.customer or 0, today, before.language, before.facts, before.invoice)
    asked = Asked(before.kind, *about)
    try:
        document = requests.request(turn, asked, f"again:{_clicked(turn, click)}:{today}")
    except FieldsMissing as missing:
        customer = customers.known(turn, asked.customer)
        named = (customer.id, customer.name) if customer else None
        return OpenView(_form(turn, asked.kind, named, missing.gaps, asked))
    return Whisper(_underway(turn, document))


@routes.submission(request_form.FORM)
def submit(turn: Turn, form: Submission) -> Reply:
    """A form sent; facts that are missing are asked for in the same form."""
    values = {name: str(value or "") for name, value in form.values.items()}
    given = {path: values[path] for path in ASKED_FOR if values.get(path)}
    asked = Asked(
        values["kind"],
        int(values["customer"]),
        date.fromisoformat(values["as_of"]),
        values["language"],
        given,
    )
    try:
        document = requests.request(turn, asked, origin=f"view:{form.view_id}")
    except FieldsMissing as missing:
        name = next(
            (
                one.name
                for one in ledger.find_customers(turn, "", most=500)
                if one.id == asked.customer
            ),
            "",
        )
        return UpdateView(_form(turn, asked.kind, (asked.customer, name), missing.gaps, asked))
    return Whisper(_underway(turn, document))


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
        examination.send(turn, file, *place, may_keep=archive.is_dropped(facts))
    return PASS


@routes.search(request_form.CUSTOMER)
def suggest(turn: Turn, typed: Search) -> Reply:
    """Customers that the person may see, while they type."""
    return Options(
        [block_kit.option(one.name, str(one.id)) for one in ledger.find_customers(turn, typed.text)]
    )


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


def _about(turn: Turn, kind: str, invoice: Invoice, origin: str) -> Document:
    asked = Asked(
        kind, invoice.customer or 0, company_day(turn), turn.words.language, {}, invoice.id
    )
    return requests.request(turn, asked, origin=f"{origin}:{invoice.id}:{asked.as_of}")


def _clicked(turn: Turn, click: Click) -> str:
    """Whose click, and where: a second one asks for the same."""
    return f"click:{turn.actor.id}:{click.place.ts if click.place else click.block_id}"


def _form(
    turn: Turn,
    kind: str | None,
    customer: tuple[int, str] | None,
    gaps: Sequence[Gap] = (),
    asked: Asked | None = None,
) -> block_kit.View:
    unaskable = [gap for gap in gaps if gap.path not in ASKED_FOR]
    if unaskable:
        raise FieldsMissing(tuple(unaskable))
    return request_form.form(
        turn.words,
        [(key, turn.words.say(kinds.kind(key).label)) for key in SOURCES],
        kind=kind or next(iter(SOURCES)),
        customer=customer,
        as_of=asked.as_of if asked else company_day(turn),
        language=asked.language if asked else turn.words.language,
        gaps=[(gap.path, str(turn.words.fact(gap.name))) for gap in gaps],
        proposed={"signatory": turn.actor.name, "pay_by": (company_day(turn) + TERM).isoformat()},
    )


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
