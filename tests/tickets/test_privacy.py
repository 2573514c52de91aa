"""Private tickets: nothing of them where an outsider could see it."""

import pytest

from bot.catalogue import loader
from bot.kit.catalogue import Catalogue
from bot.playground.slack.acts import administrator
from tests.driver import Office
from tests.tickets.catalogues import with_department
from tests.tickets.desk import newest_card, opened, taken

SECRET = "Wypowiedzenie"


@pytest.fixture
def rules() -> Catalogue:
    """IT is open: everybody may read its tickets."""
    return with_department(loader.load(None), "it", open=True, assignment="manual")


def whispers(office: Office) -> None:
    """Kata asks HR something that is nobody else's business."""
    office.kata.types(f"/ticket {SECRET}").fills(type="hr_question").submits()


def everything(office: Office, *, but: tuple[str, ...]) -> str:
    """What everybody sees, except these."""
    people = [
        person.name
        for person in office.world.people.values()
        if not person.is_bot and person.name not in but
    ]
    return "\n".join(office[name].picture() for name in people)


def test_private_ticket_is_seen_by_its_requester_and_agents_alone(office: Office) -> None:
    whispers(office)
    card = newest_card(office)
    assert card.channel.name == "bo-hr"
    assert ":lock:" in card
    office.ewa.clicks("tickets.take", on=card)
    office.ewa.replies(card, "Zapraszam do mnie")
    office.kata.replies(office.kata.dm[0], "Megyek")
    seen = everything(office, but=("kata", "ewa", "istvan"))
    for secret in (SECRET, "Zapraszam do mnie", "Megyek", "BO-1"):
        assert secret not in seen


def test_outsiders_find_and_open_nothing(office: Office) -> None:
    whispers(office)
    for who in ("tomasz", "anna", "marek"):
        office[who].types("/ticket BO-1")
        office[who].types(f"/ticket search {SECRET}")
        assert SECRET not in office[who].picture().replace(f"„{SECRET}”", "").replace(
            f"“{SECRET}”", ""
        )
    office.tomasz.types("/ticket queue")
    assert "0 otwartych zgłoszeń" in str(office.tomasz.notes("#general")[-1])


def test_private_matter_from_a_public_channel_goes_on_in_the_direct_message(office: Office) -> None:
    message = office.kata.says("#front-desk", SECRET)
    office.kata.shortcut("tickets.from_message", on=message).fills(
        type="payroll_question"
    ).submits()
    assert message.again().thread == []
    assert "BO-1" in office.kata.dm[0]


def test_ticket_that_becomes_private_leaves_the_channels(office: Office) -> None:
    secret = "Bélyegző"  # no word of HR's: it begins where everybody reads
    office.kata.says("#intake", f"{secret} kellene")
    card = newest_card(office)
    office.lena.replies(card, "// delicate")
    office.lena.replies(card, "Rozumiem")
    opened(office, "lena", card)
    office.lena.clicks("Rodzaj, priorytet…").fills(type="hr_question").submits()
    (root,) = office.anna.sees("#intake")
    assert root.thread == []
    assert secret not in str(card.again())
    assert {seen.author for seen in card.again().thread} == {
        "Łena Krawczyk"
    }  # her own words are hers to delete
    assert "BO-1" in office.kata.dm[-1]
    office.kata.replies(office.kata.dm[-1], "Privát")
    assert "Privát" in newest_card(office).thread[-1]
    assert "Privát" not in everything(office, but=("kata", "ewa", "istvan"))


def test_private_ticket_stays_private_in_another_department(office: Office) -> None:
    async def convert() -> None:
        channel = office.world.channel_named("bo-it")
        administrator.convert(office.world, channel, "public", office.istvan.id)

    whispers(office)
    office.playground.run(convert())
    opened(office, "ewa", newest_card(office))
    office.ewa.clicks("Rodzaj, priorytet…").fills(type="it_help").submits()
    assert "każdy" in next(iter(office.ewa.modal.errors.values()))
    assert SECRET not in everything(office, but=("kata", "ewa", "istvan"))


def test_private_ticket_cannot_be_merged_into_somebody_elses(office: Office) -> None:
    whispers(office)
    office.anna.types("/ticket Pytanie").fills(type="hr_question").submits()
    opened(office, "ewa", newest_card(office))
    office.ewa.clicks("Połącz…").fills(target="BO-1").submits()
    assert "jest poufne" in next(iter(office.ewa.modal.errors.values()))


def test_error_texts_tell_nothing(office: Office) -> None:
    whispers(office)
    card = newest_card(office)
    office.world.channel_named("bo-hr").members.append(office.olga.id)  # a guest who was let in
    office.olga.clicks("tickets.open", on=card)
    assert SECRET not in "\n".join(map(str, office.olga.notes("#bo-hr")))
    assert not office.olga.has_modal


def test_agent_of_another_department_sees_what_is_not_private(office: Office) -> None:
    taken(office)
    office.marek.types("/ticket BO-1")
    assert "Drukarka" in office.marek.modal
    assert office.marek.modal.buttons == []
