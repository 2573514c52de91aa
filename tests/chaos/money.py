"""The money of a chaos run: invoices fall due while bots die, and each is told once to whoever is
to hear of it.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Engine, select

from bot.edge.turns import HOME, Turns
from handlers.reminders.service import tick
from handlers.reminders.service.policies import switches
from storage.reminders.reminders import rows
from tests.reminders.books import Books

FINANCE, OWNERS = "U0BEATA", ("U0DANIEL", "U0ISTVAN", "U0ZSOFIA")  # who writes no replies
AUDIENCES = ("account_owner", "finance")
# seconds from one invoice to the next: each is told in finance's channel, which takes a message a
# second
PAUSE = 2.0


class Money:
    """Finance switches reminders on; then a new customer's invoice is booked every now and then,
    due on that day.
    """

    def __init__(self, turns: Turns) -> None:
        self.turns, self.books = turns, Books(turns)
        self.invoices: list[int] = []
        self.home = threading.Event()
        self._thread = threading.Thread(target=self._live, name="money")

    def begin(self) -> None:
        self.books.payments_known(self.turns.now() + timedelta(days=1))
        with self.turns.turn(HOME, FINANCE) as turn:
            switches.switch_on(turn, "customers", "done")
        self._thread.start()

    def end(self) -> None:
        self.home.set()
        self._thread.join()

    def tell_the_rest(self) -> None:
        """What a living bot would do within five minutes."""
        with self.turns.turn(HOME) as turn:
            tick.sweep(turn)
        tick.tick_until_done(lambda: self.turns.turn(HOME))

    def _live(self) -> None:
        while not self.home.wait(PAUSE):
            number = len(self.invoices) + 1
            customer = self.books.customer(f"Customer {number}", owner=OWNERS[number % len(OWNERS)])
            self.invoices.append(
                self.books.invoice(f"F/{number}", self.turns.now().date(), customer=customer)
            )


def wrongs(engine: Engine, invoices: list[int]) -> Iterator[str]:
    """Who did not hear of an invoice, or heard of it twice."""
    with engine.connect() as db:
        found = db.execute(
            select(rows.c.invoice, rows.c.audience, rows.c.message).where(rows.c.state == "sent")
        ).all()
    told = Counter((row.invoice, row.audience) for row in found)
    wanted = [(invoice, audience) for invoice in invoices for audience in AUDIENCES]
    yield from (
        f"invoice {who[0]} was told {told[who]} times to {who[1]}"
        for who in wanted
        if told[who] != 1
    )
    messages = Counter(row.message for row in found)
    yield from (
        f"{n} reminders share letter {message}"
        for message, n in messages.items()
        if message is None or n > 1
    )
