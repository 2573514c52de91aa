"""Refusals: one clear sentence on standard error, nothing on standard output; status 1 failed, 2
typed wrongly.
"""

import os
import re
import shutil
from pathlib import Path

import pytest

from bot.catalogue import loader
from tests.forms.conftest import FILES
from tests.forms.terminal import Ended, Terminal

NOWHERE = "postgresql://nobody:secret@127.0.0.1:1/none"


def refused(ended: Ended, sentence: str, status: int = 1) -> None:
    assert (ended.status, ended.out) == (status, "")
    assert "Traceback" not in ended.err
    assert "should not have happened" not in ended.err
    assert re.sub(r"[\s│]+", " ", ended.err).find(sentence) >= 0, ended.err


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("invoices show NOSUCH", "I found no invoice and no customer for “NOSUCH”"),
        (f"invoices show {'x' * 60_000}", "I found no invoice and no customer"),
        (
            "customers import missing.csv",
            "missing.csv cannot be opened: No such file or directory.",
        ),
        ("customers import data", "data cannot be opened: Is a directory."),
        ("customers import noise", "The table noise cannot be read at line 2"),
        ("reminders why NOSUCH", "I found no invoice and no customer for “NOSUCH”"),
        (
            "documents render nosuch --for X --out x.pdf",
            "There is no document kind nosuch. There are: account_statement",
        ),
        (
            "documents render account_statement --for NOSUCH --out x.pdf",
            "I found no invoice and no customer",
        ),
        (
            "documents render account_statement --for X --lang xx --out x.pdf",
            "There is no language xx.",
        ),
        (
            "documents verify missing.pdf",
            "missing.pdf cannot be opened: No such file or directory.",
        ),
        ("documents verify data", "data cannot be opened: Is a directory."),
        ("catalogue check missing.toml", "There is no catalogue at missing.toml."),
        ("catalogue check data", "The folder data holds no catalogue."),
        ("catalogue check noise", "noise cannot be read as text in UTF-8"),
        ("init nowhere/zaplecze.toml", "No such file or directory: nowhere/zaplecze.toml"),
        ("serve", "SLACK_BOT_TOKEN is not set."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    terminal: Terminal, command: str, sentence: str
) -> None:
    (terminal.folder / "noise").write_bytes(bytes(range(256)))
    refused(terminal(*command.split()), sentence)


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("nosuch", "No such command 'nosuch'."),
        ("invoices check", "Missing argument"),
        ("invoices check --nosuch x", "No such option: --nosuch"),
        ("invoices show  ", "Missing argument"),
        ("reminders plan --as-of 2026-13-40", "“2026-13-40” is not a day. Write it as 2026-11-30."),
        ("reminders plan --days many", "Invalid value for '--days'"),
        ("reminders plan --days 0", "Invalid value for '--days'"),
        (
            "documents render account_statement --for X --out x.pdf --as-of tomorrow",
            "“tomorrow” is not a day.",
        ),
        ("documents render account_statement --for X", "Missing option '--out'"),
        ("demo --port 99999", "Invalid value for '--port'"),
    ],
)
def test_what_is_typed_wrongly_has_status_2(
    terminal: Terminal, command: str, sentence: str
) -> None:
    refused(terminal(*command.split()), sentence, status=2)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "ZAPLECZE_HTTP_PORT",
            "many",
            "ZAPLECZE_HTTP_PORT must be a whole number from 0 to 65535; it is “many”.",
        ),
        ("ZAPLECZE_HTTP_PORT", "65536", "ZAPLECZE_HTTP_PORT must be a whole number"),
        (
            "SLACK_API_URL",
            "slack.com/api",
            "SLACK_API_URL must be an address that begins with https://",
        ),
        ("SLACK_BOT_TOKEN", "xoxb-…", "SLACK_BOT_TOKEN must hold the whole token, xoxb- followed"),
        ("SLACK_BOT_TOKEN", "xoxb-", "SLACK_BOT_TOKEN must hold the whole token"),
        ("SLACK_BOT_TOKEN", "xoxb-secret żółw", "SLACK_BOT_TOKEN must hold the whole token"),
        ("SLACK_APP_TOKEN", "xapp-…", "SLACK_APP_TOKEN must hold the whole token, xapp- followed"),
        ("ZAPLECZE_CLOCK", "noon", "ZAPLECZE_CLOCK cannot be “noon”"),
        (
            "ZAPLECZE_CLOCK",
            "file:company.toml",
            "The clock company.toml must hold a number of seconds",
        ),
        ("ZAPLECZE_CONFIG", "missing.toml", "There is no catalogue at missing.toml."),
        (
            "ZAPLECZE_DATA_DIR",
            "/proc/nowhere",
            "The database does not open: /proc/nowhere: No such file or directory.",
        ),
        (
            "ZAPLECZE_DATA_DIR",
            "company.toml",
            "The database does not open: company.toml: File exists.",
        ),
        ("DATABASE_URL", "sqlite:///", "DATABASE_URL names no file, so nothing would be kept."),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL names no file, so nothing would be kept."),
        ("DATABASE_URL", "sqlite:///:memory:", "DATABASE_URL names no file"),
        ("DATABASE_URL", "sqlite:///file:x?mode=memory&uri=true", "DATABASE_URL names no file"),
        ("DATABASE_URL", "what?", "DATABASE_URL must begin with postgresql://"),
        ("DATABASE_URL", "mysql://127.0.0.1/x", "DATABASE_URL must begin with postgresql://"),
        ("DATABASE_URL", "postgresql://host:port/x", "DATABASE_URL must begin with postgresql://"),
        (
            "DATABASE_URL",
            "postgresql://me:secret@:/@host:port/x",
            "(in the password %40 for @, %3A for : and %2F for /)",
        ),
        ("DATABASE_URL", "postgresql://me:x@y/secret@host/x", "%40 for @"),
        ("DATABASE_URL", "postgresql://me:x@secret?y@host/x", "%40 for @"),
        ("DATABASE_URL", "postgresql://me:x@secret#y@host/x", "%40 for @"),
        ("DATABASE_URL", "postgresql://me:x/y@secret@host/x", "%40 for @"),
        ("DATABASE_URL", "postgresql://me:[secret@host:port/x", "%40 for @"),
        ("DATABASE_URL", "postgresql://me:[secret@127.0.0.1:1/x", "The database does not open"),
        ("DATABASE_URL", NOWHERE, "The database does not open: connection failed"),
        ("SLACK_API_URL", "http://me:x/secret@slack.com/", "it is “http://slack.com/”"),
        ("SLACK_API_URL", "me:x/secret@slack.com/", "it is “slack.com/”"),
        ("SLACK_API_URL", "https://me:[secret@slack.com/", "it is “https://slack.com/”"),
        ("ZAPLECZE_PUBLIC_URL", "https://me:secret@host", "it is “https://host”"),
        ("ZAPLECZE_PUBLIC_URL", "https://[host", "it is “https://[host”"),
        (
            "DATABASE_URL",
            "sqlite:////proc/nowhere/x.sqlite3",
            "The database does not open: unable to open",
        ),
        (
            "DATABASE_URL",
            "sqlite:///company.toml",
            "The database does not open: file is not a database.",
        ),
    ],
)
def test_a_setting_that_cannot_be_is_named(
    terminal: Terminal, name: str, value: str, sentence: str
) -> None:
    ended = terminal("invoices", "show", "FV/1", **{name: value})
    refused(ended, sentence)
    assert "secret" not in ended.err


def test_settings_that_are_empty_are_not_set(terminal: Terminal) -> None:
    ended = terminal(
        "catalogue", "check", ZAPLECZE_HTTP_PORT="", ZAPLECZE_CONFIG="", DATABASE_URL=""
    )
    assert ended.status == 0, ended.err


def test_every_mistake_of_a_catalogue_is_named_with_its_line(terminal: Terminal) -> None:
    (terminal.folder / "bad.toml").write_text(
        '[company]\nname = 3\n\n[nosuch]\nx = 1\n\n[departments.it]\nnam = "IT"\n'
    )
    for command in (
        ("catalogue", "check", "bad.toml"),
        ("invoices", "show", "x"),
        ("manifest",),
        ("db", "upgrade"),
    ):
        ended = terminal(*command, ZAPLECZE_CONFIG="bad.toml")
        refused(ended, "The catalogue cannot be used:")
        assert {"bad.toml:2", "bad.toml:4", "bad.toml:8"} <= {
            line.split(" ")[0] for line in ended.err.splitlines()
        }


def test_of_a_folder_of_catalogues_one_holds(terminal: Terminal) -> None:
    folder = terminal.folder / "catalogues"
    folder.mkdir()
    shutil.copyfile(terminal.folder / "company.toml", folder / "T0001.toml")
    assert terminal("reminders", "plan", ZAPLECZE_CONFIG=str(folder)).status == 0
    shutil.copyfile(terminal.folder / "company.toml", folder / "T0002.toml")
    refused(
        terminal("reminders", "plan", ZAPLECZE_CONFIG=str(folder)),
        "There are catalogues for T0001, T0002.",
    )


def test_what_cannot_be_opened_below_a_folder_is_told_and_the_rest_is_read(
    terminal: Terminal,
) -> None:
    inbox = terminal.folder / "inbox"
    inbox.mkdir()
    (inbox / "a.xml").symlink_to(inbox / "missing.xml")
    (inbox / "again").symlink_to(inbox)
    (inbox / ".hidden.xml").touch()
    os.mkfifo(inbox / "pipe.xml")
    shutil.copyfile(FILES / "fa3.xml", inbox / "z.xml")
    ended = terminal("invoices", "check", inbox, "--json")
    assert ended.status == 1
    unread, read = ended.lines
    assert unread == {
        "path": str(inbox / "a.xml"),
        "error": "The file a.xml cannot be opened: No such file or directory.",
    }
    assert read["number"] == "FV/2026/11/0042"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(terminal: Terminal) -> None:
    inbox = terminal.folder / "inbox"
    for shut in (inbox / "a.xml", inbox / "shut"):
        shut.mkdir(parents=True)
        shut.chmod(0)
    ended = terminal("invoices", "check", inbox, "--json")
    assert ended.status == 1
    assert [line["path"] for line in ended.lines] == [str(inbox / "a.xml"), str(inbox / "shut")]
    assert all("Permission denied" in line["error"] for line in ended.lines)


@pytest.mark.parametrize(
    "command",
    [("invoices", "check"), ("invoices", "import"), ("payments", "read"), ("payments", "import")],
)
def test_a_folder_without_files_is_said_and_is_no_mistake(
    terminal: Terminal, command: tuple[str, str]
) -> None:
    (terminal.folder / "inbox" / "deeper").mkdir(parents=True)
    ended = terminal(*command, "inbox", "--json")
    assert (ended.status, ended.err) == (0, "There are no files in inbox.\n")


def test_a_document_that_cannot_be_written_is_not_registered(booked: Terminal) -> None:
    words = (
        "documents",
        "render",
        "account_statement",
        "--for",
        "Hotel pod Żubrem",
        "--as-of",
        "2026-11-23",
        "--json",
    )
    refused(
        booked(*words, "--out", "nowhere/x.pdf"),
        "nowhere/x.pdf cannot be written: No such file or directory.",
    )
    refused(booked(*words, "--out", "data"), "data cannot be written: Is a directory.")
    made = booked(*words, "--out", "x.pdf").facts
    assert made["number"].endswith("1")


def test_paths_that_are_no_names_are_told(terminal: Terminal) -> None:
    ended = terminal("invoices", "check", "x" * 5000, Path("/dev/null"), "--json")
    assert ended.status == 1
    assert ["error" in line for line in ended.lines] == [True, True]


def test_what_a_document_lacks_is_named_with_where_to_give_it(booked: Terminal) -> None:
    without = booked.folder / "nameless.toml"
    loader.write_default(without, {"tax_numbers": ["PL9999999999"]})
    words = (
        "documents",
        "render",
        "account_statement",
        "--for",
        "Hotel pod Żubrem",
        "--out",
        "x.pdf",
    )
    sentence = (
        "This document cannot be made without: Name (Creditor) and Address (Creditor). What is "
        "ours stands under"
    )
    refused(booked(*words, ZAPLECZE_CONFIG=str(without)), sentence)
