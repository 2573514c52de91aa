"""A company whose catalogue has papers about money alone: who may not see money can order none."""

import pytest

from bot.kit.catalogue import Catalogue
from tests.agents.slackbot import Slackbot
from tests.driver import Office
from tests.running import Running


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    statement = {"account_statement": shipped.document_kinds["account_statement"]}
    return shipped.model_copy(update={"document_kinds": statement})


def test_who_can_order_no_paper_is_told_so_in_place_of_an_empty_menu(
    office: Office, bot: Running
) -> None:
    slackbot = Slackbot(bot)
    for arguments in ({}, {"kind": "account_statement", "about": "Kowalska"}):
        refused = slackbot.call(office.daniel.id, "request_document", **arguments)
        assert refused.is_error
        assert "Ask finance with /ticket" in refused.text
