"""The workspace itself: what is kept between runs, the turned clock, the company, the
command line.
"""

import json
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.playground.server import Playground
from bot.playground.slack.clock import TurnedClock
from bot.playground.slack.company import company, furnish
from bot.playground.slack.store import Store
from bot.playground.slack.world import World
from tests.driver import Office
from tests.playground.tiny_bot import MANIFEST, TinyBot


def test_a_workspace_with_a_file_is_the_same_after_a_restart(tmp_path: Path) -> None:
    with Playground(company(MANIFEST, store=Store(tmp_path / "world.db"))) as playground:
        bot = TinyBot(playground)
        playground.world.deliveries.transport = bot.transport
        office = Office(playground)
        asked = office.anna.says("#general", "one")
        office.kata.replies(asked, "two")
        office.kata.reacts(asked, "eyes")
        file = office.anna.uploads("#general", "a.pdf", b"%PDF").files[0]
        office.kata.changes(locale="pl-PL")
        bot.calls(
            "views.publish",
            user_id="U0ANNA",
            view={"type": "home", "blocks": [{"type": "divider"}]},
        )
        token = playground.world.app.bot_token
    with Playground(company(MANIFEST, store=Store(tmp_path / "world.db"))) as playground:
        again = Office(playground)
        seen = again.anna.sees("#general")
        assert (seen[0].text, seen[0].thread[0].text, seen[0].reactions) == (
            "one",
            "two",
            {"eyes": ["U0KATA"]},
        )
        assert playground.world.store.bytes_of(file["id"]) == b"%PDF"
        assert playground.world.files[file["id"]]["url_private"].startswith(playground.url)
        assert seen[-1].files[0]["url_private"].startswith(playground.url)
        assert playground.world.people["U0KATA"].language == "pl"
        assert again.anna.home.view["type"] == "home"
        assert playground.world.app.bot_token == token
        assert playground.world.next_ts() > seen[-1].ts


def test_the_company_is_furnished_once() -> None:
    world = company(MANIFEST)
    count = len(world.channels)
    assert len(furnish(world).channels) == count
    staff = [
        person
        for person in world.people.values()
        if not person.is_bot and person.team_id == world.team.id
    ]
    assert {person.language for person in staff} == {"en", "pl", "hu"}
    assert all(world.app.bot_user_id in channel.members for channel in world.channels.values())


def test_without_a_manifest_everything_is_allowed() -> None:
    with Playground(company()) as playground:
        bot = TinyBot(playground)
        playground.world.deliveries.transport = bot.transport
        Office(playground).anna.types("/anything at all", "#general")
        assert bot.heard("/anything")
        assert bot.calls("usergroups.list")["ok"]


def test_the_clock_turns_through_a_file_that_the_bot_reads(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    path = tmp_path / "clock"
    clock = TurnedClock(path, real=lambda: moment)
    clock.turn(3600)
    clock.turn(60)
    assert clock.now() == moment + timedelta(seconds=3660)
    assert float(path.read_text()) == 3660
    assert TurnedClock(path, real=lambda: moment).now() == clock.now()
    assert clock.real_seconds() == int(moment.timestamp())


def test_message_times_follow_the_turned_clock_and_stay_unique() -> None:
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    world = World(clock=TurnedClock(real=lambda: moment))
    first, second = world.next_ts(), world.next_ts()
    world.clock.turn(86_400)
    assert (first, second) == ("1795348800.000000", "1795348800.000001")
    assert world.next_ts() == "1795435200.000000"


def test_seeded_worlds_draw_the_same_ids() -> None:
    assert list(company(MANIFEST, seed=3).channels) == list(company(MANIFEST, seed=3).channels)


@pytest.mark.parametrize("faults", [[], ["--fault", "rate_limited_percent=100", "--seed", "1"]])
def test_the_command_line_starts_a_workspace_and_ends_on_sigterm(
    tmp_path: Path, faults: list[str]
) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps(MANIFEST))
    command = [
        sys.executable,
        "-m",
        "bot.playground",
        "--port",
        "0",
        "--manifest",
        str(manifest),
        *faults,
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = dict(process.stdout.readline().strip().split("=", 1) for _ in range(5))
    try:
        urllib.request.urlopen(f"{told['SLACK_API_URL']}api.test", timeout=5).read()
        limited = False
    except urllib.error.HTTPError as error:
        limited = error.code == 429
        error.close()
    process.terminate()
    process.stdout.close()
    assert process.wait(10) == 0
    assert limited == bool(faults)
