"""Each mistake in a card is reported where it stands, and costs no other card.

In the examples the mark ▸ stands before the character that the problem points at.
"""

import re

import pytest

from trainer.cards.collection import DeckReading
from trainer.cards.problem import Severity
from trainer.cards.reading import read_deck
from trainer.language.text import Language

MARK = "▸"
KNOWN = "id, kind, form, source, why, notes, tags, sibling, vars, ask, answer"
START = """\
deck: d
title: {en: Deck, zh: 牌组}
cards:
- id: before
  kind: concept
  ask: {en: "It's \\"quoted\\".", zh: '“引号”'}
  answer: yes
"""
END = """\
- id: after
  kind: flag
  command: 'docker ps'
  ask: "A question?"
  answer: "-a"
"""

MISTAKES = {
    "an unknown field near a known one": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: a\n  ▸noets: {status: ok}\n",
        "unknown field `noets`, did you mean `notes`?",
        "未知字段 `noets`，是否想写 `notes`？",
    ),
    "an unknown field near none": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: a\n  ▸zzz: 1\n",
        f"unknown field `zzz`; known are {KNOWN}",
        f"未知字段 `zzz`；可用的有 {KNOWN}",
    ),
    "an unknown field further inside": (
        (
            "- id: x\n  kind: concept\n  ask: q\n  answer: a\n"
            "  source: {section: s, ▸line: 3}\n"
        ),
        "unknown field `line`, did you mean `lines`?",
        "未知字段 `line`，是否想写 `lines`？",
    ),
    "a missing field": (
        "- ▸id: x\n  kind: concept\n  ask: q\n",
        "`answer` is missing",
        "缺少 `answer`",
    ),
    "a missing field further inside": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: a\n  source: ▸{lines: 3}\n",
        "`section` is missing",
        "缺少 `section`",
    ),
    "a kind near a known one": (
        "- id: x\n  kind: ▸consept\n  ask: q\n  answer: a\n",
        "`consept` is not known here, did you mean `concept`?",
        "这里不能用 `consept`，是否想写 `concept`？",
    ),
    "a kind near none": (
        "- id: x\n  kind: ▸zzz\n  ask: q\n  answer: a\n",
        "`zzz` is not known here; known are command, flag, concept",
        "这里不能用 `zzz`；可用的有 command, flag, concept",
    ),
    "a kind that is a list": (
        "- id: x\n  kind: ▸[concept]\n  ask: q\n  answer: a\n",
        "a text goes here, not a list",
        "这里应为文字，而不是 列表",
    ),
    "an unknown form": (
        "- id: x\n  kind: concept\n  form: ▸recal\n  ask: q\n  answer: a\n",
        "`recal` is not known here, did you mean `recall`?",
        "这里不能用 `recal`，是否想写 `recall`？",
    ),
    "a card that is a text": (
        "- ▸just a text\n",
        "a card is a mapping with fields such as `id:` and `ask:`",
        "卡片应由 `id:`、`ask:` 等字段组成",
    ),
    "a name with blanks": (
        "- id: ▸My Card\n  kind: concept\n  ask: q\n  answer: a\n",
        (
            "`My Card` is no name; use lower-case letters, digits and single - . _ "
            "between them"
        ),
        "`My Card` 不是合法的名称；请用小写字母和数字，中间可用单个 - . _ 连接",
    ),
    "a name that leaves the deck": (
        "- id: ▸../x\n  kind: concept\n  ask: q\n  answer: a\n",
        (
            "`../x` is no name; use lower-case letters, digits and single - . _ "
            "between them"
        ),
        "`../x` 不是合法的名称；请用小写字母和数字，中间可用单个 - . _ 连接",
    ),
    "a name that is too long": (
        f"- id: ▸{'x' * 65}\n  kind: concept\n  ask: q\n  answer: a\n",
        "the text has 65 characters, and at most 64 are allowed",
        "文字有 65 个字符，最多允许 64 个",
    ),
    "a text that is a list": (
        "- id: x\n  kind: concept\n  ask: ▸[q]\n  answer: a\n",
        "a text goes here, or one by language (`en:`, `zh:`), not a list",
        "这里应为文字，或按语言（`en:`、`zh:`）分写，而不是 列表",
    ),
    "a list that is a text": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: a\n  tags: ▸one\n",
        "a list goes here, not a text",
        "这里应为列表，而不是 文字",
    ),
    "a list that is a mapping": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: a\n  tags: ▸{a: b}\n",
        "a list goes here, not a mapping",
        "这里应为列表，而不是 映射",
    ),
    "a list that is too long": (
        (
            "- id: x\n  kind: concept\n  ask: q\n  answer: a\n"
            f"  tags: ▸[{', '.join(['t'] * 51)}]\n"
        ),
        "the list has 51 entries, and at most 50 are allowed",
        "列表有 51 项，最多允许 50 项",
    ),
    "an entry of a list that is bad": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: a\n  tags: [one, ▸TWO]\n",
        (
            "`TWO` is no name; use lower-case letters, digits and single - . _ "
            "between them"
        ),
        "`TWO` 不是合法的名称；请用小写字母和数字，中间可用单个 - . _ 连接",
    ),
    "a mapping that is a text": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: a\n  notes: ▸ok\n",
        "a mapping with named fields goes here, not a text",
        "这里应为带字段名的映射，而不是 文字",
    ),
    "a text with nothing in it": (
        "- id: x\n  kind: concept\n  ask: ▸'   '\n  answer: a\n",
        "there is no text here",
        "这里没有文字",
    ),
    "a text with nothing to see in it": (
        "- id: x\n  kind: concept\n  ask: ▸\u3000\u200b\n  answer: a\n",
        "there is no text here",
        "这里没有文字",
    ),
    "a text in no language": (
        "- id: x\n  kind: concept\n  ask: ▸{}\n  answer: a\n",
        "there is no text here",
        "这里没有文字",
    ),
    "a text in a language that nobody speaks here": (
        "- id: x\n  kind: concept\n  ask: {en: q, ▸fr: q}\n  answer: a\n",
        "unknown language `fr`; write `en` or `zh`",
        "未知语言 `fr`；请写 `en` 或 `zh`",
    ),
    "a text by language that is a list": (
        "- id: x\n  kind: concept\n  ask: {en: ▸[q], zh: 问}\n  answer: a\n",
        "a text goes here, not a list",
        "这里应为文字，而不是 列表",
    ),
    "lines that run backwards": (
        (
            "- id: x\n  kind: concept\n  ask: q\n  answer: a\n"
            "  source: {section: s, lines: ▸9-8}\n"
        ),
        "`9-8` is no range of lines; write it like 168-169",
        "`9-8` 不是行号范围；请写成 168-169 的形式",
    ),
    "lines that are no numbers": (
        (
            "- id: x\n  kind: concept\n  ask: q\n  answer: a\n"
            "  source: {section: s, lines: ▸1–2}\n"
        ),
        "`1–2` is no range of lines; write it like 168-169",
        "`1–2` 不是行号范围；请写成 168-169 的形式",
    ),
    "an answer of a command by language": (
        "- id: x\n  kind: command\n  ask: q\n  ▸answer: {en: ls, zh: dir}\n",
        "a command or flag reads alike in every language; give one string",
        "命令和选项在各语言中写法相同；请只写一个字符串",
    ),
    "a flag without its command": (
        "- ▸id: x\n  kind: flag\n  ask: q\n  answer: -f\n",
        "a flag card needs `command:`, for `-f` means something else in each",
        "flag 卡片需要 `command:`，因为 `-f` 在不同命令中含义不同",
    ),
    "a command for what is no flag": (
        "- id: x\n  kind: command\n  ▸command: ls\n  ask: q\n  answer: ls\n",
        "`command` is for flag cards; this card is of another kind",
        "`command` 只用于 flag 卡片；这张卡片属于其他类型",
    ),
    "notes that differ without saying how": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: a\n  ▸notes: {status: wrong}\n",
        "`said` is missing: what did the notes have?",
        "缺少 `said`：笔记原来是怎么写的？",
    ),
    "an id given twice": (
        "- ▸id: before\n  kind: concept\n  ask: q\n  answer: a\n",
        "the card `d/before` stands already in line 4; ids are given once",
        "卡片 `d/before` 已在第 4 行出现；每个 id 只能用一次",
    ),
    "a field given twice": (
        "- id: x\n  kind: concept\n  ask: q\n  ▸ask: r\n  answer: a\n",
        "`ask` stands here twice; keep one",
        "`ask` 在这里出现了两次；请只保留一个",
    ),
    "an anchor": (
        "- id: x\n  kind: concept\n  ask: ▸&it q\n  answer: a\n",
        "an anchor marks a part to be repeated; write the text out where it is needed",
        "锚点用于标记要重复的部分；请在需要的地方直接写出文字",
    ),
    "an alias": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: ▸*it\n",
        "an alias repeats another part of the file; write the text out",
        "别名会重复文件的另一部分；请把文字直接写出来",
    ),
    "a tag": (
        "- id: x\n  kind: concept\n  ask: ▸!!python/name:os.abort q\n  answer: a\n",
        (
            "the tag tag:yaml.org,2002:python/name:os.abort is not allowed; "
            "every value is text"
        ),
        "不允许使用标签 tag:yaml.org,2002:python/name:os.abort；所有值都按文字处理",
    ),
    "a merge key": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: a\n  ▸<<: {why: w}\n",
        "merge keys are not read; write the fields out",
        "不支持合并键；请把字段直接写出来",
    ),
    "a field whose name is a list": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: a\n  ? ▸[why]\n  : w\n",
        "the name of a field must be a plain word",
        "字段名必须是普通单词",
    ),
    "a field whose name is a mapping, in a text": (
        "- id: x\n  kind: concept\n  ask: {en: q, ? ▸{a: b} : c}\n  answer: a\n",
        "the name of a field must be a plain word",
        "字段名必须是普通单词",
    ),
    "a field whose name is an alias": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: a\n  ▸*it : w\n",
        "an alias repeats another part of the file; write the text out",
        "别名会重复文件的另一部分；请把文字直接写出来",
    ),
    "a text longer than any": (
        f"- id: x\n  kind: concept\n  ask: ▸{'q' * 20_001}\n  answer: a\n",
        "the text has 20001 characters, and at most 20000 are allowed",
        "文字有 20001 个字符，最多允许 20000 个",
    ),
    "nesting without end": (
        f"- id: x\n  kind: concept\n  ask: {'[' * 14}▸{'[' * 300}\n  answer: a\n",
        "nested deeper than 16 levels",
        "嵌套超过 16 层",
    ),
    "an escape that becomes a control character": (
        '- id: x\n  kind: concept\n  ask: ▸"\\e[31m"\n  answer: a\n',
        "the character U+001B is invisible and could disturb a terminal; remove it",
        "字符 U+001B 不可见，可能扰乱终端；请删除",
    ),
    "a control character": (
        "- id: x\n  kind: concept\n  ask: red ▸\x1b[31m\n  answer: a\n",
        "the character U+001B is invisible and could disturb a terminal; remove it",
        "字符 U+001B 不可见，可能扰乱终端；请删除",
    ),
    "a null character": (
        "- id: x\n  kind: concept\n  ask: ▸\0\n  answer: a\n",
        "the character U+0000 is invisible and could disturb a terminal; remove it",
        "字符 U+0000 不可见，可能扰乱终端；请删除",
    ),
    "a next-line character": (
        "- id: x\n  kind: concept\n  ask: a▸\x85b\n  answer: a\n",
        "the character U+0085 is invisible and could disturb a terminal; remove it",
        "字符 U+0085 不可见，可能扰乱终端；请删除",
    ),
    "a line separator, which YAML would count as a line": (
        "- id: x\n  kind: concept\n  ask: a▸\u2028b\n  answer: a\n",
        "the character U+2028 is invisible and could disturb a terminal; remove it",
        "字符 U+2028 不可见，可能扰乱终端；请删除",
    ),
    "a bidirectional override": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: rm ▸\u202efr-\n",
        "the character U+202E is invisible and could disturb a terminal; remove it",
        "字符 U+202E 不可见，可能扰乱终端；请删除",
    ),
    "a byte order mark in the middle": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: ▸\ufeffa\n",
        "the character U+FEFF is invisible and could disturb a terminal; remove it",
        "字符 U+FEFF 不可见，可能扰乱终端；请删除",
    ),
    "a noncharacter": (
        "- id: x\n  kind: concept\n  ask: q\n  answer: ▸\uffff\n",
        "the character U+FFFF is invisible and could disturb a terminal; remove it",
        "字符 U+FFFF 不可见，可能扰乱终端；请删除",
    ),
    "an unquoted colon": (
        "- id: x\n  kind: concept\n  ask: Note▸: this\n  answer: a\n",
        "a colon followed by a blank splits the text; put the text in quotes",
        "冒号后跟空格会把文字截断；请给文字加引号",
    ),
    "a double quote that is never closed": (
        '- id: x\n  kind: concept\n  ask: ▸"Why\n  answer: a\n',
        "a quotation mark is opened here and never closed, or closed too early",
        "这里的引号没有闭合，或闭合得太早",
    ),
    "a single quote that is never closed": (
        "- id: x\n  kind: concept\n  ask: ▸'Why\n  answer: a\n",
        "a quotation mark is opened here and never closed, or closed too early",
        "这里的引号没有闭合，或闭合得太早",
    ),
    "a quote that closes too early": (
        '- id: x\n  kind: concept\n  ask: "This" ▸is it\n  answer: a\n',
        "a quotation mark is opened here and never closed, or closed too early",
        "这里的引号没有闭合，或闭合得太早",
    ),
    "a quote that the next field closes": (
        '- id: x\n  kind: concept\n  ask: "Why\n  answer: "▸a"\n',
        "a quotation mark is opened here and never closed, or closed too early",
        "这里的引号没有闭合，或闭合得太早",
    ),
    "an escape that YAML does not know": (
        '- id: x\n  kind: concept\n  ask: "C:▸\\docker"\n  answer: a\n',
        (
            "in double quotes a backslash begins an escape; write `\\\\`, "
            "or use single quotes"
        ),
        "双引号里的反斜杠是转义的开头；请写成 `\\\\`，或改用单引号",
    ),
    "an escaped half of a surrogate pair": (
        '- id: x\n  kind: concept\n  ask: "\\u▸d800"\n  answer: a\n',
        (
            "in double quotes a backslash begins an escape; write `\\\\`, "
            "or use single quotes"
        ),
        "双引号里的反斜杠是转义的开头；请写成 `\\\\`，或改用单引号",
    ),
    "a text that begins with a backquote": (
        "- id: x\n  kind: concept\n  ask: ▸`docker`\n  answer: a\n",
        "a text that begins with ``` goes in quotes",
        "以 ``` 开头的文字要加引号",
    ),
    "a text that begins with a percent sign": (
        "- id: x\n  kind: concept\n  ask: ▸%p\n  answer: a\n",
        "a text that begins with `%` goes in quotes",
        "以 `%` 开头的文字要加引号",
    ),
    "a text that is a dash": (
        "- id: x\n  kind: concept\n  ask: ▸-\n  answer: a\n",
        "a text that begins with `-` goes in quotes",
        "以 `-` 开头的文字要加引号",
    ),
    "a tab at the beginning of a line": (
        "- id: x\n  kind: concept\n▸\task: q\n  answer: a\n",
        "a tab stands where YAML wants blanks; indent with blanks",
        "YAML 缩进处出现了制表符；请用空格缩进",
    ),
    "a tab after the dash": (
        "-▸\tid: x\n  kind: concept\n  ask: q\n  answer: a\n",
        "a tab stands where YAML wants blanks; indent with blanks",
        "YAML 缩进处出现了制表符；请用空格缩进",
    ),
    "a field indented too far": (
        "- id: x\n  kind: concept\n  ask: q\n   answer▸: a\n",
        "this line does not line up with the fields around it; indent it as they are",
        "这一行与前后字段没有对齐；请使用相同的缩进",
    ),
    "a field not indented far enough": (
        "- id: x\n  kind: concept\n  ask: q\n ▸answer: a\n",
        "this line does not line up with the fields around it; indent it as they are",
        "这一行与前后字段没有对齐；请使用相同的缩进",
    ),
    "a field not indented at all": (
        "- id: x\n  kind: concept\n  ask: q\n▸answer: a\n",
        "this line does not line up with the fields around it; indent it as they are",
        "这一行与前后字段没有对齐；请使用相同的缩进",
    ),
    "a brace that is never closed": (
        "- id: x\n  kind: concept\n  ask: {en: q\n  answer▸: a\n",
        "this is not YAML: did not find expected ',' or '}'",
        "这不是合法的 YAML：did not find expected ',' or '}'",
    ),
}


def read(text: str) -> DeckReading:
    return read_deck(text.encode(), "decks/d.yaml")


def worded(reading: DeckReading, language: Language = Language.EN) -> list[str]:
    return [problem.in_language(language) for problem in reading.problems]


def marked(text: str) -> tuple[str, str]:
    """Return the text without its mark, and where that stood as line:column."""
    before, _, after = text.partition(MARK)
    lines = before.split("\n")
    return before + after, f"{len(lines)}:{len(lines[-1]) + 1}"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    ("card", "english", "chinese"), MISTAKES.values(), ids=list(MISTAKES)
)
def test_a_mistake_is_reported_where_it_stands_and_costs_no_other_card(
    card: str, english: str, chinese: str, end: str
) -> None:
    text, place = marked(START + card + END)
    reading = read(text.replace("\n", end))
    assert worded(reading) == [f"decks/d.yaml:{place}: {english}"]
    assert worded(reading, Language.ZH) == [f"decks/d.yaml:{place}: {chinese}"]
    assert reading.deck is not None
    assert [card.id for card in reading.deck.cards] == ["d/before", "d/after"]


def test_all_mistakes_of_a_file_are_reported_at_once_in_the_order_of_the_file() -> None:
    cards = [
        re.sub(r"\bid: x$", f"id: x{number}", card, flags=re.MULTILINE)
        for number, (card, _, _) in enumerate(MISTAKES.values())
    ]
    reading = read(START + "".join(cards).replace(MARK, "") + END)
    assert reading.deck is not None
    assert [card.id for card in reading.deck.cards] == ["d/before", "d/after"]
    places = [(one.place.line, one.place.column) for one in reading.problems]
    assert places == sorted(places)
    said = {one.message.in_language(Language.EN) for one in reading.problems}
    assert said == {english for _, english, _ in MISTAKES.values()}


def test_all_mistakes_of_one_card_are_reported_at_once() -> None:
    text = "- id: X\n  kind: concept\n  ask: []\n  anwser: a\n  tags: t\n"
    assert worded(read(START + text)) == [
        "decks/d.yaml:8:3: `answer` is missing",
        (
            "decks/d.yaml:8:7: `X` is no name; use lower-case letters, digits and "
            "single - . _ between them"
        ),
        (
            "decks/d.yaml:10:8: a text goes here, or one by language (`en:`, `zh:`), "
            "not a list"
        ),
        "decks/d.yaml:11:3: unknown field `anwser`, did you mean `answer`?",
        "decks/d.yaml:12:9: a list goes here, not a text",
    ]


@pytest.mark.parametrize(("missing", "written"), [("zh", "en"), ("en", "zh")])
def test_a_missing_language_is_a_warning_and_the_card_stays(
    missing: str, written: str
) -> None:
    card = f"- id: x\n  kind: concept\n  ask: {{{written}: q}}\n  answer: a\n"
    reading = read(START + card)
    assert worded(reading) == [
        f"decks/d.yaml:10:8: the text is missing in the language `{missing}`"
    ]
    assert [problem.severity for problem in reading.problems] == [Severity.WARNING]
    assert reading.deck is not None
    x = reading.deck.cards[-1]
    assert x.id == "d/x"
    assert [x.content.prompt(language).question for language in Language] == ["q", "q"]


@pytest.mark.parametrize("opening", ["&it ", "!it "], ids=["anchor", "tag"])
@pytest.mark.parametrize("value", ["{status: ok}", "\n    status: ok"])
def test_an_anchor_or_tag_on_a_mapping_is_reported(opening: str, value: str) -> None:
    card = "- id: x\n  kind: concept\n  ask: q\n  answer: a\n"
    reading = read(f"{START}{card}  notes: {opening}{value}\n{END}")
    assert [(one.place.line, one.place.column) for one in reading.problems] == [
        (12, 10)
    ]


def test_an_exclamation_mark_alone_only_says_that_a_value_is_text() -> None:
    card = "- id: x\n  kind: concept\n  ask: ! q\n  answer: a\n"
    assert worded(read(START + card)) == []


def test_no_more_problems_are_kept_than_anyone_reads_and_no_good_card_is_lost() -> None:
    bad = "- id: X\n  kind: concept\n  ask: &a {}\n  anwser: a: b\n"
    reading = read(START + bad * 300 + END)
    assert len(reading.problems) == 200
    assert reading.deck is not None
    assert [card.id for card in reading.deck.cards] == ["d/before", "d/after"]


def test_no_more_unknown_fields_of_a_card_are_named_than_anyone_reads() -> None:
    fields = "".join(f"  f{number}: x\n" for number in range(100))
    reading = read(START + "- id: x\n  kind: concept\n  ask: q\n" + fields + END)
    assert len(reading.problems) == 21
    assert reading.deck is not None
    assert [card.id for card in reading.deck.cards] == ["d/before", "d/after"]
