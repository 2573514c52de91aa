"""What a personnel file lacks is asked of HR, and the employee is told so."""

from bot.slack import HOME
from handlers.people.service import personnel
from tests.books import books, rules
from tests.documents.test_sources import FILE
from tests.driver import Office
from tests.running import Running

__all__ = ["books", "rules"]


def orders(office: Office, words: str = "zaświadczenie o zatrudnieniu") -> str:
    office.tomasz.types(f"/document {words}", "#general")
    office.tomasz.fills(purpose="kredyt").submits()
    return str(office.tomasz.modal.view["blocks"])


def asked(office: Office, channel: str = "#bo-hr") -> list[str]:
    return [str(seen) for seen in office.zsofia.sees(channel) if "people import" in str(seen)]


def without(*headings: str) -> bytes:
    """The personnel file without what stands below some headings."""
    head, row = (line.split(";") for line in FILE.strip().partition("\n")[::2])
    stays = [place for place, heading in enumerate(head) if heading not in headings]
    lines = [";".join(cells[place] for place in stays) for cells in (head, row)]
    return "\n".join(lines).encode()


def test_employee_without_a_file_is_answered_and_hr_hears_once(
    office: Office, bot: Running, books: None
) -> None:
    assert "Nie ma tu danych kadrowych osoby" in orders(office)
    orders(office)
    (question,) = asked(office)
    assert "@Tomasz Lewandowski" in question
    assert "Zaświadczenie o zatrudnieniu" in question or "Munkáltatói igazolás" in question


def test_what_the_file_lacks_is_named_to_both_and_asked_again_when_less_is_lacking(
    office: Office, bot: Running, books: None
) -> None:
    with bot.turns.turn(HOME) as turn:
        personnel.take(turn, without("employed since", "job title"))
    told = orders(office)
    assert "tego dokumentu brakuje" in told
    with bot.turns.turn(HOME) as turn:
        personnel.take(turn, without("job title"))
    orders(office)
    with bot.turns.turn(HOME) as turn:
        personnel.take(turn, FILE.encode())
    assert "ZD-000001" in orders(office)
    assert len(asked(office)) == 2
    assert "9400" not in str(asked(office))


def test_pay_that_is_lacking_is_asked_of_payroll(office: Office, bot: Running, books: None) -> None:
    with bot.turns.turn(HOME) as turn:
        personnel.take(turn, without("base pay", "pay", "deductions"))
    assert "tego dokumentu brakuje" in orders(office, "zaświadczenie o zarobkach")
    (question,) = asked(office, "#bo-payroll")
    assert "@Tomasz Lewandowski" in question


def test_where_each_lacking_fact_belongs_is_said(office: Office, bot: Running, books: None) -> None:
    with bot.turns.turn(HOME) as turn:
        personnel.take(turn, without("job title"))
    assert "Stanowisko" in orders(office)
    assert "[company]" in asked(office)[0]
