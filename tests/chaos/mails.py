"""Messages by e-mail while senders are killed and the mail server misbehaves, and the reckoning.

``python -m tests.chaos.mails DATABASE SMTP_URL`` is a sender alone, which takes what it lost for
lost after seconds.
"""

import asyncio
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from random import Random

from sqlalchemy import Engine, select

from bot.catalogue import loader
from bot.delivery.mail.sender import MailSender
from bot.edge.turns import HOME, Turns
from bot.kit import clock
from bot.kit.files.content_store import ContentStore
from bot.mail_settings import MailFrom, server_of
from storage import outbox_mails
from storage.base import open_engine
from storage.documents import files, register
from storage.turn import Turn
from tests.chaos.instances import wait
from tests.mail.server import Mailbox, Server

ROOT = Path(__file__).parents[2]
WAYS = (
    "",
    "",
    "",
    "reply:451",
    "reply:550",
    "end:452",
    "end:554",
    "drop:rcpt",
    "drop:data",
    "drop:end",
)
INTERRUPTED = ("drop:data", "drop:end")
"""Where nobody can tell whether the message was taken."""
OPEN = {"due", "claimed", "begun"}
US = MailFrom("Firma", "faktury@firma.example")


def run(engine: Engine, url: str, letters: int, kills: int, seed: int) -> list[str]:
    """What is wrong after so many kills; nothing, if each message went at most once and none was
    lost.
    """
    random = Random(seed)
    ways = random.choices(WAYS, k=letters * 2)
    box = Mailbox(ways=list(ways), slow=0.1)
    with Server(box) as server:
        _write(engine, letters)
        command = [sys.executable, "-m", "tests.chaos.mails", url, server.url]
        for _ in range(kills):
            sender = subprocess.Popen(command, cwd=ROOT)
            time.sleep(random.uniform(0.8, 2.5))
            sender.kill()
            sender.wait()
        sender = subprocess.Popen(command, cwd=ROOT)
        try:
            calm = wait(lambda: not OPEN & set(_states(engine).values()), 120)
        finally:
            sender.kill()
            sender.wait()
    wrongs = [] if calm else ["some letters never came to an end"]
    interrupted = sum(way in INTERRUPTED for way in ways[: len(ways) - len(box.ways)])
    unsure = sum(state == "unsure" for state in _states(engine).values())
    if unsure > kills + interrupted:
        wrongs.append(f"{unsure} are unsure after {kills} kills and {interrupted} lost answers")
    return wrongs + _wrongs(engine, box, letters)


def _write(engine: Engine, letters: int) -> None:
    turns = Turns(engine, clock.real, {"*": loader.load(None)})
    for number in range(letters):
        with turns.turn(HOME) as turn:
            letter(turn, number)


def letter(turn: Turn, number: int) -> None:
    """A document of its own that wants to go to an address of its own."""
    document = register.add(
        turn,
        number=f"ZD-{number:06d}",
        kind="account_statement",
        language="pl",
        as_of=turn.now.date(),
        origin=f"chaos:{number}",
        code=f"CODE-{number}",
        template_version="1",
        facts={},
    )
    files.keep(turn, f"document:{document}", b"%PDF-1.4")
    body = {
        "title": "Zestawienie",
        "text": "Dzień dobry",
        "file": f"document:{document}",
        "file_name": "zestawienie.pdf",
        "reply_name": "Ewa",
        "reply_to": "ewa@firma.example",
    }
    to = f"klient{number}@klient.example"
    outbox_mails.plan(turn, f"document:{document}", f"document:{document}", to, body)


def _states(engine: Engine) -> dict[str, str]:
    table = outbox_mails.outbox_mails
    with engine.connect() as db:
        return {row.to: row.state for row in db.execute(select(table.c.to, table.c.state))}


def _wrongs(engine: Engine, box: Mailbox, letters: int) -> list[str]:
    taken = Counter(
        str(message_from_bytes(one.content or b"")["To"])  # type: ignore[arg-type]
        for one in box.taken
    )
    states = _states(engine)
    wrongs = [f"{to} got {count} copies" for to, count in taken.items() if count > 1]
    wrongs += [f"{to} is {states[to]} and got it" for to in taken if states[to] == "failed"]
    wrongs += [
        f"{to} is sent and got none" for to, s in states.items() if s == "sent" and not taken[to]
    ]
    if len(states) != letters:
        wrongs.append(f"{letters} letters were written, {len(states)} are known")
    if not {"sent", "unsure", "failed"} <= set(states.values()):
        wrongs.append(f"the run tried too little: {Counter(states.values())}")
    return wrongs


def main(database: str, smtp_url: str) -> None:
    turns = Turns(open_engine(database), clock.real, {"*": loader.load(None)}, has_mail=True)
    sender = MailSender(
        turns,
        (server_of(smtp_url), US),
        ContentStore(Path("archive")),  # nothing that was stored is sent here
        lease=timedelta(seconds=6),
        pause=timedelta(milliseconds=50),
        most_a_minute=10_000,
    )
    asyncio.run(sender.run(asyncio.Event()))


if __name__ == "__main__":
    main(*sys.argv[1:])
