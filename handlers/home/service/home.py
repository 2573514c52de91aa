"""What Home shows to whom, and what a person may set there."""

import json
from collections.abc import Sequence
from dataclasses import replace

from bot.kit.errors import Problem
from bot.kit.folding import fold
from bot.kit.markup import Mrkdwn, escape, join
from bot.kit.words import LANGUAGES, N_
from bot.kit.working_time import QuietHours
from handlers.approvals.model import subjects
from handlers.documents.service import readers, requests
from handlers.documents.service.labels import label_of
from handlers.home.blocks.decisions import Row, Waiting
from handlers.home.blocks.home import SLACK, Abilities, Home
from handlers.home.service import money
from handlers.ledger.service import rate_notices
from handlers.people.service import roles
from handlers.reminders.service import tick as reminders
from handlers.tickets.blocks import card
from handlers.tickets.model import message_text
from handlers.tickets.service import cards, gate
from storage import approvals
from storage.approvals import Approval
from storage.people import people
from storage.tickets import lists
from storage.tickets.tickets import Ticket
from storage.turn import Turn


class HalfQuiet(Problem):
    sentence = N_("Choose both: from when and until when reminders shall wait.")
    field = "until"


class HardlyEverLoud(Problem):
    """The clock reminds now and then; in less than an hour it may never come by."""

    sentence = N_("Quiet hours leave at least one hour of the day.")
    field = "until"


MOST = 5
ON_A_PAGE = 10  # decisions of the list that has them all
LEAST_LOUD = 60  # minutes of a day that quiet hours leave
_HELP = frozenset(
    fold(words)
    for words in (
        *("help", "help me", "what can you do", "commands"),
        *("pomoc", "pomocy", "pomóż", "pomóż mi", "co potrafisz", "co umiesz"),
        *("segítség", "segíts", "súgó", "mit tudsz", "mire vagy jó"),
    )
)


def home(turn: Turn) -> Home:
    """Everything on the actor's tab, in their language."""
    viewer = gate.viewer(turn)
    answers = lists.asked_of(turn, viewer, most=MOST)
    others = lists.under_way(turn, viewer, most=MOST)
    work = lists.assigned(turn, viewer, most=MOST)
    waiting = approvals.waiting_for(turn, turn.actor.id)
    return Home(
        approvals=_approval_rows(turn, waiting[:MOST]),
        approvals_more=max(0, len(waiting) - MOST),
        questions=_questions(turn),
        rates=_rates(turn),
        answers=_tickets(turn, answers.tickets),
        answers_more=answers.left_out,
        work=_tickets(turn, work.tickets),
        work_more=work.left_out,
        tickets=_tickets(turn, others.tickets),
        tickets_more=others.left_out,
        purses=money.purses(turn),
        is_company_money=money.gate(turn).everything,
        due_soon_days=turn.catalogue.invoices.due_soon_days,
        queues=_queues(turn),
        documents=_documents(turn),
        may_ask_money=may_ask_money(turn),
        language=people.chosen_language(turn, turn.actor.id) or SLACK,
        quiet=turn.actor.quiet,
    )


def choose_language(turn: Turn, chosen: str) -> None:
    """The language of everything that the actor reads from now on; Slack's own when
    they follow it.
    """
    language = chosen if chosen in LANGUAGES else None
    people.choose_language(turn, turn.actor.id, language)
    turn.record("person.language_chosen", f"person:{turn.actor.id}", language=language or SLACK)
    turn.words = roles.words_for(turn, turn.actor.id)


def choose_quiet_hours(turn: Turn, since: str, until: str) -> None:
    """When the actor wants no reminders (``HH:MM``); neither ends it."""
    quiet = _quiet_hours(since, until)
    people.choose_quiet_hours(turn, turn.actor.id, quiet)
    facts = {"since": since, "until": until} if quiet else {}
    turn.record("person.quiet_hours_chosen", f"person:{turn.actor.id}", **facts)
    turn.actor = replace(turn.actor, quiet=quiet)


def _quiet_hours(since: str, until: str) -> QuietHours | None:
    if not since and not until:
        return None
    if not since or not until:
        raise HalfQuiet()
    quiet = QuietHours(_minutes(since), _minutes(until))
    if quiet.loud_minutes() < LEAST_LOUD:
        raise HardlyEverLoud()
    return quiet


def _minutes(clock_time: str) -> int:
    hour, minute = clock_time.split(":")
    return int(hour) * 60 + int(minute)


def may_ask_money(turn: Turn) -> bool:
    """Whether invoices and documents about customers are this person's business at all."""
    return roles.may(turn, "invoice", "see") or money.owns_customers(turn)


def abilities(turn: Turn) -> Abilities:
    """What "help" tells the actor of."""
    return Abilities(
        may_ask_money(turn),
        bool(roles.departments_of(turn)),
        roles.may(turn, "payment", "see, book, write off"),
    )


def asks_for_help(text: str) -> bool:
    """Whether somebody wrote just "help", in any of our languages; a mention before it does not
    count.
    """
    words = [word for word in text.split() if not word.startswith("<@")]
    bare = fold(" ".join(words))
    return bare in _HELP or (not bare and "?" in text)


def speaks_to_a_bot(turn: Turn, text: str) -> bool:
    """Whether a text mentions a bot, such as this one."""
    mentioned = people.persons(turn, message_text.mentioned(text))
    return any(person.is_bot for person in mentioned.values())


def approvals_waiting(turn: Turn, page: int = 0) -> Waiting:
    """A page of what waits for the actor's word, the oldest first."""
    waiting = approvals.waiting_for(turn, turn.actor.id)
    heading = turn.words.say("Nothing is waiting for you. Well done!")
    if waiting:
        heading = turn.words.count(
            "{n} decision waits for you", "{n} decisions wait for you", len(waiting)
        )
    last = max(0, (len(waiting) - 1) // ON_A_PAGE)
    number = min(page, last)
    rows = _approval_rows(turn, waiting[number * ON_A_PAGE : (number + 1) * ON_A_PAGE])
    return Waiting(heading, rows, number, number == last)


def _approval_rows(turn: Turn, waiting: Sequence[Approval]) -> list[Row]:
    rows: list[Row] = []
    for approval in waiting:
        look = subjects.of(approval.subject).look(turn, approval.subject, turn.words)
        text = turn.words.mark("✋ Do you approve this? {title}", title=look.title)
        rows.append(Row(text, str(approval.id)))
    return rows


def _questions(turn: Turn) -> list[Row]:
    if not reminders.is_asked_for_payments(turn):
        return []
    text = turn.words.mark(
        "❓ Reminders wait: import the bank statement, or confirm that no payment is missing."
    )
    return [Row(text, "payments")]


def _rates(turn: Turn) -> list[Row]:
    """Late interest that cannot be worked out until somebody enters its rate."""
    if not roles.may(turn, "rate", "enter"):
        return []
    rows: list[Row] = []
    for ending in rate_notices.over(turn):
        text = Mrkdwn(f"⚠️ {escape(rate_notices.said(ending, turn.words))}")
        rows.append(Row(text, ending.table))
    return rows


def _tickets(turn: Turn, tickets: Sequence[Ticket]) -> list[Row]:
    rows: list[Row] = []
    for look in cards.rows(turn, tickets, turn.words):
        text = Mrkdwn(f"{card.title(look)}\n{_standing(turn, look)}")
        rows.append(Row(text, str(look.ticket.id)))
    return rows


def _standing(turn: Turn, look: card.Look) -> Mrkdwn:
    """How a ticket stands, as whoever asked for it reads it on their own card."""
    is_own = look.ticket.requester == turn.actor.id
    return card.progress(look, turn.words) if is_own else card.state_line(look, turn.words)


def _documents(turn: Turn) -> list[Row]:
    """The newest that the actor asked for and may still read."""
    rows: list[Row] = []
    for document in readers.asked_for(turn, MOST, ("made",)):
        kind = label_of(turn, document.kind, turn.words)
        text = turn.words.mark("*{number}* · {kind}", number=document.number, kind=kind)
        about = [*requests.about_of(turn, document), escape(turn.words.date(document.as_of))]
        text = join("\n", [text, join(" · ", about)])
        rows.append(Row(text, str(document.id)))
    return rows


def _queues(turn: Turn) -> list[Row]:
    viewer = gate.viewer(turn)
    rows: list[Row] = []
    for department in turn.catalogue.departments.values():
        if department.key in viewer.departments:
            text = turn.words.mark_count(
                "*{department}*: {n} open ticket",
                "*{department}*: {n} open tickets",
                lists.queue_length(turn, viewer, [department.key]),
                department=department.name.in_(turn.words.language),
            )
            rows.append(Row(text, json.dumps({"list": "queue", "of": department.key, "page": 0})))
    return rows
