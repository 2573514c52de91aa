"""Dropped statements of accounts that are not ours, or that name none: asked once, remembered."""

from pathlib import Path

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.ledger.service.bank import own_accounts
from storage.bank import statements
from tests.driver import Office, Seen

THEIRS = "PL27114020040000300201355387"
OURS = "PL41109010140000000042000001"
MBANK = Path(__file__).parents[1] / "ledger" / "files" / "mbank.csv"


def statement_of(account: str, title: str = "wplata") -> bytes:
    """A statement of MT940 with one line, of 4 June 2010."""
    named = f":25:{account}\n" if account else ":25:\n"
    return (
        f":20:1\n{named}:28C:1\n:60F:C100603PLN100,00\n"
        f":61:1006040604C50,00NTRFNONREF\n:86:{title}\n:62F:C100604PLN150,00\n-\n"
    ).encode()


def drops(office: Office, content: bytes, name: str = "wyciag.sta") -> Seen:
    return office.beata.uploads("@zaplecze", name, content)


def booked_accounts(turns: Turns) -> list[str]:
    with turns.turn(HOME) as turn:
        return [line.account for line in statements.waiting(turn, None)]


def test_a_statement_of_an_unknown_account_is_asked_about_and_nothing_is_booked(
    desk: Office, books: Turns
) -> None:
    with books.turn(HOME) as turn:
        before = own_accounts.known_until(turn)
    card = drops(desk, statement_of(THEIRS)).again().thread[-1]
    assert THEIRS in card
    assert "Nic jeszcze nie zaksięgowano" in card
    assert THEIRS not in booked_accounts(books)
    with books.turn(HOME) as turn:
        assert own_accounts.known_until(turn) == before


def test_an_account_that_is_ours_is_booked_and_not_asked_about_again(
    desk: Office, books: Turns
) -> None:
    dropped = drops(desk, statement_of(THEIRS))
    desk.beata.clicks("To nasz rachunek", on=dropped.again().thread[-1])
    card, result = dropped.again().thread
    assert "mówi @Beata" in card
    assert "To nasz rachunek" not in card.buttons
    assert "1 nowa wpłata: " in result
    assert booked_accounts(books).count(THEIRS) == 1
    again = drops(desk, statement_of(THEIRS, "druga")).again().thread
    assert len(again) == 1
    assert booked_accounts(books).count(THEIRS) == 2


def test_an_account_that_is_not_ours_stays_out_until_somebody_says_otherwise(
    desk: Office, books: Turns
) -> None:
    desk.beata.clicks(
        "To nie nasz rachunek", on=drops(desk, statement_of(THEIRS)).again().thread[-1]
    )
    refused = drops(desk, statement_of(THEIRS)).again().thread[-1]
    assert "nie jest nasz" in refused
    assert THEIRS not in booked_accounts(books)
    desk.beata.clicks("Jednak nasz rachunek", on=refused)
    assert booked_accounts(books).count(THEIRS) == 1


def test_a_file_that_names_no_account_is_asked_about_once(desk: Office, books: Turns) -> None:
    dropped = drops(desk, statement_of(""))
    card = dropped.again().thread[-1]
    assert "nie mówi, z którego rachunku pochodzi" in card
    desk.beata.clicks(OURS, on=card)
    assert booked_accounts(books).count(OURS) == 1
    again = drops(desk, statement_of("")).again().thread
    assert len(again) == 1
    assert not again[0].buttons
    assert booked_accounts(books).count(OURS) == 1


def test_others_than_finance_answer_nothing(desk: Office, books: Turns) -> None:
    mention = f"<@{desk.world.app.bot_user_id}>"
    dropped = desk.marek.uploads("#bo-accounting", "wyciag.sta", statement_of(THEIRS), mention)
    card = dropped.again().thread[-1]
    desk.gabor.forges("To nasz rachunek", on=card).forges("To nie nasz rachunek", on=card)
    assert len(dropped.again().thread) == 1
    assert "Nic jeszcze nie zaksięgowano" in dropped.again().thread[-1]
    assert THEIRS not in booked_accounts(books)
