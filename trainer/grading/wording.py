"""Judging a short answer in prose: how it is typed does not count, slips nearly do."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from trainer.grading.framing import is_framed
from trainer.grading.nearness import distance
from trainer.grading.verdict import Finding, Outcome, Span, Verdict
from trainer.language.text import message

_LONGEST = 2000
_ENOUGH_FOR_A_SLIP = 4
_TRADITIONAL = (
    "鏡像個數據網絡務執啟動啓停運進程權限備份還應關閉開發環變項後臺檔碼鏈據導"
    "庫層構編譯單雙連結線緩緒調試標籤記錄盤儲寫讀輸當為無與產繼續隔離組對於"
    "內裡從這時間點擊過濾稱號簡體統計計劃設置選擇類別種資訊優級規則體驗證書"
    "擴縮載傳遠終創銷毀樣條實現複雜節舊庫門頁顯佔獨協議語義詞歷顆遷區塊驅殼"
    "綁檢測斷異錯誤邏輯製壓係參考該隻佈屬憶圖處請應歸戶響況節掛"
)
_SIMPLIFIED = (
    "镜像个数据网络务执启动启停运进程权限备份还应关闭开发环变项后台档码链据导"
    "库层构编译单双连结线缓绪调试标签记录盘储写读输当为无与产继续隔离组对于"
    "内里从这时间点击过滤称号简体统计计划设置选择类别种资讯优级规则体验证书"
    "扩缩载传远终创销毁样条实现复杂节旧库门页显占独协议语义词历颗迁区块驱壳"
    "绑检测断异错误逻辑制压系参考该只布属忆图处请应归户响况节挂"
)
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_NOISE = re.compile(r"[^\w+#/.\-]|_", re.UNICODE)
_DOTS = re.compile(r"(?<!\d)[./\-]+(?=\W|$)|[./\-]+$|(?<=[^\W\d])-(?=[^\W\d])")
_CODE = re.compile(
    r"-[!-~]+|[!-~]*[^\w\s.,;!?'\"()-][!-~]*|\.\w[\w.-]*|[A-Z][A-Z\d]*(?:[_-][A-Z\d]+)+",
    re.ASCII,
)
"""A word of ASCII with a sign in it: a path, an address, an option, a lone `@`.

Or the name of a variable, or of a file that begins with a dot.
"""
_LINE_OF_CODE = re.compile(r"[ -~]+")
_DIGITS = re.compile(r"\d+")
_WEB = re.compile(r"^\W*https?://", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]|%\w+%[\\/]")


def judge_wording(
    expected: Sequence[str], given: str, question: str = "", *, literal: bool = False
) -> Verdict:
    """Judge an answer: `PARTIAL` where it is a slip or two away from an accepted one.

    Case, blanks, punctuation, width and the script of Chinese do not count, nor do
    words around the answer that the `question` has. In a `literal` answer, as in code,
    only case does not.
    """
    first = expected[0] if expected else ""
    typed = _plain(given)
    if not given.strip():
        empty = Finding("empty", "", message("findings.empty"))
        return Verdict(Outcome.WRONG, first, (empty,))
    for one in expected:
        if _same(one, given, literal=literal):
            return Verdict(Outcome.CORRECT, one)
    for one in expected:
        said = (question, *expected)
        if is_framed(one, given, said, exact=is_code(one)):
            return Verdict(Outcome.CORRECT, one)
    return _nearly(expected, given, typed) or _wrong(first, given)


def is_code(text: str) -> bool:
    """Tell whether an answer is a path, an address, an option or a sign.

    So is a line of several words among which there is one.
    """
    text = text.strip()
    if not _LINE_OF_CODE.fullmatch(text):
        return False
    return any(map(_CODE.fullmatch, text.split()))


def _same(expected: str, given: str, *, literal: bool) -> bool:
    """Tell whether two answers are one; in a path or a sign every character counts."""
    plain = _plain(expected)
    if not plain or is_code(expected):
        return _code(expected) == _code(given)
    if literal:
        return _code(expected).casefold() == _code(given).casefold()
    return plain == _plain(given)


def _code(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text[:_LONGEST])
    # single quotes keep the shell from replacing what begins with a dollar
    quotes = '`"' if "$" in wide else "`\"'"
    bare = _WEB.sub("", " ".join(wide.split())).strip(f" {quotes}。，,")
    if _DRIVE.match(bare):
        bare = bare.casefold().replace("\\", "/")
    return bare.removesuffix("/")


def _plain(text: str) -> str:
    wide = _WEB.sub("", unicodedata.normalize("NFKC", text[:_LONGEST]).casefold())
    simple = _DOTS.sub("", wide.translate(_TO_SIMPLIFIED))
    return _NOISE.sub("", simple)


def _nearly(expected: Iterable[str], given: str, typed: str) -> Verdict | None:
    ranked = sorted(
        (distance(typed, plain, _slips(plain)), one)
        for one in expected
        if (plain := _plain(one)) and not _is_short_code(one)
    )
    if not ranked or ranked[0][0] > _slips(_plain(ranked[0][1])):
        return None
    # another number is another answer
    if _DIGITS.findall(_plain(ranked[0][1])) != _DIGITS.findall(typed):
        return None
    wanted = ranked[0][1]
    return Verdict(Outcome.PARTIAL, wanted, (_slip(wanted, given),))


def _is_short_code(text: str) -> bool:
    """Tell whether another sign or case makes another answer: `-p` is not `-P`."""
    return is_code(text) and len(_plain(text)) < _ENOUGH_FOR_A_SLIP


def _slips(text: str) -> int:
    """Return how many slips a word of this length may have."""
    if any("\u4e00" <= char <= "\u9fff" for char in text):
        return 1 if len(text) > 3 else 0  # noqa: PLR2004 - one of three is another word
    return min(len(text) // 4, 3)


def _slip(wanted: str, given: str) -> Finding:
    start, end = _changed(wanted, given)
    typed = given[start:end] or given
    said = message("findings.typo", subject=typed.strip(), expected=wanted)
    return Finding("typo", wanted, said, (Span(start, max(end, start)),))


def _changed(wanted: str, given: str) -> tuple[int, int]:
    """Return the words of `given` that hold its first and last change."""
    folded = given.casefold()
    if len(folded) != len(given) or max(len(wanted), len(given)) > _LONGEST:
        return 0, len(given)
    matcher = SequenceMatcher(a=wanted.casefold(), b=folded, autojunk=False)
    blocks = [one for one in matcher.get_opcodes() if one[0] != "equal"]
    start = min((one[3] for one in blocks), default=0)
    end = max((one[4] for one in blocks), default=len(given))
    before = given.rfind(" ", 0, start) + 1
    after = given.find(" ", end)
    return before, len(given) if after < 0 else after


def _wrong(expected: str, given: str) -> Verdict:
    said = message("findings.differs", expected=expected)
    finding = Finding("differs", expected, said, (Span(0, len(given)),))
    return Verdict(Outcome.WRONG, expected, (finding,))
