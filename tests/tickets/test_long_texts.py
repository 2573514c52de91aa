"""However long a text is, all of it can be read by whom it is for."""

from tests.driver import Office
from tests.running import Running
from tests.tickets.desk import asks, newest_card, opened, taken


def numbered(count: int, mark: str = "w") -> str:
    return " ".join(f"{mark}{number:05d}" for number in range(count))


def read_through(office: Office, who: str) -> str:
    """All pages of the sheet that lies open before somebody, from the newest to the oldest."""
    pages = [str(office[who].modal)]
    while office[who].modal.has("tickets.said:earlier"):
        office[who].clicks("tickets.said:earlier")
        pages.append(str(office[who].modal))
    return "\n".join(reversed(pages))


def test_all_that_was_said_stands_on_the_pages_of_the_sheet(office: Office) -> None:
    card = taken(office)
    for number in range(30):
        office.piotr.replies(office.piotr.dm[0], f"Wpis {number}: {numbered(40)}")
    office.piotr.replies(office.piotr.dm[0], numbered(4_900, "ą"))
    opened(office, "tomasz", card)
    shown = read_through(office, "tomasz")
    assert all(f"Wpis {number}: " in shown for number in range(30))
    assert [word for word in numbered(4_900, "ą").split() if word not in shown] == []
    assert not office.tomasz.modal.has("Take")
    office.tomasz.clicks("tickets.said:newer")
    assert office.tomasz.modal.has("tickets.said:earlier")


def test_long_request_is_read_whole_with_its_conversation(office: Office) -> None:
    office.anna.says("#intake", numbered(4_900, "ś"))
    opened(office, "lena", newest_card(office))
    shown = read_through(office, "lena")
    assert [word for word in numbered(4_900, "ś").split() if word not in shown] == []


def test_short_conversation_has_one_page(office: Office) -> None:
    card = asks(office)
    office.piotr.replies(office.piotr.dm[0], "Numer 4711")
    opened(office, "tomasz", card)
    assert "4711" in office.tomasz.modal
    assert not office.tomasz.modal.has("tickets.said:earlier")
    assert not office.tomasz.modal.has("tickets.said:newer")


def test_text_longer_than_a_form_comes_along(office: Office) -> None:
    text = numbered(1_000)
    office.piotr.types(f"/ticket {text}").fills(type="it_help")
    assert "Tekst jest dłuższy niż formularz" in office.piotr.modal
    office.piotr.fills(type="general").fills(type="it_help").submits()
    opened(office, "tomasz", newest_card(office))
    shown = read_through(office, "tomasz")
    assert [word for word in text.split() if shown.count(word) != 1 + (word in text[:150])] == []


def test_long_message_that_a_shortcut_was_used_on_comes_whole(office: Office) -> None:
    text = numbered(1_700)
    message = office.anna.says("#front-desk", text)
    office.piotr.shortcut("tickets.from_message", on=message).fills(type="it_help").submits()
    opened(office, "tomasz", newest_card(office))
    shown = read_through(office, "tomasz")
    assert [word for word in text.split() if word not in shown] == []


def test_completing_leaves_the_rest_of_a_long_text(office: Office) -> None:
    message = office.anna.says("#intake", f"Faktura\n{numbered(1_000)}")
    opened(office, "lena", newest_card(office))
    office.lena.clicks("Rodzaj, priorytet…").fills(type="invoice_correction").submits()
    office.anna.clicks("tickets.complete", on=message.again().thread[0])
    written = office.anna.modal.value("description")
    office.anna.fills(description=written.replace("w00003", "poprawione"))
    office.anna.fills(field_invoice="FV/2026/11/0042", field_wrong="vat").submits()
    office.anna.types("/ticket BO-1")
    shown = read_through(office, "anna")
    assert "poprawione" in shown
    assert [word for word in numbered(1_000).split() if word not in shown] == ["w00003"]


def test_long_wish_for_a_document_is_passed_on_whole(office: Office) -> None:
    text = numbered(600, "x")
    office.piotr.types(f"/document mapa biura {text}")
    office.piotr.clicks("tickets.offer").fills(type="it_help").submits()
    opened(office, "tomasz", newest_card(office))
    shown = read_through(office, "tomasz")
    assert [word for word in text.split() if word not in shown] == []


def test_long_reply_arrives_whole_in_as_many_messages_as_it_takes(office: Office) -> None:
    card = taken(office)
    text = numbered(4_900)
    said = office.piotr.replies(office.piotr.dm[0], text)
    mirrored = [seen for seen in card.again().thread if "Piotr" in seen]
    shown = "\n".join(map(str, mirrored))
    assert [word for word in text.split() if shown.count(word) != 1] == []
    assert "(3/3)" in shown
    office.piotr.edits(said, numbered(50))
    shown = "\n".join(map(str, card.again().thread))
    assert "w00049" in shown
    assert "w00050" not in shown
    office.piotr.deletes(said)
    assert not any("w00" in seen for seen in card.again().thread)


def test_long_name_takes_no_words_away(office: Office, bot: Running) -> None:
    card = taken(office)
    office.piotr.changes(real_name="Piotr " + "&" * 70)
    bot.refresh()
    text = "x" * 2_880 + " koniec"
    office.piotr.replies(office.piotr.dm[0], text)
    assert "koniec" in card.again().thread[-1]
