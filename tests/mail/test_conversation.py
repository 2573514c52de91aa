"""A document goes to its customer by e-mail, and what the mail server said stands beneath it."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from bot.doctor import examine
from bot.slack import HOME
from handlers.documents.service.mail import delivery as mail_delivery
from storage.documents.register import documents
from storage.invoices import customers
from storage.outbox import AT_ONCE, outbox_messages
from storage.outbox_mails import outbox_mails
from storage.turn import BOT
from tests.driver import Office, Seen
from tests.mail.conftest import ADDRESS
from tests.mail.server import Mailbox
from tests.running import Running

STATEMENT = "/document zestawienie należności Kowalska"


def card(office: Office) -> Seen:
    """What stands beneath the document."""
    document = [seen for seen in office.piotr.dm if seen.files][-1]  # the paper, not its tables
    return next(seen for seen in document.thread if ADDRESS in seen)


def mails(box: Mailbox) -> list[EmailMessage]:
    read = [message_from_bytes(one.content or b"", policy=default) for one in box.taken]  # type: ignore[arg-type]
    return [one for one in read if isinstance(one, EmailMessage)]


def test_a_document_goes_to_its_customer(office: Office, box: Mailbox, kowalska: int) -> None:
    office.piotr.types(STATEMENT, "#sales").submits()
    assert "Można to wysłać e-mailem" in card(office)
    assert not box.taken
    office.piotr.clicks("Wyślij e-mailem", on=card(office))
    (mail,) = mails(box)
    assert box.taken[0].rcpt_tos == [ADDRESS]
    assert mail["To"] == ADDRESS
    assert mail["From"].addresses[0].addr_spec == "faktury@firma.example"
    assert mail["Reply-To"].addresses[0].addr_spec.startswith("piotr")
    assert "Zestawienie należności ZD-000001" in mail["Subject"]
    text, pdf = mail.iter_parts()
    assert "Szanowni Państwo" in text.get_content()
    pages = PdfReader(BytesIO(pdf.get_content())).pages
    assert "Kowalska" in pages[0].extract_text()
    assert "Serwer poczty przyjął" in card(office)


def test_cards_that_say_nothing_of_the_mail_are_left_as_they_are(
    office: Office, bot: Running, box: Mailbox, kowalska: int
) -> None:
    office.piotr.types(STATEMENT, "#sales").submits()
    receipts = select(outbox_messages.c.version).where(outbox_messages.c.key.like("receipt:%"))
    with bot.turns.transaction() as db:
        before = db.execute(receipts).all()
    office.piotr.clicks("Wyślij e-mailem", on=card(office))
    with bot.turns.transaction() as db:
        assert db.execute(receipts).all() == before != []
    assert len(box.taken) == 1


def test_a_second_click_sends_nothing_more(
    office: Office, bot: Running, box: Mailbox, kowalska: int
) -> None:
    office.piotr.types(STATEMENT, "#sales").submits()
    for _ in range(2):
        with bot.turns.turn(HOME, "U0PIOTR") as turn:
            mail_delivery.send(turn, 1)
        bot.settle()
    assert len(box.taken) == 1


def test_without_an_address_nothing_is_offered(
    office: Office, bot: Running, box: Mailbox, kowalska: int
) -> None:
    for address in ("", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example"):
        with bot.turns.turn(HOME) as turn:
            customers.change(turn, kowalska, email=address)
        office.piotr.types(STATEMENT, "#sales").submits()
    assert all("e-mailem" not in each for seen in office.piotr.dm for each in seen.thread)


def test_who_may_not_see_the_customer_sends_nothing(
    office: Office, bot: Running, box: Mailbox, kowalska: int
) -> None:
    office.piotr.types(STATEMENT, "#sales").submits()
    with bot.turns.turn(HOME) as turn:
        customers.change(turn, kowalska, owner="U0EWA")
    office.piotr.clicks("Wyślij e-mailem", on=card(office))
    assert not box.taken


@pytest.mark.parametrize("way", ["reply:550", "end:554"])
def test_a_refusal_is_told_and_a_person_may_send_it_again(
    office: Office, box: Mailbox, kowalska: int, way: str
) -> None:
    box.ways = [way]
    office.piotr.types(STATEMENT, "#sales").submits()
    office.piotr.clicks("Wyślij e-mailem", on=card(office))
    assert "został odrzucony: 55" in card(office)
    assert not box.taken
    office.piotr.clicks("Wyślij ponownie", on=card(office))
    assert len(box.taken) == 1


@pytest.mark.parametrize("way", ["reply:451", "end:452", "drop:rcpt"])
def test_what_was_not_taken_goes_later_by_itself(
    office: Office, bot: Running, box: Mailbox, kowalska: int, way: str
) -> None:
    box.ways = [way]
    office.piotr.types(STATEMENT, "#sales").submits()
    office.piotr.clicks("Wyślij e-mailem", on=card(office))
    assert "zostanie wysłany ponownie" in card(office)
    with bot.turns.transaction() as db:
        db.execute(update(outbox_mails).values(next_at=AT_ONCE))
    bot.settle()
    assert len(box.taken) == 1


@pytest.mark.parametrize(("way", "taken"), [("drop:end", 1), ("drop:data", 0)])
def test_what_may_have_arrived_is_asked_and_never_sent_by_itself(
    office: Office, bot: Running, box: Mailbox, kowalska: int, way: str, taken: int
) -> None:
    box.ways = [way]
    office.piotr.types(STATEMENT, "#sales").submits()
    office.piotr.clicks("Wyślij e-mailem", on=card(office))
    assert "mógł dotrzeć" in card(office)
    with bot.turns.transaction() as db:
        db.execute(update(outbox_mails).values(next_at=AT_ONCE, lease_until=AT_ONCE))
    bot.settle()
    assert len(box.taken) == taken
    office.piotr.clicks("Wyślij ponownie", on=card(office))
    assert len(box.taken) == taken + 1
    assert len({mail["Message-ID"] for mail in mails(box)}) == 1


@pytest.mark.parametrize("gone", ["left", "bot"])
def test_when_whoever_asked_is_gone_finance_decides_in_its_channel(
    office: Office, bot: Running, box: Mailbox, kowalska: int, gone: str
) -> None:
    box.ways = ["drop:end"]
    office.piotr.types(STATEMENT, "#sales").submits()
    with bot.turns.turn(HOME, "U0PIOTR") as turn:
        mail_delivery.send(turn, 1)
        if gone == "bot":
            turn.db.execute(update(documents).values(requester=BOT.id))
    if gone == "left":
        office.piotr.changes(deleted=True)
    bot.settle()
    asked = next(
        seen for seen in office.marek.sees("#bo-accounting") if seen.has("Wyślij ponownie")
    )
    assert "mógł dotrzeć" in asked
    assert "ZD-000001" in asked
    office.marek.clicks("Wyślij ponownie", on=asked)
    assert len(box.taken) == 2


def test_the_doctor_names_the_documents_that_wait_for_a_persons_word(
    office: Office, bot: Running, box: Mailbox, kowalska: int
) -> None:
    url = bot.turns.engine.url.render_as_string(hide_password=False)
    settings = bot.settings.model_copy(update={"database_url": url})

    def waiting() -> list[str]:
        return [check.message for check in examine(settings) if check.name == "unsure letters"]

    box.ways = ["reply:550", "drop:end"]
    office.piotr.types(STATEMENT, "#sales").submits()
    office.piotr.clicks("Wyślij e-mailem", on=card(office))
    assert waiting() == []
    office.piotr.clicks("Wyślij ponownie", on=card(office))
    (said,) = waiting()
    assert "wait for a person's word: 1 (ZD-000001)." in said
    office.piotr.clicks("Zostaw", on=card(office))
    assert waiting() == []


def test_a_person_may_let_it_be(office: Office, bot: Running, box: Mailbox, kowalska: int) -> None:
    box.ways = ["drop:end"]
    office.piotr.types(STATEMENT, "#sales").submits()
    office.piotr.clicks("Wyślij e-mailem", on=card(office))
    office.piotr.clicks("Zostaw", on=card(office))
    bot.settle()
    assert len(box.taken) == 1
    assert "nie zostanie wysłany ponownie" in card(office)
