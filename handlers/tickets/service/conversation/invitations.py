"""Answers to somebody who addressed the bot without a form at hand: a button that opens it."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.kit.errors import Problem
from bot.kit.files import money_files
from handlers.people.service import roles
from handlers.tickets.blocks import offer as looks
from handlers.tickets.blocks.card import Card
from handlers.tickets.model import pleasantries
from handlers.tickets.service import gate
from handlers.tickets.service.conversation import direct_threads, thread
from handlers.tickets.service.conversation.thread import Said
from storage import outbox_places
from storage.documents import kept_texts
from storage.documents.kept_texts import Files
from storage.tickets import lists
from storage.tickets.tickets import Ticket
from storage.turn import Turn

_MOST_TICKETS = 3
REMEMBERED = timedelta(days=30)


class Forgotten(Problem):
    """A button of long ago, whose text is not kept any more."""

    sentence = "That was too long ago for me to remember. Please write it once more."


def offer(turn: Turn, said: Said, place: Mapping[str, str], *, about_files: bool = False) -> Card:
    """A button for a new ticket that will be followed at this place."""
    carried = _carried(turn, said, without_the_bot(said.text), place)
    return _look(turn, said, carried, [], about_files)


def offer_in_person(turn: Turn, said: Said) -> None:
    """In the direct message: a new ticket, or more for one of theirs; thanks need no answer."""
    if pleasantries.is_pleasantry(said.text) and not said.files:
        return
    tell(turn, said, in_person(turn, said))


def tell(turn: Turn, said: Said, look: Card) -> None:
    """An offer in the direct message, once for a message; in agent view below it."""
    once = f"ticket-offer:{said.origin}"
    under = direct_threads.below(turn, said) if said.channel.startswith("D") else None
    turn.tell(turn.actor.id, look.text, look.blocks, once=once, under=under)


def in_person(turn: Turn, said: Said, *, about_files: bool = False) -> Card:
    """A new ticket of what was written, or more for one of theirs."""
    carried = _carried(turn, said, said.text, {"origin": said.origin})
    return _look(turn, said, carried, _addable(turn), about_files)


def is_offered(turn: Turn, said: Said) -> bool:
    """Whether the files were offered with the words beside them."""
    try:
        _, files = kept_texts.read(turn, kept_texts.key(turn, said.message))
    except KeyError:
        return False
    offered = {file["id"] for file in files}
    return all(file["id"] in offered for file in said.files)


def _look(
    turn: Turn,
    said: Said,
    carried: Mapping[str, str],
    addable: Sequence[looks.Addable],
    about_files: bool,
) -> Card:
    """Where it is asked about the files themselves, they may be kept as well."""
    if not about_files:
        return looks.offer(carried, addable, turn.words)
    names = [str(file["name"]) for file in said.files]
    is_refused = any(map(money_files.holds_nothing_else, said.files))
    imports = roles.may(turn, "invoice", "import")
    unread = [str(file["name"]) for file in said.files if not money_files.may_hold_money(file)]
    return looks.offer_files(
        carried,
        names,
        addable,
        turn.words,
        is_refused=is_refused and not imports,
        unread=unread if imports else (),
    )


def _addable(turn: Turn) -> list[looks.Addable]:
    """Open tickets of the actor's own, those that wait for their answer first."""
    return [
        looks.Addable(ticket.id, gate.number(turn, ticket), ticket.subject)
        for ticket in lists.own_open(turn, gate.viewer(turn), most=_MOST_TICKETS)
    ]


def remembered(turn: Turn, value: str) -> tuple[str, dict[str, Any]]:
    """What a button remembers: the text, and where it was written or is kept."""
    carried = _read(value)
    place: dict[str, Any] = {
        key: carried[key] for key in ("channel", "ts", "kept") if key in carried
    }
    return text_of(turn, carried), place


def keep(turn: Turn, origin: str, text: str, files: Files = ()) -> str:
    """The key under which a text is kept that a button has no room for, and the files with it."""
    return kept_texts.keep(turn, origin, text, files)


def text_of(turn: Turn, carried: Mapping[str, Any]) -> str:
    """The text that a button carries, or that is kept for it."""
    return _kept(turn, carried)[0]


def files_of(turn: Turn, metadata: Mapping[str, Any]) -> Files:
    """The files that came with the message whose button opened this form."""
    return _kept(turn, metadata)[1]


def add_to(turn: Turn, value: str) -> Ticket:
    """The message that was offered becomes part of a ticket's conversation."""
    carried = _read(value)
    ticket = gate.own(turn, carried["ticket"])
    return thread.write(turn, ticket, "requester", carried["origin"], *_kept(turn, carried))


def answered(turn: Turn, metadata: Mapping[str, Any], sentence: str) -> bool:
    """The buttons of the offer from which this came give way to what came of it; False where the
    offer is none that stays.
    """
    if "asked" not in metadata:
        return False
    return outbox_places.answered(turn, metadata["asked"], looks.NEW, sentence)


def forget(turn: Turn) -> None:
    """Texts whose button nobody pressed for long."""
    kept_texts.forget(turn, turn.now - REMEMBERED)


def _carried(turn: Turn, said: Said, text: str, place: Mapping[str, str]) -> dict[str, str]:
    """What the buttons remember: the text, or where it is kept when it is long or has files."""
    whole = {"text": text, **place}
    if looks.fits(whole) and not said.files:
        return whole
    return {"kept": kept_texts.keep(turn, said.origin, text, said.files), **place}


def _read(value: str) -> dict[str, Any]:
    try:
        return dict(json.loads(value))
    except ValueError:
        raise Forgotten() from None


def _kept(turn: Turn, carried: Mapping[str, Any]) -> tuple[str, Files]:
    """The text and the files."""
    if "kept" not in carried:
        return str(carried.get("text", "")), []
    try:
        return kept_texts.read(turn, str(carried["kept"]))
    except KeyError:
        raise Forgotten() from None


def without_the_bot(text: str) -> str:
    """What remains of ``@Zaplecze the printer jams``."""
    return text.partition(" ")[2].strip() if text.startswith("@") else text
