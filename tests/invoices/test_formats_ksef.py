"""KSeF: FA(2), FA(3) and FA_RR, with their terms, part payments, settlements and corrections."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import count
from types import FrameType

import pytest

from handlers.invoices.formats.document import Corrected, Party
from handlers.invoices.formats.schemas import _schema
from tests.invoices.samples import amounts, changed, content, one, reads

DUE = "<TerminPlatnosci><Termin>2026-12-16</Termin></TerminPlatnosci>\n      "
OTHER_DUE = "<TerminPlatnosci><Termin>2026-11-16</Termin></TerminPlatnosci>"


def rules(data: bytes | str) -> set[str]:
    (read,) = reads(data)
    return {finding.rule.id for finding in read.findings}


def test_invoice_of_fa3_is_read_whole() -> None:
    document = one(content("fa3.xml"))
    assert (document.format, document.kind, document.number) == (
        "ksef-fa3",
        "invoice",
        "FV/2026/11/0042",
    )
    assert document.seller == Party("Kwiaciarnia Fiołek sp. z o.o.", "9999999999", "PL")
    assert document.buyer == Party("Hotel pod Żubrem", "1111111111", "PL")
    assert amounts(document, "net", "tax", "total") == ["1100", "238", "1338"]
    assert document.account == "61109010140000071219812874"


def test_sample_breaks_no_rule_and_keeps_to_the_official_schema() -> None:
    assert _schema("ksef-fa3") is not None
    assert not rules(content("fa3.xml"))


def test_ctrl_c_while_the_schema_is_read_is_no_fault_of_the_schema() -> None:
    _schema.cache_clear()
    with interrupted_in("resolve", call=2), pytest.raises(KeyboardInterrupt):
        rules(content("fa3.xml"))
    assert not rules(content("fa3.xml"))


@contextmanager
def interrupted_in(function: str, call: int) -> Iterator[None]:
    """The ``call``-th call of ``function``, in whatever thread, meets a Ctrl-C."""
    calls = count(1)

    def interrupt(frame: FrameType, event: str, _: object) -> None:
        if (event, frame.f_code.co_name) == ("call", function) and next(calls) == call:
            signal.raise_signal(signal.SIGINT)

    sys.setprofile(interrupt)
    threading.setprofile(interrupt)
    yield
    threading.setprofile(None)
    sys.setprofile(None)


def test_several_due_dates_come_in_the_order_of_time() -> None:
    assert one(content("fa3.xml")).due_on == [date(2026, 11, 16), date(2026, 12, 16)]


def test_what_is_asked_for_may_differ_from_the_total() -> None:
    assert one(content("fa3.xml")).to_pay == 1350


def test_overpaid_is_owed_to_the_buyer() -> None:
    paid_back = changed(
        "fa3.xml", ("<DoZaplaty>1350</DoZaplaty>", "<DoRozliczenia>40</DoRozliczenia>")
    )
    assert one(paid_back).to_pay == -40


def test_part_payments_are_taken_off() -> None:
    document = one(content("fa2.xml"))
    assert amounts(document, "total", "prepaid", "to_pay") == ["250.5", "50.5", "200"]
    assert document.marked_paid is False


@pytest.mark.parametrize(
    ("mark", "marked"),
    [
        ("<Zaplacono>1</Zaplacono><DataZaplaty>2026-11-02</DataZaplaty>", True),
        ("<ZnacznikZaplatyCzesciowej>2</ZnacznikZaplatyCzesciowej>", True),
        ("<ZnacznikZaplatyCzesciowej>1</ZnacznikZaplatyCzesciowej>", False),
        ("", None),
    ],
)
def test_marks_of_payment_are_told_apart(mark: str, marked: bool | None) -> None:
    document = one(
        changed("fa3.xml", ("<Platnosc>", f"<Platnosc>{mark}"), ("<DoZaplaty>1350</DoZaplaty>", ""))
    )
    assert document.marked_paid is marked
    assert document.to_pay == (0 if marked else 1338)


@pytest.mark.parametrize(
    ("count", "unit", "event", "due_on"),
    [
        ("14", "dni", "wystawienie faktury", [date(2026, 11, 16)]),
        ("2", "tygodnie", "data wystawienia faktury", [date(2026, 11, 16)]),
        ("30", "Dzień", "Otrzymanie faktury", []),
        ("1", "miesiąc", "wystawienie faktury", [date(2026, 12, 2)]),
        ("czternaście", "dni", "wystawienie faktury", []),
    ],
)
def test_term_in_words_is_a_day_only_when_it_runs_from_the_issue(
    count: str, unit: str, event: str, due_on: list[date]
) -> None:
    words = f"<Ilosc>{count}</Ilosc><Jednostka>{unit}</Jednostka><ZdarzeniePoczatkowe>{event}</ZdarzeniePoczatkowe>"
    term = f"<TerminPlatnosci><TerminOpis>{words}</TerminOpis></TerminPlatnosci>"
    document = one(changed("fa3.xml", (DUE, ""), (OTHER_DUE, term)))
    assert document.due_on == due_on
    assert [instalment.terms for instalment in document.instalments] == [f"{count} {unit} {event}"]


def test_term_of_fa2_is_kept_as_it_stands() -> None:
    assert one(content("fa2.xml")).instalments[0].terms == "30 dni od otrzymania faktury"


def test_letters_of_windows_1250_are_read() -> None:
    assert one(content("fa2.xml")).buyer == Party("Virágbolt Kft.", "HU12892312", "HU")


def test_correction_is_a_difference_and_names_all_that_it_corrects() -> None:
    document = one(content("fa3_correction.xml"))
    assert document.kind == "correction"
    assert amounts(document, "total", "to_pay") == ["-123", "-123"]
    assert document.corrects == (
        Corrected("FV/2026/10/0007", "9999999999-20261002-8BEF280C8D35-4D"),
        Corrected("FV/2026/11/0042"),
    )


def test_final_invoice_names_its_advances() -> None:
    advances = (
        "<FakturaZaliczkowa><NrKSeFZN>1</NrKSeFZN><NrFaZaliczkowej>FZ/1</NrFaZaliczkowej></FakturaZaliczkowa>"
        "<FakturaZaliczkowa><NrKSeFFaZaliczkowej>9999999999-20261002-8BEF280C8D35-4D</NrKSeFFaZaliczkowej>"
        "</FakturaZaliczkowa>"
    )
    rodzaj = "<RodzajFaktury>VAT</RodzajFaktury>"
    document = one(changed("fa3.xml", (rodzaj, f"<RodzajFaktury>ROZ</RodzajFaktury>{advances}")))
    assert document.kind == "final"
    assert document.preceding == ("FZ/1", "9999999999-20261002-8BEF280C8D35-4D")


@pytest.mark.parametrize(
    ("code", "kind"), [("ZAL", "advance"), ("UPR", "invoice"), ("KOR_ZAL", "correction")]
)
def test_kinds_of_fa_are_known(code: str, kind: str) -> None:
    assert one(changed("fa3.xml", (">VAT<", f">{code}<"))).kind == kind


def test_factors_account_comes_first() -> None:
    factor = (
        "<RachunekBankowyFaktora><NrRB>27114020040000300201355387</NrRB></RachunekBankowyFaktora>"
    )
    document = one(changed("fa3.xml", ("</RachunekBankowy>", f"</RachunekBankowy>{factor}")))
    assert document.account == "27114020040000300201355387"


def test_file_named_by_its_ksef_number_has_it() -> None:
    document = one(content("fa3.xml"), "9999999999-20261102-0200A0D6723E-C2.xml")
    assert document.ksef_number == "9999999999-20261102-0200A0D6723E-C2"


def test_farmers_invoice_is_paid_to_the_farmer() -> None:
    document = one(content("fa_rr.xml"))
    assert (document.format, document.number) == ("ksef-fa-rr", "RR/2026/06/1")
    assert document.total == 1070
    assert document.seller.name == "Jan Wiśniewski"
    assert document.accounts == ("61109010140000071219812874",)


def test_invoice_that_lost_its_namespace_is_read_with_a_finding() -> None:
    lost = changed("fa3.xml", (' xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/"', ""))
    assert one(lost).number == "FV/2026/11/0042"
    assert "ksef.namespace" in rules(lost)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("<JST>2</JST>", "<JST>1</JST>"), "ksef.jst"),
        (("<GV>2</GV>", "<GV>1</GV>"), "ksef.gv"),
        (("<NIP>1111111111</NIP>", "<NrVatUE>PL1111111111</NrVatUE>"), "ksef.nip_place"),
        (("<KodWaluty>PLN</KodWaluty>", "<KodWaluty>EUR</KodWaluty>"), "ksef.tax_in_pln"),
        (("<NrWierszaFa>2<", "<NrWierszaFa>1<"), "ksef.line_number"),
        (("<P_15>1338</P_15>", "<P_15>1338,00</P_15>"), "amount.written"),
        (("<P_15>1338</P_15>", "<P_15>dużo</P_15>"), "amount.unreadable"),
        (("<P_15>1338</P_15>", ""), "total.missing"),
        (("<P_1>2026-11-02</P_1>", "<P_1>2026-02-30</P_1>"), "date.unreadable"),
        (("<P_1>2026-11-02</P_1>", ""), "schema"),
    ],
)
def test_what_is_wrong_is_found(change: tuple[str, str], rule: str) -> None:
    assert rule in rules(changed("fa3.xml", change))


def test_amount_written_with_a_comma_is_read() -> None:
    assert one(changed("fa3.xml", ("<P_15>1338</P_15>", "<P_15>1 338,50</P_15>"))).total == Decimal(
        "1338.50"
    )
