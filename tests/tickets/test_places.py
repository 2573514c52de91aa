"""Channels are archived, renamed, left and joined again: what is for them waits or goes another
way, somebody with power hears at once, and nothing is posted twice.
"""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select

from bot.directory import channel_privacy
from bot.edge.turns import Turns
from bot.playground.slack import talk
from bot.playground.slack.acts import administrator as admin
from bot.playground.slack.channels import Channel
from bot.playground.slack.people import Person
from bot.slack import HOME
from storage import schema
from storage.outbox import Under, outbox_messages
from storage.people import channel_ids, people, roles
from tests.contract.test_short_ways import statements
from tests.driver import Office, Seen
from tests.running import Running
from tests.tickets.desk import asks, newest_card, opened, taken


def _archives(office: Office, channel: Channel, *, on: bool = True) -> None:
    async def act() -> None:
        admin.archive(office.world, channel, "U0ISTVAN", on=on)

    office.playground.run(act())
    office.calm()


def _renames(office: Office, channel: Channel, name: str) -> None:
    async def act() -> None:
        admin.rename(office.world, channel, name)

    office.playground.run(act())
    office.calm()


def _bot(office: Office, channel: Channel, *, inside: bool) -> None:
    async def act() -> None:
        app = office.world.people[office.world.app.bot_user_id]
        (talk.join if inside else talk.leave)(office.world, channel, app)

    office.playground.run(act())
    office.calm()


def _count(thread: list[Seen], words: str) -> int:
    return sum(words in seen for seen in thread)


def test_ticket_of_an_archived_channel_waits_and_its_lead_is_told(office: Office) -> None:
    channel = office.world.channel_named("bo-it")
    _archives(office, channel)
    office.piotr.types("/ticket Monitor miga").fills(type="it_help").submits()
    office.piotr.replies(office.piotr.dm[0], "Numer seryjny to 4711")
    (told,) = office.istvan.dm
    assert "Nem tudok írni ide: #bo-it: archiválva van" in told
    _archives(office, channel, on=False)
    card = newest_card(office)
    assert "Monitor miga" in card
    assert _count(card.thread, "4711") == 1
    assert office.istvan.dm == []
    _archives(office, channel)
    assert len(office.istvan.dm) == 1


def test_reply_waits_until_the_bot_is_back_and_comes_once(office: Office) -> None:
    card = taken(office)
    _bot(office, card.channel, inside=False)
    office.piotr.replies(office.piotr.dm[0], "Numer seryjny to 4711")
    assert office.istvan.dm
    _bot(office, card.channel, inside=True)
    assert _count(card.again().thread, "4711") == 1
    assert office.istvan.dm == []


def test_reply_comes_though_nobody_told_that_the_channel_is_open(
    office: Office, bot: Running
) -> None:
    card = taken(office)
    _archives(office, card.channel)
    office.piotr.replies(office.piotr.dm[0], "Numer seryjny to 4711")
    card.channel.is_archived = False
    bot.refresh()
    office.calm()
    assert _count(card.again().thread, "4711") == 1


@pytest.mark.parametrize("by_event", [True, False])
def test_renamed_channel_goes_on_and_its_lead_hears_once(
    office: Office, bot: Running, by_event: bool
) -> None:
    card = taken(office)
    if by_event:
        _renames(office, card.channel, "bo-it-support")
    else:
        card.channel.name = "bo-it-support"
    bot.refresh()
    bot.refresh()
    office.calm()
    (told,) = office.istvan.dm
    assert "#bo-it" in told
    assert "#bo-it-support" in told
    office.tomasz.replies(card, "Dzięki, już jadę")
    assert "już jadę" in office.piotr.dm[0].thread[-1]
    assert asks(office, text="Mysz").channel.id == card.channel.id


def test_name_of_a_renamed_channel_makes_nobody_an_agent_in_another(
    office: Office, bot: Running
) -> None:
    card = taken(office)
    _renames(office, card.channel, "bo-it-support")

    async def another() -> Channel:
        made = office.world.add_channel("bo-it", ["U0ANNA", office.world.app.bot_user_id])
        office.world.keep_channel(made)
        return made

    made = office.playground.run(another())
    bot.refresh()
    assert asks(office, text="Mysz").channel.id == card.channel.id
    office.anna.types("/ticket BO-1")
    assert not office.anna.has_modal
    _archives(office, card.channel)  # it was put aside on purpose
    assert asks(office, text="Ekran").channel.id == made.id


def test_answer_to_an_archived_channel_reaches_the_requester_in_person(office: Office) -> None:
    office.tomasz.leaves("#front-desk")
    root = office.piotr.says("#front-desk", "Pieczątka się zgubiła")
    office.piotr.reacts(root, "ticket")
    card = newest_card(office)
    _archives(office, root.channel)
    office.lena.clicks("Take", on=card).replies(card, "Już naprawiona")
    office.lena.replies(card, "Proszę sprawdzić")
    (own,) = [seen for seen in office.piotr.dm if "BO-1" in seen]
    assert _count(own.thread, "Już naprawiona") == 1
    assert _count(own.thread, "Proszę sprawdzić") == 1
    office.piotr.replies(own, "Działa")
    assert "Działa" in card.again().thread[-1]
    opened(office, "lena", card)
    assert "Działa" in str(office.lena.modal)


def test_who_came_while_the_bot_was_out_is_an_agent_when_it_is_back(
    office: Office, bot: Running
) -> None:
    world, channel = office.world, office.world.channel_named("bo-it")
    app, daniel = world.people[world.app.bot_user_id], world.person_named("daniel")

    def act(deed: Callable[..., None], person: Person) -> None:
        async def go() -> None:
            deed(world, channel, person)

        office.playground.run(go())
        office.calm()

    act(talk.leave, daniel)
    act(talk.leave, app)
    act(talk.join, daniel)
    act(talk.join, app)
    card = asks(office)
    office.daniel.replies(card, "Już jadę")
    assert any("Już jadę" in seen for seen in office.piotr.dm[0].thread)


def _invites_a_company(office: Office, channel: Channel) -> str:
    """The id that the private channel had before."""
    before = channel.id

    async def act() -> None:
        channel.kind = "private"
        admin.invite_company(office.world, channel, "T0KOWALSKA")

    office.playground.run(act())
    office.calm()
    assert channel.id != before
    return before


def test_department_goes_on_where_its_channel_gets_another_id(office: Office) -> None:
    card = taken(office)
    office.piotr.replies(office.piotr.dm[0], "Numer seryjny to 4711")
    reply = office.tomasz.replies(card, "Już jade")
    _invites_a_company(office, card.channel)
    office.piotr.replies(office.piotr.dm[0], "Piętro drugie")
    assert _count(card.again().thread, "4711") == 1
    assert _count(card.again().thread, "Piętro drugie") == 1
    office.tomasz.edits(reply, "Już jadę")
    office.tomasz.replies(card, "Zaraz będę")
    assert _count(office.piotr.dm[0].thread, "Już jadę") == 1
    assert _count(office.piotr.dm[0].thread, "Zaraz będę") == 1
    office.tomasz.clicks("Resolve", on=card.again())
    assert asks(office, text="Mysz").channel.id == card.channel.id
    assert office.istvan.dm == []


def test_thread_of_a_requester_goes_on_where_its_channel_gets_another_id(office: Office) -> None:
    root = office.piotr.says("#front-desk", "Pieczątka się zgubiła")
    office.piotr.reacts(root, "ticket")
    card = newest_card(office)
    _invites_a_company(office, root.channel)
    office.lena.clicks("Take", on=card).replies(card, "Leży u mnie")
    assert _count(root.again().thread, "Leży u mnie") == 1
    office.piotr.replies(root, "Dziękuję bardzo")
    assert _count(card.again().thread, "Dziękuję bardzo") == 1
    office.anna.reacts(root, "ticket")  # it is a ticket already
    assert newest_card(office).ts == card.ts


def test_id_that_was_met_before_it_was_told_is_the_same_channel(turns: Turns) -> None:
    old, new = "C0OLD", "C0NEW"
    with turns.turn(HOME) as turn:
        for id, people_there in ((old, ["U0ANNA", "U0EWA"]), (new, ["U0ANNA"])):
            facts = {"id": id, "name": "bo-it", "is_private": True, "is_shared": False}
            people.save_channel(turn, facts)
            people.save_members(turn, id, people_there)
        people.add_member(turn, new, "U0KATA")
        people.keep_channels_name(turn, old, "it")
        channel_privacy.move(turn, old, new)
        channel_privacy.move(turn, old, new)  # told twice
    with turns.turn(HOME) as turn:
        assert people.channel(turn, old) is None
        assert (people.channel(turn, new).name, people.channel(turn, new).known_as) == (
            "bo-it",
            "it",
        )
        assert roles.channels_named(turn, ["it", "bo-it"]) == {"it": new, "bo-it": new}
        assert roles.memberships_among(turn, "U0ANNA", [old, new]) == {new}
        assert roles.memberships_among(turn, "U0EWA", [old, new]) == {new}
        assert roles.memberships_among(turn, "U0KATA", [old, new]) == {new}


def test_channel_that_was_told_to_be_shared_before_its_id_was_is_left(turns: Turns) -> None:
    old, new = "C0OLD", "C0NEW"
    with turns.turn(HOME) as turn:
        facts = {"id": old, "name": "bo-it", "is_private": True, "is_shared": False}
        people.save_channel(turn, facts)
        people.save_members(turn, old, ["U0ANNA"])
        people.add_member(turn, new, "U0ANNA")
        channel_privacy.change(turn, new, is_shared=True)
        channel_privacy.move(turn, old, new)
    with turns.turn(HOME) as turn:
        channel = people.channel(turn, new)
        assert (channel.name, channel.is_private, channel.is_shared) == ("bo-it", True, True)
        assert roles.memberships_among(turn, "U0ANNA", [new]) == {new}


def test_only_what_is_kept_of_the_channel_itself_goes_over(turns: Turns, engine: Engine) -> None:
    """And the outbox, which no index parts by channel, is gone through once."""
    places = {"card": ("C0OLD", None), "reply": ("U0ANNA", "C0OLD"), "other": ("C0ELSE", "C0ELSE")}
    with turns.turn(HOME) as turn:
        for key, (to, above) in places.items():
            under = Under(channel=above, ts="1.2") if above else None
            turn.show(key, to, "text", under=under)
    with statements(engine) as asked, turns.turn(HOME) as turn:
        channel_ids.change(turn, "C0OLD", "C0NEW")
    with turns.turn(HOME) as turn:
        columns = outbox_messages.c
        query = select(columns.key, columns.addressee, columns.under_channel)
        rows = {row.key: (row.addressee, row.under_channel) for row in turn.db.execute(query)}
    moved = {"card": ("C0NEW", None), "reply": ("U0ANNA", "C0NEW"), "other": ("C0ELSE", "C0ELSE")}
    assert rows == moved
    assert len([each for each in asked if each.startswith("UPDATE outbox")]) == 1


def test_every_column_that_keeps_a_channel_is_moved() -> None:
    """By the names that such columns bear."""
    kept = {
        column
        for table in schema.metadata_of_all_rooms().tables.values()
        for column in table.columns
        if column.name in ("channel", "under_channel")
    }
    assert kept <= set(channel_ids.PLACES)
