"""The sender: each message stands in Slack exactly once, whatever happens to the calls."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update

from bot.kit import block_kit, clock
from bot.slack import HOME
from storage import outbox, outbox_claims
from storage.documents import files
from storage.outbox import Under, outbox_messages
from storage.statements import Writes
from tests.driver import Office
from tests.running import Running

POST = "chat.postMessage"


def tell(bot: Running, text: str, once: str, to: str = "#bo-it", under: str | None = None) -> None:
    """A message from a turn of the bot's own."""
    place = bot.playground.world.channel_named(to).id if to.startswith("#") else to
    with bot.turns.turn(HOME) as turn:
        turn.tell(
            place,
            text,
            [block_kit.section(text)],
            once=once,
            under=Under(message=under) if under else None,
        )


def states(bot: Running) -> dict[str, str]:
    with bot.turns.transaction() as db:
        return {
            row.key: row.state
            for row in db.execute(select(outbox_messages.c.key, outbox_messages.c.state))
        }


def test_a_letter_is_posted_once_however_often_it_is_told(office: Office, bot: Running) -> None:
    for _ in range(3):
        tell(bot, "hello", "greeting")
        office.calm()
    assert [seen.text for seen in office.tomasz.sees("#bo-it")] == ["hello"]


def test_a_lost_answer_is_asked_for_before_anything_is_posted_again(
    office: Office, bot: Running
) -> None:
    office.playground.faults.next("cut_after", POST)
    tell(bot, "posted, but the answer was lost", "a")
    office.playground.faults.next("cut_before", POST)
    office.calm()
    tell(bot, "never arrived", "b")
    office.calm()
    assert sorted(seen.text for seen in office.tomasz.sees("#bo-it")) == [
        "never arrived",
        "posted, but the answer was lost",
    ]
    assert states(bot) == {"a": "sent", "b": "sent"}


def test_what_stands_under_a_deleted_message_of_the_direct_message_is_posted_without_a_thread(
    office: Office, bot: Running
) -> None:
    root = office.piotr.says("@zaplecze", "pomoc")
    office.calm()
    place = office.piotr.place("@zaplecze").id
    office.piotr.deletes(root)
    under = Under(channel=place, ts=root.ts)
    with bot.turns.turn(HOME) as turn:
        turn.tell(office.piotr.id, "the answer", once="answer", under=under)
    office.calm()
    office.playground.faults.next("cut_after", POST)
    with bot.turns.turn(HOME) as turn:
        turn.tell(office.piotr.id, "asked for in vain, posted then", once="doubt", under=under)
    office.calm()
    said = [seen.text for seen in office.piotr.dm]
    assert said.count("the answer") == 1
    assert said.count("asked for in vain, posted then") == 1
    assert (states(bot)["answer"], states(bot)["doubt"]) == ("sent", "sent")


def test_a_postman_that_was_killed_leaves_no_double(office: Office, bot: Running) -> None:
    """Killed after Slack took the message and before that was noted: the row is still claimed."""
    tell(bot, "once", "a")
    office.calm()
    with bot.turns.transaction() as db:
        lost = {
            "state": "claimed",
            "ts": None,
            "channel": None,
            "lease_until": clock.real() - timedelta(seconds=1),
        }
        db.execute(update(outbox_messages).values(lost))
    office.calm()
    assert [seen.text for seen in office.tomasz.sees("#bo-it")] == ["once"]
    assert states(bot) == {"a": "sent"}


@pytest.mark.parametrize("kind", ["server_error", "rate_limited"])
def test_slack_says_later_and_the_letter_comes_later(
    office: Office, bot: Running, kind: str
) -> None:
    office.playground.faults.retry_after = 0
    office.playground.faults.next(kind, POST, times=2)  # type: ignore[arg-type]
    tell(bot, "patience", "a")
    for _ in range(4):
        with bot.turns.transaction() as db:
            db.execute(update(outbox_messages).values(next_at=clock.real() - timedelta(seconds=1)))
        bot.bot.sender.quiet_until.clear()
        office.calm()
    assert [seen.text for seen in office.tomasz.sees("#bo-it")] == ["patience"]


def test_replies_wait_for_what_they_reply_to(office: Office, bot: Running) -> None:
    tell(bot, "the reply", "reply", under="card")
    office.calm()
    assert office.tomasz.sees("#bo-it") == []
    tell(bot, "the card", "card")
    office.calm()
    (card,) = office.tomasz.sees("#bo-it")
    assert [seen.text for seen in card.thread][-1] == "the reply"


def test_of_many_looks_the_newest_is_shown_and_the_message_stays_one(
    office: Office, bot: Running
) -> None:
    channel = bot.playground.world.channel_named("#bo-it").id
    for n in range(5):
        with bot.turns.turn(HOME) as turn:
            turn.show("card", channel, f"look {n}", [block_kit.section(f"look {n}")])
        if n in (0, 3):
            office.calm()
    office.calm()
    (card,) = office.tomasz.sees("#bo-it")
    assert card.text == "look 4"
    with bot.turns.turn(HOME) as turn:
        turn.withdraw("card")
    office.calm()
    assert office.tomasz.sees("#bo-it") == []


def test_a_file_goes_up_once_though_the_answer_was_lost(office: Office, bot: Running) -> None:
    with bot.turns.turn(HOME) as turn:
        files.keep(turn, "doc:1", b"%PDF-1.7 small")
        turn.send_file("U0ANNA", "statement.pdf", "doc:1", "Here it is", once="doc:1")
    office.playground.faults.next("cut_after", "files.completeUploadExternal")
    office.calm()
    assert [file["name"] for seen in office.anna.dm for file in seen.files] == ["statement.pdf"]
    assert states(bot) == {"doc:1": "sent"}


def test_file_that_slack_shares_late_is_posted_once_and_can_be_taken_back(
    office: Office, bot: Running
) -> None:
    office.playground.misbehave(late_shares=20)
    for number in range(3):
        with bot.turns.turn(HOME) as turn:
            files.keep(turn, f"doc:{number}", b"%PDF-1.7 small")
            turn.send_file("U0ANNA", f"{number}.pdf", f"doc:{number}", "Here", once=f"doc:{number}")
    office.calm()
    assert "unsure" in states(bot).values()  # Slack has not said yet where it stands
    with bot.turns.turn(HOME) as turn:
        turn.withdraw("doc:0")
    while "unsure" in states(bot).values():
        with bot.turns.transaction() as db:
            db.execute(update(outbox_messages).values(next_at=clock.real() - timedelta(seconds=1)))
        office.calm()
    assert [file["name"] for seen in office.anna.dm for file in seen.files] == ["1.pdf", "2.pdf"]
    assert states(bot) == {"doc:0": "gone", "doc:1": "sent", "doc:2": "sent"}


def test_what_slack_refuses_for_good_is_kept_with_its_reason(office: Office, bot: Running) -> None:
    tell(bot, "to nowhere", "a", to="D0NOWHERE")
    tell(bot, "to somewhere", "b")
    office.calm()
    assert states(bot) == {"a": "failed", "b": "sent"}


def in_doubt(bot: Running) -> None:
    """As if the sender had been killed after Slack took the messages and before that was noted."""
    with bot.turns.transaction() as db:
        lost = {
            "state": "claimed",
            "ts": None,
            "channel": None,
            "lease_until": clock.real() - timedelta(seconds=1),
        }
        db.execute(update(outbox_messages).values(lost))


def test_a_card_that_changed_while_in_doubt_shows_its_newest_look(
    office: Office, bot: Running
) -> None:
    channel = bot.playground.world.channel_named("#bo-it").id
    show(bot, channel, "old look")
    office.calm()
    in_doubt(bot)
    show(bot, channel, "new look")
    office.calm()
    assert [seen.text for seen in office.tomasz.sees("#bo-it")] == ["new look"]


def test_a_card_that_was_taken_back_while_in_doubt_is_taken_back(
    office: Office, bot: Running
) -> None:
    show(bot, bot.playground.world.channel_named("#bo-it").id, "too much said")
    office.calm()
    in_doubt(bot)
    with bot.turns.turn(HOME) as turn:
        turn.withdraw("card")
    office.calm()
    assert office.tomasz.sees("#bo-it") == []
    assert states(bot) == {"card": "gone"}


def test_a_card_that_somebody_deleted_can_be_taken_back(office: Office, bot: Running) -> None:
    show(bot, bot.playground.world.channel_named("#bo-it").id, "look")
    office.calm()
    office.playground.faults.next("cut_after", "chat.delete")
    with bot.turns.turn(HOME) as turn:
        turn.withdraw("card")
    office.calm()
    with bot.turns.transaction() as db:
        db.execute(update(outbox_messages).values(next_at=clock.real() - timedelta(seconds=1)))
    office.calm()
    assert states(bot) == {"card": "gone"}


def test_after_not_so_fast_the_whole_place_waits_and_others_do_not(
    office: Office, bot: Running
) -> None:
    office.playground.faults.retry_after = 30
    for n in range(3):
        tell(bot, f"to IT {n}", f"it:{n}")
    office.playground.faults.next("rate_limited", POST)
    office.calm()
    tell(bot, "to IT, later", "it:later")
    tell(bot, "to orders", "orders", to="#bo-orders")
    office.calm()
    assert office.tomasz.sees("#bo-it") == []
    assert [seen.text for seen in office.lena.sees("#bo-orders")] == ["to orders"]
    assert {state for key, state in states(bot).items() if key.startswith("it")} == {"due"}


def test_many_letters_to_one_channel_do_not_hold_up_another(office: Office, bot: Running) -> None:
    for n in range(30):
        tell(bot, f"reminder {n}", f"reminder:{n}")
    tell(bot, "a ticket", "ticket", to="#bo-orders")
    sender = bot.bot.sender
    _, taken = sender._collect()
    assert [message.body["text"] for message in taken] == [
        *(f"reminder {n}" for n in range(5)),
        "a ticket",
    ]
    for message in taken:
        asyncio.run(sender._note(outbox_claims.give_back, message))
    office.calm()
    assert [seen.text for seen in office.tomasz.sees("#bo-it")] == [
        f"reminder {n}" for n in range(30)
    ]


def test_nothing_is_taken_for_a_channel_that_slack_wants_quiet(
    office: Office, bot: Running
) -> None:
    tell(bot, "to IT", "it")
    tell(bot, "to orders", "orders", to="#bo-orders")
    sender = bot.bot.sender
    at_it = next(message for message in sender._collect()[1] if message.body["text"] == "to IT")
    with bot.turns.transaction() as db:
        db.execute(
            update(outbox_messages).values(state="due", next_at=clock.real() - timedelta(seconds=1))
        )
    sender.quiet_until[(HOME, at_it.addressee)] = clock.real() + timedelta(minutes=1)
    assert [message.body["text"] for message in sender._collect()[1]] == ["to orders"]


def test_a_postman_who_is_too_slow_settles_nothing_of_anothers(
    office: Office, bot: Running
) -> None:
    """His lease is over, another has posted: that Slack had refused him does not make
    it due again.
    """
    tell(bot, "once", "a")
    sender = bot.bot.sender
    _, (slow,) = sender._collect()
    with bot.turns.transaction() as db:
        db.execute(update(outbox_messages).values(lease_until=clock.real() - timedelta(seconds=1)))
    office.calm()
    with bot.turns.transaction() as db:
        outbox_claims.settle_later(db, slow, clock.real() - timedelta(seconds=1), "ratelimited")
    office.calm()
    assert [seen.text for seen in office.tomasz.sees("#bo-it")] == ["once"]


def test_a_letter_that_cannot_be_made_holds_up_nobody(office: Office, bot: Running) -> None:
    with bot.turns.turn(HOME) as turn:
        turn.send_file("U0ANNA", "lost.pdf", "no such file", "Here it is", once="lost")
    bot.bot.sender.grace = timedelta(minutes=1)
    tell(bot, "all the same", "b")
    office.calm()
    assert [seen.text for seen in office.tomasz.sees("#bo-it")] == ["all the same"]


def show(bot: Running, channel: str, look: str) -> None:
    with bot.turns.turn(HOME) as turn:
        turn.show("card", channel, look, [block_kit.section(look)])


def test_two_postmen_never_take_the_same_letter(engine: Engine) -> None:
    with engine.begin() as db:
        writes = Writes(db)
        for n in range(600):
            body = outbox.Body(text=f"letter {n}")
            outbox.plan(
                writes,
                HOME,
                clock.real(),
                f"letter:{n}",
                f"C{n % 150}",
                body,
                under=None,
                subject=None,
            )
        writes.flushed()

    def take_all(_: int) -> list[int]:
        taken: list[int] = []
        while True:
            with engine.begin() as db:
                outbox_messages = outbox_claims.claim(db, clock.real(), timedelta(minutes=1), 10)
            if not outbox_messages:
                return taken
            taken += [message.id for message in outbox_messages]

    with ThreadPoolExecutor(3) as postmen:
        taken = [id for mine in postmen.map(take_all, range(3)) for id in mine]
    assert len(taken) == len(set(taken)) == 600


def test_replies_that_wait_hold_up_neither_what_they_reply_to_nor_others(engine: Engine) -> None:
    """A card that was not posted is due again later than the replies that were written to it."""
    now, lease = clock.real(), timedelta(minutes=1)
    body = outbox.Body(text="…")
    with engine.begin() as db:
        writes = Writes(db)
        outbox.plan(writes, HOME, now, "card", "C_BUSY", body, under=None, subject=None)
        writes.flushed()
        (card,) = outbox_claims.claim(db, now, lease, 10)
        outbox_claims.settle_later(db, card, now, "not posted")
        under = Under(message="card")
        for n in range(150):  # more than the head of the queue
            outbox.plan(writes, HOME, now, f"reply:{n}", "C_BUSY", body, under=under, subject=None)
        outbox.plan(writes, HOME, now, "other", "C_BUSY", body, under=None, subject=None)
        writes.flushed()
        taken = outbox_claims.claim(db, now, lease, 10)
        assert [message.key for message in taken] == ["card", "other"]
        outbox_claims.settle_sent(db, [outbox_claims.Taken(taken[0], "C_BUSY", "1.0")])
        replies = outbox_claims.claim(db, now, lease, 10)
    assert [message.key for message in replies] == [f"reply:{n}" for n in range(5)]


def test_head_full_of_one_channel_leaves_room_for_another(engine: Engine) -> None:
    with engine.begin() as db:
        writes = Writes(db)
        for n in range(300):
            place = "C_BUSY" if n < 299 else "C_OTHER"
            body = outbox.Body(text=f"message {n}")
            outbox.plan(
                writes, HOME, clock.real(), f"message:{n}", place, body, under=None, subject=None
            )
        writes.flushed()
        taken = outbox_claims.claim(db, clock.real(), timedelta(minutes=1), 10)
    places = [message.addressee for message in taken]
    assert places.count("C_OTHER") == 1
    assert places.count("C_BUSY") == 5  # so many at most are in doubt there when a sender dies
