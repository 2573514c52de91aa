"""The words of a message: its own, those of a message that was forwarded with it, and those that
another app put into blocks. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]

_TEXTS = ("text", "fields", "elements", "title", "alt_text")


def words_of(message: Json) -> str:
    """All of them, in Slack's own writing; a forwarded message with its author."""
    own = str(message.get("text") or "")
    if message.get("bot_id"):
        return _named(str(message.get("username") or ""), own or _of_an_app(message))
    return "\n".join(filter(None, [own, *map(_quoted, forwarded(message))]))


def forwarded(message: Json) -> list[Json]:
    """The messages that somebody forwarded in this one; a mere link shows what its readers may
    not all read, so that it stays a link.
    """
    return [each for each in message.get("attachments") or () if each.get("is_share")]


def files_of(message: Json) -> list[Json]:
    """Its files, and those of what was forwarded with it."""
    holders: Sequence[Json] = [message, *forwarded(message)]
    files = [file for holder in holders for file in holder.get("files") or ()]
    return [file for file in files if file.get("id") and file.get("mode") != "tombstone"]


def _quoted(shared: Json) -> str:
    words = str(shared.get("text") or "") or _of_an_app(shared) or str(shared.get("from_url") or "")
    author = str(shared.get("author_name") or "") or _mention(shared)
    return _named(author, words)


def _mention(shared: Json) -> str:
    """The author by their id, which is read as a name."""
    author = str(shared.get("author_id") or "")
    return f"<@{author}>" if author else ""


def _named(author: str, words: str) -> str:
    return f"{author}: {words}" if author and words else words


def _of_an_app(message: Json) -> str:
    """What an app wrote: its blocks, its attachments, or what stands for them."""
    attached = message.get("attachments") or ()
    said = [*_texts(message.get("blocks")), *_texts(message.get("message_blocks"))]
    for each in attached:
        parts = [each.get("pretext"), each.get("title"), each.get("text")]
        said += [str(part) for part in parts if part]
        said += _texts(each.get("blocks")) or _spare(each, parts)
    return "\n".join(line for line in said if line.strip())


def _spare(attached: Json, parts: Sequence[object]) -> list[str]:
    """What an attachment says of itself where it says nothing else."""
    fallback = attached.get("fallback")
    return [str(fallback)] if fallback and not any(parts) else []


def _texts(blocks: Any) -> list[str]:
    """The texts within blocks, in their order."""
    return [line for line in _walked(blocks) if line.strip()]


def _walked(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        if _is_line(part):
            yield "".join("".join(_walked(each)) for each in part)
        else:
            for each in part:
                yield from _walked(each)
    elif isinstance(part, Mapping):
        yield from _of_an_element(part)


def _is_line(parts: Sequence[Any]) -> bool:
    """The pieces of one line of rich text, which differ only in their look."""
    kinds = {each.get("type") for each in parts if isinstance(each, Mapping)}
    return bool(kinds) and kinds <= {"text", "link", "user", "channel", "emoji", "broadcast"}


def _of_an_element(element: Json) -> Iterator[str]:
    match element.get("type"):
        case "user":
            yield f"<@{element.get('user_id')}>"
        case "channel":
            yield f"<#{element.get('channel_id')}>"
        case "emoji":
            yield f":{element.get('name')}:"
        case "link":
            yield str(element.get("text") or element.get("url") or "")
        case "button" | "actions":
            return
        case _:
            for key in _TEXTS:
                yield from _walked(element.get(key))
