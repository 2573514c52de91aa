"""Channels of which events tell before anybody has looked at them: shared counts from then on."""

from itertools import permutations

import pytest
from sqlalchemy import select

from bot.catalogue.channels import check_channels
from bot.directory import channel_privacy
from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from storage import audit
from storage.people import people, roles
from storage.turn import Turn
from tests.tickets.catalogues import with_department

OLD, NEW, NAME = "C0OLD", "C0NEW", "bo-hr"


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    return with_department(shipped, "hr", channel=NAME)


def looks(turn: Turn, id: str = NEW, *, private: bool = True, shared: bool = False) -> None:
    """What a refresh finds."""
    channel_privacy.keep(turn, {"id": id, "name": NAME, "is_private": private, "is_shared": shared})


def judged(turns: Turns, id: str = NEW) -> list[str]:
    """What was decided of the channel, in order."""
    with turns.turn(HOME) as turn:
        query = select(audit.events.c.event).where(audit.events.c.subject == f"channel:{id}")
        rows = turn.db.execute(query.order_by(audit.events.c.id)).scalars()
        return [row for row in rows if row in ("channel.exposed", "channel.discreet")]


def test_channel_that_only_its_sharing_told_of_is_closed_at_the_first_look(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        channel_privacy.change(turn, NEW, is_shared=True)
        assert roles.is_open_to_outsiders(turn, NEW)
        looks(turn, shared=True)
        assert roles.discreet_named(turn, NAME) is None
    assert judged(turns) == ["channel.exposed"]
    with turns.turn(HOME) as turn:
        looks(turn, shared=True)
    assert judged(turns) == ["channel.exposed"]
    with turns.turn(HOME) as turn:
        channel_privacy.change(turn, NEW, is_shared=False)
    assert judged(turns) == ["channel.exposed", "channel.discreet"]


def test_channel_that_is_found_unshared_was_never_closed(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        channel_privacy.change(turn, NEW, is_shared=True)
        channel_privacy.change(turn, NEW, is_shared=False)
        looks(turn)
        assert roles.discreet_named(turn, NAME) == NEW
    assert judged(turns) == []


@pytest.mark.parametrize("is_starting", [True, False])
def test_first_look_judges_unless_the_start_does(turns: Turns, is_starting: bool) -> None:
    with turns.turn(HOME) as turn:
        found = {"id": NEW, "name": NAME, "is_private": False, "is_shared": False}
        channel_privacy.keep(turn, found, is_starting=is_starting)
    assert judged(turns) == ([] if is_starting else ["channel.exposed"])


def test_channel_that_only_bears_a_name_which_is_kept_for_another_is_let_be(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        looks(turn, OLD)
        channel_privacy.rename(turn, OLD, "hr-old")
        looks(turn, NEW, private=False)
        assert roles.channel_named(turn, NAME) == OLD
    assert judged(turns) == []


def test_channel_that_is_found_public_after_an_event_is_closed(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        channel_privacy.change(turn, NEW, is_shared=False)
        looks(turn, private=False)
    assert judged(turns) == ["channel.exposed"]


@pytest.mark.parametrize("order", list(permutations(("share", "move", "rename"))))
def test_events_in_any_order_close_a_known_channel_once(
    turns: Turns, order: tuple[str, ...]
) -> None:
    with turns.turn(HOME) as turn:
        looks(turn, OLD)
    for event in order:
        with turns.turn(HOME) as turn:
            is_moved = "move" in order[: order.index(event)]
            match event:
                case "share":
                    channel_privacy.change(turn, NEW, is_shared=True)
                case "move":
                    channel_privacy.move(turn, OLD, NEW)
                case "rename":
                    channel_privacy.rename(turn, NEW if is_moved else OLD, "hr-old")
    with turns.turn(HOME) as turn:
        assert roles.channel_named(turn, NAME) == NEW  # by the name of the catalogue
        assert roles.discreet_named(turn, NAME) is None
        assert people.channel(turn, NEW).is_private
    assert judged(turns) == ["channel.exposed"]


def test_sharing_told_by_the_old_id_counts_for_the_new_one_that_was_looked_at(
    turns: Turns,
) -> None:
    with turns.turn(HOME) as turn:
        looks(turn, NEW)
        channel_privacy.change(turn, OLD, is_shared=True)
        channel_privacy.move(turn, OLD, NEW)
        known = people.channel(turn, NEW)
        assert (known.name, known.is_private, known.is_shared) == (NAME, True, True)
        assert people.channel(turn, OLD) is None
    assert judged(turns) == ["channel.exposed"]


def test_name_told_of_a_channel_that_nobody_looked_at_gives_no_rights_by_it(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        looks(turn, OLD)
        channel_privacy.change(turn, NEW, is_shared=True)
        channel_privacy.rename(turn, NEW, NAME)
        assert roles.channel_named(turn, NAME) is None
        looks(turn, NEW, shared=True)
        assert roles.channel_named(turn, NAME) == NEW
    assert judged(turns) == ["channel.exposed"]


def test_channel_that_is_given_a_departments_name_is_judged_by_it(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        people.save_channel(
            turn, {"id": NEW, "name": "fun", "is_private": False, "is_shared": False}
        )
        channel_privacy.rename(turn, NEW, NAME)
    assert judged(turns) == ["channel.exposed"]


@pytest.mark.parametrize("shared", [True, False])
def test_channel_named_by_its_id_is_closed_by_the_event_itself(turns: Turns, shared: bool) -> None:
    catalogue = with_department(turns.catalogue(HOME), "hr", channel=NEW)
    turns.catalogues = {"*": catalogue}
    with turns.turn(HOME) as turn:
        channel_privacy.change(turn, NEW, is_shared=shared)
        known = [channel_privacy.as_known(row) for row in people.channel_facts(turn)]
    assert judged(turns) == (["channel.exposed"] if shared else [])
    problems = check_channels(catalogue, known)
    assert [type(each).__name__ for each in problems] == (["SharedTriage"] if shared else [])
