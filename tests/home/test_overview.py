"""What finance sees of the company's money at a glance, and one's own documents."""

import csv
import io
from collections import defaultdict
from decimal import Decimal

from sqlalchemy import update

from bot.slack import HOME
from storage.documents.register import documents
from tests.driver import Office, Seen
from tests.running import Running


def rows_of(office: Office, message: Seen) -> list[dict[str, str]]:
    """The rows of the CSV that came with a message."""
    (file,) = message.files
    text = (office.world.store.bytes_of(file["id"]) or b"").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_finance_sees_what_is_open_by_age_and_its_file_adds_up(desk: Office) -> None:
    desk.marek.opens_home().clicks("home.overview", on="home")
    shown = str(desk.marek.modal)
    for heading in ("Wiekowanie rozrachunków", "1–30 dni po terminie", "według tygodni"):
        assert heading in shown
    desk.marek.clicks("home.overview_csv:ages")
    rows = rows_of(desk, desk.marek.dm[-1])
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row["Kierunek"], row["Waluta"]] += Decimal(row["Nierozliczone"])
    total = sums["Należności od klientów", "EUR"]
    assert f"{total:,.2f}".replace(",", " ").replace(".", ",") in shown.replace("\xa0", " ")


def test_expected_cash_comes_as_a_file(desk: Office) -> None:
    desk.marek.opens_home().clicks("home.overview", on="home").clicks("home.overview_csv:weeks")
    rows = rows_of(desk, desk.marek.dm[-1])
    assert rows
    assert {row["Kierunek"] for row in rows} <= {
        "Należności od klientów",
        "Zobowiązania wobec dostawców",
    }
    assert all(Decimal(row["Spodziewane"]) > 0 for row in rows)


def test_nobody_but_finance_sees_it(desk: Office) -> None:
    desk.marek.opens_home()
    desk.tomasz.opens_home()
    assert not desk.tomasz.home.has("home.overview")
    desk.piotr.opens_home()
    assert not desk.piotr.home.has("home.overview")


def test_own_documents_stand_on_home_and_come_again(desk: Office) -> None:
    desk.marek.types("/document copy FV/2026/11/0001")
    desk.marek.opens_home()
    assert "Twoje dokumenty" in desk.marek.home
    assert "Kopia faktury\nFV/2026/11/0001 · " in desk.marek.home
    before = len(desk.marek.dm)
    desk.marek.clicks("Wyślij mi", on="home")
    assert len(desk.marek.dm) > before


def test_home_shows_what_was_made_however_many_others_wait(desk: Office) -> None:
    desk.piotr.types("/document statement Kowalska").submits()
    for _ in range(6):
        desk.piotr.types("/document wezwanie do zapłaty Kowalska").submits()
        if desk.piotr.has_modal:
            desk.piotr.submits()
    desk.piotr.opens_home()
    assert "*ZD-000001* · Zestawienie należności\nKowalska Sp. z o.o. · " in desk.piotr.home
    assert "ZD-000007" not in desk.piotr.home


def test_a_document_leaves_home_with_the_right_to_read_it(desk: Office, bot: Running) -> None:
    desk.piotr.types("/document statement Kowalska").submits()
    with bot.turns.turn(HOME) as turn:
        turn.db.execute(update(documents).values(private=True, person="U0EWA"))
    desk.piotr.opens_home()
    assert "ZD-000001" not in desk.piotr.home
