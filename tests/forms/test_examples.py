"""The examples of docs/commands.md are run as they stand there, in a folder with what they name."""

import re
import shlex
import shutil

import pytest

from tests.forms.conftest import FILES
from tests.forms.terminal import ROOT, Terminal

PAGE = (ROOT / "docs" / "commands.md").read_text()
EXAMPLES = re.findall(r"^```(?:sh)?\n(zaplecze .*)\n```$", PAGE, re.MULTILINE)
# These go on until they are stopped: tests/forms/test_starting.py has them.
GOES_ON = ("zaplecze serve", "zaplecze demo")
# These say in a sentence what is not connected here, or what else is wrong.
REFUSED = (
    "zaplecze mail test",
    "zaplecze invoices pull",
    "zaplecze doctor",
    "zaplecze documents answered",
)
STATEMENT = (
    ":20:1\n:25:PL61109010140000071219812874\n:28C:1\n:60F:C261101PLN0,00\n"
    ":61:2611201120C350,50NTRFNONREF\n:86:FV/2026/11/0042\n:62F:C261120PLN350,50\n-\n"
)
SALES = (
    "Numer;Data wystawienia;Termin;Nabywca;NIP;Brutto;Waluta\n"
    "S/1;2026-11-20;2026-12-04;Kowal;1111111111;12,00;PLN\n"
)
CUSTOMERS = "name,tax id,country\nSzpital Miejski,5260001246,PL\nKowalska,7740001454,PL\n"
RATES = "table,from,to,rate,source\nPL-business,2027-01-01,2027-06-30,15.25,M.P. 2026\n"


@pytest.fixture
def office(booked: Terminal) -> Terminal:
    """Everything that the examples name is there."""
    folder = booked.folder
    (folder / "inbox").mkdir()
    shutil.copy(FILES / "ubl_invoice.xml", folder / "inbox")
    shutil.copy(FILES / "fa3.xml", folder / "faktura.pdf")
    (folder / "umowy").mkdir()
    (folder / "umowy" / "najem.txt").write_text("Umowa najmu")
    (folder / "sales.csv").write_text(SALES)
    (folder / "wyciag.sta").write_text(STATEMENT)
    (folder / "klienci.csv").write_text(CUSTOMERS)
    (folder / "kadry.csv").write_text("osoba\n")
    (folder / "rates.csv").write_text(RATES)
    return booked


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_example_runs_as_it_stands_in_the_page(office: Terminal) -> None:
    told = {}
    for example in EXAMPLES:
        if example.startswith(GOES_ON):
            continue
        ended = office(*shlex.split(example.partition(" >")[0])[1:])
        wanted = 1 if example.startswith(REFUSED) else 0
        if ended.status != wanted or "Traceback" in ended.err:
            told[example] = ended.err[-300:] or ended.out[-300:]
    assert told == {}
