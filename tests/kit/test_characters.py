"""Characters that are no text reach neither a database nor a terminal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import output
from bot.kit.language import characters
from bot.kit.markup import escape

HOSTILE = "fa\x1b[31mkt\x9bura\u202efdp.exe\x00\ud83d"


def test_no_sign_of_a_name_commands_or_turns_what_is_read() -> None:
    shown = characters.legible("fa\x1b[31mkt\u202efdp.exe")
    assert shown == "fa[U+001B][31mkt[U+202E]fdp.exe"
    assert escape("x\u202ey\u061c") == "x[U+202E]y[U+061C]"
    assert characters.legible("zażółć\tgęślą\r\njaźń 👩‍💻") == "zażółć\tgęślą\njaźń 👩‍💻"


def test_command_line_prints_no_commands(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_lines(["a\x1b]0;x\x07b\u202ec"], as_json=False)
    output.print_lines([{"name": "a\x9bb\u202ec"}], as_json=True)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "a[U+001B]]0;x[U+0007]b[U+202E]c"
    assert said[1].isascii()
    assert json.loads(said[1]) == {"name": "a\x9bb\u202ec"}


@given(st.text(st.characters(), max_size=50))
def test_what_is_stored_is_text(text: str) -> None:
    stored = characters.storable({"a": [text + "\x00\ud800", 7, None]})["a"]
    assert stored[1:] == [7, None]
    assert "\x00" not in stored[0]
    assert stored[0].encode("utf-8").decode("utf-8") == stored[0]


def test_hostile_text_is_kept_and_the_rest_of_it_read() -> None:
    assert characters.storable(HOSTILE) == "fa\x1b[31mkt\x9bura\u202efdp.exe\ufffd"
