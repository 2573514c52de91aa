"""Lists of ids and keys go to either database however long they are."""

from bot.edge.turns import Turns
from bot.slack import HOME
from storage.invoices import customers
from storage.reminders import switches

MORE_THAN_A_STATEMENT_TAKES = 70_000


def test_a_list_may_have_more_keys_than_a_statement_takes(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        switches.pause(turn, "customer:69999", turn.now.date(), "urlop")
        subjects = [f"customer:{number}" for number in range(MORE_THAN_A_STATEMENT_TAKES)]
        (pause,) = switches.paused(turn, subjects, turn.now.date())
        assert pause.subject == "customer:69999"
        assert switches.paused(turn, subjects[:-1], turn.now.date()) == []


def test_addresses_are_noted_of_however_many_customers_and_known_ones_stay(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        new = customers.enter(turn, {"name": "Kowalska"})
        known = customers.enter(turn, {"name": "Nowak", "email": "ksiegowosc@nowak.pl"})
        emails = dict.fromkeys(range(known + MORE_THAN_A_STATEMENT_TAKES), "biuro@example.com")
        assert customers.learn(turn, "email", emails) == [new]
        assert customers.get(turn, new).email == "biuro@example.com"
        assert customers.get(turn, known).email == "ksiegowosc@nowak.pl"
