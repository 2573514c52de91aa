"""While others can read finance's channel, what it is told but once reaches finance in person."""

from collections.abc import Callable

import pytest

from bot.kit.catalogue import Catalogue
from bot.playground.slack.acts import administrator
from tests.books import rules as demo
from tests.driver import Office, Seen
from tests.invoices.test_conversation import OVERDUE, asks
from tests.invoices.test_conversation_office import INVOICES

__all__ = ["demo"]

FINANCE = "#bo-accounting"
OTHER_ACCOUNT = "PL61109010140000071219812874"


@pytest.fixture
def rules(demo: Catalogue, request: pytest.FixtureRequest) -> Catalogue:
    """The company's catalogue; without a lead of finance, or with another one, where that is
    asked for.
    """
    asked_for = getattr(request, "param", "")
    if not asked_for:
        return demo
    lead = None if asked_for == "no lead" else asked_for
    changes = {"lead": lead, "user_group": "S0ACCOUNT"}
    finance = demo.departments["accounting"].model_copy(update=changes)
    return demo.model_copy(
        update={"departments": {**demo.departments, "accounting": finance}},
    )


def act(office: Office, do: Callable[[], object]) -> None:
    async def acts() -> None:
        do()

    office.playground.run(acts())
    office.calm()


def opens(office: Office) -> None:
    """Anybody in the company can read finance's channel."""
    channel = office.marek.place(FINANCE)
    act(office, lambda: administrator.convert(office.world, channel, "public", office.ewa.id))


def closes(office: Office) -> None:
    channel = office.marek.place(FINANCE)
    act(office, lambda: administrator.convert(office.world, channel, "private", office.ewa.id))


def shares(office: Office) -> None:
    """A customer reads finance's channel."""
    channel = office.marek.place(FINANCE)
    act(office, lambda: administrator.share(office.world, channel, "T0KOWALSKA"))


def drops(office: Office, number: str) -> None:
    """A supplier's invoice that asks for another account than before."""
    content = INVOICES.format(number=number, account=OTHER_ACCOUNT).encode()
    office.marek.uploads("@zaplecze", "faktury.csv", content)
    office.marek.clicks("Wczytaj tak")


def alarms(messages: list[Seen], number: str) -> list[Seen]:
    return [seen for seen in messages if f"🚨 *{number}*" in seen]


@pytest.mark.parametrize("exposes", [opens, shares])
def test_alarm_about_an_account_reaches_the_lead_while_others_read_the_channel(
    desk: Office, exposes: Callable[[Office], None]
) -> None:
    exposes(desk)
    before = len(desk.marek.sees(FINANCE))
    drops(desk, "999/2026")
    (alarm,) = alarms(desk.marek.dm, "999/2026")
    assert OTHER_ACCOUNT in alarm
    assert len(desk.marek.sees(FINANCE)) == before
    desk.marek.clicks("Nowy rachunek jest właściwy", on=alarm)
    again = INVOICES.format(number="1000/2026", account=OTHER_ACCOUNT).encode()
    desk.marek.uploads("@zaplecze", "faktury.csv", again)
    assert not alarms(desk.marek.dm, "1000/2026")


@pytest.mark.parametrize("rules", ["no lead"], indirect=True)
def test_without_a_lead_those_who_work_there_hear_of_it(desk: Office) -> None:
    shares(desk)
    drops(desk, "999/2026")
    assert alarms(desk.marek.dm, "999/2026")
    for name in ("piotr", "kata", "gabor", "ewa"):
        assert not alarms(desk[name].dm, "999/2026")


@pytest.mark.parametrize("rules", ["Piotr Nowak"], indirect=True)
def test_lead_by_a_name_that_gives_no_right_keeps_no_alarm_from_those_with_one(
    desk: Office,
) -> None:
    opens(desk)
    drops(desk, "999/2026")
    assert alarms(desk.marek.dm, "999/2026")
    assert not alarms(desk.piotr.dm, "999/2026")


def test_channel_that_is_closed_again_hears_of_the_next_alarm_alone(desk: Office) -> None:
    opens(desk)
    drops(desk, "999/2026")
    closes(desk)
    content = INVOICES.format(number="1000/2026", account="PL27114020040000300201355387").encode()
    desk.marek.uploads("@zaplecze", "faktury.csv", content)
    assert alarms(desk.marek.sees(FINANCE), "1000/2026")
    assert not alarms(desk.marek.sees(FINANCE), "999/2026")
    assert len(alarms(desk.marek.dm, "999/2026")) == 1


def test_what_an_owner_notes_reaches_the_lead_meanwhile(desk: Office) -> None:
    opens(desk)
    desk.piotr.clicks("Spór…", on=asks(desk, "piotr", OVERDUE)).fills(why="Zła ilość").submits()
    told = [seen for seen in desk.marek.dm if "spór" in seen and "Zła ilość" in seen]
    assert len(told) == 1
    assert not [seen for seen in desk.piotr.sees(FINANCE) if "Zła ilość" in seen]
