"""The demo's first morning: what people said and asked before anybody opened the page, in three
languages.

Chat goes through the playground as from the page; tickets through turns of whoever acts; the bot
answers as always.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from bot import app
from bot.app import Bot
from bot.config import Settings
from bot.edge.socket_mode import socket_mode
from bot.edge.turns import Turns
from bot.kit.working_time import is_country_working_day
from bot.playground.server import Playground
from bot.playground.slack.acts import conversations
from bot.slack import HOME
from handlers.tickets import service as tickets
from handlers.tickets.service.work import actions
from storage.tickets.tickets import Request

MORNING = timedelta(minutes=90)
"""How long before the page opens the first scene plays."""
_OPENS, _CLOSES = time(10), time(14)
_COUNTRIES = ("PL", "HU")
_ZONE = ZoneInfo("Europe/Warsaw")


def opening(now: datetime) -> datetime:
    """The moment at which the demo begins: now in office hours before a working day, else the next
    such morning.
    """
    local = now.astimezone(_ZONE)
    if _OPENS <= local.time() < _CLOSES and _is_good(local):
        return now
    day = local if local.time() < _OPENS else local + timedelta(days=1)
    while not _is_good(day):
        day += timedelta(days=1)
    return day.replace(hour=_OPENS.hour, minute=0, second=0, microsecond=0).astimezone(now.tzinfo)


def _is_good(day: datetime) -> bool:
    """Reminders sleep on days off: the demo's "a day later" shall lead to a day on
    which they go.
    """
    days = (day.date(), day.date() + timedelta(days=1))
    return all(is_country_working_day(country, each) for country in _COUNTRIES for each in days)


@dataclass
class Stage:
    """Where scenes are played: the workspace, and the turns of the bot beside it."""

    playground: Playground
    turns: Turns

    def says(self, who: str, channel: str, text: str, under: str = "") -> None:
        """In a channel or (``@zaplecze``) to the bot; ``under`` is the number of the ticket in
        whose thread.
        """
        self.playground.run(self._say(who, channel, text, under))

    def asks(self, who: str, kind: str, subject: str, text: str = "", **more: Any) -> None:
        """A ticket; ``more`` are fields of a :class:`Request`."""
        with self.turns.turn(HOME, who) as turn:
            tickets.submit(turn, Request(f"scene:{who}:{subject}", kind, subject, text, **more))

    def takes(self, who: str, ticket: int) -> None:
        with self.turns.turn(HOME, who) as turn:
            actions.take(turn, ticket)

    def answers(self, who: str, ticket: int, text: str, then: actions.After = "nothing") -> None:
        with self.turns.turn(HOME, who) as turn:
            actions.answer(turn, ticket, f"scene:{who}:{ticket}:{then}", text, then)

    async def _say(self, who: str, channel: str, text: str, under: str) -> None:
        world = self.playground.world
        person = world.person(who)
        is_to_bot = channel == "@zaplecze"
        place = (
            world.direct_channel({who, world.app.bot_user_id})
            if is_to_bot
            else world.channel_named(channel)
        )
        above = next(
            (ts for ts, each in place.messages.items() if each["text"].startswith(f"{under} ")), ""
        )
        conversations.say(world, person, place.id, text, thread_ts=above if under else "")


def _early(on: Stage) -> Iterator[int]:
    """What happens, after the minute that was yielded before it."""
    yield 0
    on.says(
        "U0ISTVAN", "general", "Jó reggelt! Ma 14-kor negyedéves megbeszélés, hozzátok a számokat."
    )
    yield 2
    on.says("U0ANNA", "general", "Dzień dobry! Winda znów nie jeździ, serwis będzie o jedenastej.")
    yield 3
    on.says(
        "U0EMMA", "general", "Morning! Hafenkontor arrive at noon, please keep the big room free."
    )
    yield 6
    text = "Od rana, przy każdym wydruku dwustronnym. Restart nie pomógł."
    on.asks("U0ANNA", "it_help", "Drukarka na recepcji gubi co drugą stronę", text)
    yield 9
    on.takes("U0TOMASZ", 1)
    yield 10
    on.says("U0TOMASZ", "bo-it", "Schodzę za 10 minut. To ta przy drzwiach?", under="BO-1")
    yield 12
    on.says("U0ANNA", "@zaplecze", "Tak, ta przy drzwiach. Papier jest nowy.", under="BO-1")
    yield 16
    facts = {"goods": "Furmint 2023, 0,75 l", "question": "stock"}
    text = "A Tokaji Borpince pénteken vinné."
    on.asks("U0KATA", "stock_price", "Van még 40 karton Furmint Győrben?", text, fields=facts)
    yield 22
    on.says("U0EMMA", "sales", "Hafenkontor have paid the September invoice. Thanks, Beata!")
    yield 24
    on.says(
        "U0PIOTR", "sales", "A Kowalska dalej nic. Zaraz zapytam bota, ile już jest po terminie."
    )


def _late(on: Stage) -> Iterator[int]:
    yield 27
    facts = {"what": "27 colos monitor, USB-C", "price": "1190.00 PLN", "for_whom": "U0ILDIKO"}
    text = "A bankkivonatokat és a főkönyvet egymás mellett nézzük, egy képernyőn ez nem fér el."
    on.asks("U0ILDIKO", "equipment_purchase", "Második monitor a könyvelésbe", text, fields=facts)
    yield 33
    customer = {"id": None, "name": "Nowy Młyn S.A."}
    text = "Od grudnia: ul. Portowa 7, 81-350 Gdynia."
    more = {"action": "change", "customer": customer}
    on.asks("U0PIOTR", "customer_record", "Nowy adres dostaw Nowego Młyna", text, fields=more)
    yield 41
    on.answers("U0LENA", 2, "Győrben 24 karton van, Gdańskban 60. Melyik legyen?", "requester")
    yield 48
    on.answers("U0LENA", 4, "Zmienione w kartotece i na etykietach wysyłkowych.", "resolve")
    yield 55
    on.says(
        "U0ZSOFIA", "intake", "Elfogyott a nyomtatópapír a pesti irodában, kérhetünk 10 csomagot?"
    )
    yield 63
    text = "They want it back by noon; clause 4 has a penalty of EUR 20,000."
    on.asks(
        "U0EMMA", "legal_question", "May we sign Hafenkontor's NDA as it is?", text, priority="high"
    )
    yield 74
    text = "Since this morning, on cable as well as on Wi-Fi."
    on.asks(
        "U0DANIEL", "it_help", "VPN drops every few minutes from Budapest", text, priority="urgent"
    )
    yield 90


def play(playground: Playground, settings: Settings, turns: Turns) -> None:
    """The whole morning, up to the moment that the clock shows; where somebody has spoken already,
    nothing.
    """
    clock = playground.world.clock
    if playground.world.channel_named("general").messages:
        return
    shown = clock.offset
    asyncio.run(_play(Stage(playground, turns), settings, clock.now() - MORNING))
    clock.turn(shown - clock.offset)


async def _play(stage: Stage, settings: Settings, first: datetime) -> None:
    clock = stage.playground.world.clock
    async with app.build(settings, stage.turns) as bot, socket_mode(settings, bot):
        scenes = chain(_early(stage), _late(stage))
        while (minute := await asyncio.to_thread(next, scenes, None)) is not None:
            await _calm(stage.playground, bot)
            clock.turn((first + timedelta(minutes=minute) - clock.now()).total_seconds())


async def _calm(playground: Playground, bot: Bot) -> None:
    """Everything that was delivered is answered, and every letter is carried."""
    deliveries = playground.world.deliveries
    while True:
        before = deliveries.count
        await asyncio.to_thread(playground.run, deliveries.quiet())
        await bot.settle()
        if deliveries.count == before:
            return
