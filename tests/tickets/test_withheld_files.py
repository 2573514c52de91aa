"""Files of which Slack's events name the id alone, as in channels shared with another company."""

import pytest

from bot.playground.slack.acts import administrator
from tests.driver import Office
from tests.tickets.desk import newest_card


@pytest.fixture
def shared(office: Office) -> Office:
    """The intake channel is shared with a customer."""
    intake = office.world.channel_named("intake")

    async def act() -> None:
        administrator.share(office.world, intake, "T0KOWALSKA")

    office.playground.run(act())
    office.calm()
    return office


def test_file_of_a_shared_channel_comes_along_under_its_name(shared: Office) -> None:
    shared.piotr.uploads("#intake", "umowa.pdf", b"%PDF-1.4", "Drukarka nie działa")
    (file,) = newest_card(shared).thread[-1].files
    assert file["name"] == "umowa.pdf"


def test_file_of_which_slack_tells_nothing_is_said_to_be_there(shared: Office) -> None:
    shared.world.app.scopes.discard("files:read")
    said = shared.piotr.uploads("#intake", "umowa.pdf", b"%PDF-1.4", "Drukarka nie działa")
    thread = newest_card(shared).thread
    assert f"There is a file, {said.files[0]['id']}, that I could not bring here" in thread[-1]
