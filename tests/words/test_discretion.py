"""No answer, hint, guess or button tells what the gate would refuse: a customer whom one may not
see
reads like one that is not there.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.edge.turns import HOME, Turns
from bot.kit.catalogue import Catalogue
from handlers.words.model.intents import understand
from handlers.words.service import interpretation
from storage.people import people
from tests.driver import Office
from tests.words.test_conversation import answer

ASKED = (
    "mennyivel tartozik a {}?",
    "folyószámla-kivonat {}",
    "{} fizetett már?",
    "mi járt le a {}nél",
    "{}",
)
MEANT = ("Számla vagy ügyfél", "Irat", "Mi esedékes")


@pytest.fixture
def rules(rules: Catalogue) -> Catalogue:
    """Nobody reads all invoices but finance: account owners see their own customers."""
    return rules.model_copy(update={"invoices": rules.invoices.model_copy(update={"readers": ()})})


@pytest.mark.parametrize("who", ["kata", "anna"])
def test_customer_of_others_reads_like_none(desk: Office, who: str) -> None:
    for text in ASKED:
        others = answer(desk, who, text.format("Kowalska"))
        nobodys = answer(desk, who, text.format("Malinowska"))
        assert others.text.replace("Kowalska", "…") == nobodys.text.replace("Malinowska", "…")
        assert others.buttons == nobodys.buttons
        assert "Sp. z o.o." not in others


@pytest.mark.parametrize("command", ["/invoice", "/document"])
def test_sentences_after_commands_disclose_no_more(desk: Office, command: str) -> None:
    for text in ASKED:
        shown = []
        for name in ("Kowalska", "Malinowska"):
            desk.kata.types(f"{command} {text.format(name)}")
            seen = desk.kata.modal if desk.kata.has_modal else desk.kata.notes("#general")[-1]
            shown.append((str(seen).replace(name, "…"), seen.buttons))
            if desk.kata.has_modal:
                desk.kata.closes()
        assert shown[0] == shown[1]
        assert "Sp. z o.o." not in shown[0][0]


@pytest.mark.parametrize(
    ("typed", "absent"),
    [
        ("Kowalskiej", "Malinowskiej"),
        ("PL 725-110-00-10", "PL 526-025-02-74"),
        ("fv2026110042", "fv2026119942"),
    ],
)
def test_number_or_name_after_the_command_is_found_in_no_form(
    desk: Office, typed: str, absent: str
) -> None:
    shown = []
    for text in (typed, absent):
        desk.kata.types(f"/invoice {text}")
        shown.append(str(desk.kata.notes("#general")[-1]).replace(text, "…"))
    assert shown[0] == shown[1]


def test_buttons_disclose_no_more_than_the_words(desk: Office) -> None:
    for name in ("Kowalska", "Malinowska"):
        said = answer(desk, "kata", f"mennyivel tartozik a {name}?")
        desk.kata.clicks("Másra gondoltam", on=said) if said.buttons else None
        for label in MEANT:
            question = desk.kata.dm[-1]
            if question.has(label):
                desk.kata.clicks(label, on=question)
        assert all("Sp. z o.o." not in each for each in desk.kata.dm)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ask=st.sampled_from(ASKED),
    name=st.sampled_from(("Kowalska", "Nowy Młyn", "Łódzkie Tkaniny", "Hafenkontor Brandt")),
)
def test_reading_names_only_customers_that_may_be_seen(
    desk: Office, turns: Turns, ask: str, name: str
) -> None:
    text = ask.format(name)
    with turns.turn(HOME, desk.kata.id) as turn:
        read = interpretation.read(turn, text)
        assert read.customers == ()
        against = interpretation.setting(turn.catalogue, turn.now.date(), turn.words.language)
        assert read.understood.intent == understand(text, against).intent
        assert people.person(turn, desk.kata.id) == turn.actor
