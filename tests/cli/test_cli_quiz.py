"""`trainer quiz` in line mode: what is asked, what it comes to, what is kept."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.decks import write_decks
from tests.learning import answered, open_store
from tests.program import Program

DECK = """deck: ships
title: {en: Ships, zh: 船}
grammar: docker
cards:
- id: run
  kind: command
  ask: {en: Run nginx in the background., zh: 在后台运行 nginx。}
  answer: docker run -d nginx
  source: {section: boats, lines: 3-4}
- id: rm
  kind: command
  tags: [gone]
  ask: {en: Delete the container web., zh: 删除容器 web。}
  answer: docker rm web
- id: copy
  kind: concept
  form: choose
  ask: {en: Which one copies?, zh: 哪个用来复制？}
  answer: COPY
  wrong: [ADD, RUN]
- id: think
  kind: concept
  ask: {en: Why ships?, zh: 为什么是船？}
  answer: {en: They carry containers., zh: 船运集装箱。}
"""
TABLES = ("reviews", "retractions", "marks", "fits", "memory", "standing")


@pytest.fixture
def quizzed(tmp_path: Path) -> Program:
    """`trainer` on a deck with a card of each kind, one of them known."""
    folder = write_decks(tmp_path / "own-decks", ships=DECK)
    home = tmp_path / "home"
    answered(home, ("ships/rm", 3, "docker rmi web"), ("ships/run", 1, ""))
    return Program(home, {"TRAINER_DECKS": str(folder)})


def states(program: Program) -> list[str]:
    """Return all rows that the schedule follows from or is kept in, as SQL."""
    with closing(sqlite3.connect(program.home / "trainer.db")) as db:
        lines = list(db.iterdump())
    begins = tuple(f'INSERT INTO "{table}"' for table in TABLES)
    return [one for one in lines if one.startswith(begins)]


def test_a_practice_tells_each_verdict_and_leaves_the_schedule_alone(
    quizzed: Program,
) -> None:
    before = states(quizzed)
    words = ("--form", "type", "--seed", "7")
    ran = quizzed("quiz", *words, given="docker run nginx\ndocker rm web\n")
    assert ran.code == 0
    assert "Question 1 of 2 - Ships. Practice" in ran.out
    assert "Correct. Points: 1" in ran.out
    assert "Question 2 of 2 - Ships. Practice · 0.5 of 1" in ran.out
    assert "Partly right. Points: 0.5\nMissing: `-d` (`--detach`)." in ran.out
    assert "Practice: 1.5 of 2, 75%." in ran.out
    assert "Source    boats, lines 3-4" in ran.out
    assert "again: `trainer quiz --form type --seed 7`" in ran.out
    assert states(quizzed) == before
    assert len(before) == 4


def test_an_exam_is_silent_until_its_end_and_fails_below_its_mark(
    quizzed: Program,
) -> None:
    words = ("--mode", "exam", "--kind", "command", "--form", "type", "--seed", "7")
    right = "docker run -d nginx\ndocker rm web\n"
    passed = quizzed("quiz", *words, "--pass", "80", given=right)
    assert passed.code == 0
    assert "Passed: the mark was 80%." in passed.out
    failed = quizzed("--lang", "zh", "quiz", *words, "--pass", "80", given=":h\n\n\n")
    assert failed.code == 1
    asked, _, result = failed.out.partition("────")
    assert "这里没有提示。" in asked
    assert "得分" not in asked
    assert "答案" not in asked
    assert "未达到 80% 的及格线。" in result
    assert "2 道题没有得满分：" in result


def test_hints_cost_half_a_point(quizzed: Program) -> None:
    ran = quizzed(
        *("quiz", "--tag", "gone", "--form", "type"), given=":h\n:?\ndocker rm web\n"
    )
    assert "Correct. Points: 0.5\nAfter a hint it is worth half a point." in ran.out
    assert ":h hint (practice only)" in ran.out


def test_options_are_taken_or_refused_one_at_a_time(quizzed: Program) -> None:
    words = ("quiz", "--kind", "concept", "--mode", "domc", "--lang", "zh")
    ran = quizzed(*words, given="什么\n否\n否\n否\n")
    assert ran.code == 0
    assert ran.out.index("选项 1：") < ran.out.index("COPY")
    assert "1. " not in ran.out
    assert "请输入 1（对）或 2（不对）。" in ran.out
    assert "你判断 COPY 不对，其实它是对的。" in ran.out
    assert "逐项判断：0/1 分，0%。" in ran.out


def test_what_was_typed_wrong_is_chosen_for_half_a_point(quizzed: Program) -> None:
    ran = quizzed(
        *("quiz", "--mode", "hybrid", "--tag", "gone", "--json"),
        given="docker run web\n`docker rm web`\n",
    )
    assert "Choose among these for half a point:" in ran.err
    (answer,) = ran.json["answers"]
    assert ran.json["score"] == {"points": 0.5, "of": 1, "percent": 50}
    assert answer["response"] == "docker run web"
    assert answer["choice"] == "`docker rm web`"
    assert (
        "Then you chose `docker rm web`: right, for half a point."
        in (answer["remarks"])
    )


def test_who_knows_nothing_may_choose_at_once(quizzed: Program) -> None:
    words = ("quiz", "--mode", "hybrid", "--tag", "gone", "--lang", "zh")
    ran = quizzed(*words, given="\n9\n`docker rm web`\n")
    assert "请输入 1 到 4 之间的编号；不知道就直接按回车。" in ran.out
    assert "\n请从下面选择，选对得半分：\n1. " in ran.out
    assert "没有作答。得分：0.5" in ran.out


def test_a_card_to_flip_is_judged_by_its_learner(quizzed: Program) -> None:
    ran = quizzed("quiz", "--form", "recall", given="\n4\n2\n")
    assert "Please type 1, 2 or 3." in ran.out
    assert "Partly known. Points: 0.5" in ran.out
    assert "They carry containers." in ran.out


def test_a_quiz_that_is_left_is_kept_as_unfinished(quizzed: Program) -> None:
    ran = quizzed("quiz", "--form", "type", "--pass", "50", given="docker rm web\n:q\n")
    assert ran.code == 1
    assert "Unfinished: 1 of 2 questions were answered; they are kept." in ran.out
    (past,) = quizzed("quiz", "history", "--json").json["quizzes"]
    assert (past["finished"], past["answered"], past["questions"]) == (False, 1, 2)
    none = quizzed("quiz", "--form", "type")
    assert "No question was answered." in none.out


def test_misses_are_asked_again_and_history_and_confusions_know_them(
    quizzed: Program,
) -> None:
    assert quizzed("quiz", "--retry").code == 2
    assert "no quiz so far" in quizzed("quiz", "history").err
    given = "docker run -d nginx\ndocker rmi web\n"
    words = ("--form", "type", "--seed", "7")
    assert quizzed("quiz", *words, given=given).code == 0
    again = quizzed("quiz", "--retry", given="docker rm web\n")
    assert "Question 1 of 1" in again.out
    assert "Practice: 1 of 1, 100%." in again.out
    assert "--seed" not in again.out
    empty = quizzed("quiz", "--retry")
    assert (empty.code, empty.out) == (0, "")
    assert empty.err == "There is nothing to repeat.\n"
    table = quizzed("quiz", "history", "--lang", "zh").out
    assert "练习  1/2 分   50%" in table
    assert "--count" not in table
    found = quizzed("quiz", "confusions").out
    assert found == "docker rmi where docker rm was due: 1 time\n"
    drilled = quizzed("quiz", "--confusions", given="docker rm web\n")
    assert "Practice: 1 of 1, 100%." in drilled.out


def test_the_same_seed_gives_the_same_quiz_and_paper(quizzed: Program) -> None:
    def printed(seed: str, *words: str) -> str:
        return quizzed("quiz", "--seed", seed, "--print", "-", *words).out

    text = printed("7")
    assert text == printed("7")
    assert text.startswith("# Quiz: 4 questions\n")
    assert "## Key" in text
    assert printed("7", "--lang", "zh").startswith("# 测验：4 道题\n")
    assert printed("1") != text
    with open_store(quizzed.home) as store:
        assert store.log.quizzes() == []


def test_a_paper_never_replaces_a_file_unasked(quizzed: Program) -> None:
    path = quizzed.home.parent / "test.md"
    assert quizzed("quiz", "--print", path).code == 0
    assert quizzed("quiz", "--print", path).code == 2
    assert quizzed("quiz", "--print", path, "--force").code == 0


def test_fewer_questions_than_wanted_are_told_and_asked(quizzed: Program) -> None:
    ran = quizzed("quiz", "ships", "--tag", "gone", "--count", "9", "--form", "type")
    assert ran.err == (
        "This selection gives 1 question, not 9: all of them are asked.\n"
    )
    assert "Question 1 of 1" in ran.out


def test_cards_that_a_mode_cannot_ask_are_counted(quizzed: Program) -> None:
    told = {
        ("exam", "en"): "Passed over: 1 card to flip, which only practice asks.\n",
        ("hybrid", "en"): "Passed over: 2 cards whose answer is not typed.\n",
        ("domc", "zh"): "跳过了 1 张没有可靠选项的卡片。\n",
    }
    for (mode, language), line in told.items():
        assert quizzed("quiz", "--mode", mode, "--lang", language).err == line
    assert quizzed("quiz").err == ""


def test_a_question_that_no_author_wrote_says_so(quizzed: Program) -> None:
    words = ("--mode", "domc", "--kind", "command", "--seed", "7")
    assert (
        "Question 1 of 2 - Ships. Yes or no · generated\n"
        in quizzed("quiz", *words).out
    )
    printed = quizzed("quiz", *words, "--print", "-", "--lang", "zh").out
    assert printed.count("（自动生成）") == 2
    assert "generated" not in quizzed("quiz", "--form", "recall").out


def test_the_answers_of_a_quiz_are_in_order_on_a_pipe_that_ends(
    quizzed: Program,
) -> None:
    ran = quizzed("quiz", "--state", "learning", "--form", "type", given="")
    assert ran.code == 0
    assert "Question 1 of 2" in ran.out


MISTAKES = {
    ("shisp",): "There is no topic `shisp`, did you mean `ships`?",
    ("--pass", "101"): "`--pass` cannot be `101`; it is a number from 1 to 100. "
    "`trainer quiz -h` tells more.",
    ("--state", "weak"): "No card of this selection can be asked in this way. Leave "
    "out a filter, or choose another `--mode`.",
    ("--time-limit", "soon"): "`soon` is no time; write it like 10m, 90s or 1h.",
    ("--retry", "ships"): "`--retry` and `--confusions` choose the questions "
    "themselves: leave out topics and filters.",
    ("--retry", "--confusions"): "`--retry` and `--confusions` cannot be combined.",
    ("--no-input",): "This needs a terminal. Without one, give `--plain` and one "
    "answer per line.",
}


@pytest.mark.parametrize("words", MISTAKES)
def test_a_mistake_is_told_in_a_sentence(
    quizzed: Program, words: tuple[str, ...]
) -> None:
    ran = quizzed("quiz", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip().rstrip(".") == MISTAKES[words].rstrip(".")
