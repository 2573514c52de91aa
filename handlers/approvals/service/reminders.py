"""Those who have not decided yet are reminded beneath their card, each working morning."""

from datetime import datetime, timedelta

from bot.kit import markup
from bot.kit.markup import Mrkdwn, join
from handlers.people.service import roles
from handlers.people.service.daytime import daytime, next_morning
from storage import approvals
from storage.approvals import Approval, Awaited
from storage.outbox import Under
from storage.people import people
from storage.turn import Person, Turn

MOST = 100  # reminders of one turn
PATIENCE = timedelta(days=14)  # from being asked on, while they are reminded


def first(turn: Turn, person_id: str) -> datetime | None:
    """When somebody who is asked now is reminded for the first time."""
    person = people.person(turn, person_id)
    return next_morning(turn, person) if person else None


def remind_due(turn: Turn) -> None:
    """Whoever has still to speak hears of it, once a working day."""
    existing = approvals.to_remind(turn, MOST)
    readers = people.persons(turn, {awaited.person for awaited in existing})
    for awaited in existing:
        reader = readers.get(awaited.person)
        if reader is None or turn.now > awaited.asked_at + PATIENCE:
            approvals.remind_at(turn, awaited, None)
        else:
            _remind(turn, awaited, reader)


def _remind(turn: Turn, awaited: Awaited, reader: Person) -> None:
    opening = daytime(turn, reader).next_opening(turn.now)
    if opening > turn.now:  # their quiet hours, or the clock was late
        approvals.remind_at(turn, awaited, opening)
        return
    if not approvals.remind_at(turn, awaited, next_morning(turn, reader)):
        return
    sentence = roles.words_for(turn, reader.id).mark("This still waits for your decision.")
    tell_beneath(turn, awaited.approval, reader.id, sentence, "awaited")
    turn.record("approval.reminded", awaited.approval.key, person=reader.id)


def tell_beneath(
    turn: Turn, approval: Approval, person_id: str, sentence: Mrkdwn, event: str
) -> None:
    """Call somebody beneath the card on which they are asked, once for each event of a moment."""
    card = approval.card(person_id)
    turn.tell(
        person_id,
        join(" ", [markup.person(person_id), sentence]),
        once=f"{card}:{event}:{turn.now.isoformat()}",
        under=Under(message=card),
        subject=approval.key,
    )
