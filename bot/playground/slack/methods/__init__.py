"""The Web API, a file per family: every method by its name, with its parameters and scopes."""

from bot.playground.slack.methods import (
    assistant,
    auth,
    channels,
    chat,
    files,
    functions,
    history,
    people,
    reactions,
    schedule,
    views,
)
from bot.playground.slack.methods.registry import METHODS, Call, Method

__all__ = [
    "METHODS",
    "Call",
    "Method",
    "assistant",
    "auth",
    "channels",
    "chat",
    "files",
    "functions",
    "history",
    "people",
    "reactions",
    "schedule",
    "views",
]
