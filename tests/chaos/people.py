"""The people of a chaos run: they ask, take, answer and resolve, and try again when Slack says that
it did not work.
"""

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bot.playground.server import Playground
from bot.playground.slack.acts.conversations import Unable
from tests.driver import Colleague, Office, Seen

TYPE, TRIAGE = "general", "#bo-customers"
REQUESTERS = ("anna", "piotr", "kata", "emma", "gabor", "ewa")
AGENTS = ("lena", "ildiko")
FORM = ("Nowe zgłoszenie", "New ticket", "Új bejelentés")
Act = Callable[[Colleague, Random], None]


class Restless(Office):
    """Nobody waits until the bot has nothing left to do."""

    def calm(self) -> None:
        return


@dataclass
class Done:
    """What people saw done, for the reckoning at the end."""

    asked: list[str] = field(default_factory=list)
    """Subjects whose form Slack closed: each must have its ticket."""
    tried: list[str] = field(default_factory=list)
    """Subjects that were sent at least once: none may have two."""
    said: list[tuple[str, str]] = field(default_factory=list)
    """Who wrote what into a ticket's thread: it may stand in the other thread once."""
    acked: set[str] = field(default_factory=set)
    """What of it the bot has acked: it must stand there. Of the rest Slack gave up, as it does
    after some tries.
    """


class People:
    """Each on a thread of their own, until told to go home."""

    def __init__(self, playground: Playground, seed: int) -> None:
        self.office = Restless(playground)
        self.done = Done()
        self.home = threading.Event()
        self.failures: list[BaseException] = []
        self._count = itertools.count(1)
        acts = [(name, self._asks) for name in REQUESTERS] + [
            (name, self._works) for name in AGENTS
        ]
        self._threads = [
            threading.Thread(
                target=self._live, args=(act, name, Random(f"{seed} {name}")), name=name
            )
            for name, act in acts
        ]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self.home.set()
        for thread in self._threads:
            thread.join()

    def _live(self, act: Act, name: str, random: Random) -> None:
        while not self.home.is_set():
            try:
                act(self.office[name], random)
            except (
                AssertionError,
                Unable,
                RuntimeError,
            ):  # what they looked at has changed meanwhile
                pass
            except BaseException as failure:
                self.failures.append(failure)
                return
            self.home.wait(random.uniform(0.05, 0.5))

    def _asks(self, who: Colleague, random: Random) -> None:
        if random.random() < 0.15:
            self._replies(who, who.dm, random)
            return
        if not who.has_modal:
            who.types(f"/ticket {who.id} {next(self._count)}", "#general")
        self._fills(who)

    def _fills(self, who: Colleague) -> None:
        if not who.has_modal:
            return
        form = who.modal
        if form.title not in FORM:  # a sentence of excuse
            who.closes()
            return
        subject = str(form.value("subject"))
        who.fills(type=TYPE)
        self.done.tried.append(subject)
        before = len(who.toasts)
        who.submits()
        if len(who.toasts) == before and not who.has_modal:
            self.done.asked.append(subject)

    def _works(self, who: Colleague, random: Random) -> None:
        cards = who.sees(TRIAGE)
        if not cards:
            return
        card = random.choice(cards[-12:])
        if "Take" in card.buttons:
            who.clicks("Take", on=card)
        elif "Resolve" in card.buttons and random.random() < 0.5:
            who.clicks("Resolve", on=card)
        elif random.random() < 0.5:
            self._replies(who, [card], random)

    def _replies(self, who: Colleague, cards: list[Seen], random: Random) -> None:
        cards = [card for card in cards if card.buttons]
        if not cards:
            return
        text = f"reply {next(self._count)} of {who.id}"
        who.replies(random.choice(cards[-12:]), text)
        self.done.said.append((who.id, text))
