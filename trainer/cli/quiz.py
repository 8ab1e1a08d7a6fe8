"""`trainer quiz`: which questions are asked, and what becomes of the answers."""

import sys
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from trainer.cards.card import Card, CardId
from trainer.cli.confusions import confusions_of
from trainer.cli.jsonlines import print_json
from trainer.cli.mistakes import UsageError
from trainer.cli.output import check_output, write_output
from trainer.cli.quizsitting import Sat, Sitting
from trainer.cli.quizwanted import USUAL_COUNT, Wanted
from trainer.cli.review import milliseconds_of
from trainer.cli.world import World
from trainer.language.catalogue import say
from trainer.language.clean import clean
from trainer.language.errors import Exit
from trainer.storage.library import Library
from trainer.storage.store import Store
from trainer.study.quiz.composing import Composed, Manner, compose
from trainer.study.quiz.paper import Answered, Paper
from trainer.study.quiz.question import Made
from trainer.study.quiz.record import FULL, QuizMode
from trainer.study.quiz.result import Result, Tally, misses_of, past_quizzes, result_of
from trainer.study.quiz.selection import CardState, in_states, lined_up, weakness
from trainer.terminal.typed import taken

_SEEDS = 1_000_000


def quiz(wanted: Wanted, world: World) -> int:
    """Hold a quiz or print it; return the exit code."""
    limit_ms = _check(wanted, world)
    with ExitStack() as stack:
        library = stack.enter_context(world.library())
        store = stack.enter_context(world.study())
        seed = taken(wanted.seed) or _seed_of(world)
        wanted = replace(wanted, seed=seed)
        shelf = {card.id: card for deck in library.decks() for card in deck.cards}
        composed = _composed(wanted, shelf, library, store)
        if composed is None:
            print(say(world.language, "quiz.nothing-to-repeat"), file=sys.stderr)
            return Exit.OK
        if not composed.items:
            raise UsageError("quiz-empty")
        _tell(composed, wanted, world)
        paper = Paper(wanted.mode, seed, composed.items, limit_ms, wanted.pass_mark)
        if wanted.print_to:
            return _print(paper, wanted, world)
        store.check_writable()
        stack.enter_context(world.sitting())
        titles, as_json = world.titles(library), wanted.as_json
        sat = Sitting(paper, wanted.words(), titles, store, world, as_json).hold()
    result = result_of(sat.quiz)
    if wanted.as_json:
        print_json(_as_json(sat, result, world))
    if sat.ended_by:
        return sat.ended_by
    return Exit.CHECK_FAILED if result.passed is False else Exit.OK


def _check(wanted: Wanted, world: World) -> int:
    """Refuse what cannot be, before anything is asked; return the time limit."""
    if world.options.no_input and not wanted.print_to:
        raise UsageError("no-terminal")
    if (wanted.retry or wanted.confused) and wanted.chooses_cards:
        raise UsageError("quiz-chooses-itself")
    if wanted.retry and wanted.confused:
        raise UsageError("quiz-one-of")
    if wanted.print_to:
        check_output(wanted.print_to, force=wanted.force)
    return milliseconds_of(wanted.time_limit) or 0


def _seed_of(world: World) -> str:
    """Return a seed from the clock, which is shown, so that a quiz can be repeated."""
    return str(int(world.clock.now().timestamp() * 1000) % _SEEDS)


def _composed(
    wanted: Wanted, shelf: Mapping[CardId, Card], library: Library, store: Store
) -> Composed | None:
    """Make the questions; nothing if there is nothing to repeat."""
    manner = Manner(wanted.mode, wanted.seed, tuple(wanted.forms))
    if wanted.retry:
        missed = _missed(store)
        manner = replace(manner, made=missed)
        return _of(missed, shelf, manner, wanted) if missed else None
    if wanted.confused:
        found = confusions_of(store.log.reviews(), store.log.quiz_answers(), shelf)
        cards = dict.fromkeys(card for one in found for card in one.cards)
        return _of(cards, shelf, manner, wanted) if cards else None
    cards_ = [shelf[card] for card in wanted.selection.cards(library)]
    memories = store.memories() if wanted.states else {}
    chosen = in_states(cards_, wanted.states, memories)
    is_weak = CardState.WEAK in wanted.states
    weights = {card: weakness(one) for card, one in memories.items()} if is_weak else {}
    line = lined_up(chosen, library.siblings, wanted.seed, weights)
    return compose(line, shelf, manner, wanted.count or USUAL_COUNT)


def _of(
    cards: Iterable[CardId],
    shelf: Mapping[CardId, Card],
    manner: Manner,
    wanted: Wanted,
) -> Composed:
    """Ask these cards, as far as they are still in a deck."""
    found = [shelf[card] for card in cards if card in shelf]
    return compose(found, shelf, manner, wanted.count or len(found))


def _missed(store: Store) -> dict[CardId, Made]:
    """Return the cards missed in the last quiz, and how each was asked."""
    answers = store.log.quiz_answers()
    past = past_quizzes(store.log.quizzes(), answers)
    if not past:
        raise UsageError("quiz-none-yet")
    last = past[-1].begun.id
    return {one.card: one.made for one in misses_of(last, answers)}


def _tell(composed: Composed, wanted: Wanted, world: World) -> None:
    """Say which cards are not asked, and that there are fewer than were asked for."""
    count, left_out = len(composed.items), composed.left_out
    if left_out and wanted.mode is not QuizMode.PRACTICE:
        told = say(world.language, f"quiz.left-out-{wanted.mode}", count=left_out)
        print(told, file=sys.stderr)
    if wanted.count and count < wanted.count:
        values = {"count": count, "wanted": wanted.count}
        print(say(world.language, "quiz.fewer", **values), file=sys.stderr)


def _print(paper: Paper, wanted: Wanted, world: World) -> int:
    from trainer.exchange.paper_test import paper_test

    write_output(paper_test(paper, world.language), wanted.print_to)
    return Exit.OK


def _as_json(sat: Sat, result: Result, world: World) -> dict[str, Any]:
    begun = sat.begun
    return {
        "quiz": begun.id,
        "mode": begun.mode.value,
        "seed": begun.seed,
        "selection": begun.selection,
        "questions": result.questions,
        "answered": result.score.questions,
        "finished": result.is_finished,
        "time_limit_ms": begun.limit_ms or None,
        "pass_mark": begun.pass_mark or None,
        "passed": result.passed,
        "score": tally_json(result.score),
        "by_topic": {name: tally_json(one) for name, one in result.by_topic.items()},
        "by_kind": {name: tally_json(one) for name, one in result.by_kind.items()},
        "took_ms": result.took_ms,
        "answers": [_answer_json(one, world) for one in sat.quiz.answers],
    }


def tally_json(tally: Tally) -> dict[str, Any]:
    """Return points as JSON."""
    points = tally.points / FULL
    return {"points": points, "of": tally.questions, "percent": tally.percent}


def _answer_json(one: Answered, world: World) -> dict[str, Any]:
    from trainer.exchange.json_format import findings_json
    from trainer.terminal.quizwords import judged_texts

    card = one.item.card
    question, answer = card.content.sides(world.language)
    source = card.source
    return {
        "card": one.item.question.of,
        "made": one.item.question.made.value,
        "question": question,
        "response": one.response,
        "choice": one.choice or None,
        "answer": answer,
        "outcome": one.outcome.value,
        "points": one.points / FULL,
        "took_ms": one.took_ms,
        "findings": findings_json(one.findings),
        "remarks": list(map(clean, judged_texts(one, world.language)[1])),
        "source": {"section": source.section, "lines": source.lines}
        if source
        else None,
    }
