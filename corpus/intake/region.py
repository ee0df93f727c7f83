"""The region that a new text holds for: from its issuer, its title or the place that its own text means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pypinyin import lazy_pinyin

from corpus.intake.lines import Found, Line
from corpus.places import LEVELS, Gazetteer, Place, PlaceHit
from corpus.script import fold

NATION = "全国"  # no other names: 国家 stands in questions that are not about documents of the whole country
_ENGLISH = {"province": "Province", "city": "City", "district": "District", "county": "County"}
_ZONES = {
    "经济技术开发区": ("经开区", "Economic and Technological Development Zone"),
    "经济开发区": ("经开区", "Economic Development Zone"),
    "高新技术产业开发区": ("高新区", "High-tech Industrial Development Zone"),
    "高新技术开发区": ("高新区", "High-tech Development Zone"),
    "高新区": ("", "High-tech Zone"), "经开区": ("", "Development Zone"), "开发区": ("", "Development Zone"),
    "综合保税区": ("", "Comprehensive Bonded Zone"), "保税区": ("", "Bonded Zone"), "新区": ("", "New Area"),
    "示范区": ("", "Demonstration Zone"), "度假区": ("", "Resort"), "管理区": ("", "Administrative Zone"),
}  # fmt: skip
_ZONE = re.compile(rf"[\u4e00-\u9fff]{{0,6}}?(?P<zone>{'|'.join(sorted(_ZONES, key=len, reverse=True))})")
_PARTY = re.compile(r"(?:关于印发|关于|《|中国共产党|中共|共青团)*")
_CENTRAL = re.compile(r"(?:中共中央|中华人民共和国|全国人民代表大会|全国人大|国务院|国家|教育部|财政部|中央)")
_TITLE_OR_NOTE = re.compile(r"《[^》]*》|〈[^〉]*〉|[(〔][^()〔〕]*[)〕]")
_NATIONALITIES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各"
).split()
_AUTONOMOUS = re.compile(rf"(?P<short>.{{2,}}?)(?:(?:{'|'.join(_NATIONALITIES)})族?)+自治(?P<unit>[县州旗区])")
_OUR = re.compile(r"(?:我|结合本)(?P<unit>[省市县区州旗盟])")
_ENOUGH = 20_000  # characters; a text that means a place has named it by then
_OUR_LEVELS = {
    "省": ("province",), "市": ("city", "county", "province"), "县": ("county",), "旗": ("county",), "州": ("city",),
    "盟": ("city",), "区": ("district", "zone", "province"),
}  # fmt: skip


_KIND_OF_PLACE = r"(?:自治[州县旗]|[省市县区州盟旗镇乡]|街道)$"


@dataclass(frozen=True, slots=True)
class Region:
    """A region by its full name, simplified. short: its name without the kind of division; aliases: in questions."""

    name: str
    level: str
    short: str
    aliases: tuple[str, ...]


class RegionFinder:
    """Finds the region of a text among the divisions of China and the zones in them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def of_issuer(self, wording: str) -> Region | None:
        """Return the region whose office `wording` names: 重庆市大足区教育委员会, 中共海南省委办公厅."""
        folded = fold(wording)
        start = _PARTY.match(folded)
        folded = folded[start.end() if start else 0 :]
        if _CENTRAL.match(fold(wording)):
            return Region(NATION, "nation", NATION, ())
        return self._at_start(folded)

    def named(self, name: str) -> Region:
        """Return the region of this name; one that no table knows keeps its name, with no level."""
        if fold(name) == NATION:
            return Region(NATION, "nation", NATION, ())
        known = self._at_start(fold(name), whole=True)
        short = re.sub(_KIND_OF_PLACE, "", name)
        return known or Region(name, "", name, (short,) if short != name and len(short) > 1 else ())

    def of_text(self, lines: Sequence[Line]) -> Found[Region] | None:
        """Return the place that the text names most outside titles and notes, where 我市 and the like agree with it."""
        counted: Counter[Place] = Counter()
        first: dict[Place, Found[Region]] = {}
        ours: Counter[str] = Counter()
        read = 0
        for line in lines:
            prose = _TITLE_OR_NOTE.sub(lambda m: "\0" * len(m.group()), line.folded[: max(0, _ENOUGH - read)])
            read += len(prose)
            ours.update(m["unit"] for m in _OUR.finditer(prose))
            for hit in self._gazetteer.find(prose):
                counted[hit.place] += 1
                region = _region([hit], "")
                first.setdefault(hit.place, line.found(region, hit.start, hit.end))
        allowed = _OUR_LEVELS[ours.most_common(1)[0][0]] if ours else LEVELS
        ranked = [(n, place) for place, n in counted.most_common() if first[place].value.level in allowed]
        if not ranked or ranked[0][0] < 2 or len(ranked) > 1 and ranked[0][0] < 2 * ranked[1][0]:
            return None
        return first[ranked[0][1]]

    def _at_start(self, folded: str, whole: bool = False) -> Region | None:
        chain: list[PlaceHit] = []
        at = 0
        for hit in self._gazetteer.find(folded):
            if hit.start != at:
                break
            chain.append(hit)
            at = self._end_of(hit, folded)
        if not chain:
            return self._autonomous(folded)
        zone = _ZONE.match(folded, at)
        if zone:
            return _region(chain, folded[: zone.end()])
        full = folded[chain[-1].start : at] != fold(chain[-1].place.short)
        return _region(chain, "") if full or whole and at == len(folded) else None

    def _end_of(self, hit: PlaceHit, folded: str) -> int:
        """Past the hit, and past the kind of division that a short name leaves to be said: 凉山 + 州."""
        short = hit.end - hit.start < len(hit.place.name)
        unit = folded[hit.end : hit.end + 1]
        return hit.end + (1 if short and unit and unit in "省市县州盟旗" else 0)

    def _autonomous(self, folded: str) -> Region | None:
        """秀山县 for 秀山土家族苗族自治县."""
        match = re.match(r"[\u4e00-\u9fff]{2,6}?[县州旗]", folded)
        place = self._shortened.get(match.group()) if match else None
        return _region([PlaceHit(place, 0, 0)], "") if place else None

    @cached_property
    def _shortened(self) -> dict[str, Place]:
        found = ((_AUTONOMOUS.fullmatch(place.name), place) for place in self._gazetteer.places)
        return {match["short"] + match["unit"]: place for match, place in found if match}


def english_of(region: Region) -> str:
    """Return the short name in letters without tones, one word: dazu, xiushan; for ids and English aliases."""
    return "".join(lazy_pinyin(fold(region.short), errors="ignore"))


def _region(chain: Sequence[PlaceHit], zone: str) -> Region:
    """The region of the last place of a chain (重庆市 大足区), or of the zone of that full name in it."""
    place = chain[-1].place
    short, level = _short(place), _level(place)
    letters = place.english.title() or "".join(lazy_pinyin(short)).capitalize()
    if zone:
        kind = next(_ZONE.finditer(zone))
        said, english = _ZONES[kind["zone"]]
        aliases = [f"{short}{kind['zone']}", f"{short}{said}" if said else "", f"{letters} {english}"]
        return Region(zone, "zone", short, tuple(dict.fromkeys(a for a in aliases if a and a != zone)))
    name = "".join(hit.place.name for hit in chain)
    unit = _AUTONOMOUS.fullmatch(place.name)
    aliases = [
        place.name,
        short + unit["unit"] if unit and unit["unit"] != "区" else "",
        short if len(short) > 1 else "",
    ]
    aliases += [f"{letters} {_ENGLISH[level]}", letters] if len(short) > 1 else [f"{letters} {_ENGLISH[level]}"]
    return Region(name, level, short, tuple(dict.fromkeys(a for a in aliases if a and a != name)))


def _short(place: Place) -> str:
    if place.short:
        return place.short
    autonomous = _AUTONOMOUS.fullmatch(place.name)
    return (
        autonomous["short"] if autonomous else re.sub("(?:特别行政区|自治[区州县旗]|[省市县区州旗盟])$", "", place.name)
    )


def _level(place: Place) -> str:
    if place.code.endswith("0000"):
        return "province"
    if place.code.endswith("00"):
        return "city"
    return "district" if place.name.endswith("区") else "county"
