"""The edge: redeliveries, slow turns, strangers and whatever people may type."""

import asyncio
import dataclasses
import json
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update

from bot.kit import clock
from bot.kit.replies import Whisper
from bot.kit.routes import Command
from bot.playground.slack.wire import interactions
from bot.playground.slack.wire.deliveries import Answer, Delivery
from bot.slack import TRIES
from storage.base import open_engine
from storage.outbox import outbox_messages
from storage.people.people import people
from storage.tickets.messages import messages
from storage.turn import Turn
from tests.driver import Office, Seen
from tests.running import Running

ODD = [
    "x" * 5000,
    "<!channel> <@U0ANNA> <#C1|general> <https://evil.example|click>",
    "*bold* _it_ ~no~ `code` ```block```",
    "🎫 😀 👩‍👩‍👧‍👦",
    "\u202eדוח\u202c مرحبا",
    "'; DROP TABLE tickets; --",
    "{number} %s %(x)s {0} {",
    "\x00\x01\x02 tab\t",
    "",
    "   ",
]


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("command", ["/ticket", "/invoice"])
def test_whatever_is_typed_is_answered_and_harmless(
    office: Office, command: str, text: str
) -> None:
    office.anna.types(f"{command} {text}", "#front-desk")
    assert office.anna.toasts == []
    said = json.dumps([note.raw for note in office.anna.notes("#front-desk")], ensure_ascii=False)
    assert "<!channel>" not in said
    assert "Traceback" not in said


def test_the_same_delivery_again_has_one_effect_and_the_same_answer(
    office: Office, bot: Running
) -> None:
    kept: list[tuple[Delivery, Answer]] = []
    first = bot.playground.world.deliveries.transport
    assert first is not None

    async def noted(delivery: Delivery) -> Answer:
        kept.append((delivery, await first(delivery)))
        return kept[-1][1]

    bot.playground.world.deliveries.transport = noted
    office.anna.types("/ticket printer").fills(type="it_help").submits()
    delivery, answer = kept[-1]

    async def redelivered() -> Answer:
        return await first(dataclasses.replace(delivery, attempt=1, reason="http_timeout"))

    again = bot.playground.run(redelivered())
    office.calm()
    assert again.payload == answer.payload
    assert len(office.tomasz.sees("#bo-it")) == 1


def test_a_stranger_is_met_before_the_answer(office: Office, bot: Running) -> None:
    from bot.playground.slack.people import Person

    world = bot.playground.world
    newcomer = Person("U0NEW", "new", "Nóra Új", "New", "hu-HU", "Europe/Budapest")

    async def arrives() -> None:
        world.add_person(newcomer)
        world.channel_named("general").members.append("U0NEW")

    bot.playground.run(arrives())
    office["new"].types("/ticket nem megy a net")
    assert office["new"].modal.title == "Új bejelentés"


def test_what_is_typed_comes_back_as_it_was_typed(office: Office) -> None:
    office.beata.types("/invoice <!channel> <https://bank.example|click>")
    note = office.beata.notes("#general")[-1]
    assert "<!channel>" in note
    assert "&lt;!channel&gt; &lt;" in note.raw["text"]
    assert "<https://bank.example|" not in note.raw["text"]


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("/ticket klucz", "Zgłoszenia mogą składać pracownicy (nie goście)"),
        ("/invoice FV/1", "Faktury mogą oglądać tylko pracownicy (nie goście)"),
        ("/document wyciąg", "Dokumenty przygotowujemy tylko dla pracowników (nie dla gości)"),
    ],
)
def test_guests_are_refused_what_they_tried(office: Office, command: str, sentence: str) -> None:
    office.olga.types(command, "#front-desk")
    assert sentence in office.olga.notes("#front-desk")[-1]


def test_guests_are_told_that_this_is_for_members(office: Office) -> None:
    office.olga.types("/ticket let me in", "#front-desk")
    assert not office.olga.has_modal
    assert office.olga.notes("#front-desk")


def test_a_turn_that_takes_long_is_acked_in_time_and_answered_later(
    office: Office, bot: Running
) -> None:
    office.anna.types("/invoice nobody-of-this-name", "#general")
    bot.bot.edge.patience = 0.0
    office.anna.types("/invoice nobody-of-this-name", "#front-desk")
    bot.playground.run(asyncio.sleep(0))
    office.calm()
    texts = [note.text for note in office.anna.notes("#front-desk")]
    assert len(texts) == 2
    assert texts[0] == "Chwileczkę…"


def delivered(bot: Running, *deliveries: Delivery) -> list[Answer]:
    """All at the same moment."""
    transport = bot.playground.world.deliveries.transport
    assert transport is not None

    async def together() -> list[Answer]:
        return await asyncio.gather(*(transport(delivery) for delivery in deliveries))

    return bot.playground.run(together())


def command(bot: Running, who: str, line: str) -> Delivery:
    """A slash command as Slack would deliver it."""
    world = bot.playground.world
    name, _, text = line.partition(" ")
    return interactions.command(
        world, world.person_named(who), world.channel_named("general"), name, text
    )


def click(bot: Running, who: str, label: str, on: Seen) -> Delivery:
    """A button of a message, pressed."""
    world = bot.playground.world
    action = interactions.action_of(world, on.field(label), {})
    return interactions.click_in_message(
        world, world.person_named(who), on.channel, on.raw, action, {}
    )


def test_copies_that_come_at_once_have_one_effect_and_one_answer(
    office: Office, bot: Running
) -> None:
    office.anna.types("/ticket printer").fills(type="it_help")
    world = bot.playground.world
    view = office.anna.modal.view
    sent = interactions.submission(world, world.person_named("anna"), view)
    answers = delivered(bot, *[sent] * 6)
    office.calm()
    assert {answer.status for answer in answers} == {200}
    assert len({json.dumps(answer.payload) for answer in answers}) == 1
    assert len(office.tomasz.sees("#bo-it")) == 1
    assert len(office.anna.dm) == 1


def test_what_was_to_read_and_changes_something_has_one_effect_too(
    office: Office, bot: Running
) -> None:
    tries: list[str] = []

    def listener(turn: Turn, _command: Command) -> Whisper:
        tries.append("")
        turn.tell(turn.actor.id, "You asked.", once=f"asked:{len(tries)}")
        return Whisper(f"Try {len(tries)}")

    edge = bot.bot.edge
    asking = dataclasses.replace(edge.routes["command", "/invoice"][-1], listener=listener)
    edge.routes = {**edge.routes, ("command", "/invoice"): [asking]}
    delivery = command(bot, "anna", "/invoice")
    answers = [delivered(bot, delivery)[0].payload for _ in range(2)]
    office.calm()
    assert answers[0] == answers[1]
    assert [message.text for message in office.anna.dm] == ["You asked."]


def test_a_click_that_comes_twice_at_once_is_not_told_that_it_was_second(
    office: Office, bot: Running
) -> None:
    office.anna.types("/ticket a new phone number").fills(type="general").submits()
    (card,) = office.lena.sees("#bo-customers")
    delivered(bot, *[click(bot, "lena", "Take", card)] * 4)
    office.calm()
    assert "@Łena Krawczyk" in card.again()
    assert office.lena.notes("#bo-customers") == []


def test_many_people_at_once_get_numbers_without_gaps(office: Office, bot: Running) -> None:
    world = bot.playground.world
    sent = []
    for name in ("anna", "piotr", "kata", "emma", "marek", "gabor", "ewa", "lena"):
        office[name].types("/ticket printer").fills(type="it_help")
        sent.append(
            interactions.submission(world, world.person_named(name), office[name].modal.view)
        )
    delivered(bot, *sent)
    office.calm()
    cards = [str(seen) for seen in office.tomasz.sees("#bo-it")]
    assert len(cards) == 8
    assert all(any(f"BO-{n}*" in card for card in cards) for n in range(1, 9))


def test_somebody_whom_slack_does_not_name_is_told_so(office: Office, bot: Running) -> None:
    office.playground.faults.next("server_error", "users.info", times=2)
    with bot.turns.transaction() as db:
        db.execute(delete(people).where(people.c.id == "U0ANNA"))
    office.anna.types("/ticket printer")
    (note,) = office.anna.notes("#general")
    assert "Slack nie mówi mi" in note.text or "does not tell me who you are" in note.text
    office.anna.types("/ticket printer").types("/ticket printer")
    assert office.anna.has_modal


def test_a_form_that_could_not_be_opened_is_excused(office: Office, bot: Running) -> None:
    for fault in ("cut_before", "server_error", "cut_after"):
        office.playground.faults.next(fault, "views.open")
        office.piotr.types("/ticket printer", "#sales")
    assert [
        "Otwarcie trwało zbyt długo." in note.text for note in office.piotr.notes("#sales")
    ] == [True] * 3
    assert office.piotr.toasts == []


@pytest.mark.parametrize("refused", ["views.open", "views.push"])
def test_where_no_place_takes_an_excuse_it_comes_in_the_direct_message_once(
    office: Office, refused: str
) -> None:
    office.anna.types("/ticket Drukarka").fills(type="it_help").submits()
    before = len(office.anna.dm)
    office.playground.faults.next("server_error", refused)
    if refused == "views.open":
        office.anna.shortcut("tickets.new")
    else:
        office.anna.types("/ticket BO-1").clicks("Dopisz…")
    excuses = [message for message in office.anna.dm if "trwało zbyt długo" in message]
    assert len(excuses) == 1
    assert len(office.anna.dm) == before + 1


def test_languages_are_remembered_within_bounds(bot: Running) -> None:
    edge = bot.bot.edge
    edge.languages.update({f"U{n}": "pl" for n in range(20_000)})
    delivered(bot, command(bot, "anna", "/ticket printer"))
    assert len(edge.languages) == 1


def test_a_turn_whose_connection_was_lost_is_done_again(office: Office, bot: Running) -> None:
    engine = bot.turns.engine
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no connection to lose")
    office.anna.types("/ticket printer").fills(type="it_help")
    with engine.connect() as other:
        others = "pid <> pg_backend_pid() AND datname = current_database()"
        other.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + others)
        )
    office.anna.submits()
    assert len(office.tomasz.sees("#bo-it")) == 1


def posted_and_not_noted(office: Office, bot: Running) -> Seen:
    """Anna's card, whose sender was killed: Slack shows it, and the row is still claimed."""
    office.anna.types("/ticket a new phone number").fills(type="general").submits()
    (own,) = office.anna.dm
    with bot.turns.transaction() as db:
        lost = {
            "state": "claimed",
            "ts": None,
            "channel": None,
            "lease_until": clock.real() + timedelta(minutes=1),
        }
        db.execute(update(outbox_messages).where(outbox_messages.c.ts == own.ts).values(lost))
    return own


def test_a_reply_under_a_card_whose_postman_was_killed_is_heard(
    office: Office, bot: Running
) -> None:
    office.anna.replies(posted_and_not_noted(office, bot), "and a new chair")
    (card,) = office.lena.sees("#bo-customers")
    assert "and a new chair" in str(card.thread[-1])
    with bot.turns.transaction() as db:
        db.execute(
            update(outbox_messages)
            .where(outbox_messages.c.state == "claimed")
            .values(lease_until=clock.real())
        )
    office.calm()
    assert len(office.anna.dm) == 1


def test_such_a_reply_is_brought_again_when_slack_could_not_be_asked(
    office: Office, bot: Running
) -> None:
    own = posted_and_not_noted(office, bot)
    deliveries = office.playground.world.deliveries
    deliveries.timing = dataclasses.replace(deliveries.timing, lost=8.0)
    office.playground.faults.next("rate_limited", "conversations.replies", times=TRIES)
    office.anna.replies(own, "and a new chair")
    (card,) = office.lena.sees("#bo-customers")
    assert "and a new chair" in str(card.thread[-1])
    assert len(office.anna.dm) == 1


def test_an_event_is_not_acked_before_it_is_committed(office: Office, bot: Running) -> None:
    """Acked in time and killed before the commit, it would be lost: Slack brings only again what
    was not acked.
    """
    office.anna.types("/ticket printer").fills(type="general").submits()
    bot.bot.edge.patience = 0.0
    (own,) = office.anna.dm
    office.anna.replies(own, "it smells of smoke now")
    with bot.turns.transaction() as db:
        heard = db.execute(select(messages.c.text).order_by(messages.c.id.desc()).limit(1)).scalar()
    assert heard == "it smells of smoke now"


@pytest.mark.parametrize("failures", [1, 3, 4])
def test_what_comes_while_the_database_is_away_is_brought_again(
    office: Office, bot: Running, failures: int
) -> None:
    """Until Slack gives it up: then whoever wrote it is told."""
    deliveries, turns = bot.playground.world.deliveries, bot.bot.turns
    deliveries.timing = dataclasses.replace(deliveries.timing, retries=(0.0, 0.0, 0.0))
    there, away, carry = (
        turns.engine,
        open_engine("sqlite:////nowhere/at/all"),
        deliveries.transport,
    )
    assert carry is not None
    tried: list[int] = []

    async def carried(delivery: Delivery) -> Answer:
        if b"smells" in delivery.body() and b"bot_id" not in delivery.body():
            tried.append(delivery.attempt)
            turns.engine = away if len(tried) <= failures else there
        return await carry(delivery)

    deliveries.transport, office.settle = (
        carried,
        lambda: None,
    )  # who carries letters has no database either
    office.anna.says("#intake", "it smells of smoke")
    assert tried == list(range(min(failures, 3) + 1))
    turns.engine = there
    bot.settle()
    assert len(office.lena.sees("#bo-customers")) == (failures < 4)
    assert any("nothing was changed" in note for note in office.anna.notes("#intake")) == (
        failures == 4
    )
