"""What people are called in a menu, where two of them may have one name. Pure."""

from collections import Counter
from collections.abc import Iterable
from operator import attrgetter

from storage.turn import Person

_MOST = 75  # characters of a menu's line, by Slack
_MOST_OF_A_MARK = 40


def labels(persons: Iterable[Person]) -> dict[str, str]:
    """The name of each by id; of those who share one also their handle, or what else tells them
    apart.
    """
    everybody = {person.id: person for person in persons}
    names = Counter(map(attrgetter("name"), everybody.values()))
    handles = Counter(map(attrgetter("handle"), everybody.values()))
    result: dict[str, str] = {}
    for id, person in everybody.items():
        if names[person.name] == 1:
            result[id] = person.name
            continue
        by_handle = person.handle and handles[person.handle] == 1
        mark = f"@{person.handle}" if by_handle and len(person.handle) < _MOST_OF_A_MARK else id
        result[id] = f"{person.name[: _MOST - len(mark) - 3]} ({mark})"
    return result
