"""``python -m tests.bench.bench_agents [INVOICES] [postgresql]``: each tool, called over HTTP with
Slack's signature by somebody who sees everything, at 100,000 tickets and 1,000,000 invoices; and
that person's Home.

Milliseconds of processor time of this process, the median of some calls, and from the request to
the answer, the quickest of them: others work on the machine too.
"""

import asyncio
import json
import re
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import httpx2
from sqlalchemy import insert, text

from bot.catalogue import loader
from bot.demo.books import demo_catalogue
from bot.edge.agents import agents_of
from bot.edge.turns import Turns
from bot.http import TOOLS, Front
from bot.kit.words import LANGUAGES, Words
from bot.playground.slack.wire.deliveries import signature
from bot.slack import HOME
from handlers.home.blocks import home as looks
from handlers.home.service import home as service
from handlers.ledger.service import booking
from storage.counters import counters
from storage.invoices import customers
from storage.invoices.booking import learn
from storage.people import people
from storage.people.roles import channel_named
from storage.turn import Turn
from tests.bench.bench_open import _chunks, _documents
from tests.bench.bench_tickets import _fill
from tests.bench.office import PEOPLE, SECRET, TEAM, bot
from tests.databases import postgres

TICKETS, INVOICES = 100_000, 1_000_000
CALLS: Mapping[str, Mapping[str, str]] = {
    "help": {},
    "my_tickets": {},
    "find_tickets": {"words": "drukarka łódź"},
    "show_ticket": {"number": "BO-77"},
    "my_documents": {},
    "find_invoice": {"number": "FV/500"},
    "customer_balance": {"name": "Big Customer"},
    "due_items": {},
    "create_ticket": {"subject": "Drukarka {n}", "type": "it_help"},
    "reply_to_ticket": {"number": "{ticket}", "text": "Na piętrze {n}"},
    "nudge_ticket": {"number": "{ticket}"},
    "promise_payment": {"number": "FV/500", "until": "{day}"},
    "request_document": {"kind": "ticket_transcript", "about": "{ticket}"},
}
_TIMES, _MOST_MS, _MOST_BLOCKS = 11, 300.0, 100
_USED = (
    60  # Homes that were read before: what a connection asks often, PostgreSQL plans once for all
)
_FINANCE = PEOPLE[0]


def main() -> None:
    count = next((int(word) for word in sys.argv[1:] if word.isdigit()), INVOICES)
    with tempfile.TemporaryDirectory() as folder:
        if "postgresql" in sys.argv:
            with postgres() as url:
                _run(url, count)
        else:
            _run(f"sqlite:///{Path(folder) / 'zaplecze.sqlite3'}", count)


def _run(url: str, count: int) -> None:
    asyncio.run(_measure(url, count))


async def _measure(url: str, count: int) -> None:
    with bot(url, asyncio.get_running_loop()) as made:
        made.take({"*": demo_catalogue(loader.load(None))})  # a company with a name
        _furnish(made.turns, count)
        front, tools = Front(lambda: None), agents_of(made).app("zaplecze.example.com")
        async with tools.router.lifespan_context(tools):
            front.open(made.bolt, SECRET, tools)
            transport = httpx2.ASGITransport(front)
            async with httpx2.AsyncClient(
                transport=transport, base_url="https://zaplecze.example.com"
            ) as http:
                tickets = await _made(http)
                slow = [name for name in CALLS if not await _is_quick(http, name, tickets)]
            slow += _slow_homes(made.turns)
    sys.exit(f"longer than {_MOST_MS:.0f} ms: {', '.join(slow)}" if slow else 0)


def _furnish(turns: Turns, count: int) -> None:
    _fill(turns.engine, TICKETS // 2)  # as many open ones as ended ones
    with turns.turn(HOME) as turn:
        _count_on(turn)
        for department in turn.catalogue.departments.values():
            channel = channel_named(turn, department.channel)
            people.save_members(turn, str(channel), [_FINANCE])
        big = customers.save(turn, {"name": "Big Customer", "owner": _FINANCE})
        others = [
            customers.save(turn, {"name": f"Other {n}", "address": "ul. Długa 1, Gdańsk"})
            for n in range(100)
        ]
    for some in _chunks(_documents(count, big, others)):
        with turns.turn(HOME) as turn:
            booking.book(turn, some)
    with turns.turn(HOME) as turn:
        learn(turn)


def _count_on(turn: Turn) -> None:
    """The next ticket comes after those that were filled in with numbers of their own."""
    counted = {"workspace": HOME, "name": "tickets", "value": TICKETS}
    turn.db.execute(insert(counters).values(counted))
    if turn.db.dialect.name == "postgresql":
        for table in ("tickets", "ticket_words"):
            last = f"setval(pg_get_serial_sequence('{table}', 'id'), {TICKETS})"
            turn.db.execute(text(f"SELECT {last}"))


async def _made(http: httpx2.AsyncClient) -> list[str]:
    """The numbers of tickets to act on, one for each call of a tool."""
    subjects = [{"subject": f"Monitor {n}", "type": "it_help"} for n in range(_TIMES)]
    answers = [(await _call(http, "create_ticket", each))[0] for each in subjects]
    return [re.findall(r"BO-[0-9]+", answer)[0] for answer in answers]


async def _is_quick(http: httpx2.AsyncClient, tool: str, tickets: list[str]) -> bool:
    spans = []
    for n, ticket in enumerate(tickets):
        facts = {"n": n, "day": datetime.now(UTC).date() + timedelta(days=n + 1), "ticket": ticket}
        given = {name: value.format(**facts) for name, value in CALLS[tool].items()}
        _, *took = await _call(http, tool, given)
        spans.append(took)
    worked = median(span[0] for span in spans)
    waited = min(span[1] for span in spans)
    sys.stdout.write(f"{tool:<20} {worked:8.1f} ms worked, {waited:8.1f} ms waited\n")
    sys.stdout.flush()
    return waited <= _MOST_MS


def _slow_homes(turns: Turns) -> list[str]:
    """Home in each language, read and drawn; the languages in which it takes too long."""
    for _ in range(_USED):
        with turns.turn(HOME, _FINANCE, reads=True) as turn:
            service.home(turn)
    slow = []
    for language in LANGUAGES:
        spans = []
        for _ in range(_TIMES):
            began = time.perf_counter()
            with turns.turn(HOME, _FINANCE, reads=True) as turn:
                view = looks.home(service.home(turn), Words(language))
            spans.append((time.perf_counter() - began) * 1000)
        assert len(view["blocks"]) <= _MOST_BLOCKS
        quickest = min(spans)
        sys.stdout.write(f"Home ({language}) {quickest:8.1f} ms, {len(view['blocks'])} blocks\n")
        slow += [f"Home ({language})"] if quickest > _MOST_MS else []
    return slow


async def _call(
    http: httpx2.AsyncClient, tool: str, given: Mapping[str, str]
) -> tuple[str, float, float]:
    """The answer's text, and the milliseconds worked and waited."""
    meta = {"slack": {"user_id": _FINANCE, "team_id": TEAM}}
    params = {"name": tool, "arguments": given, "_meta": meta}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})
    now = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        "X-Slack-Request-Timestamp": str(now),
        "X-Slack-Signature": signature(SECRET, now, body.encode()),
    }
    worked, began = time.process_time(), time.perf_counter()
    answer = await http.post(TOOLS, content=body, headers=headers)
    worked, waited = time.process_time() - worked, time.perf_counter() - began
    result = answer.json()["result"]
    assert not result.get("isError"), (tool, result)
    return result["content"][0]["text"], worked * 1000, waited * 1000


if __name__ == "__main__":
    main()
