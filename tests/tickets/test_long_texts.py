"""However long a text is, all of it can be read by whom it is for."""

from tests.driver import Office
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
