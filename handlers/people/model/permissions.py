"""Permissions: who may what; one table of nouns, verbs and who, and where it holds.

Pure; ``roles`` knows who somebody is, services and the gates of queries ask both. Its words are for
the auditor, in English.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Literal

Tie = Literal[
    "employee",
    "agent",
    "lead",
    "other agent",
    "finance",
    "reader",
    "owner",
    "requester",
    "author",
    "assignee",
    "follower",
    "asked",
    "subject",
    "keeper",
    "outsider",
]
"""What ties somebody to the house, or to the thing that they reach for."""

TIES: Mapping[Tie, str] = {
    "employee": "everybody of this workspace who is no guest",
    "agent": "agents of its department",
    "lead": "the lead of its department",
    "other agent": "agents of other departments, where it is not private",
    "finance": "agents of a finance department",
    "reader": "whom the catalogue names as readers of invoices",
    "owner": "the account owner of the customer",
    "requester": "who asked for it",
    "author": "who asked in somebody's place",
    "assignee": "who has it, while they work in its department or stand in there",
    "follower": "who follows it",
    "asked": "who is asked to approve it, until it is decided",
    "subject": "whom it is about",
    "keeper": "who brought it",
    "outsider": "guests and people of other companies",
}


@dataclass(frozen=True)
class Right:
    """Who may do something to a kind of thing, and where that holds."""

    noun: str
    verb: str
    who: tuple[Tie, ...]
    where: str = "anywhere"


_WORKERS: tuple[Tie, ...] = ("agent", "lead", "assignee")
_ASKERS: tuple[Tie, ...] = ("requester", "author")
_MONEY: tuple[Tie, ...] = ("finance", "reader", "owner")

RIGHTS: tuple[Right, ...] = (
    Right("ticket", "make", ("employee",)),
    Right(
        "ticket",
        "see",
        (*_ASKERS, *_WORKERS, "follower", "asked", "other agent"),
        "its card, its sheet, lists, search; of a private ticket never outside of these",
    ),
    Right("ticket", "work on", _WORKERS, "its triage channel and its sheet, the notes among it"),
    Right(
        "ticket",
        "add to, nudge, close, reopen, say the type of",
        _ASKERS,
        "its card and its thread",
    ),
    Right("ticket", "rate", ("requester",), "its card, never for one's own work"),
    Right("queue", "see, export", ("agent", "lead"), "of their own departments"),
    Right("approval", "decide", ("asked",), "their own card; never for what they asked for"),
    Right(
        "invoice",
        "see",
        _MONEY,
        "their own answer, Home and its files; an owner's are their customers'. Whoever sees one "
        "may promise and dispute its payment, snooze, escalate and ask why, and ask for documents "
        "about it",
    ),
    Right(
        "invoice",
        "share",
        _MONEY,
        "a channel of this workspace, or the customer's own where others than us read",
    ),
    Right(
        "invoice",
        "claim",
        ("outsider", "employee"),
        "the card in the customer's own channel; finance confirms",
    ),
    Right("invoice", "import", ("finance",)),
    Right("payment", "see, book, write off", ("finance",)),
    Right("rate", "enter", ("finance",)),
    Right("customer", "see", _MONEY, "an owner sees their own customers"),
    Right("customer", "change", ("finance", "owner"), "an owner changes their own customers"),
    Right("reminder", "run, pause, approve", ("finance",)),
    Right(
        "document",
        "see",
        ("requester", "keeper", "subject", "agent", "lead", *_MONEY),
        "money of what they see; a private one whom it is about, and its department, alone",
    ),
    Right("document", "keep", ("employee",), "its kind says whose it is from then on"),
    Right(
        "document",
        "replace, withdraw",
        ("keeper", "agent", "lead", "finance"),
        "finance a customer's; a private one its department alone",
    ),
    Right("document", "note as posted", _MONEY, "about what they see"),
    Right("document", "mail", ("finance", "owner"), "to the customer whom it is about"),
    Right(
        "personnel file",
        "see",
        ("requester",),
        "their own, on a certificate that HR approves; pay on one of earnings alone",
    ),
    Right("document", "verify", ("employee",)),
    Right("balance round", "run, see", ("finance",), "confirmations for all customers, answers"),
    Right("overview", "see money of all", ("finance",), "Home and its files"),
)

_HOLDERS = {(right.noun, right.verb): frozenset(right.who) for right in RIGHTS}


def holders(noun: str, verb: str) -> frozenset[Tie]:
    """Whoever has one of these ties may; KeyError for what the table does not name."""
    return _HOLDERS[noun, verb]


def may(ties: Set[Tie], noun: str, verb: str) -> bool:
    """Whether somebody with these ties may."""
    return not ties.isdisjoint(holders(noun, verb))
