"""How much leaves by e-mail: letters to one address in a day, the size of one, all in a minute."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.delivery.mail.sender import MailSender
from bot.edge.turns import Turns
from bot.kit import clock
from bot.kit.files.content_store import ContentStore
from bot.mail_settings import server_of
from bot.slack import HOME
from handlers.documents.service.mail import delivery as mail_delivery
from handlers.documents.service.mail.delivery import LARGEST, MOST_A_DAY
from storage.documents import files
from storage.outbox_mails import claim, outbox_mails
from tests.chaos.mails import US, letter
from tests.driver import Office
from tests.mail.conftest import ADDRESS
from tests.mail.server import Mailbox, Server
from tests.mail.test_conversation import STATEMENT, card
from tests.running import Running


def sent_before(bot: Running, count: int, ago: timedelta = timedelta(0)) -> None:
    """So many letters were asked for to Kowalska's address."""
    with bot.turns.turn(HOME) as turn:
        for number in range(count):
            mail_delivery.give_up(turn, f"reminder:{number}", ADDRESS, "550")
        turn.db.execute(update(outbox_mails).values(created_at=turn.now - ago))


def test_the_tenth_letter_of_a_day_goes_and_the_eleventh_is_refused(
    office: Office, bot: Running, box: Mailbox, kowalska: int
) -> None:
    sent_before(bot, MOST_A_DAY - 1)
    for _ in range(2):
        office.piotr.types(STATEMENT, "#sales").submits()
        office.piotr.clicks("Wyślij e-mailem", on=card(office))
    assert len(box.taken) == 1
    said = f"Liczba pism wysłanych dziś na adres {ADDRESS}: {MOST_A_DAY}."
    assert any(said in seen for seen in office.piotr.dm)


@pytest.mark.parametrize(
    ("ago", "letters"), [(timedelta(hours=23), 0), (timedelta(days=1, seconds=1), 1)]
)
def test_letters_count_for_a_day(
    office: Office, bot: Running, box: Mailbox, kowalska: int, ago: timedelta, letters: int
) -> None:
    sent_before(bot, MOST_A_DAY, ago)
    office.piotr.types(STATEMENT, "#sales").submits()
    office.piotr.clicks("Wyślij e-mailem", on=card(office))
    assert len(box.taken) == letters


@pytest.mark.parametrize(("beyond", "letters"), [(0, 1), (1, 0)])
def test_a_file_of_ten_megabytes_goes_and_one_byte_more_is_refused(
    office: Office, bot: Running, box: Mailbox, kowalska: int, beyond: int, letters: int
) -> None:
    office.piotr.types(STATEMENT, "#sales").submits()
    with bot.turns.turn(HOME) as turn:
        files.keep(turn, "document:1", bytes(LARGEST + beyond))
    office.piotr.clicks("Wyślij e-mailem", on=card(office))
    assert len(box.taken) == letters
    assert any("ma ponad 10 MB" in seen for seen in office.piotr.dm) is not bool(letters)


class Turned:
    """A sender of seven letters a minute whose clock a test turns, with nine to carry. No bot runs
    beside it, whose own sender would take letters too.
    """

    def __init__(self, turns: Turns, server: Server, folder: Path) -> None:
        self.moment = clock.real()
        setting, archive = (server_of(server.url), US), ContentStore(folder)
        self.sender = MailSender(turns, setting, archive, most_a_minute=7, now=lambda: self.moment)
        turns.has_mail = True
        with turns.turn(HOME) as turn:
            for number in range(9):
                letter(turn, number)

    def carries(self) -> None:
        while self.sender.carry_now():
            pass


@pytest.fixture
def turned(turns: Turns, server: Server, tmp_path: Path) -> Turned:
    return Turned(turns, server, tmp_path)


def test_no_more_letters_leave_in_a_minute_than_may(turned: Turned, box: Mailbox) -> None:
    turned.carries()
    assert len(box.taken) == 7
    turned.moment += timedelta(seconds=61)
    turned.carries()
    assert len(box.taken) == 9


def test_what_another_sender_has_in_hand_counts_for_the_minute(
    turns: Turns, turned: Turned, box: Mailbox
) -> None:
    with turns.transaction() as db:
        theirs = claim(db, turned.moment, turned.sender.lease, 5)
    turned.carries()
    assert (len(theirs), len(box.taken)) == (5, 2)
