"""`trainer quiz`: a scored test; its history, and what is mistaken for what."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from trainer.cli.jsonlines import print_json
from trainer.cli.options import is_terminal
from trainer.cli.output import ForceSwitch
from trainer.cli.panels import STUDY
from trainer.cli.parameters import AsJson, Kinds, Sections, Tags, Topics
from trainer.cli.quizwanted import USUAL_COUNT, Wanted
from trainer.cli.selection import Selection, selected
from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.study.quiz.question import Form
from trainer.study.quiz.record import QuizMode
from trainer.study.quiz.result import Past, past_quizzes
from trainer.study.quiz.selection import CardState
from trainer.terminal.printed import table_columns

_MOST = 100_000
_WHOLE = 100


class WithTopics(TyperGroup):
    """A command that takes topics, and has commands below it."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: Any = None,  # noqa: ANN401 - typer's own copy of click is not to be imported
        **extra: Any,  # noqa: ANN401 - as above
    ) -> Any:  # noqa: ANN401 - as above
        """Read the words of the command below if one is named first."""
        name = args[0] if args else ""
        if name not in self.commands:
            return super().make_context(info_name, args, parent, **extra)
        below, words = self.commands[name], args[1:]
        return below.make_context(f"{info_name} {name}", words, parent, **extra)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        cls=WithTopics,
        invoke_without_command=True,
        epilog="Example: trainer quiz images --mode exam --count 30 --pass 80",
        context_settings={"allow_interspersed_args": True},
    )
    group.callback()(quiz)
    group.command("history", epilog="Example: trainer quiz history --json")(history)
    group.command("confusions", epilog="Example: trainer quiz confusions")(confusions)
    app.add_typer(group, name="quiz", rich_help_panel=STUDY)


def quiz(
    context: typer.Context,
    topics: Topics = None,
    mode: Annotated[
        QuizMode | None,
        typer.Option(
            help="A verdict after each answer (practice) or at the end (exam); options "
            "one at a time, yes or no (domc); typed, and if wrong chosen (hybrid)."
        ),
    ] = None,
    count: Annotated[
        int | None,
        typer.Option(min=1, max=_MOST, metavar="N", help="So many questions; 20."),
    ] = None,
    kind: Kinds = None,
    form: Annotated[
        list[Form] | None,
        typer.Option(help="Only questions answered in this way; repeatable."),
    ] = None,
    tag: Tags = None,
    section: Sections = None,
    state: Annotated[
        list[CardState] | None,
        typer.Option(
            help="Only cards in this state; weak ones were forgotten or are difficult, "
            "and the weakest come most often. Repeatable."
        ),
    ] = None,
    time_limit: Annotated[
        str, typer.Option(metavar="20m", help="What is unanswered by then is wrong.")
    ] = "",
    pass_mark: Annotated[
        int | None,
        typer.Option(
            "--pass",
            min=1,
            max=_WHOLE,
            metavar="PERCENT",
            help="Exit with 1 below this share of the points.",
        ),
    ] = None,
    seed: Annotated[
        str,
        typer.Option(metavar="TEXT", help="The same seed asks the same questions."),
    ] = "",
    retry: Annotated[
        bool, typer.Option("--retry", help="Ask again what was missed last time.")
    ] = False,
    confused: Annotated[
        bool, typer.Option("--confusions", help="Ask what was mistaken before.")
    ] = False,
    print_to: Annotated[
        str,
        typer.Option(
            "--print",
            metavar="FILE",
            help="Write it as a paper test with its key (Markdown); `-` is stdout.",
        ),
    ] = "",
    force: ForceSwitch = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the result as JSON.")
    ] = False,
) -> int:
    """Test yourself: a scored quiz that leaves the schedule alone.

    Without arguments, on a terminal, it asks what the quiz is to be. Without a
    terminal, or with --plain, one answer is read per line; `:?` tells more.
    """
    selection = selected(topics, tag, kind, section)
    wanted = Wanted(
        selection=selection,
        forms=tuple(form or ()),
        states=tuple(state or ()),
        mode=mode or QuizMode.PRACTICE,
        count=count,
        seed=seed,
        time_limit=time_limit,
        pass_mark=pass_mark or 0,
        retry=retry,
        confused=confused,
        print_to=print_to,
        force=force,
        as_json=as_json,
    )
    world: World = context.obj
    if wanted == Wanted() and mode is None and _can_ask(world):
        wanted = _asked(world)
    from trainer.cli.quiz import quiz as hold

    return hold(wanted, world)


def _can_ask(world: World) -> bool:
    options = world.options
    return is_terminal() and not options.no_input and not options.by_lines


def _asked(world: World) -> Wanted:
    """Ask in menus what the quiz is to be."""
    from trainer.terminal.quizmenu import QuizMenu

    with world.library() as library:
        titles = world.titles(library)
    color = world.options.colored(stream_is_terminal=True)
    chosen = QuizMenu(world.language, titles, color).ask()
    selection = Selection(chosen.topics, kinds=chosen.kinds)
    count = None if chosen.count == USUAL_COUNT else chosen.count
    return Wanted(selection, mode=chosen.mode, count=count)


def history(context: typer.Context, as_json: AsJson = False) -> None:
    """Show the quizzes so far, and how the scores went."""
    world: World = context.obj
    with world.store() as store:
        past = past_quizzes(store.log.quizzes(), store.log.quiz_answers())
    if as_json:
        print_json({"quizzes": list(map(_as_json, past))})
    elif not past:
        print(say(world.language, "quiz.none-yet"), file=sys.stderr)
    else:
        _print_history(past, world)


def _print_history(past: Sequence[Past], world: World) -> None:
    """Print the table, as wide as the terminal where there is one."""
    from trainer.terminal.quizhistory import history_lines

    columns = table_columns()
    is_ascii = world.options.ascii
    for line in history_lines(past, world.language, columns, ascii_only=is_ascii):
        print(clean(line))


def _as_json(past: Past) -> dict[str, Any]:
    from trainer.cli.quiz import tally_json

    begun = past.begun
    return {
        "quiz": begun.id,
        "at": begun.at.isoformat(),
        "mode": begun.mode.value,
        "seed": begun.seed,
        "selection": begun.selection,
        "questions": begun.questions,
        "answered": past.reached,
        "finished": past.is_finished,
        "time_limit_ms": begun.limit_ms or None,
        "pass_mark": begun.pass_mark or None,
        "passed": past.passed,
        "score": tally_json(past.score),
        "took_ms": past.took_ms,
    }


def confusions(context: typer.Context, as_json: AsJson = False) -> None:
    """List what you mistake for what, in quizzes and in reviews."""
    from trainer.cli.confusions import confusions_of
    from trainer.terminal.quizhistory import confusion_lines

    world: World = context.obj
    with world.library() as library, world.store() as store:
        reviews, quizzed = store.log.reviews(), store.log.quiz_answers()
        found = confusions_of(reviews, quizzed, library)
    if as_json:
        rows = [
            {
                "taken": one.taken,
                "due": one.due,
                "count": one.count,
                "cards": one.cards,
            }
            for one in found
        ]
        print_json({"confusions": rows})
    elif not found:
        print(say(world.language, "quiz.no-confusions"), file=sys.stderr)
    else:
        for line in confusion_lines(found, world.language):
            print(clean(line))
