"""The routes of Home: opening it, its buttons and forms; and "help" in a direct message or a
mention.
"""

from typing import Any

from bot.kit.block_kit import View
from bot.kit.replies import (
    NOTHING,
    PASS,
    OpenView,
    Reply,
    ShowHome,
    SuggestPrompts,
    UpdateView,
    Whisper,
)
from bot.kit.routes import Click, Command, Event, Routes, Submission
from handlers.approvals.blocks import cards as approval_looks
from handlers.approvals.service import votes
from handlers.documents.listeners import requests as documents
from handlers.home.blocks import decisions, home, quiet_hours
from handlers.home.blocks import overview as overview_looks
from handlers.home.service import home as service
from handlers.home.service import money, overview
from handlers.invoices.blocks import card as invoice_looks
from handlers.invoices.listeners import questions as invoices
from handlers.invoices.service.invoice_view import sight_of
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import DIRECTIONS, Direction
from handlers.reminders.service import tick as reminders
from handlers.tickets.service.conversation import direct_threads
from storage.approvals import Verdict
from storage.turn import Turn

routes: Routes[Turn] = Routes("home")
_VERDICTS: dict[str, Verdict] = {
    "approved": "approved",
    "changes": "changes",
    "rejected": "rejected",
}


@routes.event("app_home_opened", outsiders=True, reads=True)
def opened(turn: Turn, event: Event) -> Reply:
    if event.facts.get("tab") != "home":
        return _prompts(turn)
    return ShowHome(home.closed(turn.words)) if turn.actor.is_external else _home(turn)


def _prompts(turn: Turn) -> Reply:
    """In agent view the conversation begins with what one may ask."""
    rules = turn.catalogue.agent_view
    if not rules.on or turn.actor.is_external:
        return PASS
    language = turn.words.language
    prompts: list[dict[str, str]] = []
    for prompt in rules.prompts:
        text = {"title": prompt.title.in_(language), "message": prompt.message.in_(language)}
        prompts.append(text)
    return SuggestPrompts(prompts)


@routes.action(home.LANGUAGE)
def choose_language(turn: Turn, click: Click) -> Reply:
    service.choose_language(turn, str(click.value))
    return _home(turn)


@routes.action(quiet_hours.OPEN, reads=True)
def ask_quiet_hours(turn: Turn, click: Click) -> Reply:
    return OpenView(quiet_hours.form(turn.actor.quiet, turn.words))


@routes.submission(quiet_hours.FORM)
def choose_quiet_hours(turn: Turn, form: Submission) -> Reply:
    since, until = str(form.values.get("since") or ""), str(form.values.get("until") or "")
    service.choose_quiet_hours(turn, since, until)
    return _home(turn)


@routes.action(decisions.DECIDE)
def decide(turn: Turn, click: Click) -> Reply:
    """What waits for the actor's word, as they would see it in the direct message."""
    return OpenView(_decision(turn, click.number))


@routes.action(decisions.APPROVALS, reads=True)
def show_approvals(turn: Turn, click: Click) -> Reply:
    """All of them, page by page, in a window of their own."""
    view = decisions.window(service.approvals_waiting(turn, click.number), turn.words)
    is_turned = click.view is not None and click.view["type"] == "modal"
    return UpdateView(view) if is_turned else OpenView(view)


def _decision(turn: Turn, approval: int, note: str = "") -> View:
    look = votes.look(turn, approval)
    about = [dict(block) for block in look.blocks]
    return home.decision(approval, look.title, about, look.digest, turn.words, note)


@routes.submission(home.DECISION_FORM)
def decided(turn: Turn, form: Submission) -> Reply:
    verdict = _VERDICTS[str(form.values["verdict"])]
    id, comment = votes.anew(turn, form.metadata["approval"]), str(form.values.get("comment") or "")
    if votes.decide(turn, id, verdict, form.metadata["read"], comment):
        return _home(turn)
    return UpdateView(_decision(turn, id, turn.words.say(approval_looks.READS_OTHERWISE)))


@routes.action(home.PAYMENTS_KNOWN)
def confirm_payments(turn: Turn, click: Click) -> Reply:
    reminders.confirm_payments(turn)
    return _home(turn)


@routes.action(home.MONEY, reads=True)
def show_money(turn: Turn, click: Click) -> Reply:
    direction, number, only = [*str(click.value).split("|"), "", ""][:3]
    side: Direction = "payable" if direction == "payable" else "receivable"
    late = only == "late"
    entries, page, purse = money.open_entries(turn, side, int(number or 0), late=late)
    sights = [sight_of(turn, entry, turn.words) for entry in entries]
    title = home.money_label(direction, turn.words)
    heading = home.money_heading(purse, turn.words, late=late)
    view = home.money_list(
        title,
        invoice_looks.listing(heading, sights, turn.words, ledger.known_until(turn), page),
        turn.words,
    )
    is_turned = click.view is not None and click.view["type"] == "modal"
    return UpdateView(view) if is_turned else OpenView(view)


@routes.action(home.OVERVIEW)
def show_overview(turn: Turn, click: Click) -> Reply:
    """What is open by age and expected by week, for finance."""
    sides: list[overview_looks.Side] = []
    for side in overview.sides(turn):
        ages = [(line.currency, line.by_bucket) for line in side.ages]
        weeks = [(week.monday, week.currency, week.amount) for week in side.weeks]
        sides.append((side.direction, ages, weeks))
    return OpenView(overview_looks.overview(sides, turn.words))


@routes.action(overview_looks.CSV)
def send_overview(turn: Turn, click: Click) -> Reply:
    """The same as a file."""
    directions = {side: home.money_label(side, turn.words) for side in DIRECTIONS}
    if click.value == "weeks":
        overview.send_weeks(turn, directions)
    else:
        overview.send_ages(turn, overview_looks.age_labels(turn.words), directions)
    return Whisper(turn.words.say("The file comes to you in a direct message."))


@routes.action(home.INVOICE)
def ask_invoice(turn: Turn, click: Click) -> Reply:
    return OpenView(home.ask_invoice(turn.words))


@routes.submission(home.INVOICE_FORM)
def answer_invoice(turn: Turn, form: Submission) -> Reply:
    """The same answer as the command's."""
    return invoices.ask(turn, Command("invoice", str(form.values.get("text") or ""), ""))


@routes.action(home.DOCUMENT)
def ask_document(turn: Turn, click: Click) -> Reply:
    return documents.ask(turn, Command("document", "", ""))


def _is_of_people(event: Event, _catalogue: Any) -> bool:
    return (
        not event.facts.get("bot_id")
        and not event.facts.get("subtype")
        and not event.facts.get("thread_ts")
    )


@routes.event("message", when=_is_of_people)
def help_in_person(turn: Turn, event: Event) -> Reply:
    """Help in the direct message is answered there; of help by mention nothing else is made (a
    ticket) in a channel.
    """
    facts = event.facts
    fact = facts.get("text") or ""
    if not service.asks_for_help(fact):
        return PASS
    if facts.get("channel_type") != "im":
        return NOTHING if service.speaks_to_a_bot(turn, fact) else PASS
    text, look = _guide(turn)
    once = f"help:{facts['channel']}:{facts['ts']}"
    turn.tell(turn.actor.id, text, look, once=once, under=direct_threads.place(turn, facts))
    return NOTHING


@routes.event("app_mention", when=_is_of_people)
def help_by_mention(turn: Turn, event: Event) -> Reply:
    """In a channel only the one who asked reads the answer."""
    return Whisper(*_guide(turn)) if service.asks_for_help(event.facts.get("text") or "") else PASS


def _guide(turn: Turn) -> tuple[str, list[dict[str, Any]]]:
    catalogue = turn.catalogue
    return home.guide(
        catalogue.commands, catalogue.tickets.prefix, service.abilities(turn), turn.words
    )


def _home(turn: Turn) -> Reply:
    return ShowHome(home.home(service.home(turn), turn.words))
