"""Who acts, as clauses say it: 由…进行, …会同…, …任主任, …负责…."""

from __future__ import annotations

import re

from corpus.script import fold_aligned
from corpus.types import Span

_ACTS = (
    "进行|组织|担任|负责|研究|提出|把关|确定|颁发|通报|开展|实施|予以|牵头|统筹|对|签发|审批|批准|聘任|聘请|任命|"
    "承担|保障|解决|拨付|落实|制定|管理|审核|发放|汇总|主持|出任|兼任|公布|责令|约谈|作出|做出"
)
_JOINTLY = "联合|共同|严肃|及时|依法|定期|积极|认真"
_ORGAN = "机构|部门|委员会|政府|办公室|教委|教育局|教育厅|督导[室团办]|教督委|管委会?|单位"
_DOES = "任命|聘任|聘用|聘请|颁发|组织|制定|设立|开展|实施|约谈|通报|公布|审核|承担|统筹|每年"
_WORD = r"[^,。;:、!?由\n]"
_PHRASE = r"[^,。;:\n]"
_PATTERNS = (
    re.compile(rf"(?:^|[,。;:\n由])(?P<agent>{_WORD}{{2,24}}?会同{_PHRASE}{{2,40}}?)(?:{_JOINTLY}|{_ACTS})"),
    re.compile(
        rf"(?<![理缘自])由(?P<agent>{_PHRASE}{{2,40}}?)"
        rf"(?:(?:将|根据|按照|依据){_PHRASE}*?|统一归口|统一|依法|{_JOINTLY})?(?:{_ACTS})"
    ),
    re.compile(
        rf"(?:^|[,。;:\n])(?P<agent>{_PHRASE}{{3,40}}?)"
        r"(?:担任|兼任|出任|(?<![主责])任(?=[^职命务期免何]{0,16}(?:主任|组长|委员)))"
    ),
    re.compile(rf"(?:^|[,。;:\n])(?P<agent>{_WORD}{{2,24}}?)(?:具体|全面|统一|统筹)?负责(?![人同制])"),
    re.compile(
        rf"(?:^|[,。;:\n])(?P<agent>{_WORD}{{0,20}}?(?:{_ORGAN}))(?:在{_WORD}{{2,12}})?(?:(?:要|应当?|须|必须|可以?)(?!求)|{_DOES})"
    ),
)
# what only looks like a subject: 主任由…担任, 安排专人负责, 认真负责
_NOT_AGENT = re.compile(
    r"^(?:对|将|把|并|不|按|其中|作为|遴选|选|聘用|聘请|可|安排|配|督促|指导|要求|建议|加强|完善|建立|健全|根据|依据|明确|规范|落实|积极|探索)|由|安排|.(?:应|应当|要)(?:积极|严格|充分|认真|当)|(?:履职|认真|尽职|和|及|与|不)$"
)


def agents_in(text: str) -> list[Span]:
    """Return the spans of `text` that name who acts, in reading order; none lies inside another.

    text: clean text of any script; the spans count its code points.
    """
    folded = fold_aligned(text)
    found: list[Span] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            span = Span(*match.span("agent"))
            if not _NOT_AGENT.search(span.of(folded)) and not any(
                s.start < span.end and span.start < s.end for s in found
            ):
                found.append(span)
    return sorted(found, key=lambda s: s.start)
