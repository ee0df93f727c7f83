"""The one place that constructs things."""

from __future__ import annotations

from app.assistant import Assistant
from app.compose import Composer
from app.decide import Decider
from app.follow import FollowUps
from app.further import FURTHER_FEATURES
from app.material import Material, gather_material
from app.places import PlaceFinder
from app.premise import Premises
from app.quoting import Quoter
from app.rank import FEATURES, SENTENCE_FEATURES, Scorer
from app.read_question import QuestionParser
from app.rules import RULE_FEATURES, RuleReader
from app.settings import Settings, read_settings
from app.weights import Weights, load_weights
from corpus.errors import IndexFault
from corpus.glossary import load_glossary
from corpus.load import Corpus, load_corpus
from corpus.places import load_gazetteer
from corpus.script import fold
from corpus.wordlist import everyday_words
from index.concepts import Concepts
from index.embedding import BackgroundEmbedder, Embedder, SentenceTransformerEmbedder
from index.evidence import gather_evidence
from index.late import load_head
from index.model import check_model
from index.open import OpenIndex, open_index
from index.rerank import CrossEncoderReranker, Reranker
from index.spelling import Spelling


def model_of(settings: Settings) -> tuple[str, str]:
    """Return the model's folder or name, and the name that fingerprints it.

    :raises ModelError: the bundled model is not unpacked or is damaged.
    :raises IndexFault: the late-interaction head was learned on another model.
    """
    if settings.model:
        return settings.model, settings.model
    weights = bundled_model(settings)
    head = load_head()
    if head.model != weights:
        raise IndexFault(
            f"the late-interaction head was learned on the model {head.model[:12]}, the bundled one is {weights[:12]}: "
            "run `dudao model prepare`, or `python -m eval.calibrate` where the model was changed on purpose"
        )
    return str(settings.model_folder), f"{settings.model_folder.name}:{weights}:{head.sha256[:16]}"


def bundled_model(settings: Settings) -> str:
    """Return the fingerprint of the bundled model.

    :raises ModelError: it is not unpacked or is damaged.
    """
    return check_model(settings.model_folder)


def build_embedder(settings: Settings) -> Embedder:
    """Load the embedding model, with its late-interaction head where it is the bundled one.

    :raises ModelError: it is not there or does not load.
    """
    model, name = model_of(settings)
    return SentenceTransformerEmbedder(model, name, None if settings.model else load_head())


def build_assistant(settings: Settings | None = None, background: bool = False) -> Assistant:
    """Open the corpus, the model and the current index, and put them together.

    background: the model is loaded in a thread, and the first question waits for it.

    :raises DudaoError: one of them is missing, stale or damaged.
    """
    settings = settings or read_settings()
    corpus, index = _opened(settings)
    return _assistant(settings, corpus, index, background)


def build_served(settings: Settings) -> tuple[Assistant, Material]:
    """Open everything that the page is served from: what answers, its model loading in a thread, and the material.

    :raises DudaoError: something is missing, stale or damaged.
    """
    corpus, index = _opened(settings)
    return _assistant(settings, corpus, index, background=True), gather_material(corpus, index)


def _opened(settings: Settings) -> tuple[Corpus, OpenIndex]:
    corpus = load_corpus(settings.corpus)
    return corpus, open_index(settings.index_root, corpus, model_of(settings)[1], settings.index)


def _assistant(settings: Settings, corpus: Corpus, index: OpenIndex, background: bool) -> Assistant:
    if not background:
        return put_together(corpus, index, build_embedder(settings), reranker=build_reranker(settings))
    dim, tokens = index.manifest.dim, int(index.sentence_tokens.vectors.shape[1])
    waiting = BackgroundEmbedder(lambda: build_embedder(settings), index.manifest.model, dim, tokens)
    return put_together(corpus, index, waiting, reranker=build_reranker(settings))


def build_reranker(settings: Settings) -> Reranker | None:
    """Load the reranker where one is set.

    :raises ModelError: its folder holds none.
    """
    return CrossEncoderReranker(settings.reranker) if settings.reranker else None


def put_together(
    corpus: Corpus,
    index: OpenIndex,
    embedder: Embedder,
    weights: Weights | None = None,
    reranker: Reranker | None = None,
) -> Assistant:
    """Return the assistant over an opened index."""
    weights = weights or learned_weights(embedder)
    concepts = Concepts(load_glossary(), index.search_text)
    evidence = gather_evidence(corpus, index.units, concepts, index.search_text)
    scorer = Scorer(index, concepts, evidence, weights)
    return Assistant(
        corpus=corpus,
        parser=build_parser(corpus, index, concepts),
        embedder=embedder,
        scorer=scorer,
        decider=Decider(corpus, RuleReader(index, evidence), evidence, weights, concepts, index.search_text),
        composer=Composer(corpus, Quoter(corpus, index.units, evidence), frozenset().union(*evidence.years)),
        premises=Premises(index.units, evidence),
        evidence=evidence,
        tokens=index.sentence_tokens,
        fingerprint=index.manifest.fingerprint,
        reranker=reranker,
    )


def learned_weights(embedder: Embedder) -> Weights:
    """Return the weights learned with or without late interaction, as the embedder has it.

    :raises IndexFault: the file of weights is missing or holds weights of other features.
    """
    return load_weights(FEATURES, SENTENCE_FEATURES, RULE_FEATURES, FURTHER_FEATURES, late=embedder.token_dim > 0)


def build_parser(corpus: Corpus, index: OpenIndex, concepts: Concepts) -> QuestionParser:
    """Return the question parser of a corpus."""
    documents = {d.meta.id: d.meta for d in corpus.documents}
    names = [fold(name) for d in corpus.documents for name in (d.meta.region, *d.meta.aliases)]
    texts = [index.search_text(m.text) for m in corpus.measures.values()]
    terms = [*(form for forms in concepts.official for form in forms), *names]
    gazetteer = load_gazetteer()
    places = PlaceFinder(corpus, gazetteer)
    spelling = Spelling(texts, terms, everyday_words())
    of_places = Spelling(
        [*texts, *terms], [fold(p.short) for p in gazetteer.places if len(p.short) == 2], everyday_words()
    )
    return QuestionParser(index.search_text, spelling, of_places, concepts, places, FollowUps(documents))
