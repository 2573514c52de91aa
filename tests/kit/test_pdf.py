"""The press: the same bytes for the same input, real text with embedded fonts, marks on
every page.
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from bot.kit.pdf import (
    Amount,
    Blank,
    Block,
    Code,
    Column,
    Cut,
    Details,
    Gap,
    GlyphMissing,
    Heading,
    Letterhead,
    Mark,
    Panel,
    Panels,
    Sheet,
    Signatures,
    Table,
    Text,
    Tick,
    Together,
    fact,
    free,
    press,
    strong,
)
from bot.kit.words import Phrase, Words

MARK = Mark(
    "DOC-2026-00042",
    "3",
    date(2026, 11, 22),
    "Zażółć Gęślą",
    "Árvíztűrő Tükörfúró",
    "7F3K-9QXM-2WLT",
)
PANGRAMS = "Zażółć gęślą jaźń ŁÓDŹ. Árvíztűrő tükörfúrógép, ŐRSÉGI ŰR. Příliš žluťoučký kůň."


def sheet(*blocks: Block, title: str = "Próba") -> Sheet:
    return Sheet(
        title, Letterhead("Źdźbło Kft.", ("Fő utca 1.",)), tuple(blocks), subtitle="Őszi gyűlés"
    )


def pages(*blocks: Block, language: str = "en", mark: Mark = MARK) -> list[PageObject]:
    return list(PdfReader(BytesIO(press(sheet(*blocks), mark, Words(language)))).pages)


def text(*blocks: Block, language: str = "en") -> str:
    return "\n".join(page.extract_text() for page in pages(*blocks, language=language))


def many_rows(count: int) -> Table:
    return Table(
        (Column("Numer", grows=True), Column("Kwota", "right")),
        [(f"FV/{n}", "1,00") for n in range(count)],
    )


def test_letters_of_three_languages_come_out_as_they_went_in() -> None:
    assert PANGRAMS in text(Text(PANGRAMS))


def test_only_embedded_fonts_are_used() -> None:
    for page in pages(Text(f"{strong('Őr')} żaba"), many_rows(3), language="pl"):
        used: Any = page["/Resources"]
        for font in used["/Font"].values():
            assert "/FontFile2" in font["/FontDescriptor"]
            assert "Roboto" in font["/BaseFont"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Page 3 of 3"), ("pl", "Strona 3 z 3"), ("hu", "3/3. oldal")]
)
def test_every_page_tells_which_it_is_of_how_many(language: str, said: str) -> None:
    made = pages(many_rows(100), language=language)
    assert len(made) == 3
    assert said in made[2].extract_text()


def test_every_page_carries_its_marks() -> None:
    for page in pages(many_rows(100)):
        found = page.extract_text()
        for mark in (
            "DOC-2026-00042",
            "template 3",
            "22 November 2026",
            MARK.requester,
            MARK.approver,
            MARK.code,
        ):
            assert mark in found


def test_a_paper_without_approver_names_none() -> None:
    unapproved = Mark("DOC-1", "1", date(2026, 1, 2), "Anna", "", "CODE")
    assert "Approved" not in pages(Text("x"), mark=unapproved)[0].extract_text()


def test_metadata_tells_title_author_language_and_number() -> None:
    reader = PdfReader(BytesIO(press(sheet(Text("x")), MARK, Words("hu"))))
    known = reader.metadata
    assert known is not None
    assert (known.title, known.author, known.subject) == (
        "Próba DOC-2026-00042",
        "Źdźbło Kft.",
        "Őszi gyűlés",
    )
    assert str(known["/Keywords"]) == "DOC-2026-00042, 7F3K-9QXM-2WLT"
    assert known.creation_date is not None
    assert known.creation_date.date() == MARK.made_on
    assert str(reader.root_object["/Lang"]) == "hu-HU"


def test_the_same_input_gives_the_same_bytes_in_every_thread() -> None:
    paper = sheet(Text(PANGRAMS), many_rows(60), Code("https://example.com/x", ("x",)))
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # threads take turns in the middle of everything
    try:
        with ThreadPoolExecutor(4) as pool:
            made = {
                sha256(pdf).hexdigest()
                for pdf in pool.map(lambda _: press(paper, MARK, Words("pl")), range(8))
            }
    finally:
        sys.setswitchinterval(usual)
    assert len(made) == 1


def test_the_same_input_gives_the_same_bytes_in_every_process() -> None:
    code = (
        "import hashlib; from bot.kit.words import Words; from tests.kit import test_pdf as t;"
        "print(hashlib.sha256(t.press(t.sheet(t.Text(t.PANGRAMS)), t.MARK, "
        "Words('pl'))).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert made == {sha256(press(sheet(Text(PANGRAMS)), MARK, Words("pl"))).hexdigest() + "\n"}


def test_another_number_gives_other_bytes() -> None:
    other = Mark("DOC-2026-00043", "3", MARK.made_on, MARK.requester, MARK.approver, MARK.code)
    assert press(sheet(), MARK, Words("en")) != press(sheet(), other, Words("en"))


def test_markup_of_people_is_text() -> None:
    wild = '<b>fat</b> &amp; <a href="x">y</a> <font color="red">z</font> <para>'
    assert wild in text(Text(wild))


def test_every_block_stands_on_the_page() -> None:
    found = text(
        Heading("nagłówek"),
        Panels((Panel("kto", ("Anna", "Łódź")), Panel("ile", ("5 zł",)))),
        Details((("etykieta", "wartość"), ("pusta", ""))),
        Amount("do zapłaty", "12,00 zł", "bez VAT"),
        Tick("zgadzam się"),
        Blank("różnica"),
        Cut("odetnij"),
        Code("https://example.com", ("zeskanuj",)),
        Gap(),
        Together((Text("razem"), Signatures((("Jan Żak", "podpis"), ("", "pieczęć"))))),
    )
    for said in (
        "nagłówek",
        "kto",
        "Łódź",
        "wartość",
        "12,00 zł",
        "bez VAT",
        "zgadzam",
        "różnica",
        "odetnij",
    ):
        assert said in found
    for said in ("zeskanuj", "razem", "Jan Żak", "podpis", "pieczęć"):
        assert said in found
    assert "pusta" not in found


def test_a_header_stands_over_the_rows_of_each_page_and_totals_never_alone() -> None:
    for count in range(30, 45):
        rows = many_rows(count)
        last = pages(Table(rows.columns, rows.rows, (("Razem", "99"),)))[-1].extract_text()
        assert "Numer" in last
        assert f"FV/{count - 1}" in last


def test_a_fact_with_a_letter_that_the_font_lacks_is_refused_by_name() -> None:
    with pytest.raises(GlyphMissing) as refused:
        fact("Kawa ☕ dla 山田", Phrase("Name"))
    said = Words("pl").problem(refused.value)
    assert "„Nazwa”" in said
    assert "☕" in said
    assert "U+5C71" in said


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u202e", "\u00ad", "\x00", "\x02", "\ufeff", "x\u0301", "\ud800"]
)
def test_a_fact_with_a_hidden_or_stacked_sign_is_refused(hidden: str) -> None:
    with pytest.raises(GlyphMissing):
        fact(f"Anna{hidden}", Phrase("Name"))


def test_a_fact_is_composed_and_put_on_one_line() -> None:
    assert fact(" O\u030bre\u0301g\nul. Ła\u0328ka ", Phrase("Name")) == "Őrég ul. Łąka"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("kawa ☕ i 👍🏽!", "kawa :hot_beverage: i :thumbs_up_medium_skin_tone:!"),
        ("🇵🇱 👨‍👩‍👧 ❤️", ":Poland: :family_man_woman_girl: :red_heart:"),
        ("© 2026 ®", "© 2026 ®"),
        ("שלום", "[U+05E9][U+05DC][U+05D5][U+05DD]"),
        ("a\u202eb\x00", "a[U+202E]b[U+0000]"),
        ("raz\r\ndwa\tő", "raz\ndwa    ő"),
        ("żółw", "żółw"),
    ],
)
def test_free_text_keeps_what_can_be_printed_and_spells_the_rest(typed: str, printed: str) -> None:
    assert free(typed) == printed


@given(st.text())
@settings(max_examples=300)
def test_free_text_never_needs_a_letter_that_is_not_there(typed: str) -> None:
    printed = free(typed)
    assert fact(printed, Phrase("Name")) is not None
    assert free(printed) == printed


wild_text = st.text(max_size=400) | st.text("אב👍🏽\u202eő ", min_size=1, max_size=80).map(
    lambda t: t * 40
)


@given(wild_text, wild_text, wild_text)
@settings(max_examples=25)
def test_any_text_can_be_printed(one: str, two: str, three: str) -> None:
    one, two, three = free(one), " ".join(free(two).split()), " ".join(free(three).split())
    table = Table(
        (Column("a", grows=True), Column("b"), Column("c", "right")),
        [(two, three, "1"), (three, two, "2")],
    )
    blocks = (
        Text(one),
        Panels((Panel(two, (three, two)), Panel("x", (two,)))),
        Details(((three, one),)),
        table,
    )
    assert pages(*blocks, Tick(one), Together((Text(one), Signatures(((two, three),)))))


def test_a_word_longer_than_a_page_is_broken_and_lost_nowhere() -> None:
    word = "ő" * 9_000
    found = text(
        Table((Column("a"), Column("b", "right")), [(word, "1")]), Panels((Panel("x", (word,)),))
    )
    assert found.count("ő") - "Page of".count("ő") >= 18_000


@pytest.mark.parametrize(
    "block",
    [
        Text("Kawa ☕"),
        Heading("Kawa ☕"),
        Panels((Panel("a", ("Kawa ☕",)),)),
        Details((("a", "Kawa ☕"),)),
        Table((Column("a"),), [("Kawa ☕",)]),
        Tick("Kawa ☕"),
        Signatures((("Kawa ☕", "a"),)),
        Text("Kawa\u202e"),
    ],
)
def test_nothing_that_the_font_lacks_is_ever_drawn(block: Block) -> None:
    with pytest.raises(GlyphMissing, match="cannot be printed"):
        press(sheet(block), MARK, Words("en"))


def test_cells_may_have_lines() -> None:
    found = text(
        Table(
            (Column("a", grows=True), Column("b", "right")),
            [("raz\ndwa", "1\n2")],
            (("suma", "3\n4"),),
        )
    )
    assert "raz" in found
    assert "dwa" in found


def test_requesters_with_emoji_in_their_name_are_spelled() -> None:
    made = pages(Text("x"), mark=Mark("D-1", "1", date(2026, 1, 2), "Kasia 🌸", "Ola\n山", "CODE"))
    assert "Kasia :cherry_blossom:" in made[0].extract_text()
    assert "Ola [U+5C71]" in made[0].extract_text()


def test_absurd_marks_keep_the_code_on_the_page() -> None:
    long = Mark("D-" + "9" * 300, "1", date(2026, 1, 2), "Anna " * 200, "x" * 500, MARK.code)
    assert MARK.code in pages(Text("x"), mark=long)[0].extract_text()
