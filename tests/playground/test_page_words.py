"""The page's words and colours: each sentence in three languages with all plural forms; contrast,
light and dark.
"""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from bot.playground.server import STATIC
from bot.playground.slack.company import company

PLURALS = {"pl": ["few", "many", "one", "other"], "hu": ["one", "other"]}
SAID = re.compile(r"\b(?:t|N_)\(\s*(['\"])((?:(?!\1).)+)\1")
COUNTED = re.compile(r"\btn\(\s*(['\"])((?:(?!\1).)+)\1,\s*(['\"])((?:(?!\3).)+)\3")
ENTRY = re.compile(
    r"^  (['\"])(?P<key>.+?)\1:\s*(?P<value>\{.*?\}|'.*?'|\".*?\"),$", re.MULTILINE | re.DOTALL
)
FORM = re.compile(r"(\w+): '([^']*)'")
FACT = re.compile(r"\{\w+\}")


def sources() -> Iterator[str]:
    for path in STATIC.glob("*.js"):
        yield path.read_text()


def sentences() -> set[str]:
    return {match[2] for source in sources() for match in SAID.finditer(source)}


def counted() -> set[str]:
    return {match[2] for source in sources() for match in COUNTED.finditer(source)}


def table(language: str) -> dict[str, str]:
    text = (STATIC / "words" / f"{language}.js").read_text()
    return {match["key"]: match["value"] for match in ENTRY.finditer(text)}


@pytest.mark.parametrize("language", PLURALS)
def test_every_sentence_of_the_page_is_in_each_language_and_no_other(language: str) -> None:
    assert len(sentences()) > 150
    assert set(table(language)) == sentences() | counted()


def test_what_the_company_writes_is_in_the_readers_language() -> None:
    world = company()
    titles = {each.title for each in world.people.values() if each.team_id == world.team.id}
    topics = {each.topic for each in world.channels.values() if not each.is_shared}
    written = set(re.findall(r"N_\('(.+?)'\)", (STATIC / "company.js").read_text()))
    assert written == (titles | topics) - {""}


@pytest.mark.parametrize("language", PLURALS)
def test_counted_sentences_have_all_plural_forms(language: str) -> None:
    words = table(language)
    forms = {key: sorted(name for name, _ in FORM.findall(words[key])) for key in counted()}
    assert forms == dict.fromkeys(counted(), PLURALS[language])


@pytest.mark.parametrize("language", PLURALS)
def test_translations_keep_the_facts(language: str) -> None:
    for key, value in table(language).items():
        wordings = [words for _, words in FORM.findall(value)] if value.startswith("{") else [value]
        for words in wordings:
            missing = set(FACT.findall(words)) ^ set(FACT.findall(key))
            assert not missing or (key in counted() and missing == {"{n}"}), (key, words)


def test_modules_are_short_and_say_what_they_are_for() -> None:
    for path in STATIC.glob("**/*.js"):
        text = path.read_text()
        assert text.startswith("/**"), path.name
        assert len(text.splitlines()) <= 350, path.name


def test_no_module_parses_text_as_markup() -> None:
    for source in sources():
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source
        )


def test_nothing_is_loaded_from_elsewhere() -> None:
    for path in [*STATIC.glob("**/*.css"), STATIC / "index.html"]:
        assert not re.search(r"https?://|@import|url\(", path.read_text()), path.name


def colours(theme: str) -> dict[str, str]:
    text = (STATIC / "css" / "colours.css").read_text()
    blocks = re.findall(r":root(\[[^]]*\])? \{(.*?)\n\}", text, re.DOTALL)
    found: dict[str, str] = {}
    for selector, body in blocks:
        if not selector or theme in selector:
            found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


INKS = ("ink", "ink-2", "ink-3", "accent", "danger")
PAPERS = ("paper", "wash", "raised")
PAIRS = [*product(INKS, PAPERS), ("ink-2", "wash-2"), ("ink-3", "wash-2"), ("accent-ink", "accent")]
PAIRS += [("accent-strong", "accent-wash"), ("mention", "mention-wash"), ("danger", "danger-wash")]
PAIRS += [
    ("warn", "warn-wash"),
    ("info", "info-wash"),
    ("ok", "ok-wash"),
    ("accent-ink", "accent-strong"),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_text_stands_out_from_what_it_stands_on(theme: str, ink: str, paper: str) -> None:
    palette = colours(theme)
    assert contrast(palette[ink], palette[paper]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_edges_of_fields_can_be_seen(theme: str) -> None:
    palette = colours(theme)
    assert contrast(palette["edge"], palette["paper"]) >= 3


def test_the_page_is_small() -> None:
    size = sum(path.stat().st_size for path in Path(STATIC).rglob("*") if path.is_file())
    assert size < 360_000
