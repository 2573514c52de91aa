"""How Home looks, the forms that its buttons open, and the answer to "help". Values in, Block Kit
out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element, View
from bot.kit.catalogue import Commands
from bot.kit.markup import Mrkdwn, join
from bot.kit.words import N_, Words
from bot.kit.working_time import QuietHours
from handlers.home.blocks import quiet_hours
from handlers.home.blocks.decisions import DECIDE, Row, further, rows_of

PAYMENTS_KNOWN = "home.payments_known"
MONEY = "home.money"
INVOICE = "home.invoice"
DOCUMENT = "home.document"
LANGUAGE = "home.language"
DECISION_FORM = "home.decision"
INVOICE_FORM = "home.ask_invoice"
NEW_TICKET = "tickets.offer"
TICKET = "tickets.open"
LIST = "tickets.page"
REMINDERS = "reminders.open"
RATE = "documents.rate"
GET_DOCUMENT = "documents.get"
OVERVIEW = "home.overview"

SLACK = "slack"
"""The choice of a language that follows Slack's."""
_LANGUAGES = (("en", "English"), ("pl", "polski"), ("hu", "magyar"))
_VERDICTS = (
    ("approved", N_("I approve")),
    ("changes", N_("Changes are needed")),
    ("rejected", N_("I refuse")),
)
_MONEY_LABELS = {
    "receivable": N_("Customers owe us"),
    "payable": N_("We owe suppliers"),
}


@dataclass(frozen=True)
class Purse:
    """Money in one direction: how many invoices and the sums as text, empty where there
    is nothing.
    """

    direction: str
    overdue: str
    overdue_count: int
    due_soon: str
    held: str
    held_count: int
    open: str
    credit: str = ""
    """What is to be given back; it is not set off."""


@dataclass(frozen=True)
class Home:
    """What a person sees. ``more`` is how many rows of the same kind are left out."""

    approvals: Sequence[Row]
    approvals_more: int
    questions: Sequence[Row]
    """Whether a payment is missing, where the bot asked for it."""
    rates: Sequence[Row]
    """Rates of late interest that are over, for whoever enters them."""
    answers: Sequence[Row]
    answers_more: int
    work: Sequence[Row]
    work_more: int
    tickets: Sequence[Row]
    tickets_more: int
    purses: Sequence[Purse]
    is_company_money: bool
    due_soon_days: int
    queues: Sequence[Row]
    documents: Sequence[Row]
    may_ask_money: bool
    language: str
    quiet: QuietHours | None


def home(shown: Home, words: Words) -> View:
    """The whole tab."""
    return block_kit.home(
        [
            block_kit.actions(*_begin(shown.may_ask_money, words), block_id="begin"),
            *_waiting(shown, words),
            *_tickets(shown, words),
            *_money(shown, words),
            *_documents(shown, words),
            *_queues(shown, words),
            block_kit.divider(),
            block_kit.section(
                words.mark("*Language*: how I speak to you"),
                _language(shown.language, words),
                "language",
            ),
            block_kit.section(
                words.mark("*Quiet hours*: reminders wait until they end"),
                block_kit.button(quiet_hours.label(shown.quiet, words), quiet_hours.OPEN),
                "quiet",
            ),
        ]
    )


def closed(words: Words) -> View:
    """For people of other companies and guests."""
    return block_kit.home(
        [
            block_kit.section(
                words.mark("This is the back office of this workspace, for its members.")
            )
        ]
    )


def decision(
    approval: int, title: Mrkdwn, about: Sequence[Block], read: str, words: Words, note: str = ""
) -> View:
    """What waits for somebody's word, and the word; above it what there is to say first. The form
    carries the digest of what is ``read``.
    """
    verdicts = [block_kit.option(words.say(label), verdict) for verdict, label in _VERDICTS]
    return block_kit.modal(
        words.say("Your decision"),
        [
            *([block_kit.context(note)] if note else []),
            block_kit.section(words.mark("Do you approve this? {title}", title=title)),
            *about,
            block_kit.field(
                words.say("Your decision"),
                block_kit.select("home.verdict", verdicts),
                name="verdict",
            ),
            block_kit.field(
                words.say("Comment"),
                block_kit.text_input("home.comment", multiline=True),
                name="comment",
                optional=True,
            ),
        ],
        callback_id=DECISION_FORM,
        submit=words.say("Send"),
        close=words.say("Cancel"),
        metadata={"approval": approval, "read": read},
    )


def ask_invoice(words: Words) -> View:
    """The question that the command would carry."""
    return block_kit.modal(
        words.say("Ask about an invoice"),
        [
            block_kit.field(
                words.say("Number or customer"),
                block_kit.text_input("home.text", most=200, placeholder="FV/2026/11/0042"),
                name="text",
                optional=True,
                hint=words.say("Nothing typed: what is open with your customers."),
            )
        ],
        callback_id=INVOICE_FORM,
        submit=words.say("Show"),
        close=words.say("Cancel"),
    )


def money_heading(purse: Purse, words: Words, *, late: bool = False) -> Mrkdwn:
    """What a list of open invoices is of, what they come to in all, and what of it is late."""
    label = money_label(purse.direction, words)
    if late:
        overdue = words.mark("Overdue in all: {sum}", sum=purse.overdue)
        return join(
            "\n", [words.mark("*{label}*: overdue, the earliest first", label=label), overdue]
        )
    lines = [words.mark("*{label}*: the earliest due first", label=label)]
    if purse.open:
        lines.append(words.mark("Open in all: {sum}", sum=purse.open))
    if purse.overdue:
        lines.append(words.mark("Of it overdue: {sum}", sum=purse.overdue))
    return join("\n", lines)


def nothing_is_late(words: Words) -> Mrkdwn:
    return words.mark("🟢 Nothing is overdue.")


def money_list(title: str, rows: Sequence[Block], words: Words) -> View:
    """Invoices, one a row, in a window of their own."""
    return block_kit.modal(title, rows, callback_id="home.money_list", close=words.say("Close"))


def money_label(direction: str, words: Words) -> str:
    return words.say(_MONEY_LABELS[direction])


@dataclass(frozen=True)
class Abilities:
    """What somebody can do beyond asking for a ticket."""

    money: bool
    queue: bool
    reminders: bool


def guide(
    commands: Commands, prefix: str, able: Abilities, words: Words
) -> tuple[str, list[Block]]:
    """The answer to "help": what one can do, as text and as blocks with buttons."""
    lines = [
        words.mark(
            "`{command} what you need`: a ticket for the back office", command=commands.ticket
        ),
        words.mark(
            "`{command} mine`: your tickets, `{command} {prefix}-128`: one of them",
            command=commands.ticket,
            prefix=prefix,
        ),
    ]
    if able.queue:
        lines.append(
            words.mark("`{command} queue`: what waits for your department", command=commands.ticket)
        )
    if able.money:
        lines += [
            words.mark("`{command} number or customer`: paid, left, due", command=commands.invoice),
            words.mark(
                "`{command} statement customer`: a PDF in our direct message",
                command=commands.document,
            ),
        ]
    lines.append(words.mark("My Home tab shows what waits for you."))
    text = words.say("This is what I can do for you:")
    buttons = [_new_ticket(words), _mine(words)]
    buttons += (
        [block_kit.button(words.say("Payment reminders"), REMINDERS)] if able.reminders else []
    )
    return text, [
        block_kit.section(text),
        block_kit.section(join("\n", [Mrkdwn(f"• {line}") for line in lines])),
        block_kit.actions(*buttons),
    ]


def _begin(may_ask_money: bool, words: Words) -> list[Element]:
    money = [
        block_kit.button(words.say("Ask about an invoice…"), INVOICE),
        block_kit.button(words.say("Ask for a document…"), DOCUMENT),
    ]
    return [_new_ticket(words), *(money if may_ask_money else [])]


def _new_ticket(words: Words) -> Element:
    return block_kit.button(words.say("New ticket"), NEW_TICKET, '{"text": ""}', "primary")


def _mine(words: Words) -> Element:
    return block_kit.button(
        words.say("All my tickets"), f"{LIST}:mine", '{"list": "mine", "page": 0}'
    )


def _waiting(shown: Home, words: Words) -> list[Block]:
    rows = [
        *rows_of("approval", shown.approvals, words.say("Decide…"), DECIDE),
        *further(shown.approvals_more, words),
        *rows_of("question", shown.questions, words.say("No payment is missing"), PAYMENTS_KNOWN),
        *rows_of("rate", shown.rates, words.say("Enter a rate…"), RATE),
        *rows_of("answer", shown.answers, words.say("Open"), TICKET),
        *_further_answers(shown.answers_more, words),
        *rows_of("work", shown.work, words.say("Open"), TICKET),
        *_more(shown.work_more, words),
    ]
    return [
        block_kit.header(words.say("Waiting for you")),
        *(rows or [block_kit.context(words.mark("Nothing is waiting for you. Well done!"))]),
    ]


def _further_answers(n: int, words: Words) -> list[Block]:
    if not n:
        return []
    text = words.mark_count("… and {n} more.", "… and {n} more.", n)
    place = '{"list": "answers", "page": 0}'
    button = block_kit.button(words.say("Show"), f"{LIST}:answers", place)
    return [block_kit.section(text, button, "answers")]


def _tickets(shown: Home, words: Words) -> list[Block]:
    none = words.mark("You have no open tickets.")
    if shown.answers:
        none = words.mark("All that is open waits for your answer, above.")
    rows = rows_of("own", shown.tickets, words.say("Open"), TICKET)
    return [
        block_kit.header(words.say("What you asked for")),
        *(rows or [block_kit.context(none)]),
        *_more(shown.tickets_more, words),
        block_kit.actions(_mine(words), block_id="mine"),
    ]


def _money(shown: Home, words: Words) -> list[Block]:
    if not shown.purses:
        return []
    title = (
        words.say("The company's money")
        if shown.is_company_money
        else words.say("Your customers' money")
    )
    rows = [block for purse in shown.purses for block in _purse(purse, shown, words)]
    reminders = block_kit.actions(
        block_kit.button(words.say("Ageing and expected cash…"), OVERVIEW),
        block_kit.button(words.say("Payment reminders"), REMINDERS),
        block_kit.button(words.say("Enter a rate…"), RATE),
        block_id="reminders",
    )
    return [block_kit.header(title), *rows, *([reminders] if shown.is_company_money else [])]


def _purse(purse: Purse, shown: Home, words: Words) -> list[Block]:
    overdue = words.mark_count(
        "🔴 *{n} invoice overdue*: {sum}",
        "🔴 *{n} invoices overdue*: {sum}",
        purse.overdue_count,
        sum=purse.overdue,
    )
    soon = words.mark_count(
        "🟡 due within {n} day: {sum}",
        "🟡 due within {n} days: {sum}",
        shown.due_soon_days,
        sum=purse.due_soon,
    )
    held = words.mark_count(
        "🟠 of these {n} disputed or promised: {sum}",
        "🟠 of these {n} disputed or promised: {sum}",
        purse.held_count,
        sum=purse.held,
    )
    credit = words.mark("🔵 In credit, not set off: {sum}", sum=purse.credit)
    lines = [
        *([Mrkdwn(f"*{money_label(purse.direction, words)}*")] if shown.is_company_money else []),
        overdue if purse.overdue else nothing_is_late(words),
        *([soon] if purse.due_soon else []),
        words.mark("Open in all: {sum}", sum=purse.open or "–"),
        *([held] if purse.held else []),
        *([credit] if purse.credit else []),
    ]
    button = block_kit.button(
        words.say("Show the list"), f"{MONEY}:{purse.direction}", purse.direction
    )
    return [block_kit.section(join("\n", lines), button, f"money:{purse.direction}")]


def _documents(shown: Home, words: Words) -> list[Block]:
    if not shown.documents:
        return []
    rows = rows_of("document", shown.documents, words.say("Send it to me"), GET_DOCUMENT)
    return [block_kit.header(words.say("Your documents")), *rows]


def _queues(shown: Home, words: Words) -> list[Block]:
    rows = [
        block_kit.section(
            row.text,
            block_kit.button(words.say("Show"), f"{LIST}:{place}", row.value),
            f"queue:{place}",
        )
        for place, row in enumerate(shown.queues)
    ]
    return [block_kit.header(words.say("Your queues")), *rows] if rows else []


def _more(n: int, words: Words) -> list[Block]:
    return (
        [block_kit.context(words.mark_count("… and {n} more.", "… and {n} more.", n))] if n else []
    )


def _language(chosen: str, words: Words) -> Element:
    options = [block_kit.option(words.say("As in Slack"), SLACK)]
    options += [block_kit.option(name, key) for key, name in _LANGUAGES]
    return block_kit.select(LANGUAGE, options, chosen=chosen)
