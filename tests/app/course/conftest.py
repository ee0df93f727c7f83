"""The corpus, its topics and one quiz of everything, made once."""

import pytest

from app.course.quiz import make_quiz
from app.course.quiz_truth import Truth
from app.course.quiz_types import Quiz
from app.topics.align import topic_map
from app.topics.types import TopicMap
from corpus.load import Corpus, load_corpus


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture(scope="session")
def topics(corpus: Corpus) -> TopicMap:
    return topic_map(corpus)


@pytest.fixture(scope="session")
def truth(corpus: Corpus) -> Truth:
    return Truth(corpus)


@pytest.fixture(scope="session")
def quiz(corpus: Corpus, topics: TopicMap, truth: Truth) -> Quiz:
    """Sixty questions on every topic and place."""
    return make_quiz(corpus, topics, [t.id for t in topics.topics], list(corpus.by_id), 7, 60, "测验", truth)
