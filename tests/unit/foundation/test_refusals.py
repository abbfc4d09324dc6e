import copy
import pickle

import pytest

from kinolab.foundation.refusals import Denied, Refusal, stop_if


def test_stop_if_when_nothing_is_in_the_way_goes_on() -> None:
    stop_if(None)


def test_stop_if_when_refused_raises_with_the_refusal() -> None:
    refusal = Refusal("past_deadline", {"closed": 1})

    with pytest.raises(Denied) as raised:
        stop_if(refusal)

    assert raised.value.refusal == refusal


def test_refusal_when_codes_or_facts_differ_is_not_equal() -> None:
    assert Refusal("a", {"n": 1}) == Refusal("a", {"n": 1})
    assert Refusal("a", {"n": 1}) != Refusal("a", {"n": 2})
    assert Refusal("a") != Refusal("b")


def test_refusal_when_put_in_a_set_counts_once() -> None:
    assert len({Refusal("a", {"n": [1]}), Refusal("a", {"n": [1]})}) == 1


def test_denied_when_sent_to_another_process_keeps_its_refusal() -> None:
    denied = Denied(Refusal("a", {"n": 1}))

    assert pickle.loads(pickle.dumps(denied)).refusal == denied.refusal
    assert copy.copy(denied).refusal == denied.refusal
