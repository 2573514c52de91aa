"""Ticket transcript: a ticket and everything that was said in it, in order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.kit.pdf import Block, Details, Heading, Sheet, Text, strong
from bot.kit.words import N_, Words
from handlers.documents.kinds import Kind
from handlers.documents.kinds.parts.books import Values
from handlers.documents.kinds.parts.fields import Field
from handlers.documents.kinds.parts.parties import Company, company_of, letterhead
from handlers.documents.model.asked import Asked
from handlers.documents.model.names import PARTICULAR, Names
from handlers.tickets.service.transcript import transcript
from storage.turn import BOT, Turn


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message of the conversation."""

    at: Annotated[datetime, Field(N_("Time of the message"))]
    """In the reader's time zone."""
    author: Annotated[str, Field(N_("Author"), free=True)]
    text: Annotated[str, Field(N_("Message text"), needed=False, free=True)] = ""
    files: Annotated[tuple[str, ...], Field(N_("Files"), needed=False, free=True)] = ()


@dataclass(frozen=True, kw_only=True)
class TicketTranscript:
    """The facts of a transcript; internal notes are left out by whoever gathers them."""

    company: Annotated[Company, Field(N_("Company"), but=frozenset({"address", "tax_id"}))]
    number: Annotated[str, Field(N_("Ticket number"))]
    title: Annotated[str, Field(N_("Title"), free=True)]
    requester: Annotated[str, Field(N_("Requester"), free=True)]
    department: Annotated[str, Field(N_("Department"), free=True)]
    status: Annotated[str, Field(N_("Status"), free=True)]
    """As the reader calls it."""
    opened_at: Annotated[datetime, Field(N_("Opened on"))]
    closed_at: Annotated[datetime | None, Field(N_("Closed on"), needed=False)] = None
    answers: Annotated[
        tuple[tuple[str, str], ...], Field(N_("Answers in the form"), needed=False, free=True)
    ] = ()
    """What the form asked and was told."""
    messages: Annotated[tuple[Message, ...], Field(N_("Message"), needed=False)] = ()


def sheet(facts: TicketTranscript, words: Words) -> Sheet:
    return Sheet(
        title=words.say("Ticket {number}", number=facts.number),
        subtitle=_one_line(facts.title),
        letterhead=letterhead(facts.company, words),
        blocks=(Details(_details(facts, words)), *_conversation(facts, words)),
    )


def _details(facts: TicketTranscript, words: Words) -> tuple[tuple[str, str], ...]:
    answers = tuple((_one_line(request), answer) for request, answer in facts.answers)
    return (
        (words.say("Requester"), _one_line(facts.requester)),
        (words.say("Department"), _one_line(facts.department)),
        (words.say("Status"), _one_line(facts.status)),
        (words.say("Opened on"), _moment(facts.opened_at, words)),
        (words.say("Closed on"), _moment(facts.closed_at, words) if facts.closed_at else ""),
        *answers,
    )


def _conversation(facts: TicketTranscript, words: Words) -> tuple[Block, ...]:
    if not facts.messages:
        return (Text(words.say("Nothing was said in this ticket.")),)
    count = words.count("{n} message", "{n} messages", len(facts.messages))
    return (
        Heading(count),
        *(block for message in facts.messages for block in _message(message, words)),
    )


def _message(message: Message, words: Words) -> tuple[Block, ...]:
    byline = Text(f"{strong(_one_line(message.author))}  ·  {_moment(message.at, words)}", "byline")
    files = ", ".join(map(_one_line, message.files))
    attached = (Text(words.say("Files: {files}", files=files), "small"),) if files else ()
    return (byline, *((Text(message.text),) if message.text.strip() else ()), *attached)


def _moment(at: datetime, words: Words) -> str:
    between = " " if words.language == "hu" else ", "
    return f"{words.long_date(at.date())}{between}{at:%H:%M}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def source(turn: Turn, request: Asked) -> Values:
    """A ticket as whoever asks may read it; NoSuchTicket where they may not."""
    facts = transcript(turn, request.ticket, Words(request.language))
    zone = ZoneInfo(turn.catalogue.timezone if turn.actor == BOT else turn.actor.timezone)
    closed_at = facts["closed_at"]
    return {
        **facts,
        "company": company_of(turn.catalogue.company),
        "opened_at": facts["opened_at"].astimezone(zone),
        "closed_at": closed_at.astimezone(zone) if closed_at else None,
        "messages": tuple(
            Message(**{**message, "at": message["at"].astimezone(zone)})
            for message in facts["messages"]
        ),
    }


KIND = Kind(
    key="ticket_transcript",
    label=N_("Ticket transcript"),
    named_by=Names(
        (
            (r"transcript|zapis\w* zgloszen|atirat",),
            (
                r"ticket|zgloszeni|jegy|bejelent",
                r"pdf|export|wydruk|nyomtat|printout|document|dokument",
            ),
            (r"ticket", r"kinyomtat"),
        ),
        rank=PARTICULAR,
    ),
    template_version="2",
    facts=TicketTranscript,
    sheet=sheet,
    about="ticket",
    source=source,
)
