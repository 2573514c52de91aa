"""What other programs were reported to get wrong about messages, tried here."""

from typing import Any

from tests.driver import Office, Seen
from tests.running import Running
from tests.tickets.desk import asks, newest_card, opened


def unfurled(office: Office, bot: Running, said: Seen) -> None:
    """Slack shows what a link leads to: the message has changed, though nobody edited it."""
    shown = {"id": 1, "from_url": "https://shop.example/42", "title": "Laptop", "text": "*Okazja*"}
    event: dict[str, Any] = {
        "type": "message",
        "subtype": "message_changed",
        "channel": said.channel.id,
        "channel_type": "channel",
        "ts": "1795420000.000900",
        "message": {**said.raw, "attachments": [shown]},
        "previous_message": dict(said.raw),
    }
    app = office.world.app.app_id
    home = {"team_id": office.world.team.id, "api_app_id": app, "event_id": f"Ev{said.ts}"}
    body = {"type": "event_callback", **home, "event": event}
    assert bot.receives(body, "events_api").status == 200
    office.calm()


def test_link_that_slack_unfolds_is_no_correction(office: Office, bot: Running) -> None:
    said = office.piotr.says("#intake", "Laptop jak <https://shop.example/42>")
    card = newest_card(office)
    before = str(card)
    unfurled(office, bot, said)
    assert str(card.again()) == before
    reply = office.piotr.says("#intake", "Albo <https://shop.example/42>", thread=said)
    (mirrored,) = card.again().thread
    unfurled(office, bot, reply)
    assert [str(seen) for seen in card.again().thread] == [str(mirrored)]


def test_reply_that_is_sent_to_the_channel_too_is_one_reply(office: Office) -> None:
    said = office.piotr.says("#intake", "Drukarka nie działa")
    card = newest_card(office)
    office.piotr.says("#intake", "Numer 4711", thread=said, broadcast=True)
    assert newest_card(office).ts == card.ts
    assert [seen.text for seen in card.again().thread if "4711" in seen] != []
    assert len(card.thread) == 1


def test_ticket_that_was_resolved_while_it_rested_does_not_wake(
    office: Office, bot: Running
) -> None:
    card = asks(office)
    opened(office, "tomasz", card)
    office.tomasz.clicks("tickets.snooze").fills(until="2026-11-25").submits()
    office.tomasz.clicks("tickets.resolve", on=card)
    office.later(3 * 24 * 3600)
    bot.tick()
    assert "Resolved" in card.again()
    assert card.thread == []


def test_same_content_under_another_name_comes_under_that_name(office: Office) -> None:
    card = asks(office)
    own = office.piotr.dm[0]
    for name in ("oferta.txt", "umowa.txt"):
        office.piotr.uploads(own.channel, name, b"the same", name, thread=own)
    names = [file["name"] for seen in card.again().thread for file in seen.files]
    assert names == ["oferta.txt", "umowa.txt"]
