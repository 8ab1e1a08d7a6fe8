"""Image references: `[registry/][user/]name[:tag][@digest]`."""

import re

from trainer.grading.ports import PART
from trainer.grading.shell import HOLE, HOLE_END, SIGNS

_HUB = ("docker.io/", "index.docker.io/", "registry-1.docker.io/")
_COMPONENT = r"[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*"
_REFERENCE = re.compile(
    rf"(?:(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|localhost|[A-Za-z0-9-]+(?=:\d))(?::\d+)?/)?"
    rf"{_COMPONENT}(?:/{_COMPONENT})*"
    r"(?::\w[\w.-]{0,127})?(?:@[A-Za-z0-9]+:[0-9a-fA-F]{32,})?",
    re.ASCII,
)


def read_image(text: str) -> tuple[str, ...]:
    """Return a reference with its tag, which is `latest` where none is given."""
    name, tag = _split(text)
    if is_one_hole(text):
        return (text,)
    return (f"{_short(name)}{PART}{tag or ':latest'}",)


def read_repository(text: str) -> tuple[str, ...]:
    """Return a reference where none of the tags is meant unless one is given."""
    name, tag = _split(text)
    return (text,) if is_one_hole(text) else (f"{_short(name)}{PART}{tag}",)


def is_image_refused(text: str) -> bool:
    """Tell whether this cannot name an image, such as one with capitals."""
    return not SIGNS.search(text) and not _REFERENCE.fullmatch(text)


def is_one_hole(text: str) -> bool:
    """Tell whether a text is a placeholder and nothing else."""
    return text.startswith(HOLE) and text.find(HOLE_END) == len(text) - 1


def tag_of(text: str) -> str:
    """Return the tag or digest of a reference with its sign, or nothing."""
    return _split(text)[1]


def _split(text: str) -> tuple[str, str]:
    name, at, digest = text.partition("@")
    cut = name.find(":", name.rfind("/") + 1)
    name, tag = (name, "") if cut < 0 else (name[:cut], name[cut:])
    # a digest names one image, whatever the tag beside it
    return name, at + digest or tag


def _short(name: str) -> str:
    for hub in _HUB:
        if name.startswith(hub):
            name = name.removeprefix(hub)
            break
    rest = name.removeprefix("library/")
    return name if "/" in rest else rest
