"""Our own accounts: several of a currency, as people write them; freshness is theirs alone."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.catalogue import loader
from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from handlers.ledger.service.bank import own_accounts
from handlers.ledger.service.payments import confirm_known
from storage.invoices import payments

FIRST, SECOND = "PL61109010140000071219812874", "PL27114020040000300201355387"
HUNGARIAN = "HU42117730161111101800000000"
THEIRS = "PL41109010140000000042000001"
NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    """Ours are two of one currency, one of them by its national number, and a Hungarian one."""
    text = loader.SHIPPED.read_text(encoding="utf-8").replace(
        "[company.accounts]",
        f'[company.accounts]\nPLN = ["{FIRST}", "{SECOND[2:]}"]\nHUF = "11773016-11111018"\n#',
    )
    return loader.loads(text)


def test_a_currency_has_several_accounts_in_whatever_form_they_are_written(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        assert own_accounts.own_accounts(turn) == {FIRST, SECOND, HUNGARIAN}


def test_freshness_is_over_our_own_accounts_alone(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        payments.note_known_until(turn, FIRST, NOW)
        payments.note_known_until(turn, SECOND, NOW - timedelta(days=1))
        payments.note_known_until(turn, THEIRS, NOW - timedelta(days=6_000))
        payments.note_known_until(turn, "statement", NOW - timedelta(days=500))
        payments.note_known_until(turn, "tryton", NOW - timedelta(hours=1))
        assert own_accounts.known_until(turn) == NOW - timedelta(days=1)
        assert list(own_accounts.known_by_source(turn)) == [SECOND, FIRST, "tryton"]


def test_confirming_is_of_our_own_accounts_and_never_of_somebody_elses(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        payments.note_known_until(turn, THEIRS, NOW - timedelta(days=6_000))
        confirm_known(turn)
        assert own_accounts.known_by_source(turn) == {own_accounts.CONFIRMED: turn.now}
        assert payments.known_by_source(turn)[THEIRS] == NOW - timedelta(days=6_000)


def test_what_was_confirmed_before_any_source_told_holds_nothing_back(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        confirm_known(turn)
        confirmed = own_accounts.known_until(turn)
        assert confirmed is not None
        payments.note_known_until(turn, FIRST, confirmed + timedelta(days=30))
        assert own_accounts.known_until(turn) == confirmed + timedelta(days=30)
