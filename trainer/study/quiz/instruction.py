"""Lines of a Dockerfile that are surely not the one asked for."""

from collections.abc import Iterator

_OTHERS = {
    "ADD": ("ONBUILD ADD", "RUN cp"),
    "CMD": ("RUN", "ONBUILD CMD", "SHELL"),
    "COPY": ("ONBUILD COPY", "RUN cp"),
    "ENTRYPOINT": ("RUN", "ONBUILD ENTRYPOINT", "SHELL"),
    "ENV": ("LABEL", "ONBUILD ENV", "RUN set"),
    "EXPOSE": ("PUBLISH", "ONBUILD EXPOSE", "LISTEN"),
    "FROM": ("IMPORT", "BASE", "USE"),
    "LABEL": ("ENV", "ARG", "ONBUILD LABEL"),
    "RUN": ("CMD", "ENTRYPOINT", "ONBUILD RUN"),
    "USER": ("RUN su", "ONBUILD USER", "LOGIN"),
    "VOLUME": ("WORKDIR", "ONBUILD VOLUME", "MOUNT"),
    "WORKDIR": ("RUN cd", "ONBUILD WORKDIR", "VOLUME"),
}
"""Beside each instruction others, none of which may do its work.

Some do not exist. `CMD` is not beside `ENTRYPOINT`, nor `ADD` beside `COPY`.
"""


def other_instructions(line: str) -> Iterator[str]:
    """Yield lines with another instruction, or with their two ends exchanged."""
    keyword, _, rest = line.partition(" ")
    words = rest.split(" ")
    is_array = rest.startswith("[")
    if keyword in {"ADD", "COPY"} and len(words) == 2 and not is_array:  # noqa: PLR2004
        yield f"{keyword} {words[1]} {words[0]}"
    for other in _OTHERS.get(keyword, ()):
        if is_array or other != "SHELL":
            yield f"{other} {rest}"
