"""Words that came with files: below the answer it is asked what becomes of these, unless the answer
takes them along.
"""

from collections.abc import Mapping
from dataclasses import replace

from handlers.tickets.service.conversation import dropped_files
from handlers.tickets.service.conversation.thread import Said
from handlers.words.listeners.answers import Answer
from storage.turn import Turn


def beside(
    turn: Turn, answer: Answer | None, unread: Said, place: Mapping[str, str]
) -> Answer | None:
    """The answer to a message, with the question about those of its files that nobody imports;
    ``place`` is empty in the direct message.
    """
    if not unread.files or (answer and answer.takes_files):
        return answer
    asked = dropped_files.offer(turn, unread, place or None)
    if answer is None:
        return Answer(asked.text, asked.blocks, is_guess=False)
    return replace(answer, blocks=[*answer.blocks, *asked.blocks])
