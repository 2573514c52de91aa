"""The manifest: valid by Slack's own schema, and what the playground installs."""

import json
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from typer.testing import CliRunner

from bot import catalogue
from bot.cli import cli
from bot.manifest import build, required_scopes
from bot.playground.company import company


@pytest.mark.parametrize("socket_mode", [True, False])
def test_slack_would_take_it(data: Path, socket_mode: bool) -> None:
    schema = json.loads(
        (data / "slack" / "manifest-schema" / "manifest.schema.2.0.0.json").read_text()
    )
    made = json.loads(json.dumps(build(catalogue.load(None), socket_mode)))
    jsonschema.Draft7Validator(schema).validate(made)


def test_the_command_prints_what_is_installed() -> None:
    shown = CliRunner().invoke(
        cli, ["manifest"], env={"SLACK_SIGNING_SECRET": "", "SLACK_APP_TOKEN": ""}
    )
    assert shown.exit_code == 0
    world = company(json.loads(shown.output))
    words = catalogue.load(None).commands.model_dump()
    assert {world.app.command(word) is not None for word in words.values()} == {True}
    assert set(required_scopes()) <= set(world.app.manifest["oauth_config"]["scopes"]["bot"])


def test_by_http_every_request_has_an_address() -> None:
    made = build(catalogue.load(None), socket_mode=False, address="https://bot.example.com")
    address = "https://bot.example.com/slack/events"
    assert {command["url"] for command in made["features"]["slash_commands"]} == {address}
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"]["request_url"] == address
