"""The same movements in each format that a bank sends: CSV, XLSX, MT940 and CAMT.053."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook

ACCOUNT = "PL41109010140000000042000001"
_CAMT = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
    "<GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>{account}</IBAN></Id>"
    "<Ccy>PLN</Ccy></Acct>{balances}{entries}</Stmt></BkToCstmrStmt></Document>"
)
_BALANCE = (
    "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='PLN'>{amount}</Amt>"
    "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-01</Dt></Dt></Bal>"
)
_ENTRY = (
    "<Ntry><Amt Ccy='PLN'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
    "<BookgDt><Dt>{day}</Dt></BookgDt><NtryDtls><TxDtls><RmtInf><Ustrd>{title}</Ustrd></RmtInf>"
    "</TxDtls></NtryDtls></Ntry>"
)


def files(lines: int) -> dict[str, bytes]:
    """Each by its ending; all say the same, in balance."""
    rows = [_row(n, lines) for n in range(lines)]
    total = sum((amount for _, amount, _ in rows), Decimal(0))
    head = ["Data księgowania", "Kwota", "Waluta", "Tytuł"]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Historia")
    sheet.append(head)
    for day, amount, title in rows:
        sheet.append([day, float(amount), "PLN", title])
    packed = BytesIO()
    book.save(packed)
    told = (f"{day};{_comma(amount)};PLN;{title}\n" for day, amount, title in rows)
    return {
        "csv": (";".join(head) + "\n" + "".join(told)).encode(),
        "xlsx": packed.getvalue(),
        "sta": _mt940(rows, total).encode(),
        "xml": _camt(rows, total).encode(),
    }


def _row(n: int, lines: int) -> tuple[date, Decimal, str]:
    day = date(2026, 1, 1) + timedelta(days=n * 300 // lines)
    return day, Decimal(n * 7919 % 900_000 + 100) / 100, f"przelew za towar {n}"


def _mt940(rows: list[tuple[date, Decimal, str]], total: Decimal) -> str:
    entries = (
        f":61:{day:%y%m%d%m%d}C{_comma(amount)}NTRFNONREF\n:86:{title}\n"
        for day, amount, title in rows
    )
    head = f":20:1\n:25:{ACCOUNT}\n:28C:1\n:60F:C260101PLN0,00\n"
    return f"{head}{''.join(entries)}:62F:C261101PLN{_comma(total)}\n-\n"


def _camt(rows: list[tuple[date, Decimal, str]], total: Decimal) -> str:
    balances = _BALANCE.format(code="OPBD", amount=0) + _BALANCE.format(code="CLBD", amount=total)
    entries = (_ENTRY.format(amount=amount, day=day, title=title) for day, amount, title in rows)
    return _CAMT.format(account=ACCOUNT, balances=balances, entries="".join(entries))


def _comma(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")
