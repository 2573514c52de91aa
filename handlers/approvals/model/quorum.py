"""When a step of an approval is settled. Pure."""

from collections.abc import Sequence
from typing import Literal

from bot.kit.catalogue import Quorum
from storage.approvals import Verdict

Outcome = Literal["approved", "rejected", "changes"]


def outcome(needs: Quorum, verdicts: Sequence[Verdict | None]) -> Outcome | None:
    """What the votes of one step come to; None while it is open. Who delegated or may not decide
    any more has no vote.

    A wish for changes ends the step at once. ``any`` is refused when everybody refuses, ``all``
    when somebody does,
    ``majority`` (more than half) as soon as those who have not spoken cannot carry it any more.
    """
    counted = [verdict for verdict in verdicts if verdict not in ("delegated", "lapsed")]
    if not counted:
        return None
    if "changes" in counted:
        return "changes"
    needed = {"any": 1, "all": len(counted), "majority": len(counted) // 2 + 1}[needs]
    agreed, refused = counted.count("approved"), counted.count("rejected")
    if agreed >= needed:
        return "approved"
    return "rejected" if len(counted) - refused < needed else None
