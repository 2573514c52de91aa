"""Random weeks of an office, its channels and people coming and going, channels shared with another
company, made public and private: no word is lost, no private one and no figure is seen by who may
not, and nobody holds what is not their department's.

``ZAPLECZE_WALKS=20 ZAPLECZE_STEPS=120`` lives through more.
"""

import os
from collections.abc import Callable
from datetime import date
from functools import partial
from random import Random

import pytest

from bot.edge.turns import HOME, Turns
from bot.playground.slack import talk
from bot.playground.slack.acts import administrator
from bot.playground.slack.channels import Channel, Kind
from handlers.people.service import roles
from storage.people import people
from storage.tickets import holders, tickets
from tests.driver import Office, Seen
from tests.reminders.books import Books
from tests.running import Running

WALKS = int(os.environ.get("ZAPLECZE_WALKS", "2"))
STEPS = int(os.environ.get("ZAPLECZE_STEPS", "30"))
SECRET, NOTE = "tajne", "poufne"
REQUESTERS = ("piotr", "anna", "kata")
AGENTS = {
    "bo-it": ("tomasz", "daniel"),
    "bo-hr": ("ewa", "istvan"),
    "bo-payroll": ("zsofia", "ewa"),
}
PRIVATE = ("bo-hr", "bo-payroll")
OUTSIDERS = ("lena", "gabor", "olga", "j.kowalska")
FIGURE, AMOUNT = "FV/2026/11/0042", 98_765_432
SHOWN = ("654,32", "654.32")
SHARED = ("sales", "front-desk", "bo-it", "bo-hr")
ANOTHER = "T0HAFEN"


@pytest.fixture
def books(turns: Turns) -> Books:
    """Kowalska owes an amount that nobody else does; Piotr looks after her."""
    made = Books(turns)
    made.payments_known()
    made.invoice(FIGURE, date(2026, 11, 3), amount=AMOUNT, customer=made.customer())
    return made


class Week:
    """An office, and what was written in it by whom and where."""

    def __init__(self, office: Office, bot: Running, seed: int) -> None:
        self.office, self.bot, self.luck = office, bot, Random(seed)
        self.written: list[tuple[str, str, Seen, str]] = []  # side, who, message, word
        self.deeds: list[str] = []
        self.figures: set[tuple[str, str]] = set()  # where one was shown in time
        self.count = 0

    def word(self) -> str:
        self.count += 1
        return f"slowo{self.count:04d}x"

    def step(self) -> None:
        name = self.luck.choice(sorted(DEEDS))
        try:
            DEEDS[name](self)
            self.deeds.append(name)
        except AssertionError:  # nothing of the kind is possible now
            self.deeds.append(f"({name})")
        no_figure_came_before_others(self)
        for who in (*REQUESTERS, *(agent for pair in AGENTS.values() for agent in pair)):
            if self.office[who].has_modal:
                self.office[who].closes(everything=True)

    def cards(self) -> list[Seen]:
        places = [
            each for each in self.office.world.channels.values() if each.name.startswith("bo-")
        ]
        shown = [
            Seen(self.office.world, place, one) for place in places for one in place.top_level()
        ]
        return [seen for seen in shown if seen.has("tickets.open")]

    def card(self) -> Seen:
        cards = self.cards()
        assert cards, "no card yet"
        return self.luck.choice(cards)

    def agent(self, card: Seen) -> str:
        able = [
            name
            for pair in AGENTS.values()
            for name in pair
            if self.office[name].id in card.channel.members
        ]
        assert able, "nobody works there now"
        return self.luck.choice(able)

    def heads(self, who: str) -> list[Seen]:
        """Where somebody's own tickets are followed."""
        office = self.office
        return [
            seen for seen in office[who].dm if seen.has("tickets.add") or seen.has("tickets.rate")
        ]

    def writes(self, side: str, who: str, head: Seen, text: str = "") -> None:
        word = self.word()
        message = self.office[who].replies(head, f"{text}{word}")
        if self.hears(head):
            self.written.append((side, who, message, word))

    def hears(self, seen: Seen) -> bool:
        """Of a channel that the bot was put out of Slack tells it nothing."""
        return self.office.world.app.bot_user_id in seen.channel.members

    def act(self, what: Callable[[], object]) -> None:
        async def go() -> None:
            what()

        self.office.playground.run(go())
        self.office.calm()


def asks(week: Week) -> None:
    who, secret = week.luck.choice(REQUESTERS), week.luck.random() < 0.4
    kind, text = ("hr_question", f"{SECRET} {week.word()}") if secret else ("it_help", week.word())
    week.office[who].types(f"/ticket {text}").fills(type=kind).submits()


def asks_in_a_channel(week: Week) -> None:
    week.office[week.luck.choice(REQUESTERS)].says("#intake", f"Sprawa {week.word()}")
    week.office.later(180)


def requester_writes(week: Week) -> None:
    who = week.luck.choice(REQUESTERS)
    heads = week.heads(who)
    assert heads, "they have none"
    head = week.luck.choice(heads)
    week.writes("requester", who, head, f"{SECRET} " if ":lock:" in head else "")


def requester_writes_in_the_channel(week: Week) -> None:
    place = week.office.world.channel_named("intake")
    roots = [Seen(week.office.world, place, one) for one in place.top_level() if one.get("user")]
    mine = [seen for seen in roots if seen.thread and not seen.raw.get("subtype")]
    assert mine, "nothing was asked there"
    root = week.luck.choice(mine)
    who = next(name for name in REQUESTERS if week.office[name].id == root.raw["user"])
    week.writes("requester", who, root)


def agent_writes(week: Week) -> None:
    card = week.card()
    text = f"{SECRET} " if card.channel.name.startswith(PRIVATE) else ""
    week.writes("triage", week.agent(card), card, text)


def agent_notes(week: Week) -> None:
    card = week.card()
    week.office[week.agent(card)].replies(card, f"// {NOTE} notatka")


def corrects(week: Week) -> None:
    assert week.written, "nothing was written"
    side, who, message, before = week.written.pop()
    if not week.hears(message):
        week.written.append((side, who, message, before))
        return
    word = week.word()
    secret = f"{SECRET} " if SECRET in message else ""
    week.written.append((side, who, week.office[who].edits(message, secret + word), word))


def press(action: str) -> Callable[[Week], None]:
    def deed(week: Week) -> None:
        card = week.card()
        week.office[week.agent(card)].clicks(action, on=card)

    return deed


def form(action: str, **values: object) -> Callable[[Week], None]:
    def deed(week: Week) -> None:
        card = week.card()
        who = week.office[week.agent(card)]
        secret = f"{SECRET} " if card.channel.name.startswith(PRIVATE) else ""
        given = {
            key: secret + week.word() if value == "…" else value for key, value in values.items()
        }
        who.clicks("tickets.open", on=card).clicks(action).fills(given).submits()

    return deed


def merges(week: Week) -> None:
    card = week.card()
    who = week.office[week.agent(card)]
    who.clicks("tickets.open", on=card).clicks("tickets.merge")
    offered = who.suggestions("tickets.find", "BO")
    assert offered, "there is no other"
    target = week.luck.choice(offered)
    who.fills(target=target.partition(" ")[0]).submits()


def place(week: Week) -> str:
    names = [each.name for each in week.office.world.channels.values()]
    return week.luck.choice([name for name in names if name.startswith(("bo-it", "bo-hr"))])


def archives(week: Week) -> None:
    channel = week.office.world.channel_named(place(week))
    on = not channel.is_archived
    week.act(lambda: administrator.archive(week.office.world, channel, "U0ISTVAN", on=on))


def renames(week: Week) -> None:
    channel = week.office.world.channel_named(place(week))
    assert not channel.is_archived
    week.act(
        lambda: administrator.rename(
            week.office.world, channel, f"{channel.name[:5]}-{week.word()}"
        )
    )


def puts_the_bot_out(week: Week) -> None:
    world, channel = week.office.world, week.office.world.channel_named(place(week))
    assert not channel.is_archived
    app = world.people[world.app.bot_user_id]
    deed = talk.leave if app.id in channel.members else talk.join
    week.act(lambda: deed(world, channel, app))


def agent_comes_and_goes(week: Week) -> None:
    world, channel = week.office.world, week.office.world.channel_named(place(week))
    assert not channel.is_archived
    (pair,) = [pair for name, pair in AGENTS.items() if channel.name.startswith(name)]
    person = world.person_named(week.luck.choice(pair))
    there = person.id in channel.members
    assert not there or sum(week.office[name].id in channel.members for name in pair) > 1
    week.act(lambda: (talk.leave if there else talk.join)(world, channel, person))


def becomes_a_guest_and_back(week: Week) -> None:
    who = week.office["daniel"]
    guest = not week.office.world.people[who.id].is_restricted
    who.changes(is_restricted=guest)


def requester_leaves_the_channel(week: Week) -> None:
    channel = week.office.world.channel_named("intake")
    person = week.office.world.person_named(week.luck.choice(REQUESTERS))
    deed = talk.leave if person.id in channel.members else talk.join
    week.act(lambda: deed(week.office.world, channel, person))


def shared_place(week: Week) -> Channel:
    channels = week.office.world.channels.values()
    return week.luck.choice([each for each in channels if each.name.startswith(SHARED)])


def is_shared_with_a_company(week: Week) -> None:
    world, channel = week.office.world, shared_place(week)
    assert not channel.is_archived
    deed = administrator.unshare if channel.is_shared else administrator.share
    week.act(lambda: deed(world, channel, ANOTHER))


def a_company_is_invited(week: Week) -> None:
    channel = shared_place(week)
    assert not channel.invited_teams
    week.act(lambda: administrator.invite_company(week.office.world, channel, ANOTHER))


def is_made_public_or_private(week: Week) -> None:
    channels = week.office.world.channels.values()
    (channel,) = [each for each in channels if each.name.startswith("bo-hr")]
    assert not channel.is_archived
    kind: Kind = "private" if channel.kind == "public" else "public"
    week.act(lambda: administrator.convert(week.office.world, channel, kind, "U0ISTVAN"))


def archives_sales(week: Week) -> None:
    channel = week.office.world.channel_named("sales")
    on = not channel.is_archived
    week.act(lambda: administrator.archive(week.office.world, channel, "U0ISTVAN", on=on))


def shares_a_figure(week: Week) -> None:
    where = week.luck.choice(("#sales", "#front-desk", "#ext-kowalska"))
    piotr = week.office.piotr
    piotr.types(f"/invoice {FIGURE}", where)
    piotr.clicks("Udostępnij tutaj", on=piotr.notes(where)[-1])


DEEDS: dict[str, Callable[[Week], None]] = {
    "asks": asks,
    "asks again": asks,
    "asks in a channel": asks_in_a_channel,
    "requester writes": requester_writes,
    "requester writes more": requester_writes,
    "requester writes in the channel": requester_writes_in_the_channel,
    "agent writes": agent_writes,
    "agent writes more": agent_writes,
    "agent notes": agent_notes,
    "corrects": corrects,
    "take": press("tickets.take"),
    "resolve": press("tickets.resolve"),
    "answer": form("tickets.answer", text="…", then="requester"),
    "to payroll": form("tickets.retype", type="payroll_question"),
    "to hr": form("tickets.retype", type="hr_question"),
    "to it": form("tickets.retype", type="it_help"),
    "split": form("tickets.split", type="hr_question", subject=SECRET, description="…"),
    "merges": merges,
    "archives": archives,
    "renames": renames,
    "puts the bot out": puts_the_bot_out,
    "agent comes and goes": agent_comes_and_goes,
    "becomes a guest and back": becomes_a_guest_and_back,
    "requester leaves the channel": requester_leaves_the_channel,
    "is shared with a company": is_shared_with_a_company,
    "a company is invited": a_company_is_invited,
    "is made public or private": is_made_public_or_private,
    "archives sales": archives_sales,
    "shares a figure": shares_a_figure,
    "shares a figure again": shares_a_figure,
}


@pytest.mark.parametrize("seed", range(WALKS))
def test_weeks_of_an_office_lose_and_show_nothing(
    office: Office, bot: Running, turns: Turns, books: Books, seed: int
) -> None:
    week = Week(office, bot, seed)
    for number in range(STEPS):
        week.step()
        if number % 10 == 9:
            office.later(3600)
            bot.tick()
            bot.refresh()
            nobody_holds_what_is_not_theirs(turns, week)
            nobody_else_sees(week)
    everything_opens(week)
    assert lost(week) == [], week.deeds
    nobody_holds_what_is_not_theirs(turns, week)
    nobody_else_sees(week)


def everything_opens(week: Week) -> None:
    world = week.office.world
    app = world.people[world.app.bot_user_id]
    for channel in list(world.channels.values()):
        if channel.name.startswith(("bo-it", "bo-hr")):
            if channel.is_archived:
                week.act(partial(administrator.archive, world, channel, "U0ISTVAN", on=False))
            channel.invited_teams.clear()
            if channel.is_shared:
                week.act(partial(administrator.unshare, world, channel, ANOTHER))
            if channel.name.startswith("bo-hr") and channel.kind == "public":
                week.act(partial(administrator.convert, world, channel, "private", "U0ISTVAN"))
            if app.id not in channel.members:
                week.act(partial(talk.join, world, channel, app))
    week.bot.refresh()
    for _ in range(6):
        week.office.later(3600)
        week.bot.tick()


def lost(week: Week) -> list[tuple[str, str, str]]:
    """Words that reached nobody, and of which nobody was told."""
    return [
        (side, who, word)
        for side, who, message, word in week.written
        if not carried(week, side, message, word) and not told(week, who, message)
    ]


def carried(week: Week, side: str, message: Seen, word: str) -> bool:
    """Whether the bot shows the word on the other side."""
    return any(
        word in str(Seen(week.office.world, channel, one))
        for channel in week.office.world.channels.values()
        if channel.id != message.channel.id
        for one in channel.messages.values()
        if one.get("bot_id") and (channel.name.startswith("bo-")) == (side == "requester")
    )


def told(week: Week, who: str, message: Seen) -> bool:
    """Whether the writer got a private line where they wrote, or later in person."""
    person = week.office[who]
    notes = message.channel.notes.get(person.id, [])
    return any(float(str(note["ts"])) > float(message.ts) for note in notes)


def nobody_holds_what_is_not_theirs(turns: Turns, week: Week) -> None:
    with turns.turn(HOME) as turn:
        for id in holders.everybody(turn):
            person = people.person(turn, id)
            for number in holders.held_by(turn, id):
                ticket = tickets.of_system(turn, number)
                if ticket.is_private and ticket.is_open and person:
                    agents = roles.agents_of(turn, ticket.department)
                    assert person in agents, (ticket.id, id, week.deeds)


def nobody_else_sees(week: Week) -> None:
    for who in OUTSIDERS:
        picture = week.office[who].picture()
        assert SECRET not in picture, (who, week.deeds)
        assert NOTE not in picture, (who, week.deeds)
    for who in ("olga", "j.kowalska"):
        assert not any(shown in week.office[who].picture() for shown in SHOWN), (who, week.deeds)
    app = week.office.world.app.bot_user_id
    for channel in week.office.world.channels.values():
        is_exposed = channel.kind == "public" or channel.is_shared
        if is_exposed and app in channel.members and not channel.is_archived:
            said = [str(one) for one in channel.messages.values() if one.get("bot_id")]
            assert SECRET not in "".join(said), (channel.name, week.deeds)


def no_figure_came_before_others(week: Week) -> None:
    """A figure that was posted since the last look stands where no other company reads."""
    for channel in week.office.world.channels.values():
        for ts, message in channel.messages.items():
            is_figure = message.get("bot_id") and any(shown in str(message) for shown in SHOWN)
            if is_figure and (channel.id, ts) not in week.figures:
                assert not channel.is_shared, (channel.name, week.deeds)
                week.figures.add((channel.id, ts))
