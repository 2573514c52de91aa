# ruff: noqa: F811  (fixtures are parameters of their own name)
"""Conversations on the page: two people side by side, threads, files, marks, keys, languages,
narrow windows.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Response, WebSocketRoute, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack.acts import administrator
from bot.playground.slack.shapes import Json
from tests.browser import Windows, browser, windows  # noqa: F401
from tests.driver import Office
from tests.playground.tiny_bot import TinyBot

pytestmark = pytest.mark.browser
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count "
    b"0>>endobj\n"
)


@pytest.fixture
def desk(office: Office, bot: TinyBot) -> str:
    """The id of #front-desk, where Anna, Piotr, Kata and Emma are."""
    return bot.world.channel_named("front-desk").id


@pytest.fixture
def emma(bot: TinyBot, desk: str, windows: Windows) -> Page:
    """Emma's window on #front-desk, in English."""
    return at(windows, bot, "U0EMMA", desk)


def at(windows: Windows, bot: TinyBot, who: str, channel: str, **options: Any) -> Page:
    page = windows.open(f"{bot.playground.url}/?as={who}&c={channel}", **options)
    expect(page.locator(".conversation .message-list li").first).to_be_visible()
    return page


def write(page: Page, text: str, where: str = ".conversation") -> None:
    composer = page.locator(f"{where} .composer-input")
    composer.fill(text)
    composer.press("Enter")


def message(page: Page, text: str, where: str = ".conversation") -> Locator:
    return page.locator(f"{where} li.message", has_text=text)


def more(page: Page, text: str, choice: str) -> None:
    message(page, text).hover()
    page.get_by_role("toolbar").get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name=choice).click()


def test_two_windows_are_two_people_who_see_each_other_at_once(
    emma: Page,
    windows: Windows,
    bot: TinyBot,
    desk: str,
) -> None:
    kata = at(windows, bot, "U0KATA", desk)
    write(emma, "Hello @kata, *now* please")
    expect(message(kata, "Hello @Kata Szabó, now please")).to_have_class(
        re.compile("message-mentions")
    )
    expect(message(kata, "Hello").locator("strong", has_text="now")).to_be_visible()
    write(kata, "Szia!")
    expect(message(emma, "Szia!")).to_be_visible()


def test_shift_enter_begins_a_line_and_enter_sends(emma: Page) -> None:
    composer = emma.locator(".composer-input")
    composer.press_sequentially("one")
    composer.press("Shift+Enter")
    composer.press_sequentially("two")
    composer.press("Enter")
    expect(message(emma, "one").locator(".text")).to_have_text("one\ntwo")
    expect(composer).to_have_value("")


def test_what_one_types_is_never_markup(emma: Page) -> None:
    write(emma, "<img src=x onerror=window.harmed=1> <script>window.harmed=1</script> <!channel>")
    expect(
        message(emma, "<img src=x onerror=window.harmed=1> <script>window.harmed=1</script>")
    ).to_be_visible()
    assert emma.evaluate("() => window.harmed ?? null") is None


def test_a_thread_opens_beside_and_a_reply_can_go_to_the_channel_too(
    emma: Page, office: Office
) -> None:
    office["piotr"].says("#front-desk", "Who has the keys?")
    message(emma, "keys").hover()
    emma.get_by_role("toolbar").get_by_role("button", name="Reply in thread").click()
    write(emma, "I have", ".thread")
    expect(message(emma, "I have", ".thread")).to_be_visible()
    expect(message(emma, "I have", ".conversation")).to_have_count(0)
    expect(message(emma, "keys").locator(".thread-line")).to_contain_text("1 reply")
    emma.get_by_label("Also send to the channel").check()
    write(emma, "They hang by the door", ".thread")
    expect(message(emma, "They hang", ".conversation")).to_contain_text("replied to a thread")
    emma.keyboard.press("Escape")
    expect(emma.locator(".thread:visible")).to_have_count(0)


def test_own_messages_are_edited_and_deleted(emma: Page, office: Office) -> None:
    office["piotr"].says("#front-desk", "Mine, not yours")
    write(emma, "Meet @kata at 5")
    more(emma, "Meet", "Edit")
    box = emma.get_by_label("Edit the message")
    expect(box).to_have_value("Meet @kata at 5")
    box.fill("Meet @kata at 6")
    box.press("Enter")
    expect(message(emma, "Meet @Kata Szabó at 6")).to_contain_text("(edited)")
    message(emma, "not yours").hover()
    emma.get_by_role("toolbar").get_by_role("button", name="More actions").click()
    expect(emma.get_by_role("menuitem", name="Edit")).to_have_count(0)
    emma.keyboard.press("Escape")
    more(emma, "Meet", "Delete")
    emma.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(message(emma, "Meet")).to_have_count(0)


def test_reactions_are_given_counted_and_taken_back(emma: Page, office: Office) -> None:
    seen = office["piotr"].says("#front-desk", "Lunch?")
    office["piotr"].reacts(seen, "eyes")
    eyes = message(emma, "Lunch?").get_by_role("button", name="Piotr Nowak reacted")
    eyes.click()
    mine = message(emma, "Lunch?").get_by_role("button", name="Piotr Nowak, Emma Clarke reacted")
    expect(mine).to_have_attribute("aria-pressed", "true")
    mine.click()
    expect(eyes).to_have_text("👀1")


def test_a_note_is_seen_by_one_person_and_dismissed(
    emma: Page, windows: Windows, bot: TinyBot, desk: str
) -> None:
    kata = at(windows, bot, "U0KATA", desk)
    bot.calls("chat.postEphemeral", channel=desk, user="U0EMMA", text="Between us")
    expect(message(emma, "Between us")).to_contain_text("Only visible to you")
    expect(message(kata, "Between us")).to_have_count(0)
    message(emma, "Between us").get_by_role("button", name="Dismiss").click()
    expect(message(emma, "Between us")).to_have_count(0)


def test_an_apps_card_is_clicked_and_changes_in_place(emma: Page, bot: TinyBot, desk: str) -> None:
    def card(state: str) -> list[Json]:
        words = {"type": "section", "text": {"type": "mrkdwn", "text": f"*BO-1* is {state}"}}
        take = {
            "type": "button",
            "action_id": "take",
            "text": {"type": "plain_text", "text": "Take"},
            "value": "1",
        }
        return [words, {"type": "actions", "elements": [take]}]

    async def takes(body: Json, client: AsyncWebClient) -> None:
        await client.chat_update(
            channel=desk, ts=body["message"]["ts"], text="BO-1", blocks=card("taken")
        )

    bot.on["take"] = takes
    bot.calls("chat.postMessage", channel=desk, text="BO-1", blocks=card("new"))
    message(emma, "BO-1 is new").get_by_role("button", name="Take").click()
    expect(message(emma, "BO-1 is taken")).to_contain_text("APP")


def test_what_one_is_choosing_from_stays_where_it_is(emma: Page, office: Office) -> None:
    for number in range(12):
        office["piotr"].says("#front-desk", f"Before {number}")
    message(emma, "Before 11").hover()
    emma.get_by_role("toolbar").get_by_role("button", name="More actions").click()
    edit = emma.get_by_role("menuitem").first
    stood = edit.bounding_box()
    for number in range(12):
        office["piotr"].says("#front-desk", f"After {number}")
    expect(message(emma, "After 11")).to_be_attached()
    newest = emma.get_by_role("button", name="Newest")
    expect(newest).to_be_visible()
    assert edit.bounding_box() == stood
    emma.keyboard.press("Escape")
    newest.click()
    expect(message(emma, "After 11")).to_be_in_viewport()


def test_a_pdf_is_attached_and_read_in_the_page(emma: Page) -> None:
    with emma.expect_file_chooser() as chooser:
        emma.get_by_role("button", name="Attach files").click()
    chooser.value.set_files({"name": "statement.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(emma.locator(".composer-files")).to_contain_text("statement.pdf")
    emma.get_by_role("button", name="Send").click()
    emma.get_by_role("button", name="Open statement.pdf").click()
    viewer = emma.get_by_role("dialog", name="statement.pdf")
    address = str(viewer.locator("iframe").get_attribute("src"))
    assert emma.request.get(emma.url.split("/?")[0] + address).body() == PDF
    expect(viewer.get_by_role("link", name="Download")).to_have_attribute(
        "download", "statement.pdf"
    )
    emma.keyboard.press("Escape")
    expect(viewer).to_have_count(0)


def test_commands_people_channels_and_emoji_are_offered_while_typing(emma: Page) -> None:
    composer = emma.locator(".composer-input")
    composer.press_sequentially("/or")
    expect(emma.get_by_role("option")).to_contain_text(["Order something"])
    hint = emma.get_by_role("option").locator("small")
    hint.evaluate("small => { small.textContent = ' [what, for whom and until when]'.repeat(20) }")
    assert emma.get_by_role("listbox").evaluate("list => list.scrollWidth <= list.clientWidth")
    composer.press("Tab")
    expect(composer).to_have_value("/order ")
    composer.fill("")
    composer.press_sequentially("ask @zie")
    composer.press("Enter")
    expect(composer).to_have_value("ask @anna ")
    composer.press_sequentially("in #inta")
    composer.press("Enter")
    expect(composer).to_have_value("ask @anna in #intake ")
    composer.press_sequentially(":tick")
    composer.press("Enter")
    composer.press("Enter")
    sent = message(emma, "ask @Anna Zielińska in #intake")
    expect(sent.locator(".emoji")).to_have_text("🎫")


def test_an_unknown_command_and_one_in_a_thread_are_refused_with_the_text_kept(
    emma: Page, office: Office
) -> None:
    write(emma, "/nonsense x")
    expect(emma.locator(".composer-trouble")).to_contain_text("/nonsense is not a command here")
    expect(emma.locator(".composer-input")).to_have_value("/nonsense x")
    office["piotr"].says("#front-desk", "Thread me")
    message(emma, "Thread me").hover()
    emma.get_by_role("toolbar").get_by_role("button", name="Reply in thread").click()
    write(emma, "/order x", ".thread")
    expect(emma.locator(".thread .composer-trouble")).to_contain_text("does not work in threads")


def is_shortcut(response: Response) -> bool:
    return '"do":"shortcut"' in (response.request.post_data or "")


def test_shortcuts_reach_the_app(emma: Page, bot: TinyBot, office: Office) -> None:
    emma.get_by_role("button", name="Shortcuts of apps").click()
    with emma.expect_response(is_shortcut):
        emma.get_by_role("menuitem", name="Order", exact=True).click()
    office["piotr"].says("#front-desk", "We need paper")
    with emma.expect_response(is_shortcut):
        more(emma, "We need paper", "Order this")
    bot.run(bot.world.deliveries.quiet())
    assert [body["message"]["text"] for body in bot.heard("order_this")] == ["We need paper"]
    assert len(bot.heard("order")) == 1


def test_what_is_unread_stands_out_and_is_read_when_it_is_opened(
    emma: Page, office: Office
) -> None:
    row = emma.get_by_role("navigation").get_by_role("button", name="sales")
    office["piotr"].says("#sales", "Big order!")
    expect(row).to_have_class(re.compile("unread"))
    office["piotr"].says("#sales", "<@U0EMMA> look")
    expect(row).to_contain_text("1 new message for you")
    row.click()
    expect(emma.locator(".new-mark")).to_be_visible()
    expect(row).not_to_have_class(re.compile("unread"))


def test_ctrl_k_jumps_without_diacritics(emma: Page) -> None:
    emma.keyboard.press("Control+k")
    emma.get_by_placeholder("Channel, person or app").press_sequentially("lena")
    emma.keyboard.press("Enter")
    expect(emma.get_by_role("heading", name="Łena Krawczyk", level=1)).to_be_visible()


def test_a_channel_is_joined_and_left(emma: Page, bot: TinyBot) -> None:
    async def opens_to_all() -> None:
        administrator.convert(bot.world, bot.world.channel_named("bo-it"), "public", "U0ISTVAN")

    bot.run(opens_to_all())
    emma.reload()
    emma.get_by_role("button", name="Browse channels").click()
    emma.get_by_role("option", name="bo-it").click()
    emma.get_by_role("button", name="Join the channel").click()
    write(emma, "Hello IT")
    expect(message(emma, "Hello IT")).to_be_visible()
    emma.get_by_role("button", name="Leave").click()
    emma.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(emma.get_by_role("button", name="Join the channel")).to_be_visible()


def test_home_is_drawn_when_the_app_publishes_it(emma: Page, bot: TinyBot) -> None:
    async def publishes(body: Json, client: AsyncWebClient) -> None:
        head = {"type": "header", "text": {"type": "plain_text", "text": "Good morning"}}
        await client.views_publish(
            user_id=body["event"]["user"], view={"type": "home", "blocks": [head]}
        )

    bot.on["app_home_opened"] = publishes
    emma.get_by_role("navigation").get_by_role("button", name="Tiny").click()
    expect(emma.get_by_role("tabpanel").get_by_text("Good morning")).to_be_visible()
    emma.get_by_role("tab", name="Messages").click()
    expect(emma.locator(".composer-input")).to_be_visible()


def test_the_clock_is_turned_and_shown(emma: Page, bot: TinyBot) -> None:
    emma.locator(".clock").click()
    emma.get_by_role("button", name="A day later").click()
    expect(emma.locator(".pill-clock")).to_have_text("+1 day")
    assert bot.world.clock.offset == 86_400


def test_trouble_is_folded_away_and_set_from_the_page(emma: Page, bot: TinyBot) -> None:
    expect(emma.get_by_label("Nothing works")).to_be_hidden()
    emma.locator(".trouble summary").click()
    emma.get_by_label("Nothing works").check()
    expect(emma.locator(".trouble .pill")).to_have_text("1")
    assert bot.world.deliveries.faults.settings.outage is True


def test_the_page_speaks_the_persons_language(windows: Windows, bot: TinyBot, desk: str) -> None:
    anna = at(windows, bot, "U0ANNA", desk)
    expect(anna.get_by_role("heading", name="Kanały")).to_be_visible()
    expect(anna.locator("html")).to_have_attribute("lang", "pl")
    kata = at(windows, bot, "U0KATA", desk)
    expect(kata.get_by_role("heading", name="Csatornák")).to_be_visible()


def test_a_message_is_reached_and_answered_by_keys_alone(emma: Page, office: Office) -> None:
    office["piotr"].says("#front-desk", "First")
    office["piotr"].says("#front-desk", "Second")
    expect(message(emma, "Second")).to_be_visible()
    emma.locator(".composer-input").press("Shift+Tab")
    expect(message(emma, "Second")).to_be_focused()
    emma.keyboard.press("ArrowUp")
    expect(message(emma, "First")).to_be_focused()
    emma.keyboard.press("t")
    expect(emma.locator(".thread .composer-input")).to_be_focused()


def test_in_a_narrow_window_lists_and_threads_are_sheets(
    windows: Windows, bot: TinyBot, desk: str
) -> None:
    page = at(windows, bot, "U0EMMA", desk, width=420, height=800)
    expect(page.get_by_role("navigation")).to_be_hidden()
    page.get_by_role("button", name="Conversations").click()
    page.get_by_role("navigation").get_by_role("button", name="sales").click()
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_role("heading", name="sales", level=1)).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") == 420


def test_light_and_dark_follow_the_system_until_one_is_chosen(
    windows: Windows, bot: TinyBot, desk: str
) -> None:
    page = at(windows, bot, "U0EMMA", desk, color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Light or dark").click()
    page.get_by_role("menuitemradio", name="Light").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_a_link_to_a_message_leads_there_as_whoever_one_is(
    emma: Page, office: Office, bot: TinyBot, desk: str
) -> None:
    for number in range(40):
        office["piotr"].says("#front-desk", f"Number {number}.")
    seen = office["piotr"].sees("#front-desk")[0]
    link = bot.calls("chat.getPermalink", channel=desk, message_ts=seen.raw["ts"])["permalink"]
    office["piotr"].says("#sales", f"see {link}")
    emma.get_by_role("navigation").get_by_role("button", name="sales").click()
    emma.get_by_role("link", name=link).click()
    expect(message(emma, "Number 0.")).to_be_in_viewport()


def test_a_cut_connection_is_told_and_caught_up(emma: Page, office: Office) -> None:
    links: list[WebSocketRoute] = []

    def through(link: WebSocketRoute) -> None:
        link.connect_to_server()
        links.append(link)

    emma.route_web_socket(re.compile("/page/live"), through)
    emma.reload()
    expect(emma.locator(".composer-input")).to_be_visible()
    links[0].close()
    office["piotr"].says("#front-desk", "While you were away")
    expect(message(emma, "While you were away")).to_be_visible()
    expect(emma.locator(".offline")).to_have_count(0)


def test_whatever_can_be_pressed_or_filled_has_a_name(emma: Page, office: Office) -> None:
    office["piotr"].says("#front-desk", "Name everything")
    message(emma, "Name everything").hover()
    emma.get_by_role("toolbar").get_by_role("button", name="Reply in thread").click()
    emma.locator(".who").click()
    expect(emma.get_by_role("dialog", name="Be somebody else")).to_be_visible()
    tree = emma.context.new_cdp_session(emma).send("Accessibility.getFullAXTree")
    pressable = (
        "button",
        "link",
        "textbox",
        "combobox",
        "checkbox",
        "switch",
        "tab",
        "menuitem",
        "spinbutton",
    )
    nodes = [node for node in tree["nodes"] if node.get("role", {}).get("value") in pressable]
    assert len(nodes) > 40
    assert [node for node in nodes if not node.get("name", {}).get("value")] == []


def test_a_window_that_names_nobody_is_somebody_and_becomes_somebody_else(
    windows: Windows, bot: TinyBot
) -> None:
    page = windows.open(f"{bot.playground.url}/")
    page.get_by_role("button", name="Anna Zielińska").click()
    page.get_by_role("dialog").get_by_role("link", name="Kata Szabó Opieka nad klientami").click()
    expect(page.get_by_role("button", name="Kata Szabó")).to_be_visible()
    expect(page).to_have_url(re.compile("as=U0KATA"))
    page.goto(f"{bot.playground.url}/")
    expect(page.get_by_role("button", name="Kata Szabó")).to_be_visible()


def test_a_name_that_nobody_has_leads_to_the_first_person(windows: Windows, bot: TinyBot) -> None:
    page = windows.open(f"{bot.playground.url}/?as=U0NOBODY")
    expect(page.get_by_role("button", name="Anna Zielińska")).to_be_visible()


def test_a_picture_stands_in_the_message_and_a_text_file_is_read(
    emma: Page, office: Office
) -> None:
    dot = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
    office["piotr"].uploads("#front-desk", "stamp.png", dot)
    office["piotr"].uploads("#front-desk", "notes.txt", b"<script>parent.harmed = 1</script>")
    expect(emma.get_by_role("button", name="Open stamp.png").locator("img")).to_be_visible()
    emma.get_by_role("button", name="Open notes.txt").click()
    frame = emma.frame_locator("iframe")
    expect(frame.locator("body")).to_contain_text("parent.harmed")
    assert emma.evaluate("() => window.harmed ?? null") is None
