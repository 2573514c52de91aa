"""The page's own mrkdwn and Markdown, looked at in a real browser: what is drawn, and that nothing
harmful is.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from bot.kit.block_kit import moment
from bot.kit.markup import escape
from bot.playground.server import Playground
from bot.playground.slack.company import company
from tests.browser import Windows, browser  # noqa: F401

pytestmark = pytest.mark.browser

READER = """
async (facts) => {
  const { setReader } = await import('/static/reader.js');
  const people = { U1: { id: 'U1', name: 'Anna Zielińska' }, U2: { id: 'U2', name: 'Kata Szabó' } };
  const channels = { C1: { id: 'C1', name: 'front-desk' } };
  const emoji = { ticket: '🎫', '+1': '👍' };
  setReader({
    me: 'U1', locale: 'en-GB', tz: 'Europe/Warsaw', now: () => Date.parse('2026-11-22T10:00:00Z'),
    person: (id) => people[id] ?? null, channel: (id) => channels[id] ?? null,
    group: (id) => ({ S1: 'accounting' })[id] ?? null, emoji: (name) => emoji[name] ?? null, ...facts,
  });
}
"""
DRAW = """
async ([module, name, texts]) => {
  const draw = (await import(`/static/${module}.js`))[name];
  return texts.map((text) => { const node = draw(text); return [node.innerHTML, node.textContent]; });
}
"""


@pytest.fixture(scope="module")
def lab(browser: Browser) -> Iterator[Page]:  # noqa: F811
    with Playground(company(seed=1)) as playground:
        windows = Windows(browser)
        page = windows.lab(playground.url)
        page.evaluate(READER, {})
        yield page
        windows.close()
        assert windows.errors == []


def drawn(lab: Page, text: str, module: str = "text", name: str = "mrkdwn") -> str:
    html: str = lab.evaluate(DRAW, [module, name, [text]])[0][0]
    return html


def said(lab: Page, text: str, **reader: Any) -> str:
    lab.evaluate(READER, reader)
    words: str = lab.evaluate(DRAW, ["text", "mrkdwn", [text]])[0][1]
    lab.evaluate(READER, {})
    return words


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "*bold* _italic_ ~gone~ `code`",
            "<p><strong>bold</strong> <em>italic</em> <s>gone</s> <code>code</code></p>",
        ),
        (
            "*_both_*, (*in brackets*).",
            "<p><strong><em>both</em></strong>, (<strong>in brackets</strong>).</p>",
        ),
        ("FV_2026_11 a*b*c 2 * 3 * 4", "<p>FV_2026_11 a*b*c 2 * 3 * 4</p>"),
        ("*not\nover lines*", "<p>*not\nover lines*</p>"),
        ("`*plain* in code`", "<p><code>*plain* in code</code></p>"),
        ("a &amp; b &lt;c&gt; &copy;", "<p>a &amp; b &lt;c&gt; &amp;copy;</p>"),
        ("&gt; quoted\n&gt; twice\nnot", "<blockquote>quoted\ntwice</blockquote><p>not</p>"),
        (
            "before\n&gt;&gt;&gt; all\nthe rest",
            "<p>before</p><blockquote>all\nthe rest</blockquote>",
        ),
        ("see\n```\n*raw* &lt;b&gt;\n```\nend", "<p>see\n</p><pre>*raw* &lt;b&gt;</pre><p>end</p>"),
        ("one\n\ntwo", "<p>one\n\ntwo</p>"),
        ("\u200b*shown as typed\u200b*", "<p>\u200b*shown as typed\u200b*</p>"),
        ("10:30:45 and :unknown:", "<p>10:30:45 and :unknown:</p>"),
        ("", ""),
    ],
)
def test_marks_become_what_slack_shows(lab: Page, text: str, html: str) -> None:
    assert drawn(lab, text) == html


def test_links_open_elsewhere_and_carry_their_label(lab: Page) -> None:
    link = '<a href="https://a.pl/?x=1&amp;y=2" target="_blank" rel="noopener noreferrer">'
    assert drawn(lab, "<https://a.pl/?x=1&amp;y=2|Faktura>") == f"<p>{link}Faktura</a></p>"
    assert (
        drawn(lab, "(https://a.pl/?x=1&amp;y=2)") == f"<p>({link}https://a.pl/?x=1&amp;y=2</a>)</p>"
    )
    assert 'href="mailto:a@b.pl"' in drawn(lab, "<mailto:a@b.pl|a@b.pl>")


def test_people_channels_groups_and_broadcasts_are_named(lab: Page) -> None:
    mine = (
        '<button class="mention mention-me" type="button" data-person="U1">@Anna Zielińska</button>'
    )
    assert drawn(lab, "<@U1>") == f"<p>{mine}</p>"
    assert 'data-person="U2">@Kata Szabó</button>' in drawn(lab, "<@U2|somebody>")
    assert 'data-channel="C1">#front-desk</button>' in drawn(lab, "<#C1|old-name>")
    assert (
        said(lab, "<@U9|guest> <!subteam^S1> <!subteam^S9|@sales> <!here>")
        == "@guest @accounting @sales @here"
    )


def test_emoji_are_shown_and_a_few_alone_are_large_in_a_message(lab: Page) -> None:
    assert said(lab, "done :ticket: :+1::skin-tone-3:") == "done 🎫 👍\U0001f3fc"
    assert lab.evaluate(
        "async () => (await import('/static/text.js')).mrkdwn(':ticket: :+1:').className"
    ).endswith("text-big")
    assert "text-big" not in lab.evaluate(
        """async () => (await import('/static/text.js')).textObject(
            {type: 'mrkdwn', text: ':star::star:'}).className"""
    )


NOVEMBER = "<!date^1795428000^{}|fallback>"  # 2026-11-23 10:00 UTC


@pytest.mark.parametrize(
    ("pattern", "english", "polish", "hungarian"),
    [
        ("{date_num} {time}", "2026-11-23 11:00", "2026-11-23 11:00", "2026-11-23 11:00"),
        (
            "{date_long}",
            "Monday, 23 November 2026",
            "poniedziałek, 23 listopada 2026",
            "2026. november 23., hétfő",
        ),
        ("{date_short}", "23 Nov 2026", "23 lis 2026", "2026. nov. 23."),
        ("{date_pretty}", "Tomorrow", "Jutro", "Holnap"),
        ("due {date_short_pretty}", "due tomorrow", "due jutro", "due holnap"),
        ("seen {ago}", "seen tomorrow", "seen jutro", "seen holnap"),
        ("{nonsense}", "fallback", "fallback", "fallback"),
    ],
)
def test_dates_are_in_the_readers_words(
    lab: Page, pattern: str, english: str, polish: str, hungarian: str
) -> None:
    token = NOVEMBER.format(pattern)
    assert said(lab, token, locale="en-GB") == english
    assert said(lab, token, locale="pl-PL") == polish
    assert said(lab, token, locale="hu-HU") == hungarian


def test_a_day_is_capital_only_where_it_begins_a_line_of_ours(lab: Page) -> None:
    at = datetime.fromtimestamp(1795428000, UTC)
    within, first = moment(at, "fallback"), moment(at, "fallback", begins=True)
    assert said(lab, f"minął {within}", locale="pl-PL").replace("\u2060", "") == "minął jutro 11:00"
    assert said(lab, first, locale="pl-PL") == "Jutro 11:00"


def test_dates_are_in_the_readers_zone(lab: Page) -> None:
    token = NOVEMBER.format("{date_num} {time}")
    assert said(lab, token, locale="en-GB", tz="Asia/Tokyo") == "2026-11-23 19:00"
    assert (
        said(lab, token, locale="en-US", tz="America/New_York").replace("\u202f", " ")
        == "2026-11-23 5:00 AM"
    )


HARMFUL = [
    "<script>window.harmed = 1</script>",
    "<img src=x onerror='window.harmed = 1'>",
    "&lt;img src=x onerror='window.harmed = 1'&gt;",
    "<javascript:window.harmed=1|click>",
    "<JaVaScRiPt:window.harmed=1>",
    "<data:text/html,<script>window.harmed=1</script>|x>",
    '<https://a.pl/"onmouseover="window.harmed=1|x>',
    '<@U1" onclick="window.harmed=1>',
    "<!date^0^{date}^javascript:window.harmed=1|x>",
    "`<svg onload=window.harmed=1>` ```<iframe srcdoc='<script>parent.harmed=1</script>'>```",
    "*_~<style>body{display:none}</style>~_*",
]


@pytest.mark.parametrize("text", HARMFUL)
@pytest.mark.parametrize(
    ("module", "name"), [("text", "mrkdwn"), ("markdown", "markdown"), ("text", "textObject")]
)
def test_text_never_becomes_markup_or_script(lab: Page, text: str, module: str, name: str) -> None:
    found = lab.evaluate(
        """async ([module, name, text]) => {
          const node = (await import(`/static/${module}.js`))[name](text);
          document.body.replaceChildren(node);
          for (const each of node.querySelectorAll('*')) each.click?.();
          const bad = [...node.querySelectorAll('*')].filter((each) =>
            /^(SCRIPT|IMG|IFRAME|STYLE|SVG|OBJECT)$/i.test(each.tagName) ||
            [...each.attributes].some((one) => /^on/.test(one.name)) ||
            /^(javascript|data):/i.test(each.getAttribute('href') ?? ''));
          return [bad.length, window.harmed ?? null];
        }""",
        [module, name, text],
    )
    assert found == [0, None]


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=":\u200b"), max_size=40
)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(WORDS, min_size=20, max_size=60))
def test_what_the_bot_escapes_is_shown_as_it_was_typed(lab: Page, texts: list[str]) -> None:
    shown = lab.evaluate(DRAW, ["text", "mrkdwn", ["." + escape(text) for text in texts]])
    assert [words.replace("\u200b", "") for _, words in shown] == ["." + text for text in texts]
    assert not any("<strong>" in html or "<code>" in html for html, _ in shown)


def test_a_long_line_of_signs_is_drawn_quickly(lab: Page) -> None:
    spent = lab.evaluate(
        """async () => {
          const { parse } = await import('/static/mrkdwn.js');
          const start = performance.now();
          const texts = ['*a '.repeat(13000), '_*~`'.repeat(10000), '<'.repeat(40000), '&gt;\\n'.repeat(8000)];
          texts.forEach((text) => parse(text));
          return performance.now() - start;
        }"""
    )
    assert spent < 2000


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold** *it*", "<p><strong>bold</strong> <em>it</em></p>"),
        ("~~no~~ `a_b` snake_case_word", "<p><s>no</s> <code>a_b</code> snake_case_word</p>"),
        ("- one\n- two\n  1. deep", "<ul><li>one</li><li>two<ol><li>deep</li></ol></li></ul>"),
        ("3. three\n4. four", '<ol start="3"><li>three</li><li>four</li></ol>'),
        ("> quoted\n> more", "<blockquote><p>quoted\nmore</p></blockquote>"),
        ("```\n<b>\n```", "<pre>&lt;b&gt;</pre>"),
        ("---", "<hr>"),
        ("[a](javascript:alert(1))", "<p><span>a</span></p>"),
    ],
)
def test_markdown_blocks_follow_the_usual_markdown(lab: Page, text: str, html: str) -> None:
    assert drawn(lab, text, "markdown", "markdown") == html


def test_markdown_tables_have_heads_and_sides(lab: Page) -> None:
    html = drawn(lab, "| Name | Sum |\n|---|--:|\n| A | 12 |", "markdown", "markdown")
    assert '<th data-align="right">Sum</th>' in html
    assert '<td data-align="right">12</td>' in html


def test_typed_rich_text_becomes_slacks_blocks_and_comes_back(lab: Page) -> None:
    text = "Hello *you*\n- one\n- two `x`\n1. first\n> said\n```raw```"
    block, typed = lab.evaluate(
        """async (text) => {
          const { fromTyped, toTyped } = await import('/static/richtext.js');
          const block = fromTyped(text);
          return [block, toTyped(block)];
        }""",
        text,
    )
    kinds = [element["type"] for element in block["elements"]]
    assert kinds == [
        "rich_text_section",
        "rich_text_list",
        "rich_text_list",
        "rich_text_quote",
        "rich_text_preformatted",
    ]
    assert block["elements"][0]["elements"][1] == {
        "type": "text",
        "text": "you",
        "style": {"bold": True},
    }
    assert typed == text
