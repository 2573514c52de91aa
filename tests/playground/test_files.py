"""Files: the three steps of an upload, who may fetch, what Slack answers to those who may not."""

from typing import Any

import aiohttp
import pytest

from bot.playground.slack.shapes import Json
from tests.driver import Office
from tests.playground.tiny_bot import TinyBot


def fetched(bot: TinyBot, url: str, token: str = "") -> tuple[int, bytes, str]:
    async def get() -> tuple[int, bytes, str]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
            return answer.status, await answer.read(), answer.content_type

    status, body, kind = bot.run(get())
    return status, body, kind


def sent(bot: TinyBot, url: str, content: bytes) -> int:
    async def post() -> int:
        async with aiohttp.ClientSession() as session, session.post(url, data=content) as answer:
            return answer.status

    return int(bot.run(post()))


def uploaded(bot: TinyBot, **where: Any) -> Json:
    """A file brought by the unmodified SDK."""

    async def upload() -> Json:
        answer = await bot.client.files_upload_v2(
            content=b"%PDF-1.4", filename="statement.pdf", title="Statement", **where
        )
        return dict(answer["files"][0])

    file: Json = bot.run(upload())
    return file


def test_the_sdk_uploads_a_file_into_a_channel(bot: TinyBot, office: Office) -> None:
    file = uploaded(bot, channel=bot.place("general"), initial_comment="Here it is")
    seen = office.anna.sees("#general")[-1]
    assert seen.text == "Here it is\n[statement.pdf]"
    assert (seen.files[0]["id"], seen.files[0]["title"]) == (file["id"], "Statement")
    assert bot.calls("files.info", file=file["id"])["file"]["shares"]["public"]


def test_a_file_goes_into_a_thread(bot: TinyBot, office: Office) -> None:
    said = office.anna.says("#general", "statement?")
    uploaded(bot, channel=said.channel.id, thread_ts=said.ts)
    assert said.thread[0].files[0]["name"] == "statement.pdf"


def test_a_file_is_fetched_with_the_token_only(bot: TinyBot) -> None:
    file = uploaded(bot, channel=bot.place("general"))
    assert fetched(bot, file["url_private"], bot.world.app.bot_token) == (
        200,
        b"%PDF-1.4",
        "application/pdf",
    )
    status, page, kind = fetched(bot, file["url_private"])
    assert (status, kind) == (200, "text/html")
    assert b"Sign in" in page
    bot.world.app.scopes.discard("files:read")
    assert fetched(bot, file["url_private"], bot.world.app.bot_token)[2] == "text/html"


def test_a_file_of_a_conversation_without_the_bot_is_not_there(
    bot: TinyBot, office: Office
) -> None:
    file = office.anna.uploads("@kata", "secret.txt", b"x").files[0]
    assert bot.calls("files.info", file=file["id"])["error"] == "file_not_found"
    assert fetched(bot, file["url_private"], bot.world.app.bot_token)[0] == 404


def test_a_deleted_file_is_gone(bot: TinyBot) -> None:
    file = uploaded(bot, channel=bot.place("general"))
    assert bot.calls("files.delete", file=file["id"])["ok"]
    assert bot.calls("files.info", file=file["id"])["error"] == "file_deleted"


def test_another_ones_file_cannot_be_deleted(bot: TinyBot, office: Office) -> None:
    file = office.anna.uploads("#general", "a.txt", b"x").files[0]
    assert bot.calls("files.delete", file=file["id"])["error"] == "cant_delete_file"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"filename": "a.pdf", "length": 0}, "missing_argument"),
        ({"filename": "a.pdf", "length": "big"}, "invalid_arguments"),
        ({"filename": "a.pdf", "length": 2_000_000_000}, "file_upload_size_restricted"),
        ({"filename": "a.pdf", "length": 1, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
        ({"length": 1}, "invalid_arguments"),
    ],
)
def test_an_upload_is_refused_before_it_begins(bot: TinyBot, arguments: Json, error: str) -> None:
    assert bot.calls("files.getUploadURLExternal", **arguments)["error"] == error


def test_as_many_bytes_as_announced_must_come(bot: TinyBot) -> None:
    ticket = bot.calls("files.getUploadURLExternal", filename="a.txt", length=3)
    assert sent(bot, ticket["upload_url"], b"four") == 400
    early = bot.calls("files.completeUploadExternal", files=[{"id": ticket["file_id"]}])
    assert early["error"] == "file_not_found"
    assert sent(bot, ticket["upload_url"], b"abc") == 200
    assert sent(bot, f"{bot.playground.url}/upload/v1/nonsense", b"abc") == 404


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ("U0ANNA", "invalid_arguments"),
        ("#general", "invalid_arguments"),
        ("C0NOWHERE00", "channel_not_found"),
    ],
)
def test_a_file_goes_to_a_channels_id_never_to_a_persons(
    bot: TinyBot, where: str, error: str
) -> None:
    ticket = bot.calls("files.getUploadURLExternal", filename="a.txt", length=3)
    sent(bot, ticket["upload_url"], b"abc")
    files = [{"id": ticket["file_id"]}]
    assert (
        bot.calls("files.completeUploadExternal", files=files, channel_id=where)["error"] == error
    )
    direct = bot.calls("conversations.open", users="U0ANNA")["channel"]["id"]
    assert bot.calls("files.completeUploadExternal", files=files, channel_id=direct)["ok"]


def test_a_file_without_a_channel_is_private(bot: TinyBot) -> None:
    ticket = bot.calls("files.getUploadURLExternal", filename="a.txt", length=3)
    sent(bot, ticket["upload_url"], b"abc")
    file = bot.calls(
        "files.completeUploadExternal", files=[{"id": ticket["file_id"], "title": "T"}]
    )["files"][0]
    assert (file["channels"], file["is_public"], file["title"]) == ([], False, "T")


def test_where_a_new_file_stands_is_told_late(bot: TinyBot) -> None:
    bot.playground.misbehave(late_shares=40)
    ticket = bot.calls("files.getUploadURLExternal", filename="a.txt", length=3)
    sent(bot, ticket["upload_url"], b"abc")
    id, channel = ticket["file_id"], bot.place("general")
    done = bot.calls("files.completeUploadExternal", files=[{"id": id}], channel_id=channel)
    assert done["files"][0]["shares"] == {}
    told = [bot.calls("files.info", file=id)["file"]["shares"] for _ in range(41)]
    assert told[0] == {}
    assert told[-1]["public"][channel][0]["ts"]
