"""Whom a round of confirmations left without one: why, and that its card knows once it is mended."""

from bot.kit.catalogue import ApprovalStep
from bot.slack import HOME
from handlers.documents.blocks import round_progress as progress_looks
from handlers.documents.service.rounds import balance_confirmations as rounds
from handlers.documents.service.rounds import orders
from storage.documents import balance_rounds, register
from storage.documents.balance_rounds import KIND
from storage.invoices import customers
from tests.books import books, desk, rules
from tests.documents.test_balance_rounds import BEATA, DAY, GIVEN, asks_everybody, card_of
from tests.driver import Office, Seen
from tests.running import Running

__all__ = ["books", "desk", "rules"]

NOBODY_ELSE = (ApprovalStep(approvers=(BEATA,)),)


def nowhere(bot: Running) -> customers.Customer:
    """A customer whose address nobody knows any more."""
    with bot.turns.turn(HOME) as turn:
        customer = rounds.addressees(turn, DAY)[0]
        customers.change(turn, customer.id, address="")
    return customer


def approved_by(bot: Running, steps: tuple[ApprovalStep, ...]) -> None:
    """From now on confirmations want these approvals; in an emergency Beata's."""
    catalogue = bot.turns.catalogue(HOME)
    kind = catalogue.document_kinds[KIND].model_copy(update={"approval": steps})
    kinds = {**catalogue.document_kinds, KIND: kind}
    changed = {"document_kinds": kinds, "admins": (BEATA,)}
    bot.turns.catalogues = {"*": catalogue.model_copy(update=changed)}


def missing(desk: Office) -> str:
    """What the newest round says of those without a confirmation."""
    desk.beata.clicks("Czego brakuje", on=card_of(desk))
    return str(desk.beata.dm[-1])


def test_gap_that_is_mended_singly_is_gone_from_the_card(desk: Office, bot: Running) -> None:
    customer = nowhere(bot)
    asks_everybody(desk)
    assert "brak potwierdzenia dla 1 klienta" in card_of(desk)
    assert "Adres" in missing(desk)
    with bot.turns.turn(HOME) as turn:
        customers.change(turn, customer.id, address="ul. Nowa 1\n00-001 Warszawa")
    desk.beata.types(f"/document potwierdzenie salda {customer.name} 2026-10-31", "#general")
    desk.beata.submits()
    desk.beata.fills(signatory="Beata Kamińska").submits()
    card = card_of(desk)
    assert "brak potwierdzenia" not in card
    assert not card.has(progress_looks.MISSING)
    with bot.turns.turn(HOME, BEATA) as turn:
        made = len(rounds.standings(turn, DAY))
        (number,) = (
            each.number for each in rounds.standings(turn, DAY) if each.customer == customer.name
        )
        rounds.note_answer(turn, number, "agrees")
    bot.settle()
    assert f"{made} potwierdzenia sporządzone" in card_of(desk)
    assert "1 odpowiedź" in card_of(desk)


def test_withdrawn_confirmation_is_a_gap_until_another_is_made(desk: Office) -> None:
    asks_everybody(desk)
    assert "brak potwierdzenia" not in card_of(desk)
    (paper, *_) = [seen for seen in desk.beata.dm if seen.files]
    desk.beata.clicks("documents.withdraw", on=below(paper))
    assert "brak potwierdzenia dla 1 klienta" in card_of(desk)
    assert "zostało wycofane" in missing(desk)
    first = card_of(desk)
    asks_everybody(desk)
    assert "brak potwierdzenia" not in first.again()
    assert "✅ Zakończone" in first.again()
    assert "✅ Zakończone" in card_of(desk)


def below(paper: Seen) -> Seen:
    """The card that says what can be done with a paper."""
    return next(seen for seen in paper.thread if seen.has("documents.withdraw"))


def test_what_nobody_may_approve_is_a_gap_and_no_paper_waits_for_ever(
    desk: Office, bot: Running
) -> None:
    """A round does not stop, and what was begun of a paper before the fault is undone."""
    wanted = bot.turns.catalogue(HOME).document_kinds[KIND].approval
    approved_by(bot, NOBODY_ELSE)
    asks_everybody(desk)
    assert "✅ Zakończone" in card_of(desk)
    assert "0 potwierdzeń" in card_of(desk)
    assert "nie ma nikogo, kto" in missing(desk)
    with bot.turns.turn(HOME, BEATA) as turn:
        assert register.customers_of(turn, KIND, DAY, register.ORDERED) == set()
        asked = len(rounds.addressees(turn, DAY))
    approved_by(bot, wanted)
    asks_everybody(desk)
    assert f"{asked} potwierdzenia sporządzone" in card_of(desk)


def test_same_form_once_more_orders_nothing_whenever_it_comes(desk: Office, bot: Running) -> None:
    with bot.turns.turn(HOME, BEATA) as turn:
        asked = orders.begin(turn, DAY, GIVEN, "view:V1")
    bot.settle()
    with bot.turns.turn(HOME, BEATA) as turn:
        assert orders.begin(turn, DAY, GIVEN, "view:V1") == asked
        assert len(balance_rounds.hold_of_day(turn, DAY)) == 1
