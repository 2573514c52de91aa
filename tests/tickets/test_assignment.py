"""Who gets a ticket: in turn, or who has least; the absent are skipped and their
substitutes asked.
"""

from datetime import date
from typing import Any

import pytest

from bot.kit.catalogue import Absence, Catalogue
from tests.driver import Office, Seen
from tests.running import Running
from tests.tickets.catalogues import with_department
from tests.tickets.desk import asks, newest_card, opened

TOMASZ, DANIEL, LENA = (f"{name}@baltyk-balaton.example" for name in ("tomasz", "daniel", "lena"))


@pytest.fixture
def it() -> dict[str, Any]:
    """What is special about IT in a test; parametrized where something is."""
    return {"assignment": "round_robin"}


@pytest.fixture
def rules(rules: Catalogue, it: dict[str, Any]) -> Catalogue:
    return with_department(rules, "it", **it)


def away(person: str, substitute: str | None = None) -> tuple[Absence, ...]:
    return (
        Absence(
            person=person,
            first_day=date(2026, 11, 20),
            last_day=date(2026, 11, 27),
            substitute=substitute,
        ),
    )


def assignee(card: Seen) -> str:
    return card.again().text.splitlines()[1].partition("· ")[2].removeprefix("@")


def special(**it: Any) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("it", [it], ids=["it"])


def test_round_robin_goes_round(office: Office) -> None:
    assert [assignee(asks(office)) for _ in range(3)] == [
        "Daniel Hughes",
        "Tomasz Lewandowski",
        "Daniel Hughes",
    ]
    assert "@Daniel Hughes BO-1 is yours." in office.daniel.sees("#bo-it")[0].thread[0]


def test_nobody_gets_their_own_ticket(office: Office) -> None:
    assert assignee(asks(office, who="daniel")) == "Tomasz Lewandowski"


@special(assignment="least_loaded")
def test_least_loaded_gets_it(office: Office) -> None:
    cards = [asks(office) for _ in range(2)]
    assert [assignee(card) for card in cards] == ["Daniel Hughes", "Tomasz Lewandowski"]
    office.tomasz.clicks("Resolve", on=cards[1])
    assert assignee(asks(office)) == "Tomasz Lewandowski"


@special(assignment="round_robin", absences=away(DANIEL))
def test_absent_by_the_catalogue_is_skipped(office: Office) -> None:
    assert [assignee(asks(office)) for _ in range(2)] == ["Tomasz Lewandowski"] * 2


@special(assignment="round_robin", absences=away(DANIEL, LENA))
def test_substitute_is_asked_and_may_work_on_it(office: Office) -> None:
    card = asks(office)
    assert assignee(card) == "Tomasz Lewandowski"
    card = asks(office)
    assert assignee(card) == "Łena Krawczyk"
    office.lena.types("/ticket BO-2").clicks("tickets.resolve")
    assert "Resolved" in card.again()


def test_slack_status_says_who_is_away(office: Office) -> None:
    office.daniel.changes(status_emoji=":palm_tree:", status_text="Back on Monday")
    assert assignee(asks(office)) == "Tomasz Lewandowski"
    office.tomasz.changes(status_text="Na urlopie do piątku")
    assert assignee(asks(office)) == "nobody yet"
    office.daniel.changes(status_emoji=":coffee:", status_text="Coffee")
    assert assignee(asks(office)) == "Daniel Hughes"


@special(assignment="manual", absences=away(DANIEL, LENA))
def test_absent_colleague_cannot_be_chosen_and_the_substitute_is_named(office: Office) -> None:
    card = asks(office)
    opened(office, "tomasz", card)
    office.tomasz.clicks("Przydziel…").fills(assignee="Daniel Hughes").submits()
    (told,) = office.tomasz.modal.errors.values()
    assert told == "Daniel Hughes – nieobecność do 27 lis 2026. Zastępstwo: Łena Krawczyk."


@pytest.mark.parametrize("it", [{"assignment": "manual"}])
def test_people_of_one_name_can_be_told_apart(office: Office, bot: Running) -> None:
    office.daniel.changes(real_name="Tomasz Lewandowski")
    bot.refresh()
    office.tomasz.clicks("tickets.open", on=asks(office)).clicks("tickets.assign")
    names = [each for each in office.tomasz.modal.options("assignee") if "Tomasz" in each]
    assert names == ["Tomasz Lewandowski (@tomasz)", "Tomasz Lewandowski (@daniel)"]
    office.tomasz.fills(assignee="Tomasz Lewandowski (@daniel)").submits()
    assert f"<@{office.daniel.id}>" in str(newest_card(office).thread[-1].raw)
