"""A quiz on paper, read by a reader of Markdown."""

from markdown_it import MarkdownIt

from tests.study.test_quiz import item, quiz
from trainer.exchange.paper_test import paper_test
from trainer.language.text import Language
from trainer.study.quiz.question import Made
from trainer.study.quiz.record import QuizMode


def test_choices_and_reasons_stay_with_their_questions_beyond_the_ninth() -> None:
    names = ("pick", "think", "rm") * 4
    paper = quiz(QuizMode.PRACTICE, *map(item, names)).paper
    tokens = MarkdownIt().parse(paper_test(paper, Language.EN))
    lists = [one for one in tokens if one.type == "ordered_list_open"]
    assert [one.level for one in lists] == [0, 0]
    questions = [
        one for one in tokens if one.type == "list_item_open" and one.level == 1
    ]
    assert len(questions) == 2 * len(names)
    choices = [one.level for one in tokens if one.type == "bullet_list_open"]
    assert choices == [2] * 4


def test_paragraphs_of_a_question_are_parted_by_an_empty_line() -> None:
    asked = item("run", made=Made.MISSING)
    assert "\n\n" in asked.card.content.prompt(Language.ZH).question
    paper = quiz(QuizMode.PRACTICE, asked).paper
    lines = paper_test(paper, Language.ZH).splitlines()
    assert not any(line != "" and line.isspace() for line in lines)
