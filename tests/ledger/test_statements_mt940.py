"""MT940 and MT942: the dialects of field 86, encodings, signs, dates, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from bot.kit.errors import Problem
from handlers.ledger.statements import mt940
from handlers.ledger.statements.problems import (
    EntryUnreadable,
    LineTooLong,
    NoStatement,
    TooManyEntries,
)
from handlers.ledger.statements.reader import read
from handlers.ledger.statements.values import Entry

HEAD = ":20:WYCIAG\n:25:PL86109010140000000712340001\n:28C:1\n:60F:C261101PLN1000,00\n"
LINE = ":61:2611201120C1230,00NTRFNONREF//BR26112000001\n"
FOOT = ":62F:C261120PLN2230,00\n"


def entry(details: str, line: str = LINE, encoding: str = "utf-8") -> Entry:
    [statement] = read(f"{HEAD}{line}{details}\n{FOOT}".encode(encoding))
    [found] = statement.entries
    return found


def test_tildes_of_pko_in_the_encoding_of_dos() -> None:
    found = entry(
        ":86:020~00152\n~20FAKTURA NR FV/2026/11/0042 \n~21ZA "
        "USŁUGI\n~22\xa0\n~23\xa0\n~3010205561\n"
        "~319000361245650140\n"
        "~32KOWALSKI TRANSPORT SP. Z O.\n~33O. UL. DŁUGA 5 "
        "KRAKÓW\n~38PL50102055619000361245650140\n~60\xa0\n~63\xa0",
        encoding="cp852",
    )
    assert found.title == "FAKTURA NR FV/2026/11/0042 ZA USŁUGI"
    assert found.counterparty == "KOWALSKI TRANSPORT SP. Z O.O. UL. DŁUGA 5 KRAKÓW"
    assert found.counterparty_account == "PL50102055619000361245650140"
    assert found.reference == "BR26112000001"


def test_title_wrapped_after_27_signs_runs_on() -> None:
    found = entry(
        ":86:020~00152~20Zapłata za fakturę FV/2026/~2111/0042 z dnia~2220.11.2026~32ALFA"
    )
    assert found.title == "Zapłata za fakturę FV/2026/11/0042 z dnia 20.11.2026"


def test_carets_of_pekao_in_cp1250() -> None:
    found = entry(
        ":86:944^00PRZELEW KRAJOWY^20FAKTURA 42/11/2026^21 ZA USŁUGĘ^32JAN KOWALSKI\n"
        "^33 FIRMA^38PL61109010140000071219812874",
        encoding="cp1250",
    )
    assert (found.title, found.counterparty) == (
        "FAKTURA 42/11/2026 ZA USŁUGĘ",
        "JAN KOWALSKI FIRMA",
    )


def test_angle_brackets_name_the_payer_under_27_when_32_is_missing() -> None:
    found = entry(
        ":86:\n034<00PRZELEW PRZYCHODZĄCY<20CZYNSZ 11/2026 LOK. 15<27ZOFIA ŻÓŁĆ<28UL. POLNA 3\n"
        "<3010901014<310000071219812874",
        encoding="iso-8859-2",
    )
    assert found.title == "CZYNSZ 11/2026 LOK. 15"
    assert found.counterparty == "ZOFIA ŻÓŁĆ UL. POLNA 3"
    assert found.counterparty_account == "PL61109010140000071219812874"


def test_plus_signs_of_nordic_banks() -> None:
    assert entry(":86:020+20INV-2026-0042+32NORTHWIND LTD").title == "INV-2026-0042"


def test_plain_text_of_mbank_with_a_virtual_account() -> None:
    found = entry(
        ":86:911 TRANSAKCJA COLLECT; ID IPH: XX000002052409; Z RACH.: "
        "\n56114010810000267002001001; OD: JAN NOWAK  \n"
        "UL. NIJAKA 1 M 2 31-234 KRAKOW; TYT.: FV/2026/11/0051   ; \nTNR: 179171073864111.010001"
    )
    assert found.title == "FV/2026/11/0051"
    assert found.counterparty == "JAN NOWAK"
    assert found.counterparty_account == "56114010810000267002001001"
    assert found.virtual_account == "XX000002052409"


def test_outgoing_plain_text_of_mbank_names_whom_was_paid() -> None:
    found = entry(
        ":86:944 PRZELEW KRAJOWY; NA RACH.: 61109010140000071219812874; DLA: ENERGIA PLUS S.A.; "
        "TYT.: F26/0001234; TNR: 1",
        line=":61:2611201120D1230,00NTRFNONREF//BR26112000001\n",
    )
    assert found.amount == Decimal("-1230.00")
    assert (found.title, found.counterparty) == ("F26/0001234", "ENERGIA PLUS S.A.")
    assert found.counterparty_account == "61109010140000071219812874"


def test_collective_payment_of_a_virtual_account_keeps_its_number() -> None:
    found = entry(":86:020~00B062~20COLLECT PL61109010140000071219812874~21WPLATY ZBIORCZE")
    assert found.virtual_account == "PL61109010140000071219812874"


def test_german_text_with_keys_gives_purpose_and_end_to_end_reference() -> None:
    found = entry(
        ":86:166?00GUTSCHRIFT?20EREF+RE-4711?21SVWZ+INV-2026-0100 vom 20.1?221.2026?30COBADEFFXXX"
        "?31DE89370400440532013000?32Müller Logistik GmbH"
    )
    assert found.title == "INV-2026-0100 vom 20.11.2026"
    assert found.end_to_end == "RE-4711"
    assert found.counterparty == "Müller Logistik GmbH"
    assert found.counterparty_account == "DE89370400440532013000"


def test_slashes_of_dutch_banks() -> None:
    found = entry(
        ":86:/EREF/NOTPROVIDED/ORDP//NAME/JAN DE VRIES/REMI/INV-2026-0042/ISDT/2026-11-20"
    )
    assert (found.title, found.counterparty, found.end_to_end) == (
        "INV-2026-0042",
        "JAN DE VRIES",
        None,
    )


def test_split_payment_is_no_slashed_dialect() -> None:
    assert entry(":86:/VAT/230,00/IDC/5261040828/INV/FV/2026/11/0042/TXT/usługa").title.startswith(
        "/VAT/230,00/IDC"
    )


@pytest.mark.parametrize(
    ("mark", "sign"), [("C", 1), ("D", -1), ("RC", -1), ("RD", 1), ("CN", 1), ("DN", -1)]
)
def test_marks_give_the_sign(mark: str, sign: int) -> None:
    assert entry(":86:x", line=f":61:2611201120{mark}1230,00NTRFNONREF\n").amount == sign * Decimal(
        "1230.00"
    )


@pytest.mark.parametrize(
    ("dates", "booked_on"),
    [
        ("2611201121", date(2026, 11, 21)),
        ("261120", date(2026, 11, 20)),
        ("2612310102", date(2027, 1, 2)),
        ("2602300301", date(2026, 3, 1)),
    ],
)
def test_an_entry_is_booked_on_its_booking_date(dates: str, booked_on: date) -> None:
    assert entry(":86:x", line=f":61:{dates}C1230,00NTRFNONREF\n").booked_on == booked_on


def test_entry_without_a_type_does_not_swallow_the_one_before() -> None:
    [statement] = read(
        f"{HEAD}:61:261120C230,00\n:86:a\n:61:261120C1000,00\n:86:b\n{FOOT}".encode()
    )
    assert [e.title for e in statement.entries] == ["a", "b"]
    assert statement.balanced


def test_closing_remark_is_not_the_last_entrys() -> None:
    [statement] = read(f"{HEAD}{LINE}:86:a\n{FOOT}:86:THANK YOU FOR BANKING\n-\n".encode())
    assert statement.entries[0].title == "a"


def test_balances_are_checked_against_the_entries() -> None:
    right, wrong = f"{HEAD}{LINE}{FOOT}", f"{HEAD}{LINE}{FOOT}".replace("2230,00", "2230,01")
    without = f"{HEAD}{LINE}"
    assert [read(text.encode())[0].balanced for text in (right, wrong, without)] == [
        True,
        False,
        None,
    ]


def test_interim_report_is_mt942_and_has_no_balance() -> None:
    [statement] = read(
        f":20:A\n:25:PL1\n:34F:PLN0,\n:13D:2611201200+0100\n{LINE}:90C:1PLN1230,00\n".encode()
    )
    assert (statement.format, statement.currency, statement.balanced) == ("mt942", "PLN", None)


def test_several_statements_with_envelopes_and_windows_line_ends() -> None:
    text = f"{{1:F01BANKPLPW}}{{2:I940}}{{4:\n{HEAD}{LINE}{FOOT}-}}{{5:}}\n\x01{HEAD}{FOOT.replace('2230', '1000')}-\n"
    assert [s.balanced for s in read(text.replace("\n", "\r\n").encode())] == [True, True]


def test_tag_broken_by_the_end_of_the_line_is_mended() -> None:
    assert read(f"{HEAD}{LINE}:\n86:020~20TYTUŁ\n{FOOT}".encode())[0].entries[0].title == "TYTUŁ"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1\n2\n3\n", NoStatement),
        (":86:091\n-", NoStatement),
        (f"{HEAD}:61:nonsense\n", EntryUnreadable),
        (f"{HEAD}:61:2613011301C1,00NTRF\n", EntryUnreadable),
        (f"{HEAD}:61:261120C,NTRF\n", EntryUnreadable),
        (f":20:A\n:25:1\n:60F:C2611PLN1\n{LINE}", EntryUnreadable),
        (f"{HEAD}:61:261120C1,00NTRF{'A' * 10_000_000}\n", LineTooLong),
        (HEAD + ":61:261120C1,\n" * (mt940.MAX_ENTRIES + 1), TooManyEntries),
        (HEAD + LINE + ":86:" + "x\n" * (mt940.MAX_LINES + 1), TooManyEntries),
    ],
)
def test_what_cannot_be_read_is_one_sentence(text: str, problem: type[Problem]) -> None:
    with pytest.raises(problem) as refused:
        read(text.encode())
    assert "\n" not in str(refused.value)


def test_unreadable_entry_is_named_by_its_line() -> None:
    with pytest.raises(EntryUnreadable, match="line 6"):
        read(f"{HEAD}{LINE}:61:garbage\n{FOOT}".encode())
