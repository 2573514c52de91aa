"""A channel of private matters that others can read from now on: nothing more is posted there, and
somebody is told.
"""

import pytest

from bot.catalogue import loader
from bot.kit.catalogue import Catalogue
from bot.playground.slack.acts import administrator
from bot.playground.slack.channels import Channel, Kind
from bot.slack import HOME
from tests.driver import Office, Seen
from tests.running import Running
from tests.tickets.catalogues import with_department
from tests.tickets.desk import asks, newest_card

SECRET = "Wypowiedzenie"
HR = "#bo-hr"


@pytest.fixture
def rules() -> Catalogue:
    return with_department(loader.load(None), "hr", lead="istvan@baltyk-balaton.example")


def channel(office: Office) -> Channel:
    return office.ewa.place(HR)


def converts(office: Office, kind: Kind) -> None:
    async def convert() -> None:
        administrator.convert(office.world, channel(office), kind, office.ewa.id)

    office.playground.run(convert())
    office.calm()


def shares(office: Office) -> None:
    async def share() -> None:
        administrator.share(office.world, channel(office), "T0KOWALSKA")

    office.playground.run(share())
    office.calm()


def unshares(office: Office) -> None:
    async def unshare() -> None:
        administrator.unshare(office.world, channel(office), "T0KOWALSKA")

    office.playground.run(unshare())
    office.calm()


def whispers(office: Office) -> Seen:
    card = asks(office, "kata", SECRET, "hr_question")
    office.ewa.clicks("tickets.take", on=card).replies(card, "Zapraszam")
    office.kata.replies(office.kata.dm[0], f"{SECRET} kell")
    return card


def warnings(office: Office, who: str) -> list[Seen]:
    return [seen for seen in office[who].dm if ":warning:" in seen]


def posted(office: Office) -> str:
    """What the bot shows in the channel now."""
    world = office.world
    own = [
        message
        for message in channel(office).messages.values()
        if message.get("user") == world.app.bot_user_id
    ]
    return "\n".join(str(Seen(world, channel(office), message)) for message in own)


def test_whoever_had_rights_by_a_channel_made_public_gives_back_at_once(office: Office) -> None:
    whispers(office)
    office.istvan.types("/ticket BO-1")
    assert "Ewa Dąbrowska" in office.istvan.modal
    office.istvan.closes()
    converts(office, "public")
    office.istvan.types("/ticket BO-1")
    assert "még senki" in office.istvan.modal
    office.ewa.types("/ticket BO-1")
    assert not office.ewa.has_modal


def test_channel_made_public_is_left_at_once_and_the_lead_is_told_once(office: Office) -> None:
    whispers(office)
    converts(office, "public")
    assert SECRET not in posted(office)
    (told,) = warnings(office, "istvan")
    assert "bo-hr" in told
    assert "/ticket sor" in told
    office.kata.replies(office.kata.dm[0], f"{SECRET} holnap")
    office.kata.types("/ticket Urlop").fills(type="hr_question").submits()
    assert "mindenki olvashatja" in next(iter(office.kata.modal.errors.values()))
    office.kata.closes()
    office.istvan.types("/ticket BO-1")
    assert f"{SECRET} holnap" in office.istvan.modal
    assert SECRET not in posted(office)
    converts(office, "public")
    assert len(warnings(office, "istvan")) == 1


def test_channel_made_private_again_has_its_cards_back(office: Office) -> None:
    whispers(office)
    converts(office, "public")
    office.kata.replies(office.kata.dm[0], f"{SECRET} holnap")
    converts(office, "private")
    card = newest_card(office)
    assert SECRET in card
    assert f"{SECRET} holnap" in card.thread[0]
    assert warnings(office, "istvan") == []
    office.ewa.replies(card, "Już dobrze")
    assert "Już dobrze" in office.kata.dm[0].thread[-1]


def test_channel_shared_with_another_company_is_left_until_it_is_not(office: Office) -> None:
    whispers(office)
    shares(office)
    assert SECRET not in posted(office)
    assert len(warnings(office, "istvan")) == 1
    unshares(office)
    assert SECRET in posted(office)


def test_refresh_finds_what_no_event_told(office: Office, bot: Running) -> None:
    whispers(office)
    channel(office).kind = "public"
    bot.refresh()
    office.calm()
    assert SECRET not in posted(office)
    assert len(warnings(office, "istvan")) == 1


@pytest.mark.parametrize(("kind", "teams"), [("public", ()), ("private", ("T0KOWALSKA",))])
def test_channel_that_is_seen_first_while_running_is_judged_as_it_is_found(
    office: Office, bot: Running, kind: Kind, teams: tuple[str, ...]
) -> None:
    named = with_department(bot.turns.catalogue(HOME), "hr", channel="hr-new")
    bot.bot.take({"*": named})
    members = [office.istvan.id, office.ewa.id, office.world.app.bot_user_id]

    async def found() -> Channel:
        return office.world.add_channel("hr-new", members, kind=kind, teams=teams)

    there = office.playground.run(found())
    for _ in range(2):
        bot.refresh()
        office.calm()
        (told,) = warnings(office, "istvan")
        assert "hr-new" in told
    office.kata.types("/ticket Urlop").fills(type="hr_question").submits()
    assert "mindenki olvashatja" in next(iter(office.kata.modal.errors.values()))
    office.kata.closes()
    there.kind, there.teams = "private", []
    bot.refresh()
    office.calm()
    assert warnings(office, "istvan") == []
    office.kata.types("/ticket Urlop").fills(type="hr_question").submits()
    assert "Urlop" in newest_message(office, there)


def newest_message(office: Office, place: Channel) -> Seen:
    return Seen(office.world, place, place.top_level()[-1])
