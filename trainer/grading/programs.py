"""Words of well-known programs: their options by getopt's rules, in any order.

No grammar says what these programs do. It is enough to know which options take a
value and which have two names: `tar xzf a` is `tar -x -z --file=a`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from trainer.grading.meaning import WORD, Piece
from trainer.grading.shell import Word


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a program is called with; only `operands` have an order."""

    options: list[Piece] = field(default_factory=list)
    operands: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Options:
    """Which names take a value, and the long names of letters."""

    valued: frozenset[str]
    longs: dict[str, str]


_PROGRAMS = {
    "apt-get apt": "y/yes q/quiet d/download-only s/simulate f/fix-broken "
    "t/target-release= c/config-file= o/option=",
    "chmod chown": "R/recursive v/verbose",
    "cp mv": "a/archive r/recursive f/force v/verbose t/target-directory=",
    "curl": "s/silent S/show-error L/location f/fail o/output= O/remote-name "
    "k/insecure H/header= d/data= X/request= u/user= A/user-agent= b/cookie= "
    "c/cookie-jar= e/referer= F/form= m/max-time= T/upload-file= w/write-out= "
    "x/proxy= i/include I/head v/verbose E/cert= r/range= C/continue-at= K/config= "
    "/unix-socket= /cacert= /connect-timeout= /retry= /data-raw= /data-binary= /url= "
    "/key=",
    "df du free": "h/human-readable a/all",
    "dockerd": "D/debug H/host= l/log-level= G/group= s/storage-driver= p/pidfile= "
    "/config-file= /data-root= /bip= /dns= /registry-mirror= /insecure-registry= "
    "/log-driver= /log-opt= /storage-opt= /label= /mtu= /exec-opt=",
    "gpasswd": "a/add= d/delete= A/administrators= M/members=",
    "grep egrep fgrep": "i/ignore-case v/invert-match n/line-number r/recursive "
    "c/count E/extended-regexp F/fixed-strings w/word-regexp q/quiet o/only-matching "
    "l/files-with-matches A/after-context= B/before-context= C/context= e/regexp= "
    "f/file= m/max-count=",
    "groupadd": "g/gid= f/force r/system",
    "gzip gunzip": "c/stdout d/decompress k/keep f/force v/verbose",
    "head tail": "n/lines= c/bytes= f/follow q/quiet v/verbose",
    "iptables": "t/table= A/append= D/delete= I/insert= L/list n/numeric p/protocol= "
    "s/source= d/destination= i/in-interface= o/out-interface= j/jump= m/match= "
    "F/flush v/verbose /dport= /sport= /to-destination= /ctstate= /state=",
    "journalctl": "u/unit= f/follow n/lines= S/since= U/until= r/reverse p/priority= "
    "o/output= e/pager-end x/catalog k/dmesg",
    "ls": "a/all A/almost-all R/recursive r/reverse d/directory h/human-readable "
    "I/ignore= w/width=",
    "mkdir": "p/parents m/mode= v/verbose",
    "netstat ss": "t/tcp u/udp l/listening p/processes n/numeric a/all",
    "ping": "c= i= W= w= s= I= t=",
    "ps": "p/pid= u/user= o/format= C=",
    "rm rmdir": "r/recursive f/force v/verbose",
    "scp": "P= i= o=",
    "sort": "n/numeric-sort r/reverse u/unique k/key= t/field-separator= o/output=",
    "sysctl": "w/write a/all p/load n/values",
    "systemctl": "a/all l/full q/quiet t/type= p/property= n/lines= s/signal= "
    "H/host= o/output=",
    "tar": "c/create x/extract t/list z/gzip j/bzip2 J/xz v/verbose f/file= "
    "C/directory= r/append T/files-from= X/exclude-from= /exclude= /strip-components=",
    "uname": "a/all r/kernel-release s/kernel-name m/machine n/nodename "
    "v/kernel-version o/operating-system",
    "useradd": "m/create-home s/shell= G/groups= g/gid= d/home-dir= u/uid= r/system "
    "c/comment=",
    "usermod": "a/append G/groups= g/gid= d/home= l/login= s/shell= u/uid= "
    "c/comment= m/move-home L/lock U/unlock",
    "wc": "l/lines c/bytes w/words m/chars",
    "wget": "O/output-document= P/directory-prefix= o/output-file= t/tries= q/quiet "
    "T/timeout= U/user-agent= c/continue",
    "yum dnf": "y/assumeyes q/quiet",
}
"""Letters with their long names; a sign of equality where a value follows."""

_JOINING = frozenset({"echo", "ssh"})
"""Programs that put their words together with blanks between them."""
_SAME_NAME = {"source": "."}
_UNORDERED = frozenset({"apt-get", "apt", "yum", "dnf"})
"""Programs that take what follows their first operand in any order."""


def program_of(name: str) -> str:
    """Return the name of a program of which another is an older one."""
    return _SAME_NAME.get(name, name)


def read_arguments(program: str, words: Sequence[Word]) -> Arguments:
    """Read the words behind a program; of one that nobody knows all are operands."""
    known = _known().get(program)
    if known is not None:
        return _Reader(known).read(_dashed(words) if program == "tar" else words)
    if program in _JOINING:
        words = [part for word in words for part in _apart(word)]
    return Arguments(operands=[_piece(word) for word in words])


def is_unordered(program: str) -> bool:
    """Tell whether the order of the operands from the second on says nothing."""
    return program in _UNORDERED


@cache
def _known() -> dict[str, _Options]:
    return {
        name: _options(text)
        for names, text in _PROGRAMS.items()
        for name in names.split()
    }


def _options(text: str) -> _Options:
    valued, longs = set(), {}
    for one in text.split():
        letter, _, long = one.removesuffix("=").partition("/")
        if letter and long:
            longs[letter] = long
        if one.endswith("="):
            valued |= {letter, long} - {""}
    return _Options(frozenset(valued), longs)


def _piece(word: Word, value: str | None = None, raw: str | None = None) -> Piece:
    text = word.text if value is None else value
    return Piece(WORD, text, raw or word.raw, word.start, word.end)


def _apart(word: Word) -> list[Word]:
    """Take apart what was quoted, unless a blank in it is more than one."""
    parts = word.text.split(" ")
    if not word.quoted or "" in parts or "\n" in word.text:
        return [word]
    return [Word(one, one, word.start, word.end) for one in parts]


def _dashed(words: Sequence[Word]) -> Sequence[Word]:
    """Put a dash before the letters that `tar` takes without one."""
    if not words or not words[0].text.isalpha():
        return words
    valued = _known()["tar"].valued
    letters, rest = words[0], list(words[1:])
    found: list[Word] = []
    for letter in letters.text:
        found.append(Word(f"-{letter}", letter, letters.start, letters.end))
        if letter in valued and rest:
            found.append(rest.pop(0))
    return [*found, *rest]


@dataclass(slots=True)
class _Reader:
    known: _Options
    found: Arguments = field(default_factory=Arguments)
    rest: list[Word] = field(default_factory=list)

    def read(self, words: Sequence[Word]) -> Arguments:
        """Read options and operands, the first ones wherever they stand."""
        self.rest = list(reversed(words))
        while self.rest:
            word = self.rest.pop()
            if word.text == "--":
                break
            if word.text.startswith("--"):
                self._long(word)
            elif word.text.startswith("-") and word.text[1:2].isalpha():
                self._letters(word)
            else:
                self.found.operands.append(_piece(word))
        self.found.operands.extend(map(_piece, reversed(self.rest)))
        return self.found

    def _long(self, word: Word) -> None:
        name, equals, value = word.text[2:].partition("=")
        if not equals and name in self.known.valued:
            self._next(name, word)
            return
        self._option(name, f"{equals}{value}", word, word.raw)

    def _letters(self, word: Word) -> None:
        letters = word.text[1:]
        for at, letter in enumerate(letters):
            name = self.known.longs.get(letter, letter)
            if letter not in self.known.valued:
                self._option(name, "", word, f"-{letter}")
            elif value := letters[at + 1 :]:
                self._option(name, f"={value}", word, f"-{letter} {value}")
                return
            else:
                self._next(name, word)
                return

    def _next(self, name: str, word: Word) -> None:
        if not self.rest:
            self._option(name, "", word, word.raw)
            return
        value = self.rest.pop()
        start = word.raw if word.raw.startswith("--") else f"-{word.raw[-1]}"
        self._option(name, f"={value.text}", word, f"{start} {value.raw}", value.end)

    def _option(
        self, name: str, value: str, word: Word, raw: str, end: int | None = None
    ) -> None:
        piece = Piece(WORD, f"--{name}{value}", raw, word.start, end or word.end)
        self.found.options.append(piece)
