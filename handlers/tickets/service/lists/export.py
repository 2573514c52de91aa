"""A queue as CSV and XLSX."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.kit.tables import spreadsheet
from bot.kit.tables.spreadsheet import Tab
from bot.kit.words import Words
from handlers.people.service import daytime, roles
from handlers.tickets.blocks import card
from handlers.tickets.service import cards, gate
from handlers.tickets.service.lists import search
from storage.documents import files
from storage.people import people
from storage.tickets import lists
from storage.turn import Person, Turn

EXPORT = "tickets.export"
MOST_ROWS = 100_000

Row = Sequence[str | int | datetime | None]


def ask(turn: Turn, of: str) -> None:
    """Have the queue made into files, for the actor alone; who may not see it is refused."""
    departments = search.queues(turn, of)
    turn.task(EXPORT, f"{turn.actor.id}:{turn.now.isoformat()}", departments=departments)


def rows(turn: Turn, person_id: str, departments: Iterable[str]) -> tuple[Row, list[Row]]:
    """Head and rows, for the eyes of this person, in their language and zone."""
    person = people.person(turn, person_id)
    if person is None:
        return (), []
    words = Words(person.language)
    viewer = gate.viewer_of(turn, person)
    result = lists.queue(turn, viewer, departments, most=MOST_ROWS)
    return _head(words), [
        _row(turn, look, words, person) for look in cards.rows(turn, result, words)
    ]


def send(turn: Turn, person: str, as_csv: bytes, as_xlsx: bytes) -> None:
    """Both files, in the direct message."""
    reader = people.person(turn, person)
    if reader is None:
        return
    words, stamp = Words(reader.language), daytime.stamp(turn, reader)
    for suffix, content in (("csv", as_csv), ("xlsx", as_xlsx)):
        key = f"tickets-export:{person}:{turn.now.isoformat()}:{suffix}"
        files.keep(turn, key, content)
        sentence = words.say("The queue as it stands")
        turn.send_file(person, f"tickets-{stamp}.{suffix}", key, sentence, once=key)
    turn.record("ticket.exported", f"person:{person}")


def regret(turn: Turn, person: str) -> None:
    text = roles.words_for(turn, person).say("The list could not be made. Please try again later.")
    turn.tell(person, text, once=f"tickets-export:{person}:{turn.now.isoformat()}")


def written(head: Row, body: Sequence[Row]) -> tuple[bytes, bytes]:
    """The rows as CSV, and as a workbook of one sheet."""
    titles = [str(title) for title in head]
    return spreadsheet.as_csv(titles, body), spreadsheet.as_xlsx([Tab("tickets", titles, body)])


def _head(words: Words) -> Row:
    return (
        words.say("Number"),
        words.say("Subject"),
        words.say("State"),
        words.say("Priority"),
        words.say("Type"),
        words.say("Department"),
        words.say("Asked by"),
        words.say("Assignee"),
        words.say("Since"),
        words.say("Answer by"),
        words.say("Resolve by"),
    )


def _row(turn: Turn, look: card.Look, words: Words, person: Person) -> Row:
    ticket, zone = look.ticket, ZoneInfo(person.timezone)
    kind = turn.catalogue.request_types.get(ticket.request_type)
    department = turn.catalogue.departments.get(ticket.department)
    promised = (promise.by if promise else None for promise in (look.answer_by, look.resolve_by))
    moments = (ticket.created_at, *promised)
    return (
        look.number,
        ticket.subject,
        words.say(card.STATES[ticket.state]),
        words.say(card.PRIORITY_NAMES[ticket.priority]),
        kind.label.in_(words.language) if kind else ticket.request_type,
        department.name.in_(words.language) if department else ticket.department,
        look.requester,
        look.assignee,
        *(
            moment.astimezone(zone).replace(tzinfo=None, microsecond=0) if moment else None
            for moment in moments
        ),
    )
