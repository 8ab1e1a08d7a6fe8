"""The study page as a learner uses it, in a browser."""

import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser, Tab, new_tab
from tests.exchange.pages import BOTH, HOSTILE, SHIPS, decks, page
from trainer.grading.verdict import Outcome
from trainer.language.text import Language

STAGE = "#stage"
NEXT = "#stage .actions .primary"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the page of all forms, and return where it is."""
    file = tmp_path_factory.mktemp("pages") / "study.html"
    file.write_text(page("html", decks(SHIPS, HOSTILE)), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Iterator[Tab]:
    """Open the window that most tests share."""
    opened = new_tab(chromium)
    yield opened
    opened.close()


@pytest.fixture
def tab(window: Tab, address: str) -> Iterator[Tab]:
    """Show the page anew; at the end nothing was complained of or loaded."""
    window.resize(1280, 900)
    window.open(address)
    yield window
    assert window.complaints() == []
    assert set(window.requests()) <= {address}
    window.run("localStorage.clear()")


def reload(tab: Tab) -> None:
    tab.open(str(tab.run("location.href")))


def find(tab: Tab, word: str) -> None:
    """Search for a card as a learner does."""
    tab.press("/")
    tab.run("byId('search').select()")
    tab.type(word)
    tab.press("Enter")


def test_a_card_is_turned_and_what_was_known_is_remembered(tab: Tab) -> None:
    assert "What is a keel?" in tab.text(STAGE)
    assert "The beam" not in tab.text(STAGE)
    tab.press(" ")
    for part in ("The beam along the bottom", "It carries the ribs.", "lines 3-4"):
        assert part in tab.text(STAGE)
    assert tab.text("#stage .answer code") == "keel(7)"
    tab.press("2")
    assert "List all containers." in tab.text(STAGE)
    assert tab.text("#count") == "1 of 10 known"
    reload(tab)
    assert "List all containers." in tab.text(STAGE)
    assert tab.text("#count") == "1 of 10 known"


def test_what_was_not_known_comes_again_and_can_be_taken_back(tab: Tab) -> None:
    tab.click(NEXT)
    tab.press("1")
    assert tab.run("queue.map(card => card.id).indexOf('ships/keel')") == 4
    assert tab.text("#count") == "0 of 10 known"
    tab.click("#stage .actions .quiet:last-child")
    assert "What is a keel?" in tab.text(STAGE)
    reload(tab)
    assert tab.run("cards[0].answers") == 0


@pytest.mark.parametrize(
    ("card", "typed", "verdict"),
    [
        ("list-all", "docker ps --all", "Correct"),
        ("list-all", "$ docker  ps ——all。", "Correct"),
        ("list-all", "docker ps -a", "Not right"),
        ("list-all", "docker ps --ALL", "Not right"),
        ("copy-out", "docker cp web:/var/log/a.log .", "Correct"),
        ("copy-out", "docker cp web:/var/log/a-log .", "Not right"),
        ("copy-out", "docker cp web:/var/log/a.log", "Not right"),
        ("ships/directory", "-C", "Correct"),
        ("ships/directory", "-c", "Not right"),
    ],
)
def test_a_command_is_compared_by_its_words(
    tab: Tab, card: str, typed: str, verdict: str
) -> None:
    find(tab, card)
    tab.type(typed)
    tab.press("Enter")
    assert tab.text("#stage .verdict") == verdict
    assert "compares what you type by its words" in tab.text("footer")


def test_words_that_the_answer_does_not_have_are_marked(tab: Tab) -> None:
    find(tab, "list-all")
    tab.type("docker images --all")
    tab.press("Enter")
    assert tab.text("#stage del") == "images"
    assert tab.text("#stage .typed code").strip() == "docker images --all"


def test_who_wrote_the_same_in_other_words_counts_it_as_right(tab: Tab) -> None:
    find(tab, "list-all")
    tab.type("docker container ls -a")
    tab.press("Enter")
    tab.click("#stage .actions .quiet")
    assert tab.text("#count") == "1 of 1 known"


def test_a_choice_is_made_with_a_digit_or_a_click(tab: Tab) -> None:
    find(tab, "ships/sail")
    texts = tab.run("[...document.querySelectorAll('.pick')].map(e => e.innerText)")
    tab.press(str(texts.index("The jib") + 1))
    assert tab.text("#stage .verdict") == "Correct"
    tab.run("choose()")
    tab.click(f"#stage li:nth-child({texts.index('The spanker') + 1}) .pick")
    assert tab.text("#stage .verdict") == "Not right"
    assert tab.text("#stage .pick.right") == "The jib"


def test_steps_are_picked_in_their_order(tab: Tab) -> None:
    find(tab, "cast-off")
    texts = tab.run("[...document.querySelectorAll('.pick')].map(e => e.innerText)")
    wanted = ["Start the engine", "Cast off", "Steer out"]
    assert texts != wanted
    for step in wanted:
        tab.press(str(texts.index(step) + 1))
    assert tab.text("#stage .verdict") == "Correct"


@pytest.mark.parametrize(
    ("blanks", "verdict"),
    [
        (["Bow line", "hitch."], "Correct"),
        (["称人结", "半结"], "Correct"),
        (["hitch", "bowline"], "Not right"),
    ],
)
def test_blanks_are_filled_in_in_either_language(
    tab: Tab, blanks: list[str], verdict: str
) -> None:
    find(tab, "ships/knot")
    assert "Blank 2" in tab.text(STAGE)
    for number, text in enumerate(blanks):
        tab.run(f"document.querySelectorAll('#stage input')[{number}].focus()")
        tab.type(text)
    tab.press("Enter")
    assert tab.text("#stage .verdict") == verdict
    assert "Tie a bowline and a hitch." in tab.text(STAGE)


SHORT = """
deck: short
title: Short
cards:
- id: code
  kind: concept
  form: type
  ask: {en: Which exit code tells of SIGKILL?, zh: 哪个退出码表示 SIGKILL？}
  answer: "137"
  accept: [128+9, $CODE]
- id: image
  kind: concept
  form: type
  ask: {en: What is a read-only template called?, zh: 打包应用的只读模板叫什么？}
  answer: {en: image, zh: 镜像}
- id: path
  kind: concept
  form: cloze
  ask:
    en: Volumes lie in the folder `[[/var/lib]]`.
    zh: 卷在目录 `[[/var/lib]]` 里。
- id: flag
  kind: flag
  command: docker run
  ask: {en: Remove it at the end., zh: 结束后删除。}
  answer: --rm
"""
FRAMED = (
    *(
        "137",
        "the exit code 137",
        "Exit codes: 137",
        "退出码是 137",
        "code 1375",
        "x137",
    ),
    *("not 137", "137 or 1", "不是 137", "137 和 1", "it is 137, by Linux", "一百 137"),
    *(
        "exit code 128+9",
        "code 128+90",
        "$CODE",
        "exit code $CODE",
        "code " * 40 + "137",
    ),
    *("a template called IMAGE", "images", "只读模板叫镜像", "是镜像", "容器的镜像"),
    *(
        "the folder /var/lib",
        "folder /VAR/LIB",
        "目录 /var/lib",
        "/var/lib/x",
        "in /var",
    ),
    *("--rm", "the end --rm", "toString", ""),
)


def test_what_stands_around_a_short_answer_counts_as_the_trainer_has_it(
    chromium: Browser, tmp_path: Path
) -> None:
    file, (short,) = tmp_path / "short.html", decks(SHORT)
    file.write_text(page("html", [short]), encoding="utf-8")
    tab = new_tab(chromium)
    tab.open(file.as_uri())
    for number, card in enumerate(short.cards):
        lines = json.dumps(FRAMED)
        found = tab.run(f"{lines}.map(line => agrees(cards[{number}], [line]))")
        graded = [card.content.grade(line).outcome for line in FRAMED]
        assert dict(zip(FRAMED, found, strict=True)) == {
            line: outcome is Outcome.CORRECT
            for line, outcome in zip(FRAMED, graded, strict=True)
        }
        assert any(found)
    assert tab.complaints() == []
    tab.close()


def test_both_the_cards_and_the_page_change_their_language(tab: Tab) -> None:
    tab.press(" ")
    tab.click("#language")
    assert "什么是龙骨？" in tab.text(STAGE)
    assert "What is a keel?" not in tab.text(STAGE)
    assert "还没记住" in tab.text("#stage .actions")
    assert tab.run("document.title") == "学习卡片"
    assert tab.run("document.documentElement.lang") == "zh-Hans"
    assert tab.run("document.querySelector('#topic').options[1].text") == "船只"
    reload(tab)
    assert "什么是龙骨？" in tab.text(STAGE)
    left = tab.run(
        "[...document.querySelectorAll('[data-say]')].filter(e => /[a-z]{3}/i"
        ".test(e.textContent) && e.id !== 'language').map(e => e.textContent)"
    )
    assert left == []


def test_a_text_with_tags_is_shown_as_it_is(tab: Tab) -> None:
    find(tab, "hostile/script")
    assert "<script>document.title = 'caught'</script>" in tab.text(STAGE)
    assert tab.text("#stage .question code") == "</script><img src=x onerror=alert(1)>"
    assert tab.text("#stage .where") == "<b>Not bold</b>"
    tab.press(" ")
    assert ']]> --> </details> <b>&amp;</b> " onclick=x' in tab.text(STAGE)
    assert tab.count("img, b, [onclick], [onerror]") == 0
    assert tab.run("document.title") == "Study cards"
    find(tab, "hostile/typed")
    tab.type("</script>")
    tab.press("Enter")
    assert tab.text("#stage .verdict") == "Correct"


def test_a_card_whose_values_change_shows_the_first(tab: Tab) -> None:
    find(tab, "hostile/values")
    assert "Publish port 8080." in tab.text(STAGE)


def test_cards_are_found_by_word_topic_and_state(tab: Tab) -> None:
    tab.click("#browse-tab")
    assert tab.text("#found") == "10 cards"
    find(tab, "帆")
    assert tab.text("#found") == "1 card"
    find(tab, "zzz")
    assert "No card fits" in tab.text("#found")
    tab.run("byId('search').value = ''; byId('topic').value = 'hostile'; choose()")
    assert tab.text("#found") == "3 cards"
    tab.run("byId('show').value = 'known'; choose()")
    assert "No card fits" in tab.text("#found")


def test_a_finger_turns_a_card(tab: Tab) -> None:
    tab.call("Emulation.setTouchEmulationEnabled", enabled=True)
    tab.tap(NEXT)
    assert "The beam along the bottom" in tab.text(STAGE)
    tab.call("Emulation.setTouchEmulationEnabled", enabled=False)


def test_progress_is_forgotten_only_after_asking(tab: Tab) -> None:
    tab.press(" ")
    tab.press("2")
    tab.click("#reset")
    assert tab.text("#count") == "1 of 10 known"
    tab.click("#reset")
    assert tab.text("#count") == "0 of 10 known"
    reload(tab)
    assert tab.text("#count") == "0 of 10 known"


def test_colours_are_chosen_and_kept(tab: Tab) -> None:
    def paper() -> str:
        return str(tab.run("getComputedStyle(document.body).backgroundColor"))

    light = paper()
    tab.click("#theme")
    assert paper() == light
    tab.click("#theme")
    dark = paper()
    assert dark != light
    reload(tab)
    assert paper() == dark


def test_nothing_is_wider_than_a_phone(tab: Tab) -> None:
    tab.resize(320, 640)
    tab.run("look('browse')")
    for card in tab.run("cards.map(card => card.id)"):
        tab.run(f"byId('search').value = '{card}'; look('study')")
        tab.press(" ")
        assert tab.run("document.documentElement.scrollWidth") <= 320


def test_everything_has_a_name_and_is_reached_with_the_tab_key(tab: Tab) -> None:
    nodes = tab.call("Accessibility.getFullAXTree")["nodes"]
    operable = [
        node
        for node in nodes
        if node.get("role", {}).get("value")
        in {"button", "textbox", "searchbox", "combobox", "progressbar"}
    ]
    assert len(operable) > 8
    assert [node for node in operable if not node["name"]["value"]] == []
    seen = set()
    for _ in range(12):
        tab.press("Tab")
        seen.add(
            tab.run("document.activeElement.id || document.activeElement.className")
        )
    assert {"search", "topic", "show", "study-tab", "primary", "quiet"} <= seen


def test_where_nothing_may_be_kept_the_page_says_so_and_works(
    chromium: Browser,
) -> None:
    tab = new_tab(chromium)
    text = page("html", decks(SHIPS))
    tab.open(f"data:text/html;base64,{b64encode(text.encode()).decode()}")
    tab.press(" ")
    tab.press("2")
    assert tab.text("#count") == "1 of 7 known"
    assert "keeps nothing" in tab.text("#kept")
    assert tab.complaints() == []
    tab.close()


def test_without_scripts_questions_stand_there_with_their_answers(
    chromium: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "study.html"
    file.write_text(page("html", decks(SHIPS)), encoding="utf-8")
    tab = new_tab(chromium)
    tab.call("Emulation.setScriptExecutionDisabled", value=True)
    tab.open(file.as_uri())
    shown = tab.text("body")
    for text in ("What is a keel?", "什么是龙骨？", "The jib", "Without scripts"):
        assert text in shown
    assert "The beam along the bottom" not in shown
    tab.click(".leaf summary")
    assert "The beam along the bottom" in tab.text("body")
    assert not any(map(tab.is_visible, ("#stage", "#search", "#theme")))
    tab.close()


@pytest.mark.parametrize("language", Language)
def test_a_page_in_one_language_has_no_switch(
    chromium: Browser, tmp_path: Path, language: Language
) -> None:
    file = tmp_path / "study.html"
    file.write_text(page("html", decks(SHIPS), (language,)), encoding="utf-8")
    tab = new_tab(chromium)
    tab.open(file.as_uri())
    assert tab.count("#language") == 0
    assert ("龙骨" in tab.text("body")) == (language is Language.ZH)
    assert ("keel?" in tab.text("body")) == (language is Language.EN)
    assert tab.complaints() == []
    tab.close()


def test_the_same_cards_give_the_same_page() -> None:
    assert page("html", decks(SHIPS), BOTH) == page("html", decks(SHIPS), BOTH)
