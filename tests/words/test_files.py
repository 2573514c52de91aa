"""Words and files in one message: the words are answered, and the files go on or are asked about
once.
"""

import io
import zipfile

import pytest

from tests.documents.test_archive_commands import pdf
from tests.driver import Office, Seen
from tests.tickets.desk import newest_card

LEASE = pdf("Umowa najmu lokalu", "Kaucja zwrotna")
STATEMENT = (
    b":20:1\n:25:PL41109010140000000042000001\n:28C:1\n:60F:C261101PLN0,00\n"
    b":61:2611021102C1,00NTRFNONREF\n:86:przelew\n:62F:C261102PLN1,00\n-\n"
)
FILES = {"skan.jpg": b"\xff\xd8", "umowa.pdf": LEASE, "list.docx": b"PK", "mapa.xml": b"<a/>"}


def answers(office: Office, who: str, text: str, name: str, content: bytes = b"x") -> list[Seen]:
    """What the bot says in the direct message to words with a file, the file's thread included."""
    before = len(office[who].dm)
    message = office[who].uploads("@zaplecze", name, content, text)
    thread = [seen for seen in message.again().thread if seen.raw.get("bot_id")]
    return [*office[who].dm[before + 1 :], *thread]


def questions(seen: list[Seen]) -> int:
    """How often it is asked what becomes of the file."""
    return sum("Złóż zgłoszenie" in each.buttons for each in seen)


def mention(office: Office) -> str:
    return f"<@{office.world.app.bot_user_id}>"


@pytest.mark.parametrize("name", FILES)
def test_question_with_a_file_is_answered_and_the_file_goes_on(desk: Office, name: str) -> None:
    said = answers(desk, "piotr", "co z fakturą FV/2026/11/0042", name, FILES[name])
    assert "11 dni po terminie" in said[0]
    assert f"Co zrobić z: {name}?" in said[0]
    assert questions(said) == 1
    desk.piotr.clicks("Złóż zgłoszenie", on=said[0]).fills(type="it_help").submits()
    card = newest_card(desk)
    assert "co z fakturą FV/2026/11/0042" in card
    assert card.thread[0].files[0]["name"] == name


def test_file_beside_a_question_is_kept_in_the_archive(desk: Office) -> None:
    (said,) = answers(desk, "piotr", "co z fakturą FV/2026/11/0042", "umowa.pdf", LEASE)
    desk.piotr.clicks("Do archiwum", on=said).fills(kind="contract").submits()
    desk.piotr.types("/document find kaucja")
    assert "umowa.pdf" in desk.piotr.notes("#general")[-1]


def test_words_with_a_file_are_added_to_an_open_ticket(desk: Office) -> None:
    desk.piotr.types("/ticket Ekran jest pęknięty").fills(type="it_help").submits()
    said = answers(desk, "piotr", "Z drugiej strony", "obudowa.jpg")
    assert questions(said) == 1
    desk.piotr.clicks("Dopisz do BO-1", on=said[-1])
    assert newest_card(desk).thread[-1].files[0]["name"] == "obudowa.jpg"
    assert "Z drugiej strony" in "".join(map(str, newest_card(desk).thread))


@pytest.mark.parametrize("text", ["drukarka nie działa", "cześć", "dzięki", "pomoc", "bla bla bla"])
@pytest.mark.parametrize("name", ["skan.jpg", "mapa.xml"])
def test_whatever_is_said_a_ticket_of_the_file_is_a_click_away(
    desk: Office, text: str, name: str
) -> None:
    said = answers(desk, "piotr", text, name)
    assert questions(said) == 1
    desk.piotr.clicks("Złóż zgłoszenie", on=said[-1]).fills(type="it_help", subject="Plik")
    desk.piotr.submits()
    assert newest_card(desk).thread[-1].files[0]["name"] == name


def test_file_is_not_forgotten_when_something_else_was_meant(desk: Office) -> None:
    (said,) = answers(desk, "piotr", "co z fakturą FV/2026/11/0042", "skan.jpg")
    desk.piotr.clicks("Chodziło mi o coś innego", on=said)
    choices = desk.piotr.dm[-1]
    desk.piotr.clicks("words.meant:due_list", on=choices)
    assert "Co zrobić z" not in desk.piotr.dm[-1]
    desk.piotr.clicks("words.meant:ticket_create", on=choices).fills(type="it_help").submits()
    assert newest_card(desk).thread[0].files[0]["name"] == "skan.jpg"


def test_words_beside_what_finance_imports_are_answered(desk: Office) -> None:
    said = answers(desk, "marek", "co z fakturą FV/2026/11/0042", "wyciag.sta", STATEMENT)
    assert any("11 dni po terminie" in each for each in said)
    assert any("1 nowa wpłata" in each for each in said)
    assert questions(said) == 0
    said = answers(desk, "marek", "drukarka nie działa", "wyciag.sta", STATEMENT)
    assert questions(said) == 1


@pytest.mark.parametrize(
    "text",
    [
        *("wyciąg za listopad", "wyciąg z PKO", "listopad", "proszę", "faktury za październik"),
        *("bank statement attached", "from the bank", "cześć, przesyłam wyciąg", "bla bla bla"),
        *("novemberi kivonat", "mellékelve", "Itt a kivonat."),
    ],
)
def test_words_that_only_accompany_a_statement_are_no_failed_question(
    desk: Office, text: str
) -> None:
    (said,) = answers(desk, "marek", text, "wyciag.sta", STATEMENT)
    assert "1 nowa wpłata" in said


def test_question_beside_a_statement_is_answered_though_nobody_understands_it(desk: Office) -> None:
    said = answers(desk, "marek", "kiedy kwitną kasztany?", "wyciag.sta", STATEMENT)
    assert any("1 nowa wpłata" in each for each in said)
    assert len(said) == 2
    wished = answers(desk, "marek", "poproszę wyciąg dla Kowalskiej", "wyciag.sta", STATEMENT)
    assert any("Wyciąg" in each or "Zestawienie" in each for each in wished)


@pytest.mark.parametrize("text", ["co z fakturą FV/2026/11/0042", "drukarka nie działa", ""])
def test_finances_file_without_money_is_asked_about_once(desk: Office, text: str) -> None:
    said = answers(desk, "marek", text, "umowa.pdf", LEASE)
    assert questions(said) == 1
    (asked,) = (each for each in said if "Złóż zgłoszenie" in each.buttons)
    desk.marek.clicks("Złóż zgłoszenie", on=asked).fills(type="it_help")
    desk.marek.fills(subject="Plik", description="Do wglądu").submits()
    assert newest_card(desk).thread[-1].files[0]["name"] == "umowa.pdf"


def test_each_of_finances_files_without_money_is_asked_about(desk: Office) -> None:
    names = ("umowa.pdf", "aneks.pdf", "skan.jpg")
    files = [desk.marek.uploads("#general", name, LEASE).raw["files"][0] for name in names]
    before = len(desk.marek.dm)
    dm = desk.world.direct_channel({desk.marek.id, desk.world.app.bot_user_id})
    desk.marek.says(dm, "", files=files)
    asked = [seen for seen in desk.marek.dm[before:] if "Co zrobić z" in seen]
    assert all(sum(name in seen for seen in asked) == 1 for name in names)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("who", ["anna", "marek"])
def test_file_without_a_word_is_asked_about_once_with_every_choice(
    desk: Office, who: str, name: str
) -> None:
    said = answers(desk, who, "", name, FILES[name])
    (asked,) = (each for each in said if each.buttons)
    assert asked.buttons == ["Złóż zgłoszenie", "Do archiwum"]
    assert f"Co zrobić z: {name}?" in asked


@pytest.mark.parametrize("name", FILES)
def test_mention_with_a_question_and_a_file(desk: Office, name: str) -> None:
    text = f"{mention(desk)} co z fakturą FV/2026/11/0042"
    desk.piotr.uploads("#sales", name, FILES[name], text)
    (said,) = desk.piotr.notes("#sales")
    assert "11 dni po terminie" in said
    desk.piotr.clicks("Złóż zgłoszenie", on=said).fills(type="it_help").submits()
    assert newest_card(desk).thread[0].files[0]["name"] == name


def test_mention_of_finance_is_answered_and_its_file_imported(desk: Office) -> None:
    text = f"{mention(desk)} co z fakturą FV/2026/11/0042"
    dropped = desk.marek.uploads("#bo-accounting", "wyciag.sta", STATEMENT, text)
    assert "1 nowa wpłata" in dropped.again().thread[-1]
    assert "11 dni po terminie" in desk.marek.notes("#bo-accounting")[-1]


def test_file_in_the_requesters_thread_reaches_the_agents_and_nobody_imports_it(
    desk: Office,
) -> None:
    desk.marek.types("/ticket Drukarka nie działa").fills(type="it_help").submits()
    card, own = newest_card(desk), desk.marek.dm[-1]
    desk.marek.says(
        own.channel,
        "To drukuje",
        thread=own,
        files=[desk.marek.uploads("#general", "wyciag.sta", STATEMENT).raw["files"][0]],
    )
    assert "To drukuje" in "".join(map(str, card.again().thread))
    assert [file["name"] for seen in card.again().thread for file in seen.files] == ["wyciag.sta"]
    assert not any("1 nowa wpłata" in seen for seen in own.again().thread)


@pytest.mark.parametrize("name", FILES)
def test_intake_makes_one_ticket_of_words_and_files(desk: Office, name: str) -> None:
    text = f"{mention(desk)} drukarka nie działa"
    desk.tomasz.uploads("#intake", name, FILES[name], text)
    assert newest_card(desk).thread[0].files[0]["name"] == name
    assert desk.tomasz.notes("#intake") == []


def test_question_in_a_thread_of_the_direct_message_is_answered_there(desk: Office) -> None:
    desk.piotr.says("@zaplecze", "pomoc")
    below = desk.piotr.dm[-1]
    desk.piotr.replies(below, "co z fakturą FV/2026/11/0042")
    (answer,) = [seen for seen in below.again().thread if seen.raw.get("bot_id")]
    assert "11 dni po terminie" in answer


def test_file_in_a_thread_of_the_direct_message_is_asked_about_there(desk: Office) -> None:
    desk.piotr.says("@zaplecze", "pomoc")
    below = desk.piotr.dm[-1]
    desk.piotr.uploads("@zaplecze", "skan.jpg", b"\xff\xd8", "", thread=below)
    thread = [seen for seen in below.again().thread if seen.raw.get("bot_id")]
    assert questions(thread) == 1


@pytest.mark.parametrize("name", ["list.docx", "skan.jpg", "stary.xls"])
def test_finance_hears_why_a_file_is_not_read_as_an_invoice(desk: Office, name: str) -> None:
    (said,) = answers(desk, "marek", "", name, b"PK")
    assert f"Nie odczytuję faktur ani wyciągów z plików takich jak {name}" in said
    assert "XML, PDF, CSV, XLSX albo MT940" in said
    assert questions([said]) == 1
    (others,) = answers(desk, "anna", "", name, b"PK")
    assert "Nie odczytuję" not in others


def test_finance_hears_what_in_an_archive_is_not_read(desk: Office) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("list.docx", b"PK")
        archive.writestr("skan.jpg", b"\xff\xd8")
    said = answers(desk, "marek", "", "faktury.zip", packed.getvalue())
    told = next(each for each in said if "Faktury: nowe 0" in each)
    for name in ("list.docx", "skan.jpg"):
        assert f"Plik {name} nie zawiera faktury w formacie, który umiem odczytać" in told
    assert questions(said) == 1
