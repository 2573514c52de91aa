"""The manifest: valid by Slack's own schema, and what the playground installs."""

import copy
import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from bot.catalogue import loader
from bot.cli import cli
from bot.config import NotPublic, Settings
from bot.manifest import NoPublicAddress, build, manifest_of, required_scopes
from bot.playground.slack.company import company
from bot.playground.slack.manifests import BadManifest, refuse_bad
from tests.tickets.catalogues import with_department


@pytest.mark.parametrize("socket_mode", [True, False])
def test_slack_would_take_it(data: Path, socket_mode: bool) -> None:
    schema = json.loads(
        (data / "slack" / "manifest-schema" / "manifest.schema.2.0.0.json").read_text()
    )
    address = "https://bot.example.com"
    made = json.loads(json.dumps(build(loader.load(None), socket_mode, address)))
    jsonschema.Draft7Validator(schema).validate(made)


def test_the_command_prints_what_is_installed() -> None:
    shown = CliRunner().invoke(
        cli, ["manifest"], env={"SLACK_SIGNING_SECRET": "", "SLACK_APP_TOKEN": ""}
    )
    assert shown.exit_code == 0, shown.output
    world = company(json.loads(shown.output))
    words = loader.load(None).commands.model_dump()
    assert {world.app.command(word) is not None for word in words.values()} == {True}
    assert set(required_scopes(loader.load(None))) <= set(
        world.app.manifest["oauth_config"]["scopes"]["bot"]
    )


def test_by_http_every_request_has_the_public_address() -> None:
    http: dict[str, Any] = {
        "SLACK_SIGNING_SECRET": "s",
        "SLACK_APP_TOKEN": "",
        "SLACK_BOT_TOKEN": "",
    }
    with pytest.raises(NoPublicAddress, match="ZAPLECZE_PUBLIC_URL"):
        manifest_of(Settings(**http))
    made = manifest_of(Settings(**http, ZAPLECZE_PUBLIC_URL="https://bot.example.com/zaplecze/"))
    address = "https://bot.example.com/zaplecze/slack/events"
    assert {command["url"] for command in made["features"]["slash_commands"]} == {address}
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"]["request_url"] == address
    refuse_bad(made)


@pytest.mark.parametrize("given", ["http://bot.example.com", "bot.example.com", "https://a:b@c.d"])
def test_public_address_is_one_that_slack_calls(given: str) -> None:
    with pytest.raises(NotPublic, match="reaches Zaplecze from outside"):
        Settings(ZAPLECZE_PUBLIC_URL=given)


def test_optional_scopes_are_those_that_the_catalogue_does_without() -> None:
    shipped = loader.load(None)
    by_mail = with_department(shipped, "it", lead="istvan@example.com")
    by_group = with_department(by_mail, "it", user_group="S0123ABCD")
    optional = [
        build(rules)["oauth_config"]["scopes"].get("bot_optional")
        for rules in (shipped, by_mail, by_group)
    ]
    always = "reactions:write"  # a mark on notes
    assert optional == [
        ["users:read.email", "usergroups:read", always],
        ["usergroups:read", always],
        [always],
    ]


def test_playground_takes_no_manifest_that_slack_refuses(data: Path) -> None:
    """Each value of ours spoilt in each way: what Slack's schema refuses is refused here."""
    folder = data / "slack" / "manifest-schema"
    schema = jsonschema.Draft7Validator(
        json.loads((folder / "manifest.schema.2.0.0.json").read_text())
    )
    ours = json.loads(json.dumps(build(loader.load(None))))
    assert not refused_here(ours)
    spoilt = [each for path in paths(ours) for each in spoilings(ours, path)]
    refused = [each for each in spoilt if not schema.is_valid(each)]
    assert len(refused) > 200
    assert [each for each in refused if not refused_here(each)] == []


def paths(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value inside, but for what steps take and give."""
    yield above
    if isinstance(value, dict):
        parts = list(value.items())
    else:
        parts = list(enumerate(value)) if isinstance(value, list) else []
    for name, each in parts:
        if name not in ("input_parameters", "output_parameters"):
            yield from paths(each, (*above, name))


def spoilings(ours: Any, path: tuple[Any, ...]) -> Iterator[Any]:
    bad: tuple[Any, ...] = (None, 7, "", "x" * 5000, {}, [], [{"nobody": "knows"}])
    for spoil in bad:
        spoilt = copy.deepcopy(ours)
        if path:
            within(spoilt, path[:-1])[path[-1]] = spoil
            yield spoilt
    unknown = copy.deepcopy(ours)
    if isinstance(within(unknown, path), dict):
        within(unknown, path)["nobody_knows"] = True
        yield unknown


def within(value: Any, path: tuple[Any, ...]) -> Any:
    return functools.reduce(lambda above, name: above[name], path, value)


def refused_here(manifest: Any) -> bool:
    try:
        refuse_bad(manifest)
    except BadManifest:
        return True
    return False


@pytest.mark.parametrize(
    ("path", "given", "told"),
    [
        (("display_information", "name"), "x" * 36, "1 to 35 characters"),
        (("oauth_config", "scopes", "bot_optional"), ["pins:read"], "must stand under bot too"),
        (("features", "shortcuts"), [], "1 to 10 items"),
        (("oauth_config", "scopes", "bot_optional"), [], "1 to 255 items"),
        (("settings", "event_subscriptions", "bot_events"), ["snow_fell"], "no event snow_fell"),
        (("settings", "event_subscriptions", "bot_events"), ["pin_added"], "needs pins:read"),
        (("settings", "socket_mode_enabled"), False, "request_url is missing"),
    ],
)
def test_playground_names_what_slack_would_refuse(
    path: tuple[str, ...], given: Any, told: str
) -> None:
    spoilt = json.loads(json.dumps(build(loader.load(None))))
    within(spoilt, path[:-1])[path[-1]] = given
    with pytest.raises(BadManifest, match=told):
        company(spoilt)


def test_the_manifest_names_the_tools_only_where_they_are_switched_on() -> None:
    without = build(loader.load(None))
    with_tools = build(loader.load(None), agents="https://zaplecze.example.com/mcp")
    assert "mcp_servers" not in without
    assert "mcp:connect" not in without["oauth_config"]["scopes"]["bot"]
    assert with_tools["mcp_servers"] == {
        "zaplecze": {
            "url": "https://zaplecze.example.com/mcp",
            "auth_type": "slack_identity_auth",
        }
    }
    assert "mcp:connect" in with_tools["oauth_config"]["scopes"]["bot"]
