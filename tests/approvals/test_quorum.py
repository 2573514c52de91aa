"""When a step of an approval is settled."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.catalogue import Quorum
from handlers.approvals.model.quorum import outcome
from storage.approvals import Verdict

verdicts: st.SearchStrategy[list[Verdict | None]] = st.lists(
    st.sampled_from(["approved", "rejected", None]), min_size=1, max_size=9
)


@pytest.mark.parametrize(
    ("needs", "said", "expected"),
    [
        ("any", ["approved", None], "approved"),
        ("any", ["rejected", None], None),
        ("any", ["rejected", "rejected"], "rejected"),
        ("all", ["approved", None], None),
        ("all", ["approved", "rejected"], "rejected"),
        ("all", ["approved", "approved"], "approved"),
        ("majority", ["approved", "approved", None], "approved"),
        ("majority", ["approved", "rejected"], "rejected"),
        ("majority", ["rejected", "rejected", None], "rejected"),
        ("majority", ["approved", "rejected", None], None),
        ("all", ["delegated", "approved"], "approved"),
        ("all", ["changes", None, "approved"], "changes"),
    ],
)
def test_step_is_settled(
    needs: Quorum, said: Sequence[Verdict | None], expected: str | None
) -> None:
    assert outcome(needs, said) == expected


@given(st.sampled_from(["any", "all", "majority"]), verdicts)
def test_when_everybody_has_spoken_it_is_settled(needs: Quorum, said: list[Verdict | None]) -> None:
    spoken: list[Verdict | None] = [verdict or "approved" for verdict in said]
    assert outcome(needs, spoken) in ("approved", "rejected")


fillers: tuple[Verdict, ...] = ("approved", "rejected")


@given(st.sampled_from(["any", "all", "majority"]), verdicts, st.sampled_from(fillers))
def test_what_is_settled_stays_so(
    needs: Quorum, said: list[Verdict | None], filler: Verdict
) -> None:
    before = outcome(needs, said)
    if before:
        assert outcome(needs, [verdict or filler for verdict in said]) == before


@given(st.sampled_from(["any", "all", "majority"]), verdicts)
def test_more_agreement_never_refuses(needs: Quorum, said: list[Verdict | None]) -> None:
    if outcome(needs, said) == "approved":
        assert outcome(needs, [*said[:-1], "approved"]) == "approved"
