"""Words of documents as a question prints them: simplified, Chinese punctuation, a blank where something is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.script_view import in_script
from app.welcome import short_name
from corpus.load import Corpus
from corpus.sentences import split_sentences
from corpus.types import Measure, PolicyDocument, Span

_WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"})
# Between two digits these are parts of a number.
_MARK = re.compile(r"(?<!\d)[,;:()?!]|[,;:()?!](?!\d)")
_RATIO = re.compile(r"(?<=\d)[:：∶](?=\d)")
_PART_ENDS = "，。；！？"
_LEADING = re.compile(r"^(?:——|[一二三四五六七八九]是|（[一二三四五六七八九十\d]+）|[①-⑳]|\d+[.．、]|[，。、；\s])+")
_SUFFIX = re.compile(r"[省市县区州盟旗镇乡]$")
_STEM_CAP = 78  # letters before the blank, above which the sentence's beginning is left out
_PART_MIN = 14  # letters, under which a part says too little by itself
_OPEN_ENDS = "中时后下"  # a part that ends so leads in the next one
_WHOLE_CAP = 95  # letters of a sentence that is printed whole
_TAIL_CAP = 60  # letters after the blank that are shown to the end of the sentence


@dataclass(frozen=True, slots=True)
class Cloze:
    """A stretch of a sentence around the asked words, as printed.

    shown: what of the measure's text is printed, the sentence's own end mark left out.
    """

    before: str
    asked: str
    after: str
    shown: Span

    def filled(self, words: str) -> str:
        """Return the stretch with `words` in the place of the asked ones."""
        return f"{self.before}{words}{self.after}"


def printed(text: str) -> str:
    """Return words of a document as a question prints them; one code point for each of `text` but for line breaks."""
    wide = _MARK.sub(lambda m: m[0].translate(_WIDE), in_script(text, "hans"))
    return _RATIO.sub("∶", wide).replace("\n", "")


def place_name(document: PolicyDocument) -> str:
    """Return the name of a document's place that says what it is a name of: 唐山市, 秀山县."""
    name, region = short_name(document), document.meta.region
    return region if not _SUFFIX.search(name) and _SUFFIX.search(region) else name


def document_label(corpus: Corpus, document: PolicyDocument) -> str:
    """Return how a question names a document: by place and genre, and by its title where these are not enough."""
    label = f"{place_name(document)}{document.meta.genre}"
    same = [d for d in corpus.documents if f"{place_name(d)}{d.meta.genre}" == label]
    if len(same) > 1:
        label += f"《{printed(document.meta.title)}》" if document.meta.title else f"（{document.meta.id}）"
    return label


def measure_title(measure: Measure) -> str:
    """Return the printed heading of a measure."""
    return printed(measure.heading)


def body_start(measure: Measure) -> int:
    """Return where a measure's text begins behind its number and its heading."""
    head = measure.label + measure.heading
    at = len(head) if measure.text.startswith(head) else 0
    while at < len(measure.text) and measure.text[at] in "。．.：: \n":
        at += 1
    return at


def sentences(measure: Measure) -> tuple[Span, ...]:
    """Return the sentences of a measure's body: without its number, its heading and its responsibility note."""
    first = body_start(measure)
    last = measure.note.start if measure.note else len(measure.text)
    spans = (Span(max(s.start, first), min(s.end, last)) for s in split_sentences(measure.text))
    return tuple(t for t in (_trimmed(s, measure.text) for s in spans if s.start < s.end) if t.start < t.end)


def _trimmed(span: Span, text: str) -> Span:
    start, end = span.start, span.end
    lead = _LEADING.match(printed(text[start:end]))
    start += lead.end() if lead else 0
    while end > start and text[end - 1] in "。；;！!？?\n ":
        end -= 1
    return Span(start, end)


def cloze(measure: Measure, asked: Span, apart: Sequence[Span] = ()) -> Cloze | None:
    """Return the stretch of the sentence that holds `asked`, None where it stands in no sentence of the body.

    It runs from the sentence's beginning to the end of the part that holds the asked words, or of the sentence where
    little is left of it; of a long beginning the last parts are kept.

    apart: what is better not shown behind the asked words, such as other values.
    """
    sentence = next((s for s in sentences(measure) if s.start <= asked.start and asked.end <= s.end), None)
    if sentence is None:
        return None
    text = printed(measure.text[sentence.start : sentence.end].replace("\n", " "))
    at, to = asked.start - sentence.start, asked.end - sentence.start
    later = [s.start - sentence.start for s in apart if to < s.start - sentence.start < len(text)]
    end = _end_of_part(text, at, to, min(later, default=len(text)))
    start = _start_of_part(text, at)
    shown = Span(sentence.start + start, sentence.start + end)
    return Cloze(text[start:at], text[at:to], text[to:end], shown)


def _end_of_part(text: str, asked: int, at: int, limit: int) -> int:
    """The end of the part behind `at`, or of a later one where that part by itself says too little."""
    if len(text) - at <= _TAIL_CAP and len(text) <= _WHOLE_CAP and limit == len(text):
        return len(text)
    cuts = _cuts(text)
    begins = max((cut + 1 for cut in cuts if cut < asked), default=0)
    ends = [cut for cut in cuts if cut >= at] + [len(text)]
    whole = [end for end in ends if end - begins >= _PART_MIN and text[end - 1] not in _OPEN_ENDS]
    return next((end for end in whole if end <= limit), whole[0] if whole else len(text))


def _start_of_part(text: str, at: int) -> int:
    if at <= _STEM_CAP:
        return 0
    cuts = [cut + 1 for cut in _cuts(text) if cut < at]
    near = [cut for cut in cuts if at - cut <= _STEM_CAP]
    # the part right before the one that is asked names what it is about
    return near[0] if near else (cuts[-1] if cuts else 0)


def _cuts(text: str) -> list[int]:
    """Where the parts of a sentence end: its marks outside brackets, titles and quotation marks."""
    found, depth = [], 0
    for at, letter in enumerate(text):
        depth += (letter in "（《〈“〔") - (letter in "）》〉”〕")
        if letter in _PART_ENDS and depth <= 0:
            found.append(at)
    return found
