"""The program's entry. What must start fast is tried before typer is loaded."""

import sys

from trainer.cli.due import due_at_once
from trainer.cli.options import Options, split_options


def main() -> int:
    """Run the command line; return the exit code."""
    try:
        options, words = split_options(sys.argv[1:])
        if words[:1] == ["due"]:
            code = due_at_once(options, words[1:])
            if code is not None:
                return code
    except Exception as error:  # noqa: BLE001 - worded in one place, below
        from trainer.cli.failures import report  # noqa: PLC0415 - only when needed

        return report(error, Options())
    from trainer.cli.app import run  # noqa: PLC0415 - costs eight interpreter starts

    return run(options, words)


if __name__ == "__main__":
    sys.exit(main())
