"""Copies of invoices in Slack: from the card's button, by command, the source's original before our
picture.
"""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfWriter

from bot.demo import books as demo_books
from bot.kit.catalogue import Catalogue
from bot.kit.money import Money
from bot.kit.words import Words
from bot.slack import HOME
from handlers.documents.kinds import kind
from handlers.documents.kinds.parts.parties import Party
from handlers.documents.model.codes import unit_of
from handlers.documents.service import direct_render as documents_desk
from handlers.documents.service import requests
from handlers.documents.service.invoice_pictures import MOST_LINES, MOST_NOTES, with_content
from handlers.invoices.connectors.problems import Unreachable
from handlers.invoices.formats.contents import content_of
from handlers.invoices.service import source_sync
from storage.documents import files, register
from tests import books as demo
from tests.connectors.reference import Books
from tests.documents.samples import MARK
from tests.documents.test_conversation import pdf_of
from tests.documents.test_kinds import text_of
from tests.driver import Office, Seen
from tests.invoices.samples import changed, content, one, pdf_with, workbook_with
from tests.running import Running

OVERDUE = "FV/2026/11/0042"
books, desk = demo.books, demo.desk


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    return demo_books.demo_catalogue(shipped)


def card(office: Office, who: str, number: str = OVERDUE) -> Seen:
    office[who].types(f"/invoice {number}", "#general")
    return office[who].notes("#general")[-1]


def blank_pdf() -> bytes:
    writer, made = PdfWriter(), BytesIO()
    writer.add_blank_page(width=300, height=300)
    writer.write(made)
    return made.getvalue()


def test_copy_comes_as_a_pdf_with_what_the_invoice_says(desk: Office) -> None:
    desk.piotr.clicks("Kopia PDF", on=card(desk, "piotr"))
    text = pdf_of(desk, desk.piotr.dm[-1]).replace("\xa0", " ")
    assert f"Faktura {OVERDUE}" in text
    assert "Kowalska Sp. z o.o." in text
    assert "10 239,75" in text


def test_copies_of_two_invoices_do_not_supersede_each_other(desk: Office, bot: Running) -> None:
    desk.piotr.types("/document kopia FV/2026/11/0042", "#general")
    desk.piotr.types("/document kopia FV/2026/10/0001", "#general")
    with bot.turns.turn(HOME) as turn:
        first, second = register.get(turn, 1), register.get(turn, 2)
        assert (first.invoice, first.state, second.state) != (second.invoice, "made", "made")
        assert requests.verify(turn, files.content(turn, "document:1"))[0] == "genuine"


def test_nobody_copies_what_they_may_not_see(desk: Office) -> None:
    desk.tomasz.types(f"/document kopia {OVERDUE}", "#general")
    assert "10\xa0239" not in "".join(map(str, desk.tomasz.notes("#general")))
    assert desk.tomasz.dm == []


def test_two_clicks_make_one_copy(desk: Office) -> None:
    seen = card(desk, "piotr")
    desk.piotr.clicks("Kopia PDF", on=seen).clicks("Kopia PDF", on=seen)
    assert len([message for message in desk.piotr.dm if message.files]) == 1


def test_command_line_makes_a_copy_by_number(desk: Office, bot: Running) -> None:
    with bot.turns.turn(HOME) as turn:
        made, printed = documents_desk.render(
            turn, documents_desk.Wanted("invoice_copy", OVERDUE, "hu"), content_of
        )
        assert (made.kind, requests.verify(turn, printed.pdf)[0]) == ("invoice_copy", "genuine")


@pytest.fixture
def connected(office: Office, bot: Running) -> Books:
    """Books that are connected, with one invoice that was read from them."""
    source = Books()
    bot.bot.worker.tools = replace(bot.bot.worker.tools, connectors={"reference": source})
    source.posts("100")
    source_sync.catch_up(source, lambda: bot.turns.turn(HOME), lambda: False)
    return source


def test_original_of_the_source_is_preferred_and_kept(
    office: Office, bot: Running, connected: Books
) -> None:
    connected.picture = blank_pdf()
    office.marek.clicks("Kopia PDF", on=card(office, "marek", "R/0001"))
    assert "oryginał ze źródła Reference" in office.marek.dm[-1]
    with bot.turns.turn(HOME) as turn:
        assert requests.verify(turn, connected.picture)[0] == "genuine"


@pytest.mark.parametrize("trouble", ["unreachable", "no picture"])
def test_our_picture_stands_in_where_the_source_has_none(
    office: Office, connected: Books, trouble: str
) -> None:
    connected.picture = None
    if trouble == "unreachable":
        connected.refusal = Unreachable(source="Reference", host="books", why="gone")
    office.marek.clicks("Kopia PDF", on=card(office, "marek", "R/0001"))
    assert "oryginał" not in office.marek.dm[-1]
    assert "ze źródła Reference nie przyszedł plik PDF" in office.marek.dm[-1]
    assert "Faktura R/0001" in pdf_of(office, office.marek.dm[-1])


def test_copy_of_an_invoice_that_came_as_a_file_has_its_lines(desk: Office) -> None:
    number, name = "FV/77/2026", "9999999999-20261102-0100001AF629-AF.xml"
    desk.marek.uploads("@zaplecze", name, changed("fa3.xml", (OVERDUE, number)).encode())
    desk.piotr.clicks("Kopia PDF", on=card(desk, "piotr", number))
    text = " ".join(pdf_of(desk, desk.piotr.dm[-1]).split())
    for said in (
        "ul. Źródlana 3",
        "przelew",
        "Wieńce Róże",
        "10 20",
        "szt. szt.",
        "23% 8%",
        "1 000,00 100,00",
    ):
        assert said in text, text
    assert "Zeskanuj kod, aby sprawdzić, czy faktura znajduje się w KSeF" in text


def drawn(xml: str, language: str = "en") -> str:
    """The text of an invoice's copy, with single blanks."""
    document = one(xml)
    known = {
        "number": document.number,
        "issued_on": document.issued_on,
        "due_on": tuple(document.due_on),
        "seller": Party(
            name="Seller", address=(), tax_id="", country=document.seller.country or ""
        ),
        "buyer": Party(name="Buyer", address=(), tax_id="", country=document.buyer.country or ""),
        "total": Money.of(document.total or 0, document.currency or ""),
        "to_pay": Money.of(document.to_pay or 0, document.currency or ""),
        "prepaid": Money.of(document.prepaid or 0, document.currency or ""),
        "account": document.account or "",
        "ksef_number": "",
    }
    told, copy, words = (
        content_of(xml.encode(), document.number or ""),
        kind("invoice_copy"),
        Words(language),
    )
    assert told
    return " ".join(
        text_of(copy.render(copy.gather(with_content(known, told, words)), MARK, words)).split()
    )


def test_period_of_a_day_is_that_day() -> None:
    period = "<OkresFa><P_6_Od>2026-01-05</P_6_Od><P_6_Do>{}</P_6_Do></OkresFa><P_13_1>1000"
    for until, days in (("2026-01-05", 1), ("2026-01-09", 2)):
        assert (
            drawn(changed("fa3.xml", ("<P_13_1>1000", period.format(until)))).count("January")
            == days
        )


def test_copy_says_how_the_amount_to_pay_comes_of_the_total() -> None:
    rounded = (
        "<ram:GrandTotalAmount>",
        "<ram:RoundingAmount>0.05</ram:RoundingAmount><ram:GrandTotalAmount>",
    )
    text = drawn(
        changed(
            "cii.xml", rounded, (">200.00</ram:DuePayableAmount>", ">200.05</ram:DuePayableAmount>")
        )
    )
    assert "Total Rounding Paid in advance €238.00 €0.05 -€38.00 To pay €200.05" in text
    assert "VAT in HUF" in text
    assert "Razem kaucja za wazon 1 338,00 zł 12,00 zł Do zapłaty 1 350,00 zł" in drawn(
        changed("fa3.xml"), "pl"
    )


def test_part_that_was_paid_is_said_where_the_settlement_leaves_it_out() -> None:
    paid = "<ZaplataCzesciowa><KwotaZaplatyCzesciowej>100</KwotaZaplatyCzesciowej></ZaplataCzesciowa></Platnosc>"
    text = drawn(changed("fa3.xml", ("</Platnosc>", paid)), "pl")
    assert "Zapłacono wcześniej" in text
    assert "-100,00 zł Do zapłaty 1 250,00 zł" in text


def test_whoever_else_an_invoice_names_is_shown() -> None:
    school = (
        "<DaneIdentyfikacyjne><NIP>2222222222</NIP><Nazwa>Szkoła nr 1</Nazwa></DaneIdentyfikacyjne>"
    )
    third = (
        f"<Podmiot3>{school}<Adres><AdresL1>ul. Akacjowa "
        "2</AdresL1></Adres><Rola>8</Rola></Podmiot3><Fa>"
    )
    text = drawn(changed("fa3.xml", ("<Fa>", third)), "pl")
    assert "Odbiorca Szkoła nr 1, ul. Akacjowa 2, 2222222222" in text


def test_amount_that_nothing_explains_is_said_to_be_another() -> None:
    due = (">200.00</ram:DuePayableAmount>", ">230.00</ram:DuePayableAmount>")
    assert "Other amounts €238.00 -€38.00 €30.00 To pay €230.00" in drawn(changed("cii.xml", due))


def test_parties_of_two_countries_are_shown_with_them() -> None:
    assert "Németország" in drawn(changed("cii.xml"), "hu")
    assert "Polska" not in drawn(changed("fa3.xml"), "pl")


def test_copy_says_what_codes_mean_and_what_the_law_wants_said() -> None:
    text = drawn(
        changed("fa3.xml", ("<P_18A>2", "<P_18A>1"), ("<P_12>8</P_12>", "<P_12>oo</P_12>")), "pl"
    )
    assert "Mechanizm podzielonej płatności" in text
    assert "oo: odwrotne obciążenie" in text


def test_copy_of_an_advance_shows_the_order_as_one() -> None:
    order = "<Zamowienie><ZamowienieWiersz><P_7Z>Dom</P_7Z></ZamowienieWiersz></Zamowienie></Fa>"
    text = drawn(changed("fa3.xml", ("</Fa>", order)))
    assert text.index("Wieńce") < text.index("Order No. Goods or service 1 Dom")


def test_copy_of_an_invoice_with_very_much_in_it_says_what_it_leaves_out() -> None:
    note = "<DodatkowyOpis><Klucz>k</Klucz><Wartosc>{}</Wartosc></DodatkowyOpis>"
    notes = "".join(note.format(n) for n in range(MOST_NOTES + 1))
    lines = "<FaWiersz><P_7>x</P_7></FaWiersz>" * MOST_LINES
    text = drawn(
        changed(
            "fa3.xml", ("</Fa>", f"{notes}{lines}</Fa>"), ("</Faktura>", "<Zalacznik/></Faktura>")
        )
    )
    for said in (
        "2 more lines are in the file.",
        "More notes are in the file.",
        "attachments, which are not shown",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("code", "unit"), [("IE", "persons"), ("XPX", "pallets"), ("XPK", "pack"), ("Kötet", "Kötet")]
)
def test_units_are_those_of_the_list(code: str, unit: str) -> None:
    assert unit_of(code, Words("en")) == unit


def test_correction_shows_lines_before_and_after(desk: Office) -> None:
    before = ("<P_12>23</P_12>", "<P_12>23</P_12><StanPrzed>1</StanPrzed>")
    number = (OVERDUE, "KOR/77/2026")
    desk.marek.uploads("@zaplecze", "kor.xml", changed("fa3.xml", number, before).encode())
    desk.piotr.clicks("Kopia PDF", on=card(desk, "piotr", number[1]))
    text = pdf_of(desk, desk.piotr.dm[-1])
    assert (
        text.index("Przed korektą")
        < text.index("Wieńce")
        < text.index("Po korekcie")
        < text.index("Róże")
    )


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_copy_of_an_invoice_of_a_table_shows_its_net_and_vat(desk: Office, ending: str) -> None:
    rows = [("Nr faktury", "Data wystawienia", "Termin", "Nabywca", "NIP nabywcy")]
    rows += [
        (number, "2026-11-02", "2026-11-16", "Kowalska Sp. z o.o.", "7010000013")
        for number in ("FV/88/2026", "FV/89/2026")
    ]
    sums = (("Netto", "VAT", "Brutto", "Waluta"), (1000, 230, 1230, "PLN"), ("", "", 615, "PLN"))
    table = [(*head, *tail) for head, tail in zip(rows, sums, strict=True)]
    text = "\n".join(";".join(map(str, row)) for row in table)
    content_ = workbook_with(table) if ending == "xlsx" else text.encode()
    desk.marek.uploads("@zaplecze", f"faktury.{ending}", content_)
    desk.marek.clicks("Wczytaj tak")
    told, untold = (copy_of(desk, number) for number in ("FV/88/2026", "FV/89/2026"))
    assert "Stawka VAT Netto VAT Brutto – 1 000,00 230,00 1 230,00 Razem w PLN" in told
    assert "Razem w PLN 615,00 zł" in untold
    assert "Netto" not in untold


def test_copy_of_a_file_that_tells_no_rates_shows_its_net_and_vat(desk: Office) -> None:
    head, _, rest = changed("ubl_invoice.xml").partition("<cac:TaxSubtotal>")
    rateless = head + rest.partition("</cac:TaxSubtotal>")[2]
    desk.marek.uploads("@zaplecze", "rechnung.xml", rateless.encode())
    assert "– 1 000,00 200,00 1 200,00 Razem w EUR" in copy_of(desk, "2026-117")


def copy_of(office: Office, number: str) -> str:
    """What the copy says that Marek clicks for, with single blanks."""
    office.marek.clicks("Kopia PDF", on=card(office, "marek", number))
    return " ".join(pdf_of(office, office.marek.dm[-1]).split())


LOWERING = (
    ("<P_13_1>1000", "<P_13_1>-1000"),
    ("<P_14_1>230", "<P_14_1>-230"),
    ("<P_13_2>100", "<P_13_2>-100"),
    ("<P_14_2>8", "<P_14_2>-8"),
    ("<P_15>1338", "<P_15>-1338"),
    ("<Obciazenia><Kwota>12<", "<Obciazenia><Kwota>-12<"),
    ("<DoZaplaty>1350", "<DoZaplaty>-1350"),
)


@pytest.mark.parametrize(
    ("language", "label", "amount", "payable"),
    [
        ("en", "To be returned", "PLN 1,350.00", "payable by"),
        ("pl", "Do zwrotu", "1 350,00 zł", "płatne do"),
        ("hu", "Visszatérítendő", "1 350,00 PLN", "fizetési határidő"),
    ],
)
def test_what_asks_for_nothing_says_what_is_to_be_returned_and_no_day(
    language: str, label: str, amount: str, payable: str
) -> None:
    text = drawn(changed("fa3.xml", *LOWERING), language)
    assert text.count(f"{label} {amount}") == 2, text
    assert Words(language).say("To pay") not in text
    assert payable not in text
    assert payable in drawn(changed("fa3.xml"), language)
    assert payable not in drawn(changed("fa3.xml", ("<DoZaplaty>1350", "<DoZaplaty>0")), language)


def test_copy_of_an_invoice_that_came_as_a_pdf_is_that_pdf(desk: Office) -> None:
    original = pdf_with([("factur-x.xml", content("cii.xml"))])
    desk.marek.uploads("@zaplecze", "rechnung.pdf", original)
    desk.piotr.clicks("Kopia PDF", on=card(desk, "piotr", "R-77"))
    assert "plik PDF otrzymany od: Gartenbau Müller" in desk.piotr.dm[-1]
    (file,) = desk.piotr.dm[-1].files
    assert desk.world.store.bytes_of(file["id"]) == original


def test_original_dropped_back_is_not_called_made_here(desk: Office) -> None:
    original = pdf_with([("factur-x.xml", content("cii.xml"))])
    desk.marek.uploads("@zaplecze", "rechnung.pdf", original)
    desk.piotr.clicks("Kopia PDF", on=card(desk, "piotr", "R-77"))
    answers = desk.marek.uploads("@zaplecze", "rechnung.pdf", original).again().thread
    assert any("Nie powstał tutaj" in answer for answer in answers)
    assert not any("autentyczny" in answer for answer in answers)


def test_copy_of_a_pdf_whose_pages_do_not_open_is_drawn(desk: Office) -> None:
    broken = pdf_with([("factur-x.xml", content("cii.xml"))]).replace(b"/Kids", b"/Kidz")
    desk.marek.uploads("@zaplecze", "rechnung.pdf", broken)
    desk.piotr.clicks("Kopia PDF", on=card(desk, "piotr", "R-77"))
    assert "Faktura R-77" in pdf_of(desk, desk.piotr.dm[-1])


def test_no_letter_of_the_sender_keeps_an_invoice_from_being_shown() -> None:
    strange = [
        ("FV/2026/11/0042", "FV/花"),
        ("Rynek 1", "北京"),
        ("61109010140000071219812874", "帐1"),
    ]
    text = drawn(changed("fa3.xml", *strange))
    for said in ("FV/[U+82B1]", "[U+5317][U+4EAC]", "[U+5E10]1"):
        assert said in text


def test_second_copy_of_what_has_not_changed_supersedes_nothing(desk: Office, bot: Running) -> None:
    desk.piotr.types("/document kopia FV/2026/11/0042", "#general")
    desk.marek.types("/document kopia FV/2026/11/0042", "#general")
    with bot.turns.turn(HOME) as turn:
        assert register.get(turn, 2).invoice == register.get(turn, 1).invoice
        assert requests.verify(turn, files.content(turn, "document:1"))[0] == "genuine"
