"""Mirrored words under their author's name and picture, where the company wants it and Slack was
asked for it.
"""

import pytest

from bot.kit.catalogue import Catalogue
from tests.driver import Office
from tests.running import Running
from tests.tickets.desk import asks


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    wanted = shipped.tickets.model_copy(update={"as_authors": True})
    return shipped.model_copy(update={"tickets": wanted})


def test_mirrored_words_bear_their_authors_name_and_picture(office: Office) -> None:
    card = asks(office)
    said = office.piotr.replies(office.piotr.dm[0], "Numer 4711")
    (mirrored,) = [seen for seen in card.again().thread if "4711" in seen]
    assert mirrored.author == "Piotr Nowak"
    assert office.piotr.id in str(mirrored.raw["icons"])
    office.tomasz.replies(card, "Już jadę")
    assert [seen.author for seen in office.piotr.dm[0].thread if "jadę" in seen] == [
        "Tomasz Lewandowski"
    ]
    office.piotr.edits(said, "Numer 4712")
    assert "4712" in mirrored.again()
    office.piotr.deletes(said)
    assert not any("4712" in seen for seen in card.again().thread)
    assert sum("Numer" in seen for seen in office.piotr.dm[0].thread) == 0


def test_refused_the_name_stands_in_the_words(office: Office) -> None:
    office.world.app.scopes.discard("chat:write.customize")
    card = asks(office)
    office.piotr.replies(office.piotr.dm[0], "Numer 4711")
    (mirrored,) = [seen for seen in card.again().thread if "4711" in seen]
    assert mirrored.author == "Zaplecze"
    assert "*Piotr Nowak*" in mirrored


def test_name_that_turns_what_is_read_is_seen_to(office: Office, bot: Running) -> None:
    office.piotr.changes(real_name="Piotr \u202ekawoN")
    bot.refresh()
    card = asks(office)
    office.piotr.replies(office.piotr.dm[0], "Numer 4711")
    (mirrored,) = [seen for seen in card.again().thread if "4711" in seen]
    assert mirrored.author == "Piotr [U+202E]kawoN"
