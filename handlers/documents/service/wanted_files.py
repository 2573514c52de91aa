"""Somebody is asked to bring a file by a day, and reminded until they do, decline, or nobody needs
it any more.
"""

from dataclasses import replace
from datetime import date, timedelta

from bot.kit.errors import Problem
from bot.kit.markup import Mrkdwn, person
from bot.kit.words import N_, Words
from handlers.documents.blocks import wanted_file as looks
from handlers.documents.service import delivery, readers
from handlers.documents.service.readers import NoSuchDocument
from handlers.ledger.service.balances import company_day
from handlers.people.service import roles
from handlers.people.service.daytime import daytime, next_morning
from storage import outbox_places
from storage.documents import wanted
from storage.documents.register import Document
from storage.documents.wanted import Wanted
from storage.people import people
from storage.turn import Turn

MOST = 100  # reminders of one turn
PATIENCE = timedelta(days=14)  # after the day, while the holder is reminded
_EVE = timedelta(days=2)  # before the day: the morning after is that of the day before it


class DayGone(Problem):
    sentence = N_("That day is past. Choose today or a later one.")
    field = "due_on"


class NobodyToAsk(Problem):
    sentence = N_("Choose a colleague: apps and guests cannot be asked for files.")
    field = "holder"


class NotShared(Problem):
    """What is private goes to its department, not to whoever asks."""

    sentence = N_("“{kind}” is private and goes to its department alone. Ask there with /ticket.")
    field = "kind"


class NotWantedNow(Problem):
    sentence = N_("This file is not asked for any more.")


def ask(turn: Turn, holder: str, what: str, kind: str, due_on: date, origin: str) -> None:
    """Ask somebody for a file, once for each form."""
    bringer = people.person(turn, holder)
    if bringer is None or bringer.is_bot or bringer.is_external:
        raise NobodyToAsk()
    if due_on < company_day(turn):
        raise DayGone()
    if readers.place_of(turn, kind).private:
        label = turn.catalogue.document_kinds[kind].label
        raise NotShared(kind=label.in_(turn.words.language))
    first = next_morning(turn, bringer, due_on - _EVE)
    facts = {"holder": holder, "what": what, "kind": kind, "due_on": due_on}
    added = wanted.add(turn, origin=origin, next_at=first, **facts)
    if added is not None:
        turn.record("file.asked", f"wanted:{added}", holder=holder)
        _tell_both(turn, open_one(turn, added))


def open_one(turn: Turn, wanted_id: int) -> Wanted:
    """One that the actor asked for or is asked for; raises :class:`NotWantedNow`."""
    file = wanted.get(turn, wanted_id)
    if file is None or file.state != "open" or turn.actor.id not in (file.requester, file.holder):
        raise NotWantedNow()
    return file


def requester_of(turn: Turn, wanted_id: int | None) -> str:
    """Who asked for it; '' where nobody did."""
    file = wanted.get(turn, wanted_id) if wanted_id else None
    return file.requester if file and file.state == "open" else ""


def decline(turn: Turn, wanted_id: int) -> None:
    """Whoever was asked does not have it."""
    file = open_one(turn, wanted_id)
    if turn.actor.id != file.holder or not _settle(turn, file, "declined"):
        raise NotWantedNow()
    turn.record("file.declined", f"wanted:{file.id}")
    words = roles.words_for(turn, file.requester)
    facts = {"who": person(file.holder), "what": file.what}
    text = words.mark("{who} does not have “{what}”. Ask somebody else.", **facts)
    turn.tell(file.requester, text, once=f"declined:{file.id}")


def cancel(turn: Turn, wanted_id: int) -> None:
    """Whoever asked needs it no more."""
    file = open_one(turn, wanted_id)
    if turn.actor.id != file.requester or not _settle(turn, file, "cancelled"):
        raise NotWantedNow()
    turn.record("file.cancelled", f"wanted:{file.id}")
    words = roles.words_for(turn, file.holder)
    text = words.mark("“{what}” is not needed any more.", what=file.what)
    turn.tell(file.holder, text, once=f"cancelled:{file.id}")


def hand_in(turn: Turn, wanted_id: int, document: Document) -> None:
    """It was brought: whoever asked gets it."""
    file = wanted.get(turn, wanted_id)
    if file is None or not _settle(turn, file, "brought", document.id):
        return
    turn.record("file.brought", f"wanted:{wanted_id}", document=document.id)
    words = roles.words_for(turn, file.requester)
    facts = {"who": person(file.holder), "what": file.what, "number": document.number}
    text = words.mark("{who} has brought “{what}”: {number}.", **facts)
    turn.tell(file.requester, text, once=f"brought:{wanted_id}")
    requester = people.person(turn, file.requester)
    if requester is None:
        return
    try:
        delivery.fetch(replace(turn, actor=requester), document.id)
    except NoSuchDocument:  # kept before for others: its number has to do
        return


def remind_due(turn: Turn) -> None:
    """Whoever has not brought what they were asked for hears of it: the day before, on the day and
    on each working day after; whoever asked hears once that the day is past.
    """
    for file in wanted.due(turn, MOST):
        holder = people.person(turn, file.holder)
        is_over = file.due_on + PATIENCE < company_day(turn)
        if holder is None or holder.is_external or is_over:
            _end_unbrought(turn, file)
        elif (opening := daytime(turn, holder).next_opening(turn.now)) > turn.now:
            wanted.remind_at(turn, file.id, opening)
        else:
            wanted.remind_at(turn, file.id, next_morning(turn, holder))
            _remind(turn, file)
            turn.record("file.reminded", f"wanted:{file.id}")


def _remind(turn: Turn, file: Wanted) -> None:
    words, today = roles.words_for(turn, file.holder), company_day(turn)
    facts = {
        "who": person(file.requester),
        "what": file.what,
        "day": words.date(file.due_on),
    }
    text = words.mark("Please bring “{what}” for {who} by {day}.", **facts)
    if file.due_on < today:
        text = words.mark("“{what}” for {who} was wanted by {day}. Please bring it.", **facts)
        _tell_late(turn, file)
    once = f"bring:{file.id}:{today}"
    turn.show(once, file.holder, text, looks.asking(text, file.id, words), subject=_subject(file))


def _tell_late(turn: Turn, file: Wanted) -> None:
    words = roles.words_for(turn, file.requester)
    facts = {"who": person(file.holder), "what": file.what}
    text = words.mark("{who} has not brought “{what}” yet.", **facts)
    turn.tell(file.requester, text, once=f"late:{file.id}")


def _end_unbrought(turn: Turn, file: Wanted) -> None:
    """Nobody waits for it any longer: its holder is gone, or was reminded long enough."""
    _settle(turn, file, "unbrought")
    turn.record("file.unbrought", f"wanted:{file.id}")
    words = roles.words_for(turn, file.requester)
    facts = {"who": person(file.holder), "what": file.what}
    text = words.mark(
        "{who} has not brought “{what}” and is not reminded any more. Ask anew, or somebody else.",
        **facts,
    )
    turn.tell(file.requester, text, once=f"unbrought:{file.id}")


def _tell_both(turn: Turn, file: Wanted) -> None:
    words, subject = roles.words_for(turn, file.holder), _subject(file)
    text = _asked(file, words)
    blocks = looks.asking(text, file.id, words)
    turn.show(f"bring:{file.id}", file.holder, text, blocks, subject=subject)
    text = _awaited(file, turn.words)
    blocks = looks.waiting(text, file.id, turn.words)
    turn.show(subject, file.requester, text, blocks, subject=subject)


def _settle(turn: Turn, file: Wanted, state: str, document: int | None = None) -> bool:
    """It is over, and what both were told of it offers nothing any more; False where it was over
    before.
    """
    if not wanted.settle(turn, file.id, state, document):
        return False
    subject = _subject(file)
    for key, addressee in outbox_places.about(turn.db, turn.workspace, subject):
        words = roles.words_for(turn, addressee)
        text = _awaited(file, words) if key == subject else _asked(file, words)
        turn.show(key, addressee, text, looks.ended(text, state, words), subject=subject)
    return True


def _subject(file: Wanted) -> str:
    return f"wanted:{file.id}"


def _awaited(file: Wanted, words: Words) -> Mrkdwn:
    return words.mark(
        "{who} is asked for “{what}” by {day}. It comes to you here.",
        who=person(file.holder),
        what=file.what,
        day=words.date(file.due_on),
    )


def _asked(file: Wanted, words: Words) -> Mrkdwn:
    return words.mark(
        "{who} asks you to bring “{what}” by {day}.",
        who=person(file.requester),
        what=file.what,
        day=words.date(file.due_on),
    )
