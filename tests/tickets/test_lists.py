"""Lists, search, paging, export: through the gate, and harmless."""

import csv
import io

import pytest
from openpyxl import load_workbook

from tests.driver import Office, Seen
from tests.running import Running
from tests.tickets.desk import asks, newest_card, opened


def private_answer(office: Office, who: str) -> str:
    return str(office[who].notes("#general")[-1])


def test_number_opens_the_ticket(office: Office) -> None:
    asks(office)
    office.piotr.types("/ticket BO-1")
    assert office.piotr.modal.title == "BO-1"
    assert "Dopisz…" in office.piotr.modal.buttons
    office.piotr.closes()
    office.tomasz.types("/ticket 1")
    assert "Eskaluj…" in office.tomasz.modal.buttons


def test_ticket_of_somebody_else_reads_like_none(office: Office) -> None:
    asks(office)
    office.anna.types("/ticket BO-1")
    there = private_answer(office, "anna")
    office.anna.types("/ticket BO-77")
    assert private_answer(office, "anna") == there
    assert not office.anna.has_modal


def test_own_tickets_read_as_on_ones_own_card(office: Office) -> None:
    card = asks(office)
    office.tomasz.clicks("Answer…", on=card).fills(text="Który model?", then="requester").submits()
    office.piotr.types("/ticket mine")
    office.piotr.opens_home()
    for place in (private_answer(office, "piotr"), str(office.piotr.home)):
        assert "Tomasz Lewandowski czeka na Twoją odpowiedź" in place
        assert "zgłasza: " not in place
    assert "Nie masz otwartych zgłoszeń" not in office.piotr.home
    office.tomasz.types("/ticket queue")
    assert "Czeka na zgłaszającego · Tomasz Lewandowski · zgłasza: Piotr Nowak" in private_answer(
        office, "tomasz"
    )


def test_mine_lists_open_ones_first(office: Office) -> None:
    card = asks(office, text="Pierwsze")
    asks(office, text="Drugie")
    asks(office, who="kata", text="Nem az övé")
    office.tomasz.clicks("Resolve", on=card)
    office.piotr.types("/ticket mine")
    shown = private_answer(office, "piotr")
    assert shown.index("BO-2") < shown.index("BO-1")
    assert "BO-3" not in shown
    office.piotr.clicks("Otwórz", on=office.piotr.notes("#general")[-1])
    assert office.piotr.modal.title == "BO-2"


def test_queue_is_for_agents_in_order_of_urgency(office: Office) -> None:
    asks(office, text="Zwykłe")
    office.kata.types("/ticket Sürgős").fills(type="it_help", priority="urgent").submits()
    office.tomasz.types("/ticket queue")
    shown = private_answer(office, "tomasz")
    assert "2 otwarte zgłoszenia" in shown
    assert shown.index("BO-2") < shown.index("BO-1")
    office.anna.types("/ticket queue")
    assert "Kolejkę widzą pracownicy działu" in private_answer(office, "anna")
    office.daniel.types("/ticket queue of the printer is stuck")
    assert office.daniel.modal.value("subject") == "queue of the printer is stuck"
    office.daniel.closes()
    office.daniel.types("/ticket queue hr")
    assert "Yours are: IT and equipment" in private_answer(office, "daniel")


def test_search_folds_letters_and_knows_forms(office: Office) -> None:
    asks(office, text="Faktura z Łodzi zaginęła")
    for words in ("lodz", "FAKTURY", "zagin", "bo-1", "piotr nowak"):
        office.piotr.types(f"/ticket search {words}")
        assert "*BO-1*" in private_answer(office, "piotr"), words
    office.piotr.types("/ticket search krokodyl")
    assert "Nic nie znaleziono" in private_answer(office, "piotr")
    office.piotr.types("/ticket search")
    assert "Napisz, czego szukać" in private_answer(office, "piotr")


@pytest.mark.parametrize("who", ["emma", "piotr", "kata"])
def test_help_names_words_that_do_what_it_says(office: Office, who: str) -> None:
    asks(office, who=who)
    asker = office[who]
    asker.types("/ticket help")
    lines = private_answer(office, who).splitlines()
    mine, queue, search = (line.partition(":")[0].strip() for line in lines[-3:])
    asker.types(mine)
    assert "*BO-1*" in private_answer(office, who)
    asker.types(queue)
    assert mine in private_answer(office, who)
    for words in (search, f"{search.rpartition(' ')[0]} drukarka"):
        asker.types(words)
        assert not asker.has_modal
        assert words.rpartition(" ")[2] in private_answer(office, who)


def test_search_that_finds_nothing_looks_for_words_that_begin_alike(office: Office) -> None:
    asks(office, text="Nem tudom a jelszavam")
    office.piotr.types("/ticket search jelszó")
    assert "*BO-1*" in private_answer(office, "piotr")


def test_search_finds_what_was_said_and_forgets_what_was_deleted(office: Office) -> None:
    asks(office)
    said = office.piotr.replies(office.piotr.dm[0], "Sprawa żyrafy")
    office.piotr.types("/ticket search żyrafa")
    assert "*BO-1*" in private_answer(office, "piotr")
    office.piotr.deletes(said)
    office.piotr.types("/ticket search żyrafa")
    assert "*BO-1*" not in private_answer(office, "piotr")


def test_search_goes_through_the_gate_and_notes_are_found_by_agents_alone(office: Office) -> None:
    card = asks(office)
    office.tomasz.replies(card, "// podejrzewamy krokodyla")
    office.tomasz.types("/ticket search krokodyl")
    assert "*BO-1*" in private_answer(office, "tomasz")
    office.piotr.types("/ticket search krokodyl")
    assert "*BO-1*" not in private_answer(office, "piotr")
    office.anna.types("/ticket search drukarka")
    assert "*BO-1*" not in private_answer(office, "anna")
    office.gabor.types(
        "/ticket search drukarka"
    )  # an agent of another department sees what is not private
    assert "*BO-1*" in private_answer(office, "gabor")


def test_long_list_has_pages(office: Office) -> None:
    for n in range(10):
        asks(office, text=f"Sprawa {n}")
    office.piotr.types("/ticket mine")
    before = len(office.piotr.notes("#general"))
    first = private_answer(office, "piotr")
    assert "*BO-10*" in first
    assert "*BO-2*" not in first
    office.piotr.clicks("Dalej ›")
    second = private_answer(office, "piotr")
    assert "*BO-2*" in second
    assert "*BO-10*" not in second
    assert len(office.piotr.notes("#general")) == before  # in place of the first
    office.piotr.clicks("‹ Wstecz")
    assert private_answer(office, "piotr") == first


def test_queue_comes_as_files_in_which_nothing_is_executed(office: Office, bot: Running) -> None:
    asks(office, text='=HYPERLINK("http://x.example","faktura")')
    office.tomasz.types("/ticket queue").clicks("Jako plik")
    as_csv, as_xlsx = [seen.files[0] for seen in office.tomasz.dm if seen.files]
    assert as_csv["name"].startswith("tickets-20261123-1000")  # it is nine o'clock in UTC
    rows = list(csv.reader(io.StringIO(content(office, as_csv).decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:2] == ["Numer", "Temat"]
    assert rows[1][:2] == ["BO-1", '\'=HYPERLINK("http://x.example","faktura")']
    cell = load_workbook(io.BytesIO(content(office, as_xlsx)))["tickets"]["B2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("=HYPERLINK")


def content(office: Office, file: dict[str, str]) -> bytes:
    """What is in a file that was sent."""
    return office.world.store.bytes_of(file["id"]) or b""


def test_merge_offers_open_tickets_of_the_department_alone(office: Office) -> None:
    asks(office, text="Drukarka pierwsza")
    asks(office, kind="archive_search", text="Drukarka w archiwum")
    card = asks(office, text="Drukarka druga")
    office.tomasz.clicks("tickets.open", on=card).clicks("Połącz…")
    assert office.tomasz.suggestions("target", "drukarka") == ["BO-1 · Drukarka pierwsza"]
    assert newest_card(office).channel.name == "bo-it"


def test_search_for_a_number_shows_that_ticket_first(office: Office) -> None:
    asks(office, text="Drukarka")
    asks(office, text="Znowu to samo co BO-1")
    office.piotr.types("/ticket search BO-1", "#general")
    shown = office.piotr.notes("#general")[-1].text
    assert shown.index("*BO-1*") < shown.index("*BO-2*")


def test_queue_is_narrowed_to_mine_unassigned_and_late(office: Office) -> None:
    asks(office, text="Drukarka")
    office.tomasz.clicks("Take", on=newest_card(office))
    asks(office, text="Skaner")
    shown: dict[str, Seen] = {}
    for part in ("Mine", "Unassigned", "Late"):
        office.daniel.types("/ticket queue").clicks(part)
        shown[part] = office.daniel.notes("#general")[-1]
    assert "Nothing is waiting" in shown["Mine"]
    assert "Skaner" in shown["Unassigned"]
    assert "Drukarka" not in shown["Unassigned"]
    assert "Nothing is waiting" in shown["Late"]
    office.later(40 * 24 * 3600)
    office.daniel.types("/ticket queue").clicks("Late")
    late = office.daniel.notes("#general")[-1]
    assert "Drukarka" in late
    assert "Skaner" in late
    office.tomasz.types("/ticket queue").clicks("Moje")
    assert "Drukarka" in office.tomasz.notes("#general")[-1]


def test_sheet_tells_what_became_of_it_and_how_work_is_organised_to_agents_alone(
    office: Office,
) -> None:
    card = asks(office, text="Drukarka")
    office.tomasz.clicks("Take", on=card)
    office.tomasz.clicks("More…", on=card.again()).clicks("Oddaj").closes()
    office.tomasz.clicks("Take", on=card.again()).clicks("Resolve", on=card.again())
    office.tomasz.types("/ticket BO-1")
    for act in ("Piotr Nowak: złożenie zgłoszenia", "Lewandowski: przejęcie", "zwrot do kolejki"):
        assert act in office.tomasz.modal
    office.piotr.types("/ticket BO-1")
    assert "Tomasz Lewandowski: załatwienie" in office.piotr.modal
    assert "zwrot do kolejki" not in office.piotr.modal


def test_history_names_no_private_part(office: Office) -> None:
    card = asks(office, text="Drukarka")
    opened(office, "tomasz", card)
    office.tomasz.clicks("Wydziel…").fills(type="hr_question", subject="Urlop").submits()
    office.tomasz.types("/ticket BO-1")
    assert "BO-2" not in office.tomasz.modal
