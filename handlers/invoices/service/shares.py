"""Where an invoice may be shown: never to another customer, to guests only when it is meant."""

from collections.abc import Iterable

from bot.kit.errors import Problem
from bot.kit.words import N_
from handlers.invoices.service import actions
from handlers.ledger.service.lookup import Entry
from handlers.people.service import roles
from storage.invoices import customers
from storage.people import people
from storage.people import roles as channels
from storage.turn import Turn


class OthersRead(Problem):
    """The channel is shared with a company whose business it is not."""

    sentence = N_(
        "People of another company read here, so I do not show this invoice. Share it in a channel "
        "of your own, or in the one that {customer} has."
    )


class ReadersUnknown(Problem):
    """Slack did not give the members: guests may be among them."""

    sentence = N_(
        "Slack does not tell me who reads this channel, so nothing was shared. If I am not in it, "
        "invite me; else try again in a minute."
    )


class NotYoursToShare(Problem):
    """Seen, but not by a tie that lets it be shown to others."""

    sentence = N_("This invoice is not yours to share.")


def guests_in(turn: Turn, entry: Entry, channel: str, members: Iterable[str] | None) -> list[str]:
    """The guests who would read an invoice in a channel, by name.

    Raises :class:`OthersRead` where people of another company do and the channel is not the
    customer's own, :class:`ReadersUnknown` where nobody knows.
    """
    owner = ("owner",) if entry.invoice.owner == turn.actor.id else ()
    if not roles.may(turn, "invoice", "share", *owner):
        raise NotYoursToShare()
    customer = entry.invoice.customer
    if customer and channel == actions.channel_of(turn, customers.get(turn, customer)):
        return []
    if channels.is_open_to_outsiders(turn, channel):
        raise OthersRead(customer=entry.invoice.customer_name)
    if members is None:
        raise ReadersUnknown()
    readers = people.persons(turn, members).values()
    return sorted(reader.name for reader in readers if reader.is_external and not reader.is_bot)
