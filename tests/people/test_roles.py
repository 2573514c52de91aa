"""Who may what, as the catalogue, channels and user groups say."""

import pytest
from sqlalchemy import Engine

from bot.catalogue import loader
from bot.directory import channel_privacy
from bot.kit.catalogue import Absence, Catalogue
from bot.slack import HOME
from handlers.people.service import absences, roles
from storage.people import people
from storage.turn import Person, Turn
from tests.tickets.catalogues import with_department
from tests.tickets.small import MONDAY, Small, person


@pytest.fixture
def rules() -> Catalogue:
    rules = with_department(loader.load(None), "it", lead="@istvan", user_group="S0ITGROUP")
    away = Absence(
        person="@daniel", first_day=MONDAY.date(), last_day=MONDAY.date(), substitute="@lena"
    )
    return with_department(rules, "it", absences=(away,))


@pytest.fixture
def small(engine: Engine, rules: Catalogue) -> Small:
    return Small(engine, rules)


def who(turn: Turn, id: str) -> Person:
    found = people.person(turn, id)
    assert found is not None
    return found


def test_members_of_the_channel_the_group_and_the_lead_are_agents(small: Small) -> None:
    with small.turns.turn(HOME) as turn:
        people.add_member(turn, "S0ITGROUP", "U0PIOTR")
        assert [agent.name for agent in roles.agents_of(turn, "it")] == [
            "Daniel",
            "Piotr",
            "Tomasz",
            "Istvan",
        ]
        assert [agent.name for agent in roles.workers_of(turn, "it")] == [
            "Daniel",
            "Piotr",
            "Tomasz",
        ]
        assert roles.departments_of(turn, who(turn, "U0PIOTR")) == {"it"}
        assert roles.lead_of(turn, "it") == who(turn, "U0ISTVAN")
        assert not roles.departments_of(turn, who(turn, "U0LENA"))


def test_guests_and_bots_have_no_roles_whatever_channel_they_are_in(small: Small) -> None:
    with small.turns.turn(HOME) as turn:
        people.save_person(turn, {**person("U0GUEST"), "is_external": True})
        people.add_member(turn, "C0IT", "U0GUEST")
        people.add_member(turn, "C0ACCOUNTING", "U0GUEST")
        guest = who(turn, "U0GUEST")
        assert not roles.departments_of(turn, guest)
        assert not roles.is_finance(turn, guest)
        assert not roles.may(turn, "invoice", "see", person=guest)
        assert guest not in roles.agents_of(turn, "it")


def test_channel_that_anybody_may_join_gives_rights_only_where_its_department_is_open(
    small: Small, rules: Catalogue
) -> None:
    with small.turns.turn(HOME) as turn:
        for id, name in (("C0IT", "bo-it"), ("C0ACCOUNTING", "bo-accounting")):
            facts = {"id": id, "name": name, "is_private": False, "is_shared": False}
            people.save_channel(turn, facts)
            people.add_member(turn, id, "U0PIOTR")
        piotr = who(turn, "U0PIOTR")
        assert not roles.departments_of(turn, piotr)
        assert not roles.may(turn, "invoice", "see", person=piotr)
        assert [agent.name for agent in roles.agents_of(turn, "it")] == ["Istvan"]
        turn.catalogue = with_department(rules, "it", open=True)
        assert roles.departments_of(turn, piotr) == {"it"}
        assert piotr in roles.workers_of(turn, "it")


@pytest.mark.parametrize("is_renamed", [False, True])
def test_channel_that_takes_a_name_takes_its_roles(small: Small, is_renamed: bool) -> None:
    """The channel of old was deleted, which Slack tells nobody of, and made anew by the
    same name.
    """
    with small.turns.turn(HOME) as turn:
        name = people.channel_name(turn, "C0ACCOUNTING")
        people.add_member(turn, "C0ACCOUNTING", "U0ANNA")
        new = {
            "id": "C0AANEW",
            "name": "new" if is_renamed else name,
            "is_private": True,
            "is_shared": False,
        }
        people.save_channel(turn, new)
        if is_renamed:
            channel_privacy.rename(turn, "C0AANEW", str(name))
        people.add_member(turn, "C0AANEW", "U0PIOTR")
        assert roles.triage_channel(turn, "accounting") == "C0AANEW"
        assert not roles.is_finance(turn, who(turn, "U0ANNA"))
        assert roles.is_finance(turn, who(turn, "U0PIOTR"))


def test_finance_and_readers_see_invoices(small: Small) -> None:
    with small.turns.turn(HOME) as turn:
        people.add_member(turn, "C0ACCOUNTING", "U0ANNA")
        people.add_member(turn, "C0ORDERS", "U0LENA")
        anna, lena, piotr = (who(turn, id) for id in ("U0ANNA", "U0LENA", "U0PIOTR"))
        assert roles.is_finance(turn, anna)
        assert not roles.is_finance(turn, lena)
        assert [roles.may(turn, "invoice", "see", person=one) for one in (anna, lena, piotr)] == [
            True,
            True,
            False,
        ]


def test_nobody_gets_a_role_by_the_name_that_they_chose(small: Small) -> None:
    with small.turns.turn(HOME) as turn:
        for id, name in (
            ("U0ROGUE", "istvan"),
            ("U0ROGUE2", "@istvan"),
            ("U0ROGUE3", "istvan@baltyk-balaton.example"),
        ):
            people.save_person(
                turn, {**person(id), "name": name, "email": "", "handle": id.lower()}
            )
            assert not roles.departments_of(turn, who(turn, id))
            assert people.find(turn, name if "@" in name else f"@{name}") != who(turn, id)


def test_name_that_two_people_bear_means_neither(small: Small) -> None:
    with small.turns.turn(HOME) as turn:
        assert people.find(turn, "Istvan") == who(turn, "U0ISTVAN")
        people.save_person(turn, {**person("U0ROGUE"), "name": "Istvan"})
        assert people.find(turn, "Istvan") is None
        assert people.find(turn, "istvan@baltyk-balaton.example") == who(turn, "U0ISTVAN")


def test_administrators_are_the_workspaces_own_where_nobody_is_named(
    small: Small, rules: Catalogue
) -> None:
    with small.turns.turn(HOME) as turn:
        people.save_person(turn, {**person("U0BOSS"), "is_admin": True})
        assert [one.id for one in roles.administrators(turn)] == ["U0BOSS"]
    small.rules = rules.model_copy(update={"admins": ("@anna",)})
    small.turns.catalogues = {"*": small.rules}
    with small.turns.turn(HOME) as turn:
        assert [one.id for one in roles.administrators(turn)] == ["U0ANNA"]


def test_absent_person_is_stood_in_for_on_those_days_alone(small: Small) -> None:
    with small.turns.turn(HOME) as turn:
        daniel = who(turn, "U0DANIEL")
        assert absences.stand_in(turn, "it", daniel) == who(turn, "U0LENA")
        assert [one.name for one in absences.present(turn, "it")] == ["Lena", "Tomasz"]
    small.later(days=1)
    with small.turns.turn(HOME) as turn:
        assert absences.stand_in(turn, "it", daniel) == daniel


@pytest.mark.parametrize(
    ("status", "away"),
    [
        (":palm_tree: Back on Monday", True),
        (":face_with_thermometer:", True),
        ("Urlop do 5 grudnia", True),
        ("Szabadságon vagyok", True),
        ("Out of office until Friday", True),
        (":coffee: Coffee", False),
        ("Working on the holiday calendar", False),
        ("", False),
        (":spiral_calendar_pad: In a meeting", False),
    ],
)
def test_status_says_who_is_away(status: str, away: bool) -> None:
    assert absences.says_away(status) is away
