"""How tests bring a ticket about, and where they look at it."""

from bot.playground.slack.acts import conversations
from bot.playground.slack.shapes import Json
from tests.driver import Office, Seen


def asks(
    office: Office, who: str = "piotr", text: str = "Drukarka nie działa", kind: str = "it_help"
) -> Seen:
    """Somebody asks through the form; the card in the department's channel, as an agent of IT or
    the like sees it.
    """
    office[who].types(f"/ticket {text}").fills(type=kind).submits()
    return newest_card(office)


def newest_card(office: Office) -> Seen:
    """The triage card that was posted last, in whichever channel."""
    world = office.world
    cards = [
        Seen(world, channel, message)
        for channel in world.channels.values()
        if channel.name.startswith("bo-")
        for message in channel.top_level()
        if message.get("blocks")
    ]
    return max(cards, key=lambda card: card.ts)


def taken(office: Office, **facts: str) -> Seen:
    """The card of a ticket that Tomasz of IT has taken."""
    card = asks(office, **facts)
    office.tomasz.clicks("Take", on=card)
    return card.again()


def draft(office: Office, name: str, who: str = "piotr") -> Json:
    """A file that is ready to be shared, or to be put into a form."""

    async def upload() -> Json:
        return conversations.upload(
            office.world, office.world.person_named(who), name, b"content of " + name.encode()
        )

    return office.playground.run(upload())


def opened(office: Office, who: str, card: Seen) -> None:
    """The sheet of a ticket lies open before somebody."""
    office[who].clicks("tickets.open", on=card)
