"""Ordering confirmations for everybody: a few customers a turn, so that nobody else waits, and a
kill loses nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.kit.errors import Problem
from bot.kit.markup import person as mention
from bot.kit.words import N_, Words, language_of
from handlers.documents.kinds import FieldsMissing
from handlers.documents.kinds.parts.contradictions import DayBefore
from handlers.documents.model.asked import Asked
from handlers.documents.service import requests
from handlers.documents.service.labels import label_of
from handlers.documents.service.rounds import progress
from handlers.documents.service.rounds.balance_confirmations import is_asked, still_to_ask
from handlers.documents.service.rounds.rights import may_run, must_run
from handlers.ledger.service.balances import company_day
from handlers.people.service import roles
from handlers.people.service.finance_channel import desk
from storage.documents import balance_rounds
from storage.documents.balance_rounds import KIND, Round
from storage.invoices import customers
from storage.people import people
from storage.turn import Turn

TASK = "documents.order_round"
AT_ONCE = 20  # customers of one turn


class EverybodyAsked(Problem):
    sentence = N_(
        "For every customer with a balance as of {day} a confirmation is ordered already."
    )


def begin(turn: Turn, day: date, given: Mapping[str, str], origin: str) -> int:
    """Order one for each who has none, in their language; how many that are. The same origin orders
    once.
    """
    must_run(turn)
    before = balance_rounds.begun_by(turn, origin)
    if before is not None:
        return len(before.customers)
    reply_by, today = given.get("reply_by"), company_day(turn)
    if reply_by and date.fromisoformat(reply_by) < today:
        raise DayBefore("reply_by", today)
    asked = [customer.id for customer in still_to_ask(turn, day)]
    if not asked:
        raise EverybodyAsked(day=day)
    begun = balance_rounds.begin(turn, origin, as_of=day, given=dict(given), customers=asked)
    if begun is not None:
        turn.record("round.begun", f"round:{begun}", customers=len(asked))
        _go_on(turn, balance_rounds.hold(turn, begun))
    return len(asked)


def order_some(turn: Turn, payload: Mapping[str, Any], result: object = None) -> None:
    """The next few of a round, for whoever asked; it ends once they may not. Rounds of a day go
    on one after the other, so that none asks a customer whom another is asking.
    """
    round_ = balance_rounds.hold_among(turn, payload["round"])
    person = people.person(turn, round_.asked_by)
    if person is None or not may_run(turn, person):
        _end(turn, round_)
        return
    acting, words = replace(turn, actor=person), Words(person.language)
    some, lacking = round_.rest[:AT_ONCE], list(round_.lacking)
    for customer in some:
        missing = _order(acting, round_, customer, words)
        if missing:
            lacking.append((customer, missing))
    moved = replace(round_, position=round_.position + len(some), lacking=lacking)
    balance_rounds.move_on(turn, moved)
    turn.record("round.moved_on", f"round:{round_.id}", position=moved.position)
    _go_on(turn, moved)


def _end(turn: Turn, round_: Round) -> None:
    """Whoever asked may no more: finance's channel hears of those who are left, and anybody there
    may ask them.
    """
    finance, rest = desk(turn), round_.rest
    words = finance.words if finance else roles.words_for(turn, round_.asked_by)
    reason = words.say("not asked: whoever ordered it may no longer do so")
    lacking = [*round_.lacking, *((customer, reason) for customer in rest)]
    ended = replace(round_, position=len(round_.customers), lacking=lacking)
    balance_rounds.move_on(turn, ended)
    turn.record("round.ended", f"round:{round_.id}", customers=len(rest))
    progress.show(turn, ended)
    if finance is None:
        return
    text = words.mark_count(
        "*Balances as of {day}*: {n} customer was not asked: {who}, who ordered the confirmations, "
        "may no longer do so. Ask for the balances of that day to go on.",
        "*Balances as of {day}*: {n} customers were not asked: {who}, who ordered the "
        "confirmations, may no longer do so. Ask for the balances of that day to go on.",
        len(rest),
        day=words.date(round_.as_of),
        who=mention(round_.asked_by),
    )
    turn.tell(finance.channel, text, once=f"round-ended:{round_.id}")


def fail(turn: Turn, payload: Mapping[str, Any], why: Exception) -> None:
    """It stopped: whoever asked is told why."""
    round_ = balance_rounds.hold(turn, payload["round"])
    words = roles.words_for(turn, round_.asked_by)
    kind, reason = label_of(turn, KIND, words), words.failure(why)
    text = words.mark("*{kind}* could not be made: {reason}", kind=kind, reason=reason)
    turn.tell(round_.asked_by, text, once=f"round-failed:{round_.id}:{round_.position}")


def _go_on(turn: Turn, round_: Round) -> None:
    progress.show(turn, round_)
    if round_.rest:
        turn.task(TASK, f"{round_.id}:{round_.position}", round=round_.id)


def _order(turn: Turn, round_: Round, customer_id: int, words: Words) -> str:
    """One customer's confirmation is ordered, where they got none singly while they waited for
    their turn; '' or what is missing of them.
    """
    if is_asked(turn, customer_id, round_.as_of):
        return ""
    customer = customers.get(turn, customer_id)
    language = language_of(customer.language)
    asked = Asked(KIND, customer.id, round_.as_of, language, round_.given)
    try:
        with turn.attempt():
            requests.request(turn, asked, balance_rounds.origin_of(round_.id, customer.id))
    except FieldsMissing as missing:
        return words.list([str(words.fact(gap.name)) for gap in missing.gaps])
    except Problem as problem:
        return words.problem(problem)
    return ""
