"""Messages, the texts of authors, errors and guesses."""

import pytest

from trainer.language.catalogue import say
from trainer.language.errors import Exit, TrainerError
from trainer.language.nearest import nearest
from trainer.language.text import Language, Text, message


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        (Language.EN, 0, "0 cards are left for today."),
        (Language.EN, 1, "1 card is left for today."),
        (Language.EN, 2, "2 cards are left for today."),
        (Language.ZH, 1, "今天还剩 1 张。"),
        (Language.ZH, 2, "今天还剩 2 张。"),
    ],
)
def test_a_count_chooses_its_noun(language: Language, count: int, said: str) -> None:
    assert say(language, "review.left", count=count) == said


@pytest.mark.parametrize("value", ["{0}", "{name}", "}{", "{n:plural a/b}", "%s"])
@pytest.mark.parametrize("language", Language)
def test_braces_in_a_value_mean_nothing(language: Language, value: str) -> None:
    assert f"`{value}`" in say(language, "problems.duplicate-key", name=value)


def test_a_message_within_a_message_is_worded_in_the_same_language() -> None:
    outer = message("problems.not-list", found=message("problems.is-mapping"))
    assert outer.in_language(Language.EN) == "a list goes here, not a mapping"
    assert outer.in_language(Language.ZH) == "这里应为列表，而不是 映射"


def test_a_text_within_a_message_is_in_the_same_language() -> None:
    title = Text("Images", "镜像")
    outer = message("words.labelled", label="A", text=title)
    assert outer.in_language(Language.EN) == "A: Images"
    assert outer.in_language(Language.ZH).endswith("镜像")


def test_a_language_can_be_named_by_its_code() -> None:
    assert say("en", "stats.new") == say(Language.EN, "stats.new")


@pytest.mark.parametrize(
    ("text", "english", "chinese", "missing"),
    [
        (Text("a", "甲"), "a", "甲", ()),
        (Text("a", None), "a", "a", (Language.ZH,)),
        (Text(None, "甲"), "甲", "甲", (Language.EN,)),
        (Text(None, None), "", "", (Language.EN, Language.ZH)),
    ],
)
def test_a_text_falls_back_on_the_language_it_has(
    text: Text, english: str, chinese: str, missing: tuple[Language, ...]
) -> None:
    assert text.in_language(Language.EN) == english
    assert text.in_language(Language.ZH) == chinese
    assert text.missing() == missing


def test_a_command_reads_alike_in_every_language() -> None:
    assert Text.same("docker ps").is_same
    assert not Text("a", "甲").is_same
    assert not Text("a", None).is_same


def test_an_error_says_what_happened_and_what_to_do_in_both_languages() -> None:
    error = TrainerError("unknown-topic-near", name="imags", near="images")
    english = "There is no topic `imags`, did you mean `images`?"
    assert str(error) == error.in_language(Language.EN) == english
    assert error.in_language(Language.ZH) == "没有主题 `imags`，是否想找 `images`？"
    assert error.exit_code is Exit.UNREADABLE


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("anwser", "answer"),
        ("ANSWER", "answer"),
        ("Accept", "accept"),
        ("answers", "answer"),
        ("tag", "Tags"),
        ("zzz", None),
        ("", None),
        ("答案", None),
    ],
)
def test_a_slip_of_the_keyboard_is_guessed(word: str, near: str | None) -> None:
    assert nearest(word, ["answer", "accept", "ask", "Tags"]) == near


def test_what_was_begun_is_guessed_before_what_looks_alike() -> None:
    keys = ["review.order", "review.new-per-day", "review.new-under-cap"]
    assert nearest("review.new", keys) == "review.new-per-day"
    assert nearest("REVIEW.", keys) == "review.order"
    assert nearest("re", keys) is None


def test_nothing_is_near_where_nothing_is_known() -> None:
    assert nearest("answer", []) is None
