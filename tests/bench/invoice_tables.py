"""What the bench of invoices imports: tables of as many rows as are asked for, and folders of XML
documents.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path

from bot.demo import company
from handlers.invoices.service.document_reader import read_bytes
from tests.invoices.samples import FILES

HEADINGS = "number,issued_on,due_on,seller_name,seller_tax_id,buyer_name,buyer_tax_id,currency,net,tax,total,account"
CUSTOMERS = 5_000
OURS = f"BBT,{company.POLISH_NUMBER}"
_XML = ("ubl_invoice.xml", "cii.xml", "fa3.xml", "nav.xml")


def sales(path: Path, count: int) -> Path:
    """Of our own to 5,000 customers: valid tax numbers and account, days of their own, amounts that
    add up.
    """
    return _written(path, (f"FV/2026/{{month:02}}/{n:07}" for n in range(count)), count, True)


def purchases(path: Path, count: int) -> Path:
    """From 5,000 suppliers to us, each with an account of their own."""
    return _written(
        path, (f"{n * 31 % 100_000}/{{month}}/2026" for n in range(count)), count, False
    )


def _written(path: Path, numbers: Iterable[str], count: int, is_ours: bool) -> Path:
    others = list(islice(_others(), CUSTOMERS))
    with path.open("w") as table:
        table.write(HEADINGS + "\n")
        for n, number in enumerate(numbers):
            net, issued_on = (
                n * 7919 % 9_000_000 + 1000,
                date(2026, 1, 1) + timedelta(days=n * 300 // count),
            )
            tax, due_on = (net * 23 + 50) // 100, issued_on + timedelta(days=14 + n % 3 * 8)
            other, account = others[n * 31 % CUSTOMERS]
            parties = f"{OURS},{other}" if is_ours else f"{other},{OURS}"
            sums = ",".join(map(_amount, (net, tax, net + tax)))
            account = others[0][1] if is_ours else account
            table.write(
                f"{number.format(month=issued_on.month)},{issued_on},{due_on},{parties},PLN,{sums},{account}\n"
            )
    return path


def _others() -> Iterator[tuple[str, str]]:
    """Names with Polish tax numbers, and accounts; all with their check digits."""
    for place, digits in enumerate(map(str, range(526_000_000, 527_000_000))):
        check = (
            sum(
                weight * int(digit)
                for weight, digit in zip((6, 5, 7, 2, 3, 4, 5, 6, 7), digits, strict=True)
            )
            % 11
        )
        account = f"{10_901_014:08}{place:016}"
        if check < 10:
            yield (
                f"Company {place},{digits}{check}",
                f"PL{98 - int(account + '252100') % 97:02}{account}",
            )


def _amount(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"


def documents(folder: Path, count: int) -> Path:
    """UBL, CII, FA(3) and NAV in turn, each document with a number of its own."""
    folder.mkdir()
    samples = [
        (name, content, _number(name, content))
        for name in _XML
        if (content := (FILES / name).read_bytes())
    ]
    for place, (name, content, number) in enumerate(islice(cycle(samples), count)):
        (folder / f"{place}-{name}").write_bytes(
            content.replace(number, b"%s-%d" % (number, place))
        )
    return folder


def _number(name: str, content: bytes) -> bytes:
    (read,) = read_bytes(content, name)
    assert read.document
    return (read.document.number or "").encode()
