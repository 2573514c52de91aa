"""Finding documents by words: of their names, kinds, parties and text."""

import json

from bot.kit.block_kit import Block
from bot.kit.markup import Mrkdwn
from bot.kit.words import N_
from handlers.documents.blocks import archive as looks
from handlers.documents.service import readers
from handlers.documents.service.archive_view import sight_of
from storage.documents import search
from storage.turn import Turn

PAGE = 8
LONGEST = 200


def page(turn: Turn, query: str, skip: int = 0) -> tuple[Mrkdwn, list[Block]]:
    """Documents with these words that the actor may see, the newest first; of all, without a
    word.
    """
    text = query[:LONGEST].strip()
    hits = search.find(turn, readers.reader(turn), text, most=PAGE + 1, skip=skip)
    sights = [sight_of(turn, document, turn.words) for document in hits[:PAGE]]
    if not sights:
        sentence = N_("I found no document with “{words}” that you may see.")
        return turn.words.mark(sentence, words=text), []
    more = json.dumps([text, skip + PAGE]) if len(hits) > PAGE else ""
    heading = turn.words.mark("Documents: {words}", words=text or "–")
    return heading, looks.results(sights, more, turn.words)


def next_page(turn: Turn, remembered: str) -> tuple[Mrkdwn, list[Block]]:
    """The page that a button remembers."""
    query, skip = json.loads(remembered)
    return page(turn, str(query), int(skip))
