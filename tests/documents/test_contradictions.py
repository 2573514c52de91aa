"""Facts that are missing, or cannot be true together, stop a document, and whoever can mend them is
named: the form asks, or HR is to be asked.
"""

import pytest

from bot.slack import HOME
from handlers.people.service import personnel
from tests.books import books, rules
from tests.documents.test_sources import FILE, filled
from tests.driver import Office
from tests.running import Running

__all__ = ["books", "filled", "rules"]
EARNINGS, EMPLOYMENT = "zaświadczenie o zarobkach", "zaświadczenie o zatrudnieniu"


def imports(bot: Running, list_: str) -> None:
    with bot.turns.turn(HOME) as turn:
        done = personnel.take(turn, list_.encode())
        assert not done.problems


def heard(office: Office, what: str) -> str:
    """What Tomasz hears who orders a certificate: in the form, or instead of it."""
    before = len(office.tomasz.notes("#general"))
    office.tomasz.types(f"/document {what}", "#general")
    if office.tomasz.has_modal:
        office.tomasz.submits()
    shown = office.tomasz.modal.text if office.tomasz.has_modal else ""
    said = "".join(map(str, office.tomasz.notes("#general")[before:]))
    office.tomasz.closes(everything=True)
    return shown + said + "".join(map(str, office.tomasz.dm))


@pytest.mark.parametrize(
    ("heading", "cell", "what", "said"),
    [
        (
            "contract ends",
            "2027-01-31",
            EMPLOYMENT,
            "na czas nieokreślony, a mimo to kończy się 31 sty",
        ),
        ("employed since", "2027-01-01", EMPLOYMENT, "zaczyna się dopiero 1 sty 2027"),
        ("employed since", "1989-01-01", EMPLOYMENT, "data urodzenia to 1 sty 1990"),
        ("pay", "2026-10 6720.00 9400.00", EARNINGS, "za miesiąc od 1 paź 2026 jest wyższa"),
        ("employed since", "2026-10-05", EARNINGS, "za miesiąc od 1 wrz 2026, sprzed"),
    ],
)
def test_personnel_file_that_contradicts_itself_certifies_nothing(
    office: Office, filled: Running, heading: str, cell: str, what: str, said: str
) -> None:
    imports(filled, f'person;{heading}\nU0TOMASZ;"{cell}"\n')
    answer = heard(office, what)
    assert said in answer
    assert "dział kadr" in answer
    assert "ZD-" not in answer
    assert not any("ZD-" in seen for seen in office.zsofia.dm)


def test_what_the_personnel_file_lacks_is_asked_of_payroll(office: Office, bot: Running) -> None:
    headings, line = FILE.splitlines()
    lacking = [heading.split(";")[:12] for heading in (headings, line)]
    imports(bot, "\n".join(";".join(cells) for cells in lacking) + "\n")
    answer = heard(office, EARNINGS)
    assert "Wymiar czasu pracy" in answer
    assert "Dział Płace dostał wiadomość" in answer
    assert not any("ZD-" in seen for seen in office.zsofia.dm)


@pytest.mark.parametrize(
    ("kind", "term"),
    [
        ("wezwanie do zapłaty", "pay_by"),
        ("nota odsetkowa", "pay_by"),
    ],
)
def test_term_before_the_letter_is_said_at_its_field(
    office: Office, filled: Running, kind: str, term: str
) -> None:
    office.beata.types(f"/document {kind} Kowalska", "#general")
    if term not in office.beata.modal.text:
        office.beata.submits()  # what is missing is asked for
    office.beata.fills(**{term: "2026-11-01"}).submits()
    assert "wcześniejszy niż data dokumentu" in str(office.beata.modal.errors)
    office.beata.fills(**{term: "2027-01-04"}).submits()
    assert "ZD-000001" in office.beata.modal.text


def test_answers_are_not_wanted_before_they_are_asked_for(office: Office, filled: Running) -> None:
    office.beata.types("/document potwierdzenia sald 2026-10-31", "#general")
    listing = office.beata.notes("#general")[-1]
    office.beata.clicks("Zapytaj wszystkich…", on=listing).fills(reply_by="2026-11-01").submits()
    assert "wcześniejszy niż data dokumentu" in str(office.beata.modal.errors)
    assert not [seen for seen in office.beata.dm if seen.files]
