"""Markup: what a person typed shows just these characters, and nothing is escaped twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.language.characters import legible
from bot.kit.markup import Mrkdwn, channel, escape, join, link, person, unescaped

ZERO = "\u200b"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Kowalski & Syn", "Kowalski &amp; Syn"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@U1> <#C1> <https://x|y>", "&lt;@U1&gt; &lt;#C1&gt; &lt;https://x|y&gt;"),
        ("&lt;", "&amp;lt;"),
        ("*bold*", f"{ZERO}*bold{ZERO}*"),
        ("_a_ ~b~ `c`", f"{ZERO}_a{ZERO}_ {ZERO}~b{ZERO}~ {ZERO}`c{ZERO}`"),
        ("FV_2026_11", "FV_2026_11"),
        ("a* *b\n*c ż*ż", f"a{ZERO}* {ZERO}*b\n{ZERO}*c ż{ZERO}*ż"),
        ("2*3", "2*3"),
        ("", ""),
    ],
)
def test_what_a_person_typed_shows_just_these_characters(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_what_is_markup_already_is_not_escaped_again() -> None:
    bold = Mrkdwn("*bold* & <@U1>")
    assert escape(bold) is bold
    assert escape(escape("a & b")) == "a &amp; b"


def test_what_is_no_text_is_escaped_as_it_is_written() -> None:
    assert escape(12) == "12"
    assert escape(None) == "None"


@given(st.text())
def test_no_mention_and_no_link_comes_of_any_text(text: str) -> None:
    escaped = escape(text)
    assert not set("<>") & set(escaped)
    assert unescaped(escaped).replace(ZERO, "") == legible(text).replace(ZERO, "")


@given(st.text())
def test_what_slack_sends_is_read_as_it_was_typed(text: str) -> None:
    sent = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert unescaped(sent) == text


def test_people_channels_and_links_are_written_as_slack_wants_them() -> None:
    assert person("U1") == "<@U1>"
    assert channel("C1") == "<#C1>"
    assert link("https://slack.example/a", "A & B") == "<https://slack.example/a|A &amp; B>"
    assert join(" · ", [person("U1"), Mrkdwn("*x*")]) == "<@U1> · *x*"
    assert all(
        isinstance(text, Mrkdwn)
        for text in (person("U1"), channel("C1"), link("https://a", "b"), join("", []))
    )
