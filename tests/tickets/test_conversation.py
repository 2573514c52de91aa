"""The conversation in its corners: files, redeliveries, markup, languages, and who is called."""

import pytest

from bot.playground.slack import talk
from tests.driver import Office
from tests.running import Running
from tests.tickets.desk import asks, draft, newest_card, opened, taken


def test_files_reach_the_other_side_and_leave_with_their_message(office: Office) -> None:
    card = taken(office)
    own = office.piotr.dm[0]
    said = office.piotr.says(
        own.channel, "Tak to wygląda", thread=own, files=[draft(office, "screen.png")]
    )
    words, file = card.again().thread
    assert "Tak to wygląda" in words
    assert [each["name"] for each in file.files] == ["screen.png"]
    office.piotr.deletes(said)
    assert card.again().thread == []
    office.tomasz.says(card.channel, "", thread=card, files=[draft(office, "how-to.pdf", "tomasz")])
    (alone,) = [seen for seen in office.piotr.dm[0].thread if "Tomasz" in seen]
    assert alone.files[0]["name"] == "how-to.pdf"
    assert "*Tomasz Lewandowski* → @Piotr Nowak" in alone


def test_file_that_is_taken_out_of_its_message_leaves_the_other_side(office: Office) -> None:
    card = asks(office)
    own = office.piotr.dm[0]
    files = [draft(office, "screen.png"), draft(office, "secret.pdf")]
    said = office.piotr.says(own.channel, "Tak to wygląda", thread=own, files=files)
    office.piotr.takes_out(said, "secret.pdf")
    shown = [file["name"] for each in card.again().thread for file in each.files]
    assert shown == ["screen.png"]
    assert "Tak to wygląda" in card.again().thread[0]
    office.tomasz.types("/ticket search secret.pdf")
    assert "BO-1" not in str(office.tomasz.notes("#general")[-1])


def test_file_of_a_note_stays_with_the_agents(office: Office) -> None:
    card = taken(office)
    office.tomasz.says(
        card.channel, "// his licence", thread=card, files=[draft(office, "licence.pdf", "tomasz")]
    )
    assert office.piotr.dm[0].thread == []


def test_file_that_made_the_ticket_stands_in_the_triage_thread(office: Office) -> None:
    office.anna.says("#intake", "Do podpisu", files=[draft(office, "umowa.pdf", "anna")])
    assert newest_card(office).thread[0].files[0]["name"] == "umowa.pdf"


@pytest.mark.parametrize(
    "place",
    [
        "/api/auth.test",
        "/files-pri/../api/auth.test",
        "/files-pri/%2e%2e/api/auth.test",
        "/files-pri/T1-F0/x",
    ],
)
def test_only_where_slack_keeps_files_is_asked_for_one(office: Office, place: str) -> None:
    """Whoever may add remote files chooses their address: the API answers our token, and would be
    carried over.
    """
    card, own = taken(office), office.piotr.dm[0]
    remote = draft(office, "plan.pdf") | {
        "mode": "external",
        "url_private": f"{office.world.base_url}{place}",
    }
    office.world.keep_file(remote)
    office.piotr.says(own.channel, "Tu plan", thread=own, files=[remote])
    assert "plan.pdf" in card.again().thread[-1]
    assert not any(each.files for each in card.again().thread)


def test_markup_of_people_calls_nobody(office: Office) -> None:
    card = taken(office)
    office.piotr.replies(office.piotr.dm[0], "<!channel> *pilne* <b> https://x.example/a?b=1&c=2")
    raw = card.again().thread[-1].raw["blocks"][0]["text"]["text"]
    assert "&lt;!channel&gt; *pilne* &lt;b&gt; <https://x.example/a?b=1&amp;c=2>" in raw


def test_long_message_arrives_whole(office: Office) -> None:
    card = taken(office)
    text = "\n".join(f"Linia {n} & <znaki> *x*" for n in range(250))
    office.piotr.replies(office.piotr.dm[0], text)
    shown = card.again().thread[-1].text
    assert all(f"Linia {n} " in shown for n in range(250))


def test_nobody_is_called_by_their_own_doing(office: Office) -> None:
    card = asks(office, who="tomasz")
    office.tomasz.clicks("Take", on=card)
    office.tomasz.replies(card, "I do it myself")
    office.tomasz.clicks("Resolve", on=card)
    told = [*card.again().thread, *office.tomasz.dm[0].thread]
    assert f"<@{office.tomasz.id}>" not in "\n".join(
        seen.raw["text"] + str(seen.blocks) for seen in told
    )


def test_requester_and_assignee_are_called_by_the_others_words(office: Office) -> None:
    card = taken(office)
    office.piotr.replies(office.piotr.dm[0], "Halo")
    assert "→ @Tomasz Lewandowski" in card.again().thread[-1]
    office.tomasz.replies(card, "Yes?")
    assert "→ @Piotr Nowak" in office.piotr.dm[0].thread[-1]


def test_every_delivery_counts_once(office: Office) -> None:
    office.world.faults.set({"duplicate_percent": 100})
    card = taken(office)
    office.piotr.replies(office.piotr.dm[0], "Raz")
    office.world.faults.set({"duplicate_percent": 0})
    assert len(card.again().thread) == 1
    assert len(office.tomasz.sees("#bo-it")) == 1
    assert len(office.piotr.dm) == 1


def test_reply_in_the_triage_thread_by_somebody_who_is_no_agent_stays_there(office: Office) -> None:
    card = taken(office)
    office.world.channel_named("bo-it").members.append(office.lena.id)
    office.lena.replies(card, "I know how")
    assert office.piotr.dm[0].thread == []


def test_each_reads_their_own_language(office: Office) -> None:
    office.kata.types("/ticket Elromlott a nyomtató").fills(type="it_help").submits()
    assert "Az ügy itt van: Informatika és eszközök." in office.kata.dm[0]
    assert "nobody yet" in newest_card(office)
    office.anna.says("#intake", "Pieczątka")  # the department writes English
    assert "Sprawa jest w dziale Kartoteka klientów" in office.anna.sees("#intake")[-1].thread[0]


def test_formatting_is_kept_on_the_other_side_and_calls_nobody(office: Office) -> None:
    card = taken(office)
    written = "*Pilne*, _dziś_ <@U0TOMASZ> <!channel>\n• `kod` &amp; &lt;b&gt;\n```x = *y*```"
    shown = replied(office, written + "\n<https://x.example/a?b=1&amp;c=2|instrukcja>")
    assert shown == (
        "*Pilne*, _dziś_ @Tomasz Lewandowski @channel\n• `kod` &amp; &lt;b&gt;\n```x = *y*```\n"
        "<https://x.example/a?b=1&amp;c=2|instrukcja>"
    )
    opened(office, "tomasz", card)
    assert "• `kod` & <b>" in office.tomasz.modal


def test_formatted_text_names_channels_and_keeps_what_people_typed(office: Office) -> None:
    taken(office)
    general, hr = (office.world.channel_named(name).id for name in ("general", "bo-hr"))
    shown = replied(
        office,
        f"*x* <#{general}> <#{hr}> <#C1|r&amp;d> <!subteam^S1|@r&amp;d> "
        "<ftp://a|p&amp;l> <https://x.example/|r&amp;d.pl>",
    )
    assert shown == (
        f"*x* #general #{hr} #r&amp;d @r&amp;d p&amp;l r&amp;d.pl (<https://x.example/>)"
    )


def test_no_mention_comes_of_pieces(office: Office) -> None:
    taken(office)
    shown = replied(office, "*x* <!<h>ere> <@<U0TOMASZ>> <!channel")
    assert shown == "*x* &lt;!here&gt; &lt;@U0TOMASZ&gt; &lt;!channel"


def test_link_whose_words_look_like_another_address_shows_both(office: Office) -> None:
    taken(office)
    shown = replied(office, "<https://evil.example|www.bank.pl> <https://bank.pl/x|bank.pl>")
    assert shown == "www.bank.pl (<https://evil.example>) <https://bank.pl/x|bank.pl>"


def test_long_formatted_text_keeps_its_code_together(office: Office) -> None:
    card = taken(office)
    lines = "\n".join(f"linia *{number}*" for number in range(400))
    replied(office, f"*Log*\n```{lines}```")
    blocks = [
        block for seen in card.again().thread for block in seen.blocks if "linia" in str(block)
    ]
    assert len(blocks) > 1
    assert all(block["text"]["text"].count("```") == 2 for block in blocks)
    assert all(f"linia *{number}*" in str(blocks) for number in range(400))


def replied(office: Office, text: str) -> str:
    """What the agents see of a reply that Piotr wrote in Slack's own markup."""
    own = office.piotr.dm[0]

    async def post() -> None:
        body = {"user": office.piotr.id, "text": text, "thread_ts": own.ts}
        talk.post(office.world, own.channel, body)

    office.playground.run(post())
    office.calm()
    seen = newest_card(office).thread[-1]
    return str(seen.blocks[0]["text"]["text"]).partition("\n")[2]


def test_characters_that_are_no_text_hold_nothing_up(office: Office, bot: Running) -> None:
    office.anna.changes(real_name="Anna\x00 \u202eaknyzcI")
    bot.refresh()
    office.anna.types("/ticket Dru\x00karka \u202e!").fills(type="it_help").submits()
    card = newest_card(office)
    assert "Drukarka [U+202E]!" in card
    place, app = office.world.channel_named("intake"), office.world.app
    event = {"type": "message", "channel": place.id, "channel_type": "channel", "ts": "17.000001"}
    event |= {"user": office.piotr.id, "text": "Numer\x00 4711"}
    home = {"team_id": office.world.team.id, "api_app_id": app.app_id, "event_id": "EvHOSTILE"}
    assert (
        bot.receives({"type": "event_callback", **home, "event": event}, "events_api").status == 200
    )
    office.calm()
    assert "Numer 4711" in newest_card(office)


def test_name_of_a_channel_is_read_and_not_its_id(office: Office) -> None:
    channel = office.world.channel_named("general").id
    private = office.world.channel_named("bo-hr").id
    office.anna.says("#intake", f"Pieczątka jak w <#{channel}>, nie <#{private}>")
    card = newest_card(office)
    assert "#general" in card
    assert channel not in card
    assert "bo-hr" not in card
