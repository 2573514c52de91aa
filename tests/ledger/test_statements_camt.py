"""CAMT.052, .053 and .054: every version, collective entries, what is not booked, and bombs."""

from datetime import date
from decimal import Decimal

import pytest

from bot.kit.errors import Problem
from bot.kit.xml import XmlTooDeep, XmlTooManyElements, XmlWithDoctype
from handlers.ledger.statements.problems import EntryIncomplete, NoStatement
from handlers.ledger.statements.reader import read
from handlers.ledger.statements.values import Statement

KINDS = {
    "camt.052": ("BkToCstmrAcctRpt", "Rpt"),
    "camt.053": ("BkToCstmrStmt", "Stmt"),
    "camt.054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}
DETAILS = """<NtryDtls><TxDtls><Refs><EndToEndId>E2E-1</EndToEndId></Refs><RltdPties><Dbtr>{name}</Dbtr>
<DbtrAcct><Id><IBAN>PL61109010140000071219812874</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>FV/2026/11/0042</Ustrd></RmtInf></TxDtls></NtryDtls>"""


def balance(code: str, amount: str, mark: str = "CRDT", currency: str = "PLN") -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='{currency}'>{amount}</Amt>"
        f"<CdtDbtInd>{mark}</CdtDbtInd></Bal>"
    )


def booked(
    amount: str, mark: str = "CRDT", details: str = "", status: str = "BOOK", currency: str = "PLN"
) -> str:
    return (
        "<Ntry><Amt "
        f"Ccy='{currency}'>{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd><Sts>{status}</Sts>"
        f"<BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>REF-{amount}</AcctSvcrRef>{details}</Ntry>"
    )


def document(content: str, kind: str = "camt.053", version: str = "001.02") -> bytes:
    message, part = KINDS[kind]
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Document '
        f'xmlns="urn:iso:std:iso:20022:tech:xsd:{kind}.{version}">'
        f"<{message}><GrpHdr><CreDtTm>2026-11-21T03:00:00+01:00</CreDtTm></GrpHdr><{part}><Acct><Id>"
        f"<IBAN>PL86109010140000000712340001</IBAN></Id><Ccy>PLN</Ccy></Acct>{content}</{part}></{message}></Document>"
    ).encode()


def only(data: bytes) -> Statement:
    [statement] = read(data)
    return statement


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("version", ["001.02", "001.04", "001.08", "001.13"])
def test_every_kind_and_version_is_read(kind: str, version: str) -> None:
    name = "<Nm>ALFA</Nm>" if version < "001.08" else "<Pty><Nm>ALFA</Nm></Pty>"
    statement = only(document(booked("1230.00", details=DETAILS.format(name=name)), kind, version))
    assert (statement.format, statement.account) == (kind, "PL86109010140000000712340001")
    [entry] = statement.entries
    assert (entry.booked_on, entry.amount, entry.currency) == (
        date(2026, 11, 20),
        Decimal("1230.00"),
        "PLN",
    )
    assert (entry.title, entry.counterparty, entry.end_to_end) == (
        "FV/2026/11/0042",
        "ALFA",
        "E2E-1",
    )
    assert (entry.counterparty_account, entry.reference) == (
        "PL61109010140000071219812874",
        "REF-1230.00",
    )


def test_balances_are_checked_in_the_accounts_currency() -> None:
    content = (
        balance("OPBD", "10.00", "DBIT")
        + balance("CLBD", "20.00")
        + booked("50.00")
        + booked("20.00", "DBIT")
    )
    statement = only(document(content))
    assert (statement.opening, statement.closing, statement.balanced) == (
        Decimal("-10.00"),
        Decimal("20.00"),
        True,
    )
    assert (
        only(
            document(content.replace("20.00</Amt><CdtDbtInd>CRDT", "21.00</Amt><CdtDbtInd>CRDT"))
        ).balanced
        is False
    )
    in_euro = balance("OPBD", "1.00", currency="EUR") + balance("CLBD", "1.00")
    assert only(document(in_euro)).balanced is None


def test_what_is_not_booked_is_left_out() -> None:
    content = (
        booked("1.00", status="PDNG")
        + booked("2.00", status="<Cd>INFO</Cd>")
        + booked("3.00", status="<Cd>BOOK</Cd>")
    )
    assert [entry.amount for entry in only(document(content)).entries] == [Decimal("3")]


def part(amount: str, title: str) -> str:
    return f"<TxDtls><Amt Ccy='PLN'>{amount}</Amt><RmtInf><Ustrd>{title}</Ustrd></RmtInf></TxDtls>"


def test_collective_entry_is_taken_apart_when_its_parts_add_up() -> None:
    details = f"<NtryDtls>{part('100.00', 'FV 1')}{part('200.00', 'FV 2')}</NtryDtls>"
    statement = only(document(booked("300.00", details=details)))
    assert [(e.amount, e.title, e.reference) for e in statement.entries] == [
        (Decimal("100.00"), "FV 1", "REF-300.00/1"),
        (Decimal("200.00"), "FV 2", "REF-300.00/2"),
    ]


def test_collective_entry_stays_whole_when_its_parts_do_not_add_up() -> None:
    details = f"<NtryDtls>{part('100.00', 'FV 1')}{part('50.00', 'FV 2')}</NtryDtls>"
    [entry] = only(document(booked("300.00", details=details))).entries
    assert (entry.amount, entry.title) == (Decimal("300.00"), "FV 1 FV 2")


def test_structured_remittance_is_part_of_the_title() -> None:
    details = (
        "<NtryDtls><TxDtls><RmtInf><Strd><RfrdDocInf><Nb>FV/2026/11/0042</Nb></RfrdDocInf>"
        "<CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls>"
    )
    assert (
        only(document(booked("1.00", details=details))).entries[0].title
        == "FV/2026/11/0042 RF18539007547034"
    )


def test_money_out_names_whom_was_paid() -> None:
    parties = "<Dbtr><Nm>WE</Nm></Dbtr><Cdtr><Nm>THEY</Nm></Cdtr>"
    details = f"<NtryDtls><TxDtls><RltdPties>{parties}</RltdPties></TxDtls></NtryDtls>"
    assert only(document(booked("1.00", "DBIT", details))).entries[0].counterparty == "THEY"


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("<NtryRef>0042</NtryRef>", None),  # the line's number in its file
        ("<NtryRef>000000000042</NtryRef>", None),
        ("<NtryRef>010001628</NtryRef>", None),  # the payee's number on Swiss slips
        ("<NtryRef>CH44 3199 9123 0008 8901 2</NtryRef>", None),  # the QR-IBAN that was paid to
        ("<NtryRef>2026112000000417-1</NtryRef>", "2026112000000417-1"),
        ("<NtryRef>2026112000000417-1</NtryRef><AcctSvcrRef>ZB1</AcctSvcrRef>", "ZB1"),
        (
            "<NtryRef>0042</NtryRef><NtryDtls><TxDtls><Refs><TxId>T-77</TxId></Refs></TxDtls></NtryDtls>",
            "T-77",
        ),
    ],
)
def test_reference_is_what_the_bank_gave_the_booking_and_no_number_of_a_line(
    written: str, reference: str | None
) -> None:
    entry = booked("1.00").replace("<AcctSvcrRef>REF-1.00</AcctSvcrRef>", written)
    assert [each.reference for each in only(document(entry)).entries] == [reference]


def test_entry_without_a_date_takes_that_of_the_message() -> None:
    content = booked("1.00").replace("<BookgDt><Dt>2026-11-20</Dt></BookgDt>", "")
    assert only(document(content)).entries[0].booked_on == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<Document><BkToCstmrStmt/></Document>", NoStatement),
        (b"<html><body/></html>", NoStatement),
        (document(booked("one")), EntryIncomplete),
        (document(booked("9" * 16 + ".00")), EntryIncomplete),
        (document(booked("1.00").replace("<CdtDbtInd>CRDT</CdtDbtInd>", "")), EntryIncomplete),
        (document(booked("1.00", mark="D")), EntryIncomplete),
        (document(booked("1.00").replace("2026-11-20", "9999-12-31")), EntryIncomplete),
        (
            b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Document>&b;</Document>',
            XmlWithDoctype,
        ),
        (document("<x>" * 300 + "</x>" * 300), XmlTooDeep),
        (document("<x/>" * 1_600_000), XmlTooManyElements),
    ],
)
def test_what_is_no_statement_or_a_bomb_is_one_sentence(
    data: bytes, problem: type[Problem]
) -> None:
    with pytest.raises(problem) as refused:
        read(data)
    assert "\n" not in str(refused.value)


def test_balance_without_a_direction_proves_nothing() -> None:
    opening = balance("OPBD", "9.00").replace("<CdtDbtInd>CRDT</CdtDbtInd>", "")
    statement = only(document(opening + balance("CLBD", "10.00") + booked("1.00")))
    assert statement.opening is None
    assert statement.balanced is None


def reversal(amount: str, mark: str, details: str = "") -> str:
    entry = booked(amount, mark, details)
    return entry.replace("<Sts>", "<RvslInd>true</RvslInd><Sts>")


@pytest.mark.parametrize("mark", ["CRDT", "DBIT"])
def test_reversal_goes_the_way_that_the_balances_prove(mark: str) -> None:
    content = (
        balance("OPBD", "1000.00")
        + balance("CLBD", "1000.00")
        + booked("300.00", "DBIT")
        + reversal("300.00", mark)
    )
    statement = only(document(content))
    assert [entry.amount for entry in statement.entries] == [-300, 300]
    assert statement.balanced


@pytest.mark.parametrize("closing", ["", balance("CLBD", "9.00")])
def test_reversal_that_no_balance_proves_goes_as_the_standard_says(closing: str) -> None:
    content = balance("OPBD", "1000.00") + closing + reversal("300.00", "DBIT")
    assert [entry.amount for entry in only(document(content)).entries] == [-300]


def test_collective_reversal_is_turned_with_its_parts_and_names_who_was_paid() -> None:
    marked = [
        part(amount, title).replace(
            "<RmtInf>",
            "<CdtDbtInd>DBIT</CdtDbtInd><RltdPties><Dbtr><Nm>WE</Nm></Dbtr>"
            "<Cdtr><Nm>THEY</Nm></Cdtr></RltdPties><RmtInf>",
        )
        for amount, title in (("100.00", "FV 1"), ("200.00", "FV 2"))
    ]
    details = f"<NtryDtls>{''.join(marked)}</NtryDtls>"
    balances = balance("OPBD", "1000.00") + balance("CLBD", "1300.00")
    statement = only(document(balances + reversal("300.00", "DBIT", details)))
    assert [(e.amount, e.title, e.counterparty) for e in statement.entries] == [
        (Decimal("100.00"), "FV 1", "THEY"),
        (Decimal("200.00"), "FV 2", "THEY"),
    ]
