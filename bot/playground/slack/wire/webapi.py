"""The Web API over HTTP: reads the call, asks who it is, performs the method, answers as Slack
does.
"""

import json
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.playground.slack.methods import METHODS
from bot.playground.slack.methods.caller import caller
from bot.playground.slack.methods.registry import perform
from bot.playground.slack.shapes import Json, Refused
from bot.playground.slack.wire.misbehaviour import limited
from bot.playground.slack.world import World


async def api(request: Request) -> Response:
    """POST or GET /api/METHOD."""
    world: World = request.app.state.world
    try:
        given, name = await _given(request), request.path_params["method"]
        wait = _too_soon(world, name, given)
        if wait:
            return limited(wait)
        said = answer(world, name, given, _token(request, given))
        granted = {"X-OAuth-Scopes": ",".join(sorted(world.app.scopes))} if said.get("ok") else {}
        return JSONResponse(said, headers=granted)
    except Refused as refused:
        return JSONResponse(refused.answer())


def _too_soon(world: World, name: str, given: Json) -> float:
    """Seconds to wait before this call is allowed, if rate limits are enforced."""
    method = METHODS.get(name)
    if method is None or not world.faults.settings.rate_limits:
        return 0.0
    return world.rates.wait(name, method.tier, str(given.get("channel") or ""))


def answer(world: World, name: str, given: Json, token: str) -> Json:
    """What Slack answers to this call; a refusal is an answer too."""
    try:
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        call = caller(world, token)
        if call.is_app_token != method.app_token and name not in ("auth.test", "api.test"):
            raise Refused("not_allowed_token_type")
        return perform(method, call, given)
    except Refused as refused:
        return refused.answer()


def _token(request: Request, given: Json) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else str(given.get("token") or "")


async def _given(request: Request) -> Json:
    """The parameters of a call: query, form, multipart or JSON."""
    given: Json = dict(request.query_params)
    given.pop("token", None)  # an address is written down in many places: Slack takes none from it
    if request.method == "GET":
        return given
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if not await request.body():
        return given
    if kind == "application/json":
        return given | _json(await request.body())
    if kind == "multipart/form-data":
        async with request.form() as form:
            return given | {
                key: value for key, value in form.items() if not isinstance(value, UploadFile)
            }
    if kind in ("application/x-www-form-urlencoded", ""):
        body = (await request.body()).decode("utf-8", "replace")
        return given | dict(parse_qsl(body, keep_blank_values=True))
    raise Refused("invalid_post_type")


def _json(body: bytes) -> Json:
    try:
        read = json.loads(body or b"{}")
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(read, dict):
        raise Refused("json_not_object")
    return read
