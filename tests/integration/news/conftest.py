"""Who writes the news: an organisation, and somebody of it."""

from typing import Any

import pytest

from tests.factories import news


@pytest.fixture
def tunduk() -> Any:
    return news.organisation("tunduk")


@pytest.fixture
def aigul(tunduk: Any) -> Any:
    return news.aigul(tunduk)
