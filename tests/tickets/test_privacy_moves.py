"""Nothing private is left behind, or told on the way, where tickets move, split and
change hands.
"""

from datetime import timedelta

import pytest

from bot.edge.turns import Turns
from bot.kit.catalogue import ApprovalStep, Catalogue
from bot.slack import HOME
from storage.tickets import tickets
from tests.driver import Office, Seen
from tests.running import Running
from tests.tickets.catalogues import with_new_type
from tests.tickets.desk import asks, newest_card, opened, taken

SECRET = "Wypowiedzenie"


@pytest.fixture
def rules(rules: Catalogue) -> Catalogue:
    """A kind of help that wants István's word, and a legal matter that is no secret."""
    help = rules.request_types["it_help"]
    dear = {
        "key": "dear_help",
        "approval": (ApprovalStep(approvers=("istvan@baltyk-balaton.example",)),),
    }
    rules = with_new_type(rules, help.model_copy(update=dear))
    return with_new_type(
        rules, help.model_copy(update={"key": "plain_legal", "department": "legal"})
    )


def everything(office: Office, *, but: tuple[str, ...] = ()) -> str:
    """What everybody sees, except these."""
    people = [
        person.name
        for person in office.world.people.values()
        if not person.is_bot and person.name not in but
    ]
    return "\n".join(office[name].picture() for name in people)


def moves(office: Office, who: str, card: Seen, kind: str) -> Seen:
    opened(office, who, card)
    office[who].clicks("tickets.retype").fills(type=kind).submits()
    return newest_card(office)


def stands(turns: Turns) -> tuple[str, str | None]:
    with turns.turn(HOME) as turn:
        ticket = tickets.of_system(turn, 1)
        return ticket.state, ticket.waiting_for


def test_every_channel_that_it_went_through_is_left_when_it_becomes_private(office: Office) -> None:
    first = asks(office, "kata", SECRET)
    office.tomasz.replies(first, "Rozumiem")
    office.kata.replies(office.kata.dm[0], f"{SECRET} kell")
    second = moves(office, "tomasz", first, "shipping")
    third = moves(office, "gabor", second, "hr_question")
    assert third.channel.name == "bo-hr"
    for left in (first, second):
        assert SECRET not in "\n".join(map(str, [left.again(), *left.again().thread]))
    assert SECRET not in everything(office, but=("kata", "ewa", "istvan"))
    assert SECRET in "\n".join(map(str, third.thread))


def test_part_that_is_private_is_not_named_where_it_came_from(office: Office) -> None:
    message = office.kata.says("#intake", "Bélyegző")
    card = newest_card(office)
    opened(office, "lena", card)
    office.lena.clicks("Wydziel…").fills(
        type="hr_question", subject=SECRET, description=SECRET
    ).submits()
    assert newest_card(office).channel.name == "bo-hr"
    assert SECRET not in "\n".join(map(str, [*card.again().thread, *message.again().thread]))
    office.ewa.replies(newest_card(office), f"{SECRET} jutro")
    office.lena.types("/ticket BO-2")  # she wrote it, and it is no more her business
    assert not office.lena.has_modal
    assert f"{SECRET} jutro" not in everything(office, but=("kata", "ewa", "istvan"))


def test_what_follows_a_private_ticket_is_private(office: Office, bot: Running) -> None:
    office.kata.types(f"/ticket {SECRET}").fills(type="hr_question").submits()
    card = moves(office, "ewa", newest_card(office), "plain_legal")
    office.daniel.clicks("tickets.resolve", on=card)
    office.later(timedelta(days=9).total_seconds())
    bot.tick()
    office.kata.replies(office.kata.dm[0], f"Még egy {SECRET}")
    assert "*BO-2*" in newest_card(office)
    assert ":lock:" in newest_card(office)
    office.marek.types("/ticket BO-2")
    assert not office.marek.has_modal


def test_who_only_followed_does_not_follow_into_the_private(office: Office) -> None:
    card = taken(office)
    opened(office, "tomasz", card)
    office.tomasz.clicks("Obserwujący…").fills(followers=["kata"]).submits()
    assert "BO-1" in office.kata.dm[0]
    moves(office, "tomasz", card, "hr_question")
    assert office.kata.dm == []
    office.kata.types("/ticket BO-1")
    assert not office.kata.has_modal


def test_follower_who_is_taken_out_of_the_form_follows_no_more_and_may_again(
    office: Office,
) -> None:
    card = taken(office)
    for followers in (["kata", "anna"], ["anna"], ["kata"], []):
        opened(office, "tomasz", card)
        office.tomasz.clicks("Obserwujący…").fills(followers=followers).submits()
        for name in ("kata", "anna"):
            assert len(office[name].dm) == (name in followers)


def test_note_and_reply_may_take_turns(office: Office) -> None:
    card = taken(office)
    said = office.tomasz.replies(card, "coming")
    own = office.piotr.dm[0]
    for text, count in (
        ("// wait", 0),
        ("coming at ten", 1),
        ("// wait more", 0),
        ("coming at noon", 1),
    ):
        office.tomasz.edits(said, text)
        assert len(own.again().thread) == count
    assert "coming at noon" in own.again().thread[0]


def test_name_of_a_file_calls_nobody(office: Office) -> None:
    taken(office)
    own = office.piotr.dm[0]
    file = office.piotr.uploads("#front-desk", "<!channel>.txt", b"x").raw["files"][0]
    office.piotr.says(own.channel, "patrz", thread=own, files=[{"id": file["id"]}])
    raw = [str(message) for message in newest_card(office).channel.messages.values()]
    assert any("channel&gt;.txt" in each for each in raw)
    assert not any(
        "<!channel>" in str(message.get("text"))
        for message in newest_card(office).channel.messages.values()
    )


def test_subject_calls_nobody_even_in_a_notification(office: Office) -> None:
    card = asks(office, text="<!channel> drukarka")
    assert "<!channel>" not in card.raw["text"]
    assert "&lt;!channel&gt;" in card.raw["text"]


def test_agent_in_the_requesters_thread_answers_and_does_not_reopen(office: Office) -> None:
    message = office.anna.says("#intake", "Potrzebuję pieczątki")
    card = newest_card(office)
    office.lena.replies(message, "Już zamawiam")
    assert "answer by" not in card.again()
    office.lena.clicks("Resolve", on=card)
    office.lena.replies(message, "Leży w sekretariacie")
    assert "Resolved" in card.again()
    office.anna.replies(message, "Ale to nie ta pieczątka")
    assert "In progress" in card.again()


def test_agents_own_ticket_does_not_write_to_them_about_themselves(office: Office) -> None:
    card = asks(office, "tomasz")
    office.tomasz.clicks("Take", on=card).replies(card, "I do it myself")
    office.tomasz.clicks("Resolve", on=card)
    (own,) = office.tomasz.dm
    assert own.thread == []


def test_changes_that_were_asked_for_block_the_end_and_survive_a_move(
    office: Office, turns: Turns
) -> None:
    card = asks(office, kind="dear_help")
    office.istvan.clicks("Módosítást kérek…").fills(comment="Melyik?").submits()
    office.tomasz.clicks("Resolve", on=card)
    assert "István Horváth" in office.tomasz.notes("#bo-it")[-1]
    assert stands(turns) == ("waiting", "requester")
    moves(office, "tomasz", card, "shipping")
    assert stands(turns) == ("waiting", "requester")
    office.piotr.replies(office.piotr.dm[0], "Ta druga")
    assert stands(turns) == ("waiting", "approval")


def test_change_to_a_type_that_wants_an_approval_asks_for_it(office: Office) -> None:
    card = moves(office, "tomasz", taken(office), "dear_help")
    assert "Waiting for the approval of István Horváth" in card
    office.tomasz.clicks("Resolve", on=card)
    assert "Waiting" in card.again()
    office.istvan.clicks("Jóváhagyom")
    assert "In progress" in card.again()


def test_long_talk_arrives_whole_in_the_other_department(office: Office) -> None:
    card = taken(office)
    for number in range(8):
        office.piotr.replies(office.piotr.dm[0], f"{number}: " + "&<ą> " * 500)
    moved = moves(office, "tomasz", card, "shipping")
    told = "\n".join(map(str, moved.thread))
    assert all(f"{number}: " in told for number in range(8))


def test_long_fields_do_not_keep_the_card_away(office: Office) -> None:
    office.anna.types("/ticket Umowa " + "&" * 140).fills(
        type="it_help", description="&" * 3000
    ).submits()
    card = newest_card(office)
    office.tomasz.clicks("Take", on=card)
    office.anna.replies(office.anna.dm[0], "&" * 3000)
    assert "@Tomasz Lewandowski" in card.again()
    assert card.again().thread


def test_department_that_the_catalogue_has_no_more_keeps_its_tickets_going(
    office: Office, bot: Running, turns: Turns
) -> None:
    card = taken(office)
    rules = turns.catalogue(HOME)
    departments = {key: value for key, value in rules.departments.items() if key != "it"}
    kinds = {key: value for key, value in rules.request_types.items() if value.department != "it"}
    without = rules.model_copy(update={"departments": departments, "request_types": kinds})
    turns.catalogues = {"*": without}
    office.piotr.replies(office.piotr.dm[0], "I co?")
    assert "I co?" in card.again().thread[-1]
    office.later(timedelta(days=30).total_seconds())
    bot.tick()
    assert moves(office, "tomasz", card, "shipping").channel.name == "bo-logistics"
    office.piotr.clicks("Już niepotrzebne")
    assert stands(turns) == ("cancelled", None)
