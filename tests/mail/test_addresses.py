"""A customer's address is learnt from our own invoices to them, and what somebody wrote stays."""

import pytest

from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from handlers.invoices.service.document_import import Import, take
from handlers.invoices.service.document_reader import read_bytes
from storage.invoices import customers
from tests.documents.test_conversation import US
from tests.invoices.samples import changed

ADDRESS = "recepcja@hotel.example"
KSEF = (
    "fa3.xml",
    (
        "    <JST>2</JST>",
        "    <DaneKontaktowe><Email>{}</Email></DaneKontaktowe>\n    <JST>2</JST>",
    ),
)
UBL = (
    "ubl_invoice.xml",
    (
        "</cac:PartyLegalEntity>\n    </cac:Party>\n  </cac:AccountingCustomerParty>",
        "</cac:PartyLegalEntity><cac:Contact><cbc:ElectronicMail>{}</cbc:ElectronicMail></cac:Contact>\n"
        "    </cac:Party>\n  </cac:AccountingCustomerParty>",
    ),
)
PEPPOL = (
    "ubl_invoice.xml",
    (
        "<cac:AccountingCustomerParty>\n    <cac:Party>",
        '<cac:AccountingCustomerParty>\n    <cac:Party><cbc:EndpointID schemeID="EM">{}</cbc:EndpointID>',
    ),
)
CII = (
    "cii.xml",
    (
        "<ram:Name>Virágbolt Kft.</ram:Name>",
        "<ram:Name>Virágbolt Kft.</ram:Name><ram:DefinedTradeContact><ram:EmailURIUniversalCommunication>"
        "<ram:URIID>{}</ram:URIID></ram:EmailURIUniversalCommunication></ram:DefinedTradeContact>",
    ),
)
SELLERS = ("9999999999", "ATU12345675", "DE136695976")


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    """We are who sells in the samples."""
    company = US.model_copy(update={"tax_numbers": SELLERS, "name": "Blumen Bach GmbH"})
    return shipped.model_copy(update={"company": company})


def imported(turns: Turns, sample: tuple[str, tuple[str, str]], email: str) -> str:
    name, (old, new) = sample
    with turns.turn(HOME) as turn:
        content = changed(name, (old, new.format(email))).encode()
        take(turn, list(read_bytes(content, name)), done := Import())
        assert done.imported == 1, done
        (customer,) = customers.everybody(turn)
        return customer.email


@pytest.mark.parametrize("sample", [KSEF, UBL, PEPPOL, CII], ids=["ksef", "ubl", "peppol", "cii"])
def test_it_is_learnt_from_the_file(turns: Turns, sample: tuple[str, tuple[str, str]]) -> None:
    assert imported(turns, sample, ADDRESS) == ADDRESS


def test_what_is_no_address_is_not_learnt(turns: Turns) -> None:
    assert imported(turns, KSEF, "a@b.example, c@d.example") == ""


def test_what_is_known_stays(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        customers.save(
            turn, {"name": "Hotel", "tax_id": "1111111111", "country": "PL", "email": "x@y.example"}
        )
    assert imported(turns, KSEF, ADDRESS) == "x@y.example"


def test_of_who_sends_invoices_to_us_nothing_is_learnt(turns: Turns, rules: Catalogue) -> None:
    theirs = US.model_copy(update={"tax_numbers": ("1111111111",)})
    turns.catalogues = {HOME: rules.model_copy(update={"company": theirs})}
    seller = ("fa3.xml", ("  <Podmiot2>", "  <Podmiot2>"))
    with_mail = (
        "</Adres>\n  </Podmiot1>",
        f"</Adres><DaneKontaktowe><Email>{ADDRESS}</Email></DaneKontaktowe>\n  </Podmiot1>",
    )
    assert imported(turns, (seller[0], with_mail), "") == ""
