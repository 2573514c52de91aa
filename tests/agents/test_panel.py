"""The playground as Slackbot: a signed call over the wire, and what Slack would draw of it."""

import json
from collections.abc import Iterator

import pytest

from tests.agents.panel import Panel, served_panel
from tests.driver import Office
from tests.running import Running


@pytest.fixture
def panel(bot: Running) -> Iterator[Panel]:
    with served_panel(bot) as served:
        yield served


def test_the_panel_lists_the_tools_and_shows_the_signed_call(office: Office, panel: Panel) -> None:
    assert "create_ticket" in {tool["name"] for tool in panel.tools(office.anna.id)}
    made = panel.call(office.anna.id, "create_ticket", subject="Drukarka nie działa")
    exchange = made["exchange"]
    assert exchange["status"] == 200
    assert exchange["headers"]["X-Slack-Signature"].startswith("v0=")
    identity = json.loads(exchange["sent"])["params"]["_meta"]["slack"]
    assert identity["user_id"] == office.anna.id
    assert "BO-1" in made["text"]
    assert made["blocks"][-1]["type"] == "actions"
    assert made["wrong"] == []


def test_the_panel_shows_a_refusal_to_somebody_of_another_company(
    office: Office, panel: Panel
) -> None:
    refused = panel.call("U0KOWALSKA", "help")
    assert refused["is_error"]
    assert refused["blocks"] == []
    assert "workspace" in refused["text"]


def test_a_server_that_is_gone_is_said(office: Office, panel: Panel, bot: Running) -> None:
    bot.playground.world.app.manifest["mcp_servers"]["zaplecze"]["url"] = "http://127.0.0.1:9/mcp"
    lost = panel.call(office.anna.id, "help")
    assert lost["exchange"]["status"] == 0
    assert "cannot be reached" in lost["text"]
