"""Fitting finds how a learner remembers, and keeps what foretells better."""

import sys
from dataclasses import replace
from datetime import timedelta
from math import log

import pytest
from hypothesis import strategies as st

from tests.learners import BEGIN, STEADY, given_of, log_of
from tests.learning import MONDAY
from trainer.cards.card import CardId
from trainer.scheduling.defaults import PARAMETERS
from trainer.scheduling.fitting import Extent, Fitting, FittingError
from trainer.scheduling.fitting import fit as fit_given
from trainer.scheduling.marks import Life, MarkKind, all_lives, make_mark
from trainer.scheduling.model import Model
from trainer.scheduling.review import Mode, Rating, Review, Stamp
from trainer.scheduling.settings import Settings
from trainer.scheduling.studyday import study_day

DEFAULT = Settings()
RATINGS = st.sampled_from(Rating)


def lives(reviews: list[Review]) -> list[list[Review]]:
    return [life.reviews for life in all_lives(reviews, [])]


def fit(reviews: list[Review], settings: Settings = DEFAULT) -> Fitting:
    return fit_given(given_of(reviews), settings)


def usable(reviews: list[Review]) -> int:
    found = fit(reviews)
    return found.basis.reviews if found.basis else 0


@pytest.fixture(scope="module")
def steady() -> list[Review]:
    return log_of(STEADY, 6000)


def test_one_who_remembers_longer_gets_parameters_that_foretell_better(
    steady: list[Review],
) -> None:
    found = fit(steady)
    assert found.extent is Extent.ALL
    assert found.trial is not None
    assert found.trial.after.log_loss < found.trial.before.log_loss
    assert found.is_better
    assert found.basis is not None
    assert found.answers == len(steady)
    assert found.trial.held_out == -(-found.basis.reviews // 5)
    again, good = (found.parameters[rating - 1] for rating in (1, 3))
    assert again > PARAMETERS[0]
    assert good > PARAMETERS[2]


def test_the_same_log_in_any_order_gives_the_same_parameters(
    steady: list[Review],
) -> None:
    one = fit(steady[:2000])
    other = fit(steady[1999::-1])
    assert (one.parameters, one.basis) == (other.parameters, other.basis)


def test_parameters_in_force_that_hold_are_not_replaced_by_worse_ones() -> None:
    """The learner obeys the parameters in force: no others can foretell better."""
    found = fit(log_of(PARAMETERS, 1500))
    assert found.trial is not None
    assert not found.is_better


def test_before_is_the_log_loss_of_the_parameters_in_force(
    steady: list[Review],
) -> None:
    found = fit(steady[:1000], replace(DEFAULT, parameters=STEADY))
    assert found.trial is not None
    model, foretold = Model(STEADY), []
    for life in lives(steady[:1000]):
        strength, last = None, 0
        for one in life:
            day = study_day(one.at, DEFAULT.rollover).toordinal()
            if strength is None:
                strength = model.first(one.rating)
            elif day == last:
                strength = model.after(*strength, 0, one.rating)
            else:
                recall = model.recall(strength[0], day - last)
                chance = recall if one.rating > 1 else 1 - recall
                foretold.append((one.at, one.stamp.seq, -log(chance)))
                strength = model.after(*strength, day - last, one.rating)
            last = day
    newest = [loss for *_, loss in sorted(foretold)][-found.trial.held_out :]
    assert found.trial.before.log_loss == pytest.approx(
        sum(newest) / len(newest), rel=1e-3
    )


@pytest.mark.parametrize(
    ("answers", "extent"),
    [
        (0, Extent.NOTHING),
        (20, Extent.NOTHING),
        (60, Extent.INITIAL),
        (150, Extent.INITIAL),
        (400, Extent.ALL),
    ],
)
def test_how_much_is_fitted_depends_on_how_many_reviews_are_usable(
    steady: list[Review], answers: int, extent: Extent
) -> None:
    found = fit(steady[:answers])
    count = found.basis.reviews if found.basis else 0
    assert found.extent is extent
    assert (count < 8, count < 64) == (
        extent is Extent.NOTHING,
        extent is not Extent.ALL,
    )
    assert (found.trial is None) == (extent is Extent.NOTHING)
    if extent is not Extent.ALL:
        assert found.parameters[4:] == PARAMETERS[4:]


def test_answers_of_the_same_day_are_no_trial_of_memory() -> None:
    first, *_ = log_of(STEADY, 1)
    later = first._replace(id="2", at=first.at + timedelta(minutes=10))
    next_day = first._replace(id="3", at=first.at + timedelta(days=1))
    assert usable([first, later]) == 0
    assert usable([first, later, next_day]) == 1
    assert usable([first, next_day._replace(mode=Mode.CRAM)]) == 0
    set_back = first._replace(id="4", at=next_day.at - timedelta(days=3))
    assert usable([first, next_day, set_back]) == 2  # in the order of the clock


def test_a_reset_parts_the_lives_of_a_card() -> None:
    reviews = [one for one in log_of(STEADY, 500) if one.card == "deck/card-0"]
    assert len(reviews) > 3
    reset_at = reviews[2].at + timedelta(seconds=1)
    reset = make_mark(
        Stamp("of-tests", 999), reset_at, CardId("deck/card-0"), MarkKind.RESET
    )
    parted = [Life(reviews[:3]), Life(reviews[3:])]
    assert list(all_lives(reviews, [reset])) == parted
    end = make_mark(
        Stamp("of-tests", 1000), MONDAY, CardId("deck/card-0"), MarkKind.RESET
    )
    assert list(all_lives(reviews, [end])) == [Life(reviews), Life([])]


def test_without_the_library_the_learner_is_told_how_to_get_it(
    steady: list[Review], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fsrs_rs_python", None)  # as if not installed
    with pytest.raises(FittingError, match=r'pip install "fsrs-rs-python<0\.10"'):
        fit(steady)


def test_learners_of_tests_begin_where_they_say() -> None:
    first, *_ = log_of(STEADY, 1)
    assert (first.at.date(), first.rating in set(Rating)) == (BEGIN.date(), True)
