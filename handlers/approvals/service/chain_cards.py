"""The cards on which people are asked, as the chain stands now."""

from handlers.approvals.blocks import cards
from handlers.approvals.model import subjects
from handlers.approvals.service import chain_state
from handlers.people.service import roles
from storage.approvals import Approval, State
from storage.people import people
from storage.turn import Turn


def show(turn: Turn, approval: Approval, *, done: bool = False) -> None:
    """The card of everybody who is asked in the present step; ``done``: this step is over, the
    chain goes on.
    """
    present = chain_state.present(turn, approval)
    persons = people.persons(turn, [vote.person for vote in present])
    state: State = "approved" if done else approval.state
    handed_to: dict[str, str] = {}
    deciders: list[str] = []
    others = sum(vote.verdict != "lapsed" for vote in present) - 1  # but the reader
    for vote in present:
        if vote.instead_of:
            handed_to[vote.instead_of] = vote.person
        if vote.verdict == state and vote.person in persons:
            deciders.append(persons[vote.person].name)
    for vote in present:
        words = roles.words_for(turn, vote.person)
        look = subjects.of(approval.subject).look(turn, approval.subject, words)
        if vote.verdict == "delegated" and (other := persons.get(handed_to.get(vote.person, ""))):
            card = cards.handed_on(look.title, other.name, words)
        elif vote.verdict == "lapsed":
            card = cards.lapsed(look.title, words)
        elif state == "open" and vote.verdict is None:
            needs = approval.steps[approval.step]["needs"]
            card = cards.asking(approval.id, look, needs, others, words)
        else:
            card = cards.settled(look.title, state, deciders, words)
        turn.show(
            approval.card(vote.person),
            vote.person,
            words.mark("Do you approve this? {title}", title=look.title),
            card,
            subject=approval.key,
        )
