"""A mail server beside the playground, and a bot that hands its letters in there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.playground.server import Playground
from bot.slack import HOME
from handlers.invoices.service.document_import import Import, take
from handlers.invoices.service.document_reader import read_bytes
from storage.invoices import customers
from tests.documents.test_conversation import US
from tests.mail.server import Mailbox, Server
from tests.running import Running

FROM = "Bałtyk & Balaton <faktury@firma.example>"
ADDRESS = "ksiegowosc@kowalska.example"


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    return shipped.model_copy(update={"company": US})


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(box: Mailbox) -> Iterator[Server]:
    with Server(box) as running:
        yield running


@pytest.fixture
def bot(
    playground: Playground, turns: Turns, transport: str, server: Server, tmp_path: Path
) -> Iterator[Running]:
    running = Running(playground, turns, transport, tmp_path)
    mailed = {"smtp_url": SecretStr(server.url), "mail_from": FROM}
    running.settings = running.settings.model_copy(update=mailed)
    turns.has_mail = True
    running.start()
    yield running
    running.stop()


@pytest.fixture
def kowalska(bot: Running) -> int:
    """A customer of Piotr's with an address, who owes one invoice."""
    known = {
        "name": "Kowalska Sp. z o.o.",
        "tax_id": "7740001454",
        "address": "ul. Łąkowa 7\n90-001 Łódź",
        "country": "PL",
        "owner": "U0PIOTR",
        "email": ADDRESS,
        "language": "pl",
    }
    table = (
        "number;issue date;due date;currency;total;seller;seller tax id;buyer;buyer tax id\n"
        f"FV/2026/10/0001;2026-10-01;2026-10-15;PLN;1234,56;{US.name};5261040828;"
        "Kowalska Sp. z o.o.;7740001454\n"
    )
    with bot.turns.turn(HOME) as turn:
        customer = customers.save(turn, known)
        done = Import()
        take(turn, list(read_bytes(table.encode(), "invoices.csv")), done)
        assert done.imported == 1, done
    return customer
