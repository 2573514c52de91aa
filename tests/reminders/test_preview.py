"""What would go if a policy were switched on: all of it, page by page, or as a spreadsheet."""

import io
from datetime import datetime, timedelta

from openpyxl import load_workbook

from tests.driver import Office
from tests.reminders.books import Books
from tests.reminders.test_conversation import MONDAY
from tests.running import Running


def test_every_message_of_the_preview_is_shown_page_by_page_and_as_a_spreadsheet(
    office: Office, bot: Running, books: Books
) -> None:
    for n in range(12):
        customer = books.customer(f"Klient {n:02}")
        books.invoice(
            f"FV/2026/11/{n:04}",
            MONDAY + timedelta(1),
            customer=customer,
            currency="EUR" if n == 0 else "PLN",
        )
    office.beata.shortcut("reminders").clicks("reminders.switch_on:customers")
    shown = [n for n in range(12) if f"Klient {n:02}" in office.beata.modal]
    assert 0 < len(shown) < 12
    pages = [str(office.beata.modal)]
    while "Dalej (" in str(office.beata.modal):
        office.beata.clicks("reminders.preview_page:on")
        pages.append(str(office.beata.modal))
    assert all(any(f"Klient {n:02}" in page for page in pages) for n in range(12))
    office.beata.clicks("reminders.export_preview")
    assert "w wiadomości bezpośredniej" in str(office.beata.modal)
    (file,) = [seen.files[0] for seen in office.beata.dm if seen.files]
    content = office.world.store.bytes_of(file["id"]) or b""
    sheet = load_workbook(io.BytesIO(content))["Przypomnienia"]
    head, *listed = sheet.iter_rows(values_only=True)
    assert head[3:5] == ("Suma EUR", "Suma PLN")
    assert {f"Klient {n:02}" for n in range(12)} <= {row[1] for row in listed}
    assert {row[3:5] for row in listed if row[1] == "Klient 00"} == {(1200, None)}
    assert {row[3:5] for row in listed if row[1] == "Klient 01"} == {(None, 1200)}
    assert all(isinstance(row[0], datetime) for row in listed)
    assert office.piotr.dm == []
