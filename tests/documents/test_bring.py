"""A colleague is asked for a file by a day, reminded, and what they bring comes to whoever asked."""

import pytest

from bot.slack import HOME
from handlers.documents.service import wanted_files
from handlers.documents.service.wanted_files import NotWantedNow
from storage import audit
from tests.driver import Office, Seen
from tests.home.test_conversation import quiet
from tests.running import Running
from tests.tickets.desk import draft

DAY = 24 * 3600


@pytest.fixture
def asked(office: Office) -> Seen:
    """What Piotr reads after Anna has asked him on Monday for something by Wednesday."""
    asks(office, "2026-11-25")
    office.anna.submits()
    return office.piotr.dm[-1]


def asks(office: Office, day: str) -> None:
    office.anna.types("/document bring Umowa najmu")
    office.anna.fills(holder="piotr", kind="contract", due_on=day)


def remarks(office: Office) -> int:
    return sum("Umowa najmu" in seen for seen in office.piotr.dm)


def test_file_is_brought_and_comes_to_whoever_asked(
    office: Office, bot: Running, asked: Seen
) -> None:
    assert "Umowa najmu" in asked
    office.piotr.clicks("documents.hand_in", on=asked)
    office.piotr.fills(files=[draft(office, "umowa.txt", "piotr")]).submits()
    assert any("ZD-000001" in seen for seen in office.anna.dm)
    assert any(file["name"] == "umowa.txt" for seen in office.anna.dm for file in seen.files)
    assert not asked.again().has("documents.hand_in")
    assert "Dostarczono" in asked.again()
    (waiting,) = [seen for seen in office.anna.dm if "Plik przyjdzie tutaj" in seen]
    assert "25 lis 2026" in waiting  # by when
    assert not waiting.has("documents.cancel_wanted")
    with bot.turns.turn(HOME, "U0PIOTR") as turn, pytest.raises(NotWantedNow):
        wanted_files.open_one(turn, 1)


def test_holder_is_reminded_once_a_day_from_the_eve_until_nobody_needs_it(
    office: Office, bot: Running, asked: Seen
) -> None:
    bot.tick()
    assert remarks(office) == 1
    for reminders in (2, 3, 4):
        office.later(DAY)
        bot.tick()
        bot.tick()
        assert remarks(office) == reminders
    assert sum("Jeszcze nie dostarczono" in seen for seen in office.anna.dm) == 1
    (waiting,) = (
        seen
        for seen in office.anna.dm
        if "documents.cancel_wanted" in [field.action_id for field in seen.fields]
    )
    office.anna.clicks("documents.cancel_wanted", on=waiting)
    assert "niepotrzebne" in office.piotr.dm[-1]
    assert not any(seen.has("documents.hand_in") for seen in office.piotr.dm)
    before = remarks(office)
    office.later(DAY)
    bot.tick()
    assert remarks(office) == before


def test_reminder_of_a_file_waits_until_the_quiet_hours_end(
    office: Office, bot: Running, asked: Seen
) -> None:
    quiet(office, "piotr", "8:00", "13:00")
    office.later(DAY)  # ten in the morning
    bot.tick()
    assert remarks(office) == 1
    office.later(3 * 3600)
    bot.tick()
    assert remarks(office) == 2
    office.later(DAY)  # and from now on at one
    bot.tick()
    assert remarks(office) == 3


def test_who_does_not_have_it_says_so_and_a_past_day_is_refused(
    office: Office, asked: Seen
) -> None:
    office.piotr.clicks("documents.decline", on=asked)
    assert "nie ma tego" in office.anna.dm[-1]
    asks(office, "2026-11-20")
    office.anna.submits()
    assert office.anna.has_modal


def test_who_was_reminded_long_enough_has_not_brought_it(
    office: Office, bot: Running, asked: Seen
) -> None:
    """To say that they do not have it would be to say what nobody knows."""
    office.later(17 * DAY)
    bot.tick()
    assert "nie będzie więcej przypomnień" in office.anna.dm[-1]
    assert "Nie dostarczono" in asked.again()
    assert not asked.again().has("documents.hand_in")
    (waiting,) = [seen for seen in office.anna.dm if "Plik przyjdzie tutaj" in seen]
    assert "Nie dostarczono" in waiting
    with bot.turns.turn(HOME) as turn:
        told = [row.event for row in audit.history(turn.db, turn.workspace, "wanted:1")]
    assert told == ["file.asked", "file.unbrought"]
