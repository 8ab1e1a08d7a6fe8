"""Fits are made with their ids."""

from datetime import timedelta

from tests.learners import STEADY
from tests.learning import MONDAY
from trainer.scheduling.defaults import PARAMETERS, parameters_text
from trainer.scheduling.parameters import make_fit
from trainer.scheduling.review import Stamp


def test_a_fit_has_the_same_id_whenever_it_is_made_and_no_other_has_it() -> None:
    stamp = Stamp("laptop", 7)
    made = make_fit(stamp, MONDAY, PARAMETERS, None)
    assert made == make_fit(stamp, MONDAY, list(PARAMETERS), None)
    others = [
        make_fit(Stamp("phone", 7), MONDAY, PARAMETERS, None),
        make_fit(Stamp("laptop", 8), MONDAY, PARAMETERS, None),
        make_fit(stamp, MONDAY + timedelta(seconds=1), PARAMETERS, None),
        make_fit(stamp, MONDAY, STEADY, None),
    ]
    assert len({made.id, *(other.id for other in others)}) == 5


def test_the_text_of_parameters_loses_nothing() -> None:
    parameters = tuple(0.1 + number / 3 for number in range(21))
    text = parameters_text(parameters)
    assert tuple(map(float, text.split(","))) == parameters
