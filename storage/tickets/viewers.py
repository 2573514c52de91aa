"""Who looks at tickets: what ties them to these, and by which ties they may see and change one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks, as the gates of queries take them."""

    person: str
    departments: frozenset[str] = frozenset()
    """Those that they are an agent or the lead of."""
    stands_in_for: frozenset[str] = frozenset()
    """Those in which they stand in for somebody."""
    known: frozenset[str] = frozenset()
    """Those that the catalogue has: what another one left is its assignee's to end."""
    asked: frozenset[int] = frozenset()
    """The tickets that they are asked to approve."""
    sees: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()

    def works_on(self, department: str, assignee: str | None) -> bool:
        """Whether they may change a ticket of this department that somebody has, or nobody."""
        if "assignee" not in self.changes or assignee != self.person:
            return department in self.worked(self.changes)
        return department in self.departments | self.stands_in_for or department not in self.known

    def worked(self, ties: frozenset[str]) -> frozenset[str]:
        """The departments all of whose tickets one of these ties is good for."""
        return self.departments if not ties.isdisjoint(("agent", "lead")) else frozenset()
