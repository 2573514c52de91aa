"""What Slackbot takes from a tool: its blocks, its buttons and its forms; a manifest with tools."""

import json

import pytest

from bot.playground.slack.block_kit.blocks import prepared
from bot.playground.slack.manifests import BadManifest, refuse_bad
from bot.playground.slack.shapes import Json, Refused
from bot.playground.slack.world import World
from tests.playground.test_blocks import actions, asked, button, options, plain
from tests.playground.tiny_bot import MANIFEST

CALLS = {"action_id": "tool:order", "value": json.dumps({"what": "tea"})}
CHOICE = {"type": "radio_buttons", "action_id": "input:what", "options": options(2)}
SECTION = {"type": "section", "text": plain("Tea")}


def refusals(*blocks: Json) -> list[str]:
    try:
        prepared(World(seed=1), list(blocks), surface="slackbot")
    except Refused as refused:
        return list(refused.beside["errors"])
    return []


def test_a_card_with_a_button_and_a_form_is_taken() -> None:
    assert refusals(SECTION, asked(CHOICE), actions(button(**CALLS))) == []
    assert refusals(actions(button(url="https://example.com"))) == []


@pytest.mark.parametrize(
    ("block", "why"),
    [
        ({"type": "alert", "text": plain("Tea")}, "unsupported type: alert"),
        (actions(button(action_id="order", value="{}")), "must call a tool:"),
        (actions(button(action_id="tool:order", value="tea")), "JSON object"),
        (asked({"type": "plain_text_input", "action_id": "input:what"}), "unsupported type"),
        (asked({**CHOICE, "action_id": "what"}), "must begin with input:"),
        ({**SECTION, "accessory": button()}, "must call a tool:"),
        (
            {"type": "container", "title": plain("Tea"), "child_blocks": [actions(button())]},
            "tool:",
        ),
    ],
)
def test_what_slackbot_would_drop_is_said(block: Json, why: str) -> None:
    assert any(why in line for line in refusals(block)), refusals(block)


def test_a_manifest_with_tools_needs_their_scope_and_an_address_that_slack_reaches() -> None:
    def with_tools(url: str, *scopes: str) -> Json:
        servers = {"tiny": {"url": url, "auth_type": "slack_identity_auth"}}
        bot = [*MANIFEST["oauth_config"]["scopes"]["bot"], *scopes]
        return {**MANIFEST, "mcp_servers": servers, "oauth_config": {"scopes": {"bot": bot}}}

    refuse_bad(with_tools("https://tiny.example.com/mcp", "mcp:connect"))
    refuse_bad(with_tools("http://127.0.0.1:8080/mcp", "mcp:connect"))
    with pytest.raises(BadManifest, match="mcp:connect"):
        refuse_bad(with_tools("https://tiny.example.com/mcp"))
    with pytest.raises(BadManifest, match="must begin"):
        refuse_bad(with_tools("http://tiny.example.com/mcp", "mcp:connect"))
