"""Addresses that Slack gives out: response URLs, upload URLs, private file downloads, the socket
link.
"""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.websockets import WebSocket

from bot.playground.slack import files
from bot.playground.slack.methods.caller import caller
from bot.playground.slack.shapes import Refused
from bot.playground.slack.wire import answers
from bot.playground.slack.world import World


async def response_url(request: Request) -> Response:
    """POST to a response URL: five uses in thirty minutes."""
    world: World = request.app.state.world
    try:
        link = world.response_links.use(request.url.path.removeprefix("/"))
    except Refused as refused:
        return JSONResponse(refused.answer(), 404)
    try:
        body = json.loads(await request.body())
        if not isinstance(body, dict):
            return PlainTextResponse("invalid_payload", 400)
        answers.respond(world, link, body)
    except ValueError:
        return PlainTextResponse("invalid_payload", 400)
    except Refused as refused:
        return JSONResponse(refused.answer(), 400)
    return PlainTextResponse("ok")


async def receive_upload(request: Request) -> Response:
    """The second step of an upload: the bytes, raw or as a form."""
    world: World = request.app.state.world
    upload = world.uploads.get(request.path_params["ticket"])
    if upload is None or world.clock.ticks() - upload["born"] > world.timing.upload_url:
        return PlainTextResponse("upload URL is not valid any more", 404)
    content = await _content(request)
    if len(content) != upload["length"]:
        return PlainTextResponse(
            f"length {upload['length']} was announced, {len(content)} came", 400
        )
    upload["content"] = content
    return PlainTextResponse(f"OK - {len(content)}")


async def _content(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        parts = [value for value in form.values() if not isinstance(value, str)]
        return await parts[0].read() if parts else b""


async def private_file(request: Request) -> Response:
    """A file by its `url_private`: with the bot's token; without it Slack leads to its sign-in
    page.
    """
    world: World = request.app.state.world
    file = world.files.get(request.path_params["file_id"])
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    try:
        call = caller(world, token)
        call.need("files:read")
    except Refused:
        return RedirectResponse(f"/sign-in?redir={request.url.path}", 302)
    content = world.store.bytes_of(request.path_params["file_id"])
    if (
        file is None
        or content is None
        or not files.may_see(world, file, call.user)
        or file["mode"] == "tombstone"
    ):
        return PlainTextResponse("not found", 404)
    return Response(content, media_type=file["mimetype"])


async def sign_in(request: Request) -> Response:
    """What a download without a right to it ends at: a page, with status 200."""
    return Response(
        "<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>",
        media_type="text/html",
    )


async def socket_link(socket: WebSocket) -> None:
    world: World = socket.app.state.world
    await world.sockets.serve(socket, socket.query_params.get("ticket", ""))
