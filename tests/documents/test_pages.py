"""Every page of every kind as a reader sees it: the whole text, and where it stands.

With the longest names and a thousand rows nothing is clipped or overlaps, no heading stands alone
at a page's end, no *Sp. z o.o.* is broken, and dates are written in one way.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from bot.kit.pdf import Heading, Text
from bot.kit.pdf.sheet import Together
from bot.kit.words import LANGUAGES, Words
from handlers.documents.kinds import kind
from tests.documents import samples
from tests.documents.golden import place, text_of
from tests.documents.pages import Line, lines_of
from tests.documents.samples import HUNGARIAN_EMPLOYER, MARK, THEM, US, open_item, sample
from tests.documents.test_kinds import KEYS

LEFT, RIGHT, BOTTOM, TOP = 56.0, 539.5, 20.0, 842.0  # points: the margins of every paper
BODY = 88.0  # below it stands the foot of a page
LONG = (
    "Przedsiębiorstwo Wielobranżowe Żółwik, Świątek i Wspólnicy – Zakład Przetwórstwa Owocowo-"
    "Warzywnego Źdźbło w Szczebrzeszynie Sp. z o.o. Sp. k."
)
ROWS = 1_000
ISO, AMERICAN = r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)", r"(?<!\d)\d\d?/\d\d?/\d{4}"
GERMAN, HUNGARIAN = r"(?<!\d)\d\d?\.\d\d?\.\d{4}", r"(?<!\d)\d{4}\. ?(?:\d|[a-zéáűúőíóö]{3})"
FORMS = {
    "en": (ISO, AMERICAN, GERMAN, HUNGARIAN, r"[A-Z][a-z]+ \d{1,2}, \d{4}"),
    "pl": (ISO, AMERICAN, r"(?<!\d)\d\.\d{2}\.\d{4}", HUNGARIAN),
    "hu": (
        ISO,
        AMERICAN,
        GERMAN,
        r"\d{4}\. \d\. ",
        r"\d{4}\. \d\d\. \d\d(?![.\d-])",
        r"\d{4}\. [a-zéáűúőíóö]{3,} \d{1,2}(?![.\d-])",
    ),
}
"""The forms of other countries, and broken ones of one's own."""
OWN = {
    "en": r"\d{1,2} [A-Z][a-z]{2,} \d{4}",
    "pl": r"\d{1,2} [a-zńśź]{3,} \d{4}",
    "hu": r"\d{4}\. [a-zéáűúőíóö]{3,} \d{1,2}[.-]",
}
_NOT_STRONG = str.maketrans("", "", "\x02\x03")

both = [(key, language) for key in KEYS for language in LANGUAGES]


@pytest.mark.parametrize(("key", "language"), both)
def test_paper_says_what_it_said(key: str, language: str) -> None:
    """A change is read in the diff of ``python -m tests.documents.golden``."""
    assert text_of(key, language) == place(key, language).read_text(encoding="utf-8")


def longest(key: str) -> Any:
    """A kind's facts with the longest names, and a thousand rows where there are rows."""
    us, them = replace(US, name=LONG), replace(THEM, name=LONG, address=(LONG, *THEM.address))
    rows = tuple(open_item(n) for n in range(1, ROWS + 1))
    match key:
        case "payment_demand" | "final_demand":
            facts = {**samples.demand_facts(), "creditor": us, "debtor": them, "items": rows}
            return kind(key).gather({**facts, "signatory_role": LONG, "contract": LONG})
        case "employment_certificate":
            return kind(key).gather({**samples.employment(), "employer": us, "position": LONG})
        case "earnings_certificate":
            facts = samples.earnings(replace(HUNGARIAN_EMPLOYER, name=LONG))
            return kind(key).gather({**facts, "position": LONG})
        case "invoice_copy":
            invoice = samples.invoice_copy()
            lines = tuple(replace(invoice.lines[1], name=LONG) for _ in range(ROWS))
            return replace(invoice, seller=us, buyer=them, lines=lines)
        case "interest_note":
            note = samples.interest_note()
            return replace(note, creditor=us, debtor=them, lines=note.lines * (ROWS // 2))
        case "ticket_transcript":
            ticket = samples.ticket_transcript()
            messages = tuple(replace(ticket.messages[0], author=LONG) for _ in range(ROWS // 10))
            return replace(ticket, title=LONG, messages=messages)
        case "account_statement":
            statement = samples.account_statement(ROWS // 4)
            moved = (samples.movements(ROWS // 4, "PLN"), samples.movements(ROWS // 4, "EUR"))
            return replace(statement, creditor=us, debtor=them, movements=moved)
    return replace(sample(key), creditor=us, debtor=them, items=rows)  # type: ignore[type-var]


@cache
def pages(key: str, language: str) -> tuple[tuple[Line, ...], ...]:
    return lines_of(kind(key).render(longest(key), MARK, Words(language)))


def headings(blocks: Any) -> Iterator[str]:
    """What may not end a page: headings, and whose words follow."""
    for block in blocks:
        if isinstance(block, Heading) or (isinstance(block, Text) and block.look == "byline"):
            yield " ".join(block.text.translate(_NOT_STRONG).split())
        elif isinstance(block, Together):
            yield from headings(block.blocks)


@pytest.mark.parametrize(("key", "language"), both)
def test_nothing_is_clipped_and_nothing_overlaps(key: str, language: str) -> None:
    for number, lines in enumerate(pages(key, language), 1):
        for line in lines:
            assert line.left >= LEFT, (number, line)
            assert line.right <= RIGHT, (number, line)
            assert BOTTOM <= line.bottom <= line.top <= TOP, (number, line)
        for one, other in _near(lines):
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.top, other.top) - max(one.bottom, other.bottom)
            assert across <= 0.8 or down <= 1.5, (number, one, other)


def _near(lines: tuple[Line, ...]) -> Iterator[tuple[Line, Line]]:
    """Pairs whose heights may meet."""
    below = sorted(lines, key=lambda line: line.bottom)
    for place_, one in enumerate(below):
        for other in below[place_ + 1 :]:
            if other.bottom >= one.top:
                break
            yield one, other


def _last_line(lines: list[Line]) -> str:
    lowest = min(line.bottom for line in lines)
    return " ".join(line.text for line in lines if line.bottom < lowest + 3)


@pytest.mark.parametrize(("key", "language"), both)
def test_no_heading_stands_alone_and_no_company_is_broken(key: str, language: str) -> None:
    words = Words(language)
    titles = set(headings(kind(key).sheet(longest(key), words).blocks))
    for number, lines in enumerate(pages(key, language)[:-1], 1):
        last = _last_line([line for line in lines if line.bottom > BODY])
        assert not any(title.endswith(last) for title in titles), (number, last)
    for lines in pages(key, language):
        for line in lines:
            assert not re.search(r"(?:^|\s)(?:[Ss]p\.|[Ss]p\. z)$", line.text), line
            assert "■" not in line.text
            assert "\ufffd" not in line.text


@pytest.mark.parametrize(("key", "language"), both)
def test_dates_of_a_paper_are_written_as_its_country_writes_them(key: str, language: str) -> None:
    text = "\n".join(line.text for lines in pages(key, language) for line in lines)
    foreign = [form for form in FORMS[language] if re.search(form, text)]
    assert foreign == []
    assert re.search(OWN[language], text)


@pytest.mark.parametrize("key", KEYS)
def test_spelled_days_of_polish_papers_end_with_the_letter_of_the_year(key: str) -> None:
    text = "\n".join(line.text for lines in pages(key, "pl") for line in lines)
    spelled = re.findall(r"\d{1,2} (?:listopada|grudnia|października) \d{4}(?: r\.)?", text)
    assert all(found.endswith(" r.") for found in spelled)
