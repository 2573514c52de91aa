"""What an invoice's file says beyond the ledger: its lines, addresses, notes, in every format."""

from datetime import date
from decimal import Decimal

import pytest

from bot.kit.invoice_content import Content, Line
from handlers.invoices.formats.contents import content_of
from handlers.invoices.service.document_reader import read_path
from tests.invoices.corpus import FOLDER
from tests.invoices.samples import changed, content, one


def of(data: bytes | str) -> Content:
    file = data.encode() if isinstance(data, str) else data
    found = content_of(file, one(data).number or "")
    assert found
    return found


def test_lines_of_fa3_are_as_sold() -> None:
    told = of(content("fa3.xml"))
    wreaths = Line("Wieńce", Decimal(10), "szt.", Decimal(100), Decimal(23), None, Decimal(1000))
    roses = Line("Róże", Decimal(20), "szt.", Decimal(5), Decimal(8), None, Decimal(100))
    assert told.lines == (wreaths, roses)
    assert told.seller_address == ("ul. Źródlana 3", "90-001 Łódź")
    assert told.buyer_address == ("Rynek 1", "17-230 Białowieża")
    assert (told.method, told.settled) == ("transfer", (("kaucja za wazon", Decimal(12)),))


def test_exempt_line_and_sum_say_so() -> None:
    told = of(changed("fa3.xml", ("<P_12>8</P_12>", "<P_12>zw</P_12>"), ("P_13_2>", "P_13_7>")))
    assert [(line.rate, line.category) for line in told.lines] == [(23, None), (None, "zw")]
    assert [(tax.rate, tax.category) for tax in told.taxes] == [(23, None), (None, "zw")]


def test_line_with_a_gross_price_alone_tells_the_gross_amount() -> None:
    told = of(
        changed(
            "fa3.xml",
            ("<P_9A>5</P_9A>\n      <P_11>100</P_11>", "<P_9B>5.40</P_9B><P_11A>108</P_11A>"),
        )
    )
    roses = told.lines[1]
    assert (roses.unit_price, roses.net, roses.gross) == (Decimal("5.40"), None, Decimal(108))


def test_lines_before_a_correction_are_told_from_those_after_it() -> None:
    before = "<P_12>23</P_12><StanPrzed>1</StanPrzed>"
    told = of(changed("fa3.xml", ("<P_12>23</P_12>", before)))
    assert [line.is_before for line in told.lines] == [True, False]


def test_address_of_the_ksef_code_names_seller_day_and_digest() -> None:
    start, _, digest = of(content("fa3.xml")).ksef_link.rpartition("/")
    assert start == "https://qr.ksef.mf.gov.pl/invoice/9999999999/02-11-2026"
    assert len(digest) == 43
    assert digest != of(changed("fa3.xml", ("Róże", "Roze"))).ksef_link.rpartition("/")[2]


def test_credited_lines_are_negative_as_the_total_is() -> None:
    table, discount = of(content("ubl_credit_note.xml")).lines
    assert table == Line(
        "Tisch", Decimal(-3), "C62", Decimal(350), Decimal(20), "S", Decimal(-1050)
    )
    assert discount == Line("Rabatt", net=Decimal(50))
    assert (one(content("ubl_credit_note.xml")).total or 0) < 0


def test_discount_on_the_whole_is_a_line_and_lines_add_up_to_the_net_sum() -> None:
    told = of(content("ubl_invoice.xml"))
    assert told.lines[-1].name == "Rabatt"
    assert sum(line.net or 0 for line in told.lines) == one(content("ubl_invoice.xml")).net


@pytest.mark.parametrize(
    ("quantity", "per", "price"), [(20, 10, "1.5"), (10, 10, "15"), (20, 1, "15")]
)
def test_price_is_that_of_one_whatever_it_was_told_for(quantity: int, per: int, price: str) -> None:
    net = Decimal(quantity) * Decimal(price)
    told = of(
        changed(
            "ubl_credit_note.xml",
            (
                '<cbc:CreditedQuantity unitCode="C62">3<',
                f'<cbc:CreditedQuantity unitCode="C62">{quantity}<',
            ),
            (
                '<cbc:LineExtensionAmount currencyID="EUR">1050.00</cbc:LineExtensionAmount>\n    '
                "<cac:Item>",
                f'<cbc:LineExtensionAmount currencyID="EUR">{net}</cbc:LineExtensionAmount>\n    '
                "<cac:Item>",
            ),
            (
                "350.00</cbc:PriceAmount>",
                f"15</cbc:PriceAmount><cbc:BaseQuantity>{per}</cbc:BaseQuantity>",
            ),
        )
    )
    assert told.lines[0].unit_price == Decimal(price)


def test_note_is_told_without_the_code_of_its_subject() -> None:
    note = "<cbc:Note>#AAI#Vielen Dank</cbc:Note><cbc:DocumentCurrencyCode>"
    assert of(changed("ubl_invoice.xml", ("<cbc:DocumentCurrencyCode>", note))).notes == (
        "Vielen Dank",
    )


def test_cii_and_its_elder_tell_their_lines() -> None:
    rent = Line("Miete", Decimal(2), "C62", Decimal(100), Decimal(19), "S", Decimal(200))
    assert of(content("cii.xml")).lines == (rent,)
    assert [line.net for line in of(content("zugferd1.xml")).lines] == [100]


@pytest.mark.parametrize(
    ("rate", "percent", "category"),
    [
        ("<vatPercentage>0.27</vatPercentage>", 27, None),
        ("<vatContent>0.2126</vatContent>", Decimal("21.26"), None),
        ("<vatExemption><case>TAM</case></vatExemption>", None, "TAM"),
        ("<vatOutOfScope><case>ATK</case></vatOutOfScope>", None, "ATK"),
        ("<vatDomesticReverseCharge>true</vatDomesticReverseCharge>", None, "FAD"),
        ("<marginSchemeIndicator>SECOND_HAND</marginSchemeIndicator>", None, "SECOND_HAND"),
    ],
)
def test_nav_tells_the_percent_or_why_there_is_none(
    rate: str, percent: Decimal | None, category: str | None
) -> None:
    end = "</lineAmountsNormal>"
    told = of(changed("nav.xml", (end, f"<lineVatRate>{rate}</lineVatRate>{end}")))
    assert [(line.name, line.rate, line.category) for line in told.lines] == [
        ("Koszorú", percent, category)
    ]


def test_nav_tells_units_of_its_own_list_and_of_the_senders() -> None:
    unit = "<quantity>2</quantity><unitOfMeasure>{}</unitOfMeasure><unitOfMeasureOwn>csokor</unitOfMeasureOwn>"
    for code, told in (("PIECE", "PIECE"), ("OWN", "csokor")):
        lines = of(changed("nav.xml", ("<quantity>2</quantity>", unit.format(code)))).lines
        assert [line.unit for line in lines] == [told]


def test_order_behind_an_advance_is_told_from_what_is_sold() -> None:
    order = "<Zamowienie><ZamowienieWiersz><P_7Z>Dom</P_7Z><P_11NettoZ>9</P_11NettoZ></ZamowienieWiersz></Zamowienie></Fa>"
    told = of(changed("fa3.xml", ("</Fa>", order)))
    assert [(line.name, line.is_ordered) for line in told.lines] == [
        ("Wieńce", False),
        ("Róże", False),
        ("Dom", True),
    ]


@pytest.mark.parametrize(
    ("discount", "net", "less"),
    [("100", "900", -100), ("10", "900", -100), ("50", "1000", None), ("7", "850", -7)],
)
def test_discount_on_a_line_of_fa3_is_read_as_the_line_adds_up(
    discount: str, net: str, less: int | None
) -> None:
    line = ("<P_11>1000</P_11>", f"<P_10>{discount}</P_10><P_11>{net}</P_11>")
    assert of(changed("fa3.xml", line)).lines[0].changed == less


def test_fa3_tells_what_the_law_wants_to_be_said() -> None:
    basis = "<Zwolnienie><P_19>1</P_19><P_19A>art. 43 ust. 1</P_19A></Zwolnienie>"
    told = of(
        changed(
            "fa3.xml",
            ("<P_18A>2", "<P_18A>1"),
            ("<Zwolnienie><P_19N>1</P_19N></Zwolnienie>", basis),
        )
    )
    assert (told.remarks, told.notes) == (("split_payment",), ("art. 43 ust. 1",))


def test_rate_of_another_country_and_the_sort_of_zero_are_told() -> None:
    rate = ("<P_12>8</P_12>", "<P_12_XII>19</P_12_XII>")
    told = of(changed("fa3.xml", rate, ("<P_14_2>8</P_14_2>", ""), ("P_13_2>", "P_13_6_2>")))
    assert told.lines[1].rate == 19
    assert [(tax.rate, tax.category) for tax in told.taxes] == [
        (Decimal(23), None),
        (Decimal(0), "WDT"),
    ]


def test_farmers_are_paid_by_transfer() -> None:
    method = "<Platnosc><FormaPlatnosci>1</FormaPlatnosci>"
    assert of(changed("fa_rr.xml", ("<Platnosc>", method))).method == "transfer"


def test_vat_is_told_in_the_currency_of_the_books() -> None:
    assert of(content("cii.xml")).accounted == (Decimal(15200), "HUF")
    euros = (
        ("<KodWaluty>PLN", "<KodWaluty>EUR"),
        ("</P_14_1>", "</P_14_1><P_14_1W>989.50</P_14_1W>"),
    )
    assert of(changed("fa3.xml", *euros)).accounted == (Decimal("989.50"), "PLN")
    assert of(content("fa3.xml")).accounted is None
    assert (
        of(changed("cii.xml", ("<ram:TaxCurrencyCode>HUF", "<ram:TaxCurrencyCode>花"))).accounted
        is None
    )


def test_ubl_tells_discounts_and_charges_of_lines() -> None:
    change = "<cac:AllowanceCharge><cbc:ChargeIndicator>{}</cbc:ChargeIndicator><cbc:Amount>{}</cbc:Amount>"
    both = "".join(
        change.format(*each) + "</cac:AllowanceCharge>" for each in (("false", 25), ("true", 5))
    )
    assert (
        of(changed("ubl_invoice.xml", ("<cac:Item>", f"{both}<cac:Item>"))).lines[0].changed == -20
    )


def test_ubl_tells_period_terms_and_references() -> None:
    days = "<cbc:StartDate>2026-01-01</cbc:StartDate><cbc:EndDate>2026-01-31</cbc:EndDate>"
    more = f"<cbc:BuyerReference>04011000-1</cbc:BuyerReference><cac:InvoicePeriod>{days}</cac:InvoicePeriod>"
    told = of(
        changed("ubl_invoice.xml", ("<cac:BillingReference>", f"{more}<cac:BillingReference>"))
    )
    assert told.period == (date(2026, 1, 1), date(2026, 1, 31))
    assert (told.references, told.terms, told.earlier) == (
        ("04011000-1",),
        ("30 days net",),
        ("2026-099",),
    )


def test_exemption_is_told_in_the_sellers_words() -> None:
    why = "<ram:ExemptionReason>§ 19 UStG</ram:ExemptionReason><ram:BasisAmount>"
    assert of(changed("cii.xml", ("<ram:BasisAmount>", why))).notes == ("§ 19 UStG",)
    case = "<vatRate><vatExemption><case>AAM</case><reason>alanyi</reason></vatExemption></vatRate>"
    assert of(
        changed("nav.xml", ("<vatRate><vatPercentage>0.27</vatPercentage></vatRate>", case))
    ).notes == ("AAM: alanyi",)


def test_others_are_told_with_what_they_are() -> None:
    payee = (
        "<cac:PayeeParty><cac:PartyName><cbc:Name>Bank</cbc:Name></cac:PartyName></cac:PayeeParty>"
    )
    told = of(
        changed(
            "ubl_invoice.xml",
            ("<cac:AccountingCustomerParty>", f"{payee}<cac:AccountingCustomerParty>"),
        )
    )
    assert told.others == (("payee", "Bank"),)
    place = "<ram:ShipToTradeParty><ram:Name>Halle 3</ram:Name></ram:ShipToTradeParty>"
    delivery = f"<ram:ApplicableHeaderTradeDelivery>{place}</ram:ApplicableHeaderTradeDelivery>"
    told = of(changed("cii.xml", ("<ram:ApplicableHeaderTradeDelivery/>", delivery)))
    assert told.others == (("recipient", "Halle 3"),)
    before = "<Podmiot2K><DaneIdentyfikacyjne><Nazwa>Motel</Nazwa></DaneIdentyfikacyjne></Podmiot2K></Fa>"
    assert of(changed("fa3.xml", ("</Fa>", before))).others == (("buyer_before", "Motel"),)


def test_line_tells_its_description_too() -> None:
    item = (
        "<ram:Name>Miete</ram:Name>",
        "<ram:Name>Miete</ram:Name><ram:Description>Halle 3</ram:Description>",
    )
    assert of(changed("cii.xml", item)).lines[0].name == "Miete – Halle 3"


def test_invoice_of_another_number_is_not_in_the_file() -> None:
    assert content_of(content("fa3.xml"), "FV/1") is None


def test_pdf_is_its_own_picture() -> None:
    assert content_of(b"%PDF-1.7\n", "FV/1") is None


@pytest.mark.skipif(
    not FOLDER.exists(), reason="the real files (../shared/data/invoices) are not here"
)
def test_every_real_invoice_tells_each_line_that_it_has() -> None:
    told = 0
    for read in read_path(FOLDER):
        document = read.document
        if document and document.number and read.original and b"%PDF-" not in read.original[:1024]:
            found = content_of(read.original, document.number)
            assert found, read.path
            assert len(found.lines) >= document.lines, read.path
            told += len(found.lines)
    assert told > 490
