"""Reminders by e-mail: the letter of the stage goes to the customer's address."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.kit.catalogue import Stage
from handlers.reminders.service.accounts import Account, Judged
from storage.people import people
from storage.reminders import messages
from storage.reminders.messages import Message
from storage.turn import Person, Turn

STATEMENT = "account_statement"
"""What goes with a stage that names no letter."""


def send(
    turn: Turn, message: Message, account: Account, going: Sequence[Judged], stage: Stage
) -> None:
    """Have the stage's letter made and sent; it is told as sent, and taken back when it fails."""
    reader, day = account.readers[message.audience], account.context.day
    clerk = _clerk(turn, account, going)
    assert reader is not None
    key = f"{messages.KEY}{message.id}"
    turn.task(
        "documents.mail_letter",
        key,
        origin=key,
        to=reader.to,
        kind=stage.letter or STATEMENT,
        customer=account.id,
        language=reader.language,
        as_of=day.isoformat(),
        pay_by=(day + timedelta(days=stage.pay_within_days)).isoformat(),
        clerk=clerk.id if clerk else turn.actor.id,
        signatory=clerk.name if clerk else "",
    )


def _clerk(turn: Turn, account: Account, going: Sequence[Judged]) -> Person | None:
    """Who signs and gets the answers: who let the stage go, else who switched the reminders on."""
    for person_id in dict.fromkeys((*_approvers(going), account.rules.switch.by_person)):
        if people.is_here(turn, person_id):
            return people.person(turn, person_id)
    return None


def _approvers(going: Sequence[Judged]) -> Iterator[str]:
    for item, decision in going:
        for row in item.rows:
            if decision.stage and row.stage == decision.stage.key and row.approved_by:
                yield row.approved_by
