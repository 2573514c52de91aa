"""What somebody forwards, what another app posted, what was corrected or taken back: a message is
read the same way wherever it is read.
"""

import pytest

from bot.catalogue import loader
from bot.kit.catalogue import Catalogue
from bot.playground.slack import talk
from bot.playground.slack.shapes import Json
from tests.driver import Office, Seen
from tests.tickets.catalogues import with_department
from tests.tickets.desk import newest_card, opened, taken

_FORWARDED: Json = {
    "ts": "1763900000.000100",
    "author_id": "U0PIOTR",
    "author_name": "Piotr Nowak",
    "channel_id": "C1",
    "is_msg_unfurl": True,
    "is_share": True,
    "text": "Serwis: nr 778812, technik o 14:00",
    "from_url": "https://x.slack.com/archives/C1/p1",
}
_ALERT: Json = {"subtype": "bot_message", "bot_id": "B0X", "username": "Monitoring", "text": ""}


@pytest.fixture
def rules() -> Catalogue:
    known = with_department(loader.load(None), "it", assignment="manual")
    handed = known.tickets.model_copy(update={"emoji": "raised_hand"})
    return known.model_copy(update={"tickets": handed})


def _posts(office: Office, place: str, body: Json, above: Seen | None = None) -> None:
    """A message as Slack has it, with what no person can type."""
    channel = above.channel if above else office.world.channel_named(place)
    under = {"thread_ts": above.ts} if above else {}

    async def post() -> None:
        talk.post(office.world, channel, {**body, **under})

    office.playground.run(post())
    office.calm()


@pytest.mark.parametrize("words", ["", "Co z tym?"])
def test_forwarded_message_comes_with_its_author(office: Office, words: str) -> None:
    _posts(office, "intake", {"user": "U0ANNA", "text": words, "attachments": [_FORWARDED]})
    card = newest_card(office)
    assert "Piotr Nowak: Serwis: nr 778812, technik o 14:00" in card
    assert words in card


def test_author_whom_slack_leaves_out_is_looked_up_and_a_forward_without_words_is_its_address(
    office: Office,
) -> None:
    quoted = {**_FORWARDED, "author_name": None, "text": ""}
    _posts(office, "intake", {"user": "U0ANNA", "text": "", "attachments": [quoted]})
    assert "Piotr Nowak: https://x.slack.com/archives/C1/p1" in newest_card(office)


def test_link_to_a_message_stays_a_link(office: Office) -> None:
    shown = {**_FORWARDED, "is_share": False}
    _posts(office, "intake", {"user": "U0ANNA", "text": "Patrz tu", "attachments": [shown]})
    assert "778812" not in newest_card(office)


def test_forwarded_message_in_a_thread_reaches_the_other_side(office: Office) -> None:
    card = taken(office)
    (own,) = office.piotr.dm
    _posts(office, "", {"user": "U0PIOTR", "text": "", "attachments": [_FORWARDED]}, own)
    assert "Serwis: nr 778812" in card.again().thread[-1]


@pytest.mark.parametrize(
    "alert",
    [
        {"text": "Serwer 12 nie odpowiada"},
        {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Serwer 12"}}]},
        {"attachments": [{"fallback": "[alert]", "title": "Serwer 12", "text": "od 10:00"}]},
        {"attachments": [{"fallback": "Serwer 12 padł"}]},
    ],
    ids=["text", "blocks", "attachment", "fallback"],
)
def test_emoji_on_another_apps_message_is_the_reactors_ticket(office: Office, alert: Json) -> None:
    _posts(office, "front-desk", {**_ALERT, **alert})
    office.anna.reacts(office.anna.sees("#front-desk")[-1], "raised_hand::skin-tone-3")
    card = newest_card(office)
    assert "Monitoring: Serwer 12" in card
    assert "asked by Anna" in card


def test_what_another_app_wrote_is_taken_over_with_its_thread(office: Office) -> None:
    _posts(office, "front-desk", {**_ALERT, "text": "Serwer 12 padł"})
    root = office.anna.sees("#front-desk")[-1]
    office.anna.reacts(office.kata.replies(root, "Ki nézi meg?"), "raised_hand")
    assert "Serwer 12 padł" in newest_card(office).thread[0]


def test_emoji_on_the_bots_own_message_makes_no_ticket(office: Office) -> None:
    card = taken(office)
    office.tomasz.reacts(card, "raised_hand")
    assert newest_card(office).ts == card.ts


def test_title_follows_a_correction_while_nobody_has_changed_it(office: Office) -> None:
    first = office.anna.says("#intake", "Duplikat faktury FV/0024\nPilne")
    first = office.anna.edits(first, "Duplikat faktury FV/0042\nPilne")
    assert "*BO-1* · Duplikat faktury FV/0042" in newest_card(office)
    office.lena.clicks("tickets.answer", on=newest_card(office))
    office.lena.fills(text="Która?", then="requester").submits()
    own = office.anna.sees("#intake")[-1].thread[0]
    office.anna.clicks("tickets.complete", on=own).fills(subject="Duplikat").submits()
    office.anna.edits(first, "Duplikat faktury FV/0043\nPilne")
    assert "*BO-1* · Duplikat\n" in str(newest_card(office)) + "\n"


def test_words_that_were_taken_back_leave_card_sheet_search_and_the_requesters_card(
    office: Office,
) -> None:
    first = office.anna.says("#intake", "Szyfr do sejfu 1234")
    card = newest_card(office)
    office.anna.deletes(first)
    assert "(the message was deleted)" in card.again()
    opened(office, "lena", card.again())
    assert "1234" not in str(office.lena.modal)
    office.lena.closes()
    office.lena.types("/ticket search sejfu")
    assert "BO-1" not in office.lena.notes("#general")[-1]
    assert "1234" not in str(card.again())


def test_long_message_is_read_whole_on_the_sheet(office: Office) -> None:
    words = [f"w{number:04d}" for number in range(1500)]
    office.anna.says("#intake", " ".join(words))
    opened(office, "lena", newest_card(office))
    shown = str(office.lena.modal)
    assert [word for word in words if word not in shown] == []
