"""The customers' mailbox as the page reads it: the mails, their HTML and their files.

What strangers wrote is served so that nothing of it runs: the guard puts it into a sandbox, and a
file is what it says only where a browser shows that without running it.
"""

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.playground.mail.postbox import Postbox
from bot.playground.page.protocol import shown_file
from bot.playground.slack.acts.conversations import Unable


async def letters(request: Request) -> Response:
    return JSONResponse({"letters": _postbox(request).letters()})


async def letter_page(request: Request) -> Response:
    """The mail's own HTML, for a frame without rights."""
    return HTMLResponse(_postbox(request).letter(request.path_params["id"]).html)


async def letter_file(request: Request) -> Response:
    files = _postbox(request).letter(request.path_params["id"]).attachments
    n = request.path_params["n"]
    if n >= len(files):
        raise Unable("This file does not exist, or you may not see it.")
    return shown_file(files[n].content, files[n].mimetype)


def _postbox(request: Request) -> Postbox:
    postbox: Postbox | None = request.app.state.postbox
    if postbox is None:
        raise Unable("This workspace has no mailbox.")
    return postbox
