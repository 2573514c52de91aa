"""The doctor: what is wrong, in words that an administrator can act on."""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot import doctor
from bot.catalogue import loader
from bot.catalogue.loader import write_default
from bot.config import NoAddress, NoTokenForm, Settings
from bot.directory import orphaned_tickets
from bot.doctor import Check, examine
from bot.kit import clock
from bot.manifest import build as manifest
from bot.playground.server import Playground
from bot.playground.slack.company import company
from bot.slack import HOME
from bot.startup import ForeignDatabase, office
from handlers.documents.service import archive
from handlers.documents.service.archive import About
from handlers.ledger.rates.book import import_list
from storage.tickets import tickets
from storage.tickets.tickets import Request


@pytest.fixture(autouse=True)
def _of_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the caller's shell says of Slack is not what is examined here; and it is November 2026:
    the shipped rates go on for more than a month.
    """
    for name in [
        name for name in os.environ if name.startswith(("SLACK_", "ZAPLECZE_", "DATABASE_"))
    ]:
        monkeypatch.delenv(name)
    turned = tmp_path_factory.mktemp("clock") / "offset"
    november = datetime(2026, 11, 20, tzinfo=UTC)
    turned.write_text(str((november - clock.real()).total_seconds()))
    monkeypatch.setenv("ZAPLECZE_CLOCK", f"file:{turned}")


@pytest.fixture
def slack() -> Iterator[Playground]:
    with Playground(company(manifest(loader.load(None)), seed=1)) as running:
        yield running


def examined(slack: Playground, folder: Path, **given: Any) -> dict[str, Check]:
    installed = slack.world.app
    usual = {
        "SLACK_BOT_TOKEN": installed.bot_token,
        "SLACK_APP_TOKEN": installed.app_token,
        "SLACK_API_URL": slack.api_url,
        "ZAPLECZE_DATA_DIR": folder,
    }
    return {check.name: check for check in examine(Settings(**{**usual, **given}))}


def wrong(checks: dict[str, Check]) -> list[str]:
    return [check.message for check in checks.values() if not check.ok]


def test_where_all_is_well_it_says_so(slack: Playground, tmp_path: Path) -> None:
    checks = examined(slack, tmp_path)
    assert wrong(checks) == []
    assert checks["way in"].message == "Slack reaches the bot by Socket Mode"


@pytest.mark.parametrize(
    ("days_before", "ok", "said"),
    [
        (31, True, ""),
        (30, True, "(Poland, businesses: PL-business) is known until 2026-12-31"),
        (-1, False, "(Poland, businesses: PL-business) was known until 2026-12-31"),
    ],
)
def test_rate_that_ends_is_said_by_the_doctor_and_in_the_log_of_a_start(
    slack: Playground,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    days_before: int,
    ok: bool,
    said: str,
) -> None:
    settings = Settings(ZAPLECZE_DATA_DIR=tmp_path)
    today = date(2026, 12, 31) - timedelta(days=days_before)
    checks = [check for check in doctor.rate_checks(settings, today) if said in check.message]
    with caplog.at_level(logging.WARNING, logger="bot.doctor"):
        doctor.warn_of_rates(settings, today)
    assert (said != "") == any(said and said in each for each in caplog.messages)
    assert bool(checks) == bool(said)
    assert all(check.ok is ok and "zaplecze rates import" in check.message for check in checks)


def test_on_the_first_of_january_the_doctor_says_where_the_rate_is_entered(
    slack: Playground, tmp_path: Path
) -> None:
    turned = tmp_path / "offset"
    january = datetime(2027, 1, 1, 12, tzinfo=UTC)
    turned.write_text(str((january - clock.real()).total_seconds()))
    checks = examined(slack, tmp_path, ZAPLECZE_CLOCK=f"file:{turned}")
    assert wrong(checks) == [
        "The rate of late interest (Poland, businesses: PL-business) was known until 2026-12-31: "
        "notes are refused, and demands name no sum. Enter it with its source. `zaplecze rates "
        "import`, or on Home"
    ]


def test_half_year_that_was_left_out_is_missed_whatever_was_entered_after_it(
    slack: Playground, tmp_path: Path
) -> None:
    settings = Settings(ZAPLECZE_DATA_DIR=tmp_path)
    entered = "table,from,to,rate,source\nPL-business,{},{},13.25,announced\n"

    def said_after(first_day: str, last_day: str) -> list[str]:
        with office(settings) as turns, turns.turn(HOME) as turn:
            import_list(turn, entered.format(first_day, last_day).encode())
        return [check.message for check in doctor.rate_checks(settings, date(2026, 12, 31))]

    (missed,) = said_after("2027-07-01", "2027-12-31")
    assert "PL-business) is known until 2026-12-31" in missed
    assert said_after("2027-01-01", "2027-06-30") == []


def test_it_says_where_every_account_counts_as_ours(slack: Playground, tmp_path: Path) -> None:
    checks = examined(slack, tmp_path)
    assert "[company.accounts] is empty" in checks["our accounts"].message
    catalogue = tmp_path / "zaplecze.toml"
    write_default(catalogue)
    named = (
        '[company.accounts]\nPLN = ["PL61109010140000071219812874", "27114020040000300201355387"]'
    )
    catalogue.write_text(catalogue.read_text().replace("[company.accounts]", named))
    checks = examined(slack, tmp_path, ZAPLECZE_CONFIG=catalogue)
    assert checks["our accounts"].message == "statements count of the 2 in [company.accounts]"


def test_the_database_is_looked_at_and_left_as_it_is(slack: Playground, tmp_path: Path) -> None:
    assert "SQLite is empty" in examined(slack, tmp_path)["database"].message
    assert list(tmp_path.iterdir()) == []
    with office(Settings(ZAPLECZE_DATA_DIR=tmp_path)) as turns:
        assert (
            "sqlite answers and has the newest shape"
            in examined(slack, tmp_path)["database"].message
        )
        for shape, told in (
            ("0100", "an older shape; `zaplecze db upgrade`"),
            ("9999", "a newer version of Zaplecze"),
        ):
            with turns.transaction() as db:
                db.execute(
                    text("UPDATE alembic_version SET version_num = :shape"), {"shape": shape}
                )
            database = examined(slack, tmp_path)["database"]
            assert told in database.message
            assert database.ok is (shape == "0100")
            with turns.transaction() as db:
                assert db.execute(text("SELECT version_num FROM alembic_version")).scalar() == shape


def test_a_missing_token_says_where_to_find_it(slack: Playground, tmp_path: Path) -> None:
    checks = examined(slack, tmp_path, SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="")
    assert "OAuth & Permissions" in checks["bot token"].message
    assert "SLACK_SIGNING_SECRET for HTTP" in checks["way in"].message


def test_tokens_that_stand_in_each_others_place_are_told(slack: Playground, tmp_path: Path) -> None:
    checks = examined(slack, tmp_path, SLACK_BOT_TOKEN="xapp-1", SLACK_APP_TOKEN="xoxb-1")
    assert "SLACK_BOT_TOKEN must hold" in checks["bot token"].message
    assert "SLACK_APP_TOKEN must hold" in checks["way in"].message


def test_a_refused_token_is_to_be_copied_again(slack: Playground, tmp_path: Path) -> None:
    checks = examined(slack, tmp_path, SLACK_BOT_TOKEN="xoxb-old")
    assert checks["slack"].message == "Slack refuses: invalid_auth. Copy the bot token once more"


def test_an_unreachable_slack_is_named_by_its_address(slack: Playground, tmp_path: Path) -> None:
    checks = examined(slack, tmp_path, SLACK_API_URL="http://127.0.0.1:9/api/")
    assert checks["slack"].message.startswith("http://127.0.0.1:9/api/ cannot be reached")


def test_a_missing_scope_is_named_with_what_to_do(slack: Playground, tmp_path: Path) -> None:
    slack.world.app.scopes.discard("files:write")
    message = examined(slack, tmp_path)["scopes"].message
    assert message.startswith("missing: files:write (documents sent to people).")
    assert "install it again" in message


def test_optional_scope_is_missed_where_the_catalogue_names_people_by_it(
    slack: Playground, tmp_path: Path
) -> None:
    slack.world.app.scopes -= {"users:read.email", "usergroups:read"}
    assert wrong(examined(slack, tmp_path)) == []
    rules = tmp_path / "zaplecze.toml"
    write_default(rules)
    heading = "\n[departments.it]\n"
    by_mail = rules.read_text().replace(heading, f'{heading}lead = "a@b.example"\n')
    rules.write_text(by_mail)
    (message,) = wrong(examined(slack, tmp_path, ZAPLECZE_CONFIG=rules))
    assert message.startswith(
        "missing: users:read.email (people whom the catalogue names by e-mail)"
    )


def test_slack_is_asked_about_the_app_token_too(slack: Playground, tmp_path: Path) -> None:
    checks = examined(slack, tmp_path, SLACK_APP_TOKEN="xapp-1-old")
    assert checks["app token"].message.startswith("Slack refuses SLACK_APP_TOKEN: invalid_auth")
    assert len(wrong(checks)) == 1


def test_slack_that_is_too_busy_to_answer_accuses_no_token(
    slack: Playground, tmp_path: Path
) -> None:
    while not slack.world.rates.wait("apps.connections.open", "1", ""):
        pass
    checks = examined(slack, tmp_path)
    assert wrong(checks) == []
    assert checks["app token"].message == (
        "not proven: Slack answers ratelimited just now; ask again in 60 s"
    )
    while not slack.world.rates.wait("auth.test", "4", ""):
        pass
    assert wrong(examined(slack, tmp_path)) == [
        "Slack answers ratelimited just now; ask again in 1 s"
    ]


def test_a_channel_that_is_not_there_and_one_without_the_bot(
    slack: Playground, tmp_path: Path
) -> None:
    world = slack.world
    path = tmp_path / "zaplecze.toml"
    written = loader.SHIPPED.read_text()
    path.write_text(written.replace('channel = "#bo-it"', 'channel = "#bo-it"\nopen = true'))
    world.channel_named("bo-it").kind = "public"
    for name in ("bo-it", "bo-hr"):
        world.channel_named(name).members.remove(world.app.bot_user_id)
    world.channel_named("bo-orders").name = "bo-other"
    checks = examined(slack, tmp_path, ZAPLECZE_CONFIG=path)
    assert checks["channel #bo-it"].message == "invite the bot: /invite @Zaplecze"
    for unseen in ("channel #bo-hr", "channel #bo-orders"):
        assert checks[unseen].message.startswith("not seen: create it, or invite the bot")
    assert len(wrong(checks)) == 3


def test_intake_channel_without_the_bot_makes_no_tickets_and_is_told(
    slack: Playground, tmp_path: Path
) -> None:
    assert examined(slack, tmp_path)["channel #intake"].ok
    world = slack.world
    world.channel_named("intake").members.remove(world.app.bot_user_id)
    missed = examined(slack, tmp_path)["channel #intake"]
    assert (missed.ok, missed.message) == (False, "invite the bot: /invite @Zaplecze")


def test_an_archived_channel_is_told_as_such(slack: Playground, tmp_path: Path) -> None:
    slack.world.channel_named("bo-it").is_archived = True
    (message,) = wrong(examined(slack, tmp_path))
    assert message.startswith("archived, nobody can write there: unarchive it in Slack")
    assert message.endswith("or name another channel in the catalogue")


def test_a_folder_that_cannot_be_written_is_told_while_it_is_empty(
    slack: Playground, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    for folder in (
        tmp_path / "file" / "data",
        Path("/proc/data"),
        *([locked] if os.geteuid() else []),
    ):
        database = examined(slack, folder)["database"]
        assert not database.ok
        assert database.message.startswith(f"Nothing can be written into {folder} (")
        assert "ZAPLECZE_DATA_DIR" in database.message


def test_public_triage_channel_is_told_with_both_ways_out(
    slack: Playground, tmp_path: Path
) -> None:
    for name in ("bo-it", "bo-accounting"):
        slack.world.channel_named(name).kind = "public"
    it, money = sorted(wrong(examined(slack, tmp_path)), key=lambda told: "accounting" in told)
    assert it.startswith("“it” works in #bo-it, which is public: whoever joins would be its agent.")
    assert "Make the channel private" in it
    assert "or write open = true under [departments.it]" in it
    assert money.startswith("“accounting” works in #bo-accounting, which is public, and has money")
    assert money.endswith("Make the channel private, or name another one that is.")


def test_open_tickets_of_a_department_that_is_gone_are_counted(
    slack: Playground, tmp_path: Path
) -> None:
    assert (
        orphaned_tickets.told(Settings(ZAPLECZE_DATA_DIR=tmp_path), None) == []
    )  # no database yet, and none is made
    assert list(tmp_path.iterdir()) == []
    assert orphaned_tickets.told(Settings(DATABASE_URL="nonsense"), None) == []
    with office(Settings(ZAPLECZE_DATA_DIR=tmp_path)) as turns, turns.turn(HOME) as turn:
        for origin, department in (("1", "travel"), ("2", "travel"), ("3", "it")):
            asked = Request(origin=origin, request_type="trip", subject="Trip")
            tickets.submit(turn, asked, department=department, is_private=False, priority="normal")
    (told,) = orphaned_tickets.told(Settings(ZAPLECZE_DATA_DIR=tmp_path), None)
    assert told.startswith("2 open tickets of “travel”")
    assert "Put [departments.travel] back" in told
    assert examined(slack, tmp_path)["tickets of nobody"].message == told


def test_kept_files_that_are_not_in_their_folder_are_named(
    slack: Playground, tmp_path: Path
) -> None:
    settings = Settings(ZAPLECZE_DATA_DIR=tmp_path)
    with office(settings) as turns:
        assert "archive" not in examined(slack, tmp_path)
        for content in (b"a lease", b"a contract"):
            file = archive.deposit(settings.archive, content, f"{content.decode()}.txt")
            with turns.turn(HOME) as turn:
                archive.keep(turn, file, About("contract"))
    assert examined(slack, tmp_path)["archive"].message == "each of 2 kept files is in its folder"
    (lost,) = (tmp_path / "archive").rglob(file.sha256)
    lost.write_bytes(b"cut")
    check = examined(slack, tmp_path)["archive"]
    assert not check.ok
    assert check.message.startswith("1 of 2 kept files are missing or have another size")
    assert "ZD-000002" in check.message


def test_a_database_that_does_not_open_is_told(slack: Playground, tmp_path: Path) -> None:
    checks = examined(slack, tmp_path, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert checks["database"].message.startswith("The database does not open:")


@pytest.mark.parametrize("address", ["http://slack.example/api/", "http://a:hush@b.example/api/"])
def test_tokens_go_over_no_open_wire(address: str) -> None:
    with pytest.raises(NoAddress) as refused:
        Settings(SLACK_API_URL=address)
    assert "https://" in str(refused.value)
    assert "hush" not in str(refused.value)


def test_line_end_that_was_copied_along_is_no_part_of_a_token() -> None:
    token = Settings(SLACK_BOT_TOKEN=" xoxb-1\n").slack_bot_token
    assert token.get_secret_value() == "xoxb-1"


@pytest.mark.parametrize("token", ["xoxb-1-2-aB3", "xoxe.xoxb-1-aB3", ""])
def test_tokens_as_slack_gives_them_are_taken(token: str) -> None:
    assert Settings(SLACK_BOT_TOKEN=token).slack_bot_token.get_secret_value() == token


@pytest.mark.parametrize("token", ["xoxb-…", "xoxb-1 2", "xoxb-żółw", "…"])
def test_what_no_token_is_made_of_is_told_where_settings_are_read(token: str) -> None:
    with pytest.raises(NoTokenForm) as refused:
        Settings(SLACK_BOT_TOKEN=token)
    assert "SLACK_BOT_TOKEN must hold the whole token" in str(refused.value)


def test_database_of_another_program_is_left_as_it_is(slack: Playground, tmp_path: Path) -> None:
    file = tmp_path / "theirs.sqlite3"
    address = f"sqlite:///{file}"
    with closing(sqlite3.connect(file)) as theirs:
        theirs.execute("CREATE TABLE theirs (id)")
    told = examined(slack, tmp_path, DATABASE_URL=address)["database"].message
    assert told.startswith("The database belongs to another program")
    with pytest.raises(ForeignDatabase), office(Settings(DATABASE_URL=address)):
        pass
    with closing(sqlite3.connect(file)) as theirs:
        assert theirs.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def test_log_of_a_new_database_tells_no_password_after_its_address(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    address = f"sqlite:///file:{tmp_path}/new.sqlite3?uri=true&password=tajne"
    with caplog.at_level(logging.WARNING), office(Settings(DATABASE_URL=address)):
        pass
    assert "a new database is made" in caplog.text
    assert "tajne" not in caplog.text


def test_password_with_a_sign_that_parts_is_not_shown(slack: Playground, tmp_path: Path) -> None:
    checks = examined(slack, tmp_path, DATABASE_URL="postgresql://anna:hu@sh@127.0.0.1:9/books")
    assert "%40 for @" in checks["database"].message
    assert "sh@" not in checks["database"].message
