"""Streams: pipes that close, disks that are full, letters that a terminal does not have, and
Ctrl-C.
"""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.forms.conftest import FILES
from tests.forms.terminal import Terminal


def test_a_reader_that_has_enough_is_no_mistake_to_tell_of(terminal: Terminal) -> None:
    begun = terminal.begin("invoices", "check", *[FILES] * 20, "--json")
    assert begun.stdout
    assert b"path" in begun.stdout.readline()
    begun.stdout.close()
    assert begun.stderr
    assert begun.stderr.read() == b""
    begun.stderr.close()
    assert begun.wait(60) in (0, 1)


def test_a_full_disk_is_one_sentence(terminal: Terminal) -> None:
    with Path("/dev/full").open("wb") as full:
        begun = terminal.begin("manifest", stdout=full)
        said = begun.communicate(timeout=60)[1]
    assert (begun.returncode, said) == (1, b"No space left on device\n")


@pytest.mark.parametrize(
    "settings",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "utf-16"},
        {"LC_ALL": "pl_PL.ISO-8859-2"},
        {"LANG": "tr_TR.UTF-8"},
    ],
)
def test_facts_can_be_read_back_whatever_the_terminal_speaks(
    terminal: Terminal, settings: dict[str, str]
) -> None:
    begun = terminal.begin("invoices", "check", FILES / "fa3.xml", "--json", **settings)
    out, err = begun.communicate(timeout=60)
    text = out.decode("utf-16" if "utf-16" in settings.values() else "utf-8")
    assert '"Hotel pod Żubrem"' in text.encode().decode(
        "unicode-escape" if "\\u" in text else "utf-8"
    )
    assert (begun.returncode, err) == (0, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_sentences_are_said_in_letters_that_are_there(terminal: Terminal, encoding: str) -> None:
    ended = terminal("invoices", "show", "Żubr", PYTHONIOENCODING=encoding)
    assert ended.status == 1
    assert ended.err.startswith("I found no invoice and no customer for")


def test_a_name_that_is_no_text_comes_back_as_it_is(terminal: Terminal) -> None:
    odd = os.fsdecode(b"\xb3\xf3d\xbc.xml")  # Latin-2
    shutil.copyfile(FILES / "fa3.xml", terminal.folder / odd)
    for command in ("check", "import"):
        ended = terminal("invoices", command, terminal.folder / odd, "--json")
        assert ended.status == 0, ended.err
        path = ended.facts["path"] if command == "check" else ended.facts["files"][0]["path"]
        assert os.fsencode(path) == os.fsencode(terminal.folder / odd)


def test_ctrl_c_ends_it_without_a_word(terminal: Terminal) -> None:
    begun = terminal.begin("invoices", "check", *[FILES] * 200, "--json")
    assert begun.stdout
    begun.stdout.readline()
    begun.send_signal(signal.SIGINT)
    _, said = begun.communicate(timeout=60)
    assert (begun.returncode, said) == (130, b"")


def test_nothing_but_facts_goes_to_standard_output(terminal: Terminal) -> None:
    (terminal.folder / "letter.pdf").write_bytes(b"%PDF-1.7\nand then nothing\n")
    ended = terminal("invoices", "check", "letter.pdf", "--json")
    assert list(ended.facts) == ["path", "error"]
    assert ended.err == ""  # the libraries' own mutterings are for logs


def test_facts_go_to_the_file_and_progress_to_the_terminal(terminal: Terminal) -> None:
    leader, follower = os.openpty()
    words = ("invoices", "check", FILES, "--json")
    begun = terminal.begin(*words)
    plain = begun.communicate(timeout=60)[0]
    shown = subprocess.Popen(
        begun.args,
        cwd=terminal.folder,
        env=terminal.environment({"TERM": "xterm"}),
        stdout=-1,
        stderr=follower,
    )
    os.close(follower)
    assert shown.stdout
    with shown.stdout as out, os.fdopen(leader, "rb", buffering=0) as screen:
        seen = screen.read(1)
        assert out.read() == plain
    assert seen
    shown.wait(60)
