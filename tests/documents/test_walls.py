"""Walls around papers: to whom a document is not theirs to read, its number, its code and its ids
answer like those of none, and nothing comes of pressing them.
"""

import pytest
from sqlalchemy import func, select

from bot.slack import HOME
from handlers.documents.blocks import archive, balance_round, mail_card
from handlers.documents.model.asked import Asked
from handlers.documents.service import requests
from handlers.ledger.service.balances import company_day
from storage import outbox_mails as mails
from storage.audit import events
from storage.documents import register
from storage.documents.receipts import receipts
from storage.documents.register import Document, documents
from storage.invoices import customers
from tests.books import books, rules
from tests.documents.test_sources import GIVEN, filled
from tests.driver import Office, Seen
from tests.people.test_undrawn import forged
from tests.running import Running

__all__ = ["books", "filled", "rules"]
GUEST, CUSTOMER, COLLEAGUE, AGENT = "olga", "j.kowalska", "tomasz", "daniel"
OTHERS = (GUEST, CUSTOMER, COLLEAGUE, AGENT)
NOBODYS = 987_654
MAILBOX = "ksiegowosc@kowalska.example"
BY_ID = (
    archive.GET,
    archive.AGAIN,
    archive.POSTED,
    archive.WITHDRAW,
    archive.RECEIVED,
    mail_card.SEND,
    mail_card.AGAIN,
    mail_card.LEAVE,
)
BY_NUMBER = (balance_round.AGREES, balance_round.DIFFERS)


@pytest.fixture
def paper(office: Office, filled: Running) -> Document:
    """A confirmation of Kowalska's balance that Piotr had made, and its mail."""
    with filled.turns.turn(HOME) as turn:
        (customer,) = customers.search(turn, "Kowalska", owner=None)
        customers.change(turn, customer.id, email=MAILBOX)
    with filled.turns.turn(HOME, "U0PIOTR") as turn:
        asked = Asked("balance_confirmation", customer.id, company_day(turn), "pl", GIVEN)
        document = requests.request(turn, asked, "view:V1")
    office.calm()
    with filled.turns.turn(HOME) as turn:
        mails.plan(
            turn, f"document:{document.id}", f"document:{document.id}", MAILBOX, {}, error="x"
        )
        assert register.get(turn, document.id).state == "made"
    filled.turns.has_mail = True
    return document


def place_of(who: str) -> str:
    return {GUEST: "#front-desk", CUSTOMER: "#ext-kowalska"}.get(who, "#general")


def said(office: Office, who: str) -> list[str]:
    """Everything that somebody reads of the bot alone, in notes, messages, and the form."""
    person = office[who]
    form = [person.modal.text] if person.has_modal else []
    return [*map(_shown, person.notes(place_of(who))), *map(_shown, person.dm), *form]


def _shown(seen: Seen) -> str:
    return " ".join([str(seen), *seen.buttons, *(file["name"] for file in seen.files)])


def presses(office: Office, bot: Running, who: str, action: str, value: str) -> list[str]:
    """What somebody hears of a click that was never drawn for them."""
    shown = office[who].sees(place_of(who))
    on = shown[-1] if shown else office[who].says(place_of(who), "…")
    before = said(office, who)
    forged(office, bot, office[who].id, action, value, on)
    return said(office, who)[len(before) :]


def asks(office: Office, bot: Running, who: str, text: str) -> str:
    """What somebody hears of ``/document``; Slack lets nobody of another company type it, so that
    theirs is made by hand.
    """
    before = said(office, who)
    if who != CUSTOMER:
        office[who].types(f"/document {text}", place_of(who))
        return "".join(said(office, who)[len(before) :])
    world, person = office.world, office.world.people[office[who].id]
    channel = office[who].place(place_of(who)).id
    link = world.response_links.begin(channel, person.id)
    body = {
        "command": "/document",
        "text": text,
        "user_id": person.id,
        "team_id": person.team_id,
        "channel_id": channel,
        "api_app_id": world.app.app_id,
        "trigger_id": world.triggers.draw(person.id),
        "response_url": world.response_links.draw("commands", link),
    }
    answer = bot.receives(body, "slash_commands")
    office.calm()
    return "".join([str(answer), *said(office, who)[len(before) :]])


def remembered(bot: Running) -> list[object]:
    """How many documents, receipts, mails and events there are, and how the documents stand."""
    with bot.turns.turn(HOME) as turn:
        counts = [
            turn.db.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (documents, receipts, events)
        ]
        states = turn.db.execute(select(documents.c.id, documents.c.state).order_by("id")).all()
        letters = turn.db.execute(select(mails.outbox_mails.c.id, mails.outbox_mails.c.state)).all()
    return [counts, list(map(tuple, states)), list(map(tuple, letters))]


@pytest.mark.parametrize("who", OTHERS)
def test_id_of_a_paper_answers_like_an_id_of_none(
    office: Office, filled: Running, paper: Document, who: str
) -> None:
    before = remembered(filled)
    for action in BY_ID:
        existing = presses(office, filled, who, action, str(paper.id))
        missing = presses(office, filled, who, action, str(NOBODYS))
        assert existing == missing, action
        assert paper.number not in "".join(existing)
    for action in BY_NUMBER:
        existing = presses(office, filled, who, action, paper.number)
        missing = presses(office, filled, who, action, "ZD-987654")
        assert existing == missing, action
    assert remembered(filled) == before


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("command", ["find {}", "verify {}", "{}"])
def test_number_and_code_of_a_paper_read_like_those_of_none(
    office: Office, filled: Running, paper: Document, who: str, command: str
) -> None:
    none_of = {paper.number: "ZD-987654", paper.code: "ABCD-EFGH-2345"}
    for existing, missing in none_of.items():
        heard = []
        for asked in (existing, missing):
            heard.append(asks(office, filled, who, command.format(asked)).replace(asked, "…"))
            if office[who].has_modal:
                office[who].closes(everything=True)
        assert heard[0] == heard[1]
        assert "Kowalska" not in heard[0]


@pytest.mark.parametrize("who", OTHERS)
def test_nothing_of_a_paper_is_found_by_its_words(
    office: Office, filled: Running, paper: Document, who: str
) -> None:
    for words in ("Kowalska", "potwierdzenie salda", ""):
        heard = asks(office, filled, who, f"find {words}")
        assert paper.number not in heard
        assert "Sp. z o.o." not in heard
    assert "Kowalska Sp. z o.o." in asks(office, filled, "piotr", f"find {paper.number}")


def certificate(office: Office) -> None:
    """Tomasz asks for one of his earnings, and HR approves."""
    office.tomasz.types("/document zaświadczenie o zarobkach", "#general")
    office.tomasz.fills(purpose="kredyt").submits()
    (card,) = [seen for seen in office.zsofia.dm if "ZD-000001" in seen]
    office.zsofia.clicks("approvals.approve", on=card)


@pytest.mark.parametrize("who", [GUEST, CUSTOMER, AGENT, "piotr", "marek", "beata"])
def test_certificate_of_earnings_is_nobody_elses(office: Office, filled: Running, who: str) -> None:
    certificate(office)
    with filled.turns.turn(HOME) as turn:
        paper = register.get(turn, 1)
        assert paper.state == "made"
    for action in BY_ID:
        existing = presses(office, filled, who, action, str(paper.id))
        assert existing == presses(office, filled, who, action, str(NOBODYS)), action
    for words in ("zarobkach", paper.number, paper.code):
        heard = asks(office, filled, who, f"find {words}").replace(words, "…")
        assert paper.number not in heard
        assert "9 400" not in heard


@pytest.mark.parametrize("who", ["zsofia", "tomasz"])
def test_hr_and_the_person_find_the_certificate_and_get_it(
    office: Office, filled: Running, who: str
) -> None:
    certificate(office)
    assert "ZD-000001" in asks(office, filled, who, "find ZD-000001")
    before = len(office[who].dm)
    office[who].clicks(archive.GET, on=office[who].notes("#general")[-1])
    assert [seen for seen in office[who].dm[before:] if seen.files]
