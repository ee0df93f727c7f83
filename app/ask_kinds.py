"""What a question asks for: patterns of the questions' own language, each with the kind of value that answers it.

Patterns match folded text (simplified, half-width, no spaces) or lower-case English. They name words of questions,
never of a document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.facts import Fact, FactKind

_COUNTED = "学时|课时|小时|个月|工作日|天|日|人|名|位|个|所|项|次|回|趟|遍|轮|岁|类|种|条|元|块|分|届|年|家|份|级|门"


@dataclass(frozen=True, slots=True)
class Want:
    """A value that the question asks for. units: any of these units will do; empty for any unit."""

    kinds: frozenset[FactKind]
    units: frozenset[str]

    def met_by(self, fact: Fact) -> bool:
        """Whether `fact` is a value of this kind and unit."""
        if fact.kind not in self.kinds:
            return False
        return not self.units or any(u in words for u in self.units for words in (fact.unit, fact.value, fact.number))


def _want(kinds: str, units: str = "") -> Want:
    return Want(frozenset(kinds.split()), frozenset(units.split()))  # type: ignore[arg-type]


_SYNONYMOUS_UNITS = {
    "课时": "学时", "小时": "学时", "回": "次", "趟": "次", "遍": "次", "位": "人", "名": "人", "块": "元", "种": "类",
}  # fmt: skip
# 满意度要达到多少, 多高的合格率; 频率 is no rate
_RATE = r"(?:(?<!频)率|满意度)[要应得须]?(?:达到|达|到)?多少|多[高大]的?.{0,3}(?<!频)率"
_DOCUMENT_NUMBER = r"document(?:'s)? (?:own )?(?:issue |issuing |reference )?number|(?:issue|issuing|reference) number"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("who", r"谁|哪(?:个|些|几个|位|几位)?(?:部门|单位|机构|领导|人|级|家)|由(?:什么|哪)|(?:什么|(?<![任如为缘])何)(?:部门|单位|机构)|(?<![任如为])何人|(?<!理)由何|归口|"
                r"牵头|责任单位|负责单位|\bwho\b|\bwhom\b|\bwhich (?:bod|office|department|unit|agenc|authorit)"),
        ("lead", r"牵头|带头|主办|\blead(?:s|ing)?\b"),
        ("responsible", r"责任单位|负责单位|责任部门|负责部门|谁负责|谁牵头|牵头|谁来?管|归谁管|"
                        r"responsible (?:unit|bod|depart)|who is responsible|in charge"),
        ("ratio", r"比例|配比|几比几|一比几|占比|占多少|百分之|多大比|多少比|\bratio\b|\bproportion\b|"
                  rf"\b(?:what|the|which) share\b|\bshare of\b|\bpercent|\b(?:what|which) (?:\w+ ){{0,2}}rate\b|{_RATE}"),
        ("frequency", r"多久|多长时间.{0,6}(?:次|回|趟|轮|遍)|几年.{0,4}(?:次|轮|回|遍)|"
                      r"(?:每|一)个?(?:年|月|学期|学年|周).{0,12}(?:几|多少)(?:次|回|趟|遍|词)|周期|频次是|频率|隔多|"
                      r"\bhow often\b|\bhow frequently\b|\bcycle\b|\bhow many times\b"),
        ("date", r"什么时候|何时|哪年|哪一年|几月|哪天|哪一天|哪月|日期|几号(?!文)|到几时|时间节点|截止|什么时间|多会儿|"
                 r"(?:^|[.;:?!,]\s*|\b(?:and|or|since|until|by|from|exactly)\s+)when(?:[?]?$|\s+(?:is|are|was|were|did|"
                 r"do|does|will|has|have|had|must|should|can|may)\b)|\bby what (?:year|date)\b|\bwhich year\b|\bwhat year\b|\bdate\b|\bdeadline\b"),
        ("number", rf"多少|几(?:{_COUNTED}|种)|多长|多大|\bhow many\b|\bhow much\b|\bhow long\b|\bhow large\b|"
                   r"\bminimum\b|\bmaximum\b|\bat least\b|\bhow recently\b"),
        ("docfact", r"文号|发文字号|几号文|印发|发文|标题|全称|依据哪|根据哪|什么依据|制定依据|发给谁|抄送|主送|公开吗|公不公开|"
                    rf"是公开|不公开|审议通过|{_DOCUMENT_NUMBER}|\bissued\b|\bcopies\b|copied to"),
        ("list", r"哪些|哪(?:几|(?:[二两三四五六七八九十]|十[一二]|[2-9])[个项类种条点步大])|有什么|包括|包含|分别是|都有|列出|几个方面|几项|几类|多少项|\bwhich\b.*\b\w+s\b|\bwhat are\b|\blist\b"),
        ("places", r"哪(?:些|几个?|个)(?:地方|地区|区域|省|市|县|文件)|各地|各处|那些地方|哪里规定|哪几地|全部地方|"
                   r"\bwhich (?:place|region|document|count|cit|area)"),
        ("condition", r"条件|什么情况|哪些情况|哪些情形|什么情形|要求是|资格|门槛|满足|什么样的|"
                      r"\bcondition|\brequirement|\bgrounds\b|\bin which cases\b|\beligible\b|\bwho can\b"),
        ("consequence", r"怎么办|会怎样|会怎么|后果|处罚|处理|惩|追究|怎么罚|会不会被|如何处置|好处|"
                        r"\bhappens?\b|\bconsequence|\bpenalt|\bpunish|\bsanction"),
        ("procedure", r"怎么|如何|怎样|程序|流程|步骤|方式|办法|手续|\bhow\b|\bprocedure|\bprocess\b|\bstep"),
        ("yes_no", r"吗[?]?$|是不是|是否|要不要|能不能|可不可以|会不会|有没有|对不对|对吗|算不算|行不行|不[?]?$|没[?]?$|"
                   r"^(?:is|are|do|does|can|must|may|should|will|has|have)\b"),
        ("compare", r"比较|对比|不同|区别|差别|差异|一样|一致|哪个.{0,12}更|谁.{0,12}更|相比|各(?:是|怎么|有什么)|分别|"
                    r"比呢|\bdiffer|\bcompare|\bversus\b|\bvs\b|\bdifference"),
        ("definition", r"是什么意思|什么叫|什么是|指什么|指的是|何谓|含义|定义|\bwhat does .* mean\b|\bdefin"),
        ("why", r"为什么|为何|原因|\bwhy\b"),
        # a text to be made, which no clause is; a question on writing one has a question word
        ("write", r"^(?!.*(?:谁|几|多少|什么|怎么|如何|是否|哪|要求))(?:.*(?:帮|给|替)(?:我们?|咱们?|一下|个忙|忙)?[^,。?]{0,6}|"
                  r"(?:.*[,。:])?(?:请|麻烦)?)(?:写|拟写|编写|画|翻译|生成|起草|润色|创作|总结)(?:出|成|一下)?(?:一|个|首|篇|段|份|张|点|两|三|封|句|"
                  r"整改报告|通知|方案|讲话|发言)|(?:翻译|译|翻)成(?:英|日|法|俄|外|中)|讲一?个?(?:笑话|故事)|来一?首|"
                  r"^(?:please )?(?:(?:can|could|would|will) you )?(?:please )?(?:help me )?"
                  r"(?:write|compose|draft|translate|design|draw|generate|paint|sing) (?:me |us |a |an |the |some |this |my |\"|“)"),
    )
)  # fmt: skip
_WHEN_CONDITION = re.compile(
    r"(?:什么时候|何时)(?:要|必须|才|应|会|需)|\bwhen (?:must|should|do|does|can|may|will|are|is)\b"
)
_ONE_TO = re.compile(r"几比几|一比几|1比几|1:几")
_PERCENT = re.compile(rf"百分之|百分比|占多少|{_RATE}|\bpercent|\bshare\b|\brate\b")
_OWN_NUMBER = re.compile(rf"文号|发文字号|几号文|\b(?:{_DOCUMENT_NUMBER})\b")
_CITED = re.compile(
    r"引用|引的|依据|根据|照着|照的|按照|落实(?!措施|方案|意见|办法|细则)|援引|中办|国办|中央|省里|上级|所依|那份《|国务院|"
    r"\bcited?\b|\bcites\b|\bbased on\b|\bimplement(?:s|ed|ing)?\b(?! (?:plan|scheme|measures?|opinions?|rules?)\b)|"
    r"\bdrawn up\b|\bpursuant\b|\bin accordance\b|\bsuperior\b|\bhigher-level\b"
)
_OWN_DATE = re.compile(
    r"(?:印发|发文|发布|出台|下发|成文|颁布|发出).{0,4}(?:日期|时间|哪天|哪一天|什么时候|何时|几号|哪年)|"
    r"(?:哪天|哪一天|什么时候|何时|几时|哪年|几月几[日号]).{0,2}(?:印发|发文|发布|出台|下发|颁布|发出|发的)|文号[和与及、](?:日期|印发|发文)|"
    r"\bwhen was .{0,60}\bissued\b|\bdate of issue\b|\bissue date\b|\bissued on\b"
)
_OPEN = re.compile(
    r"(?:公开|不公开|对外)(?:文件|发布的|的)?吗|公不公开|哪份公开|(?:是不是|是否|属于|算|能不能|可不可以|能否)[^,。]{0,4}(?:公开|对外)(?!督学|联系|挂牌|督导)[^督]{0,4}$"
)
# what a document lays open is not the document: 督导报告要公开吗
_LAID_OPEN = re.compile(r"报告|结果|名单|信息|联系|电话|号码|姓名|情况|整改|处理|report|result|findings")
_COPIED = re.compile(r"抄送|抄报|\bcopies\b|\bcopied to\b")
_MONEY = re.compile(r"多少(?:钱|补贴|补助|津贴|奖金|工资)|费(?:用|标准)?[^,。]{0,6}多少|工资|薪|补贴.{0,4}多少|补助.{0,6}多少|罚款|费用标准|多少元|几块钱|月薪|津贴|奖金|"
                    r"\bsalar(?:y|ies)\b|\bfines?\b|\bhow much (?:money|pay|budget|funding)\b|\b(?:what|which)(?: \w+){0,2} (?:amount|sum)\b(?! of (?!money|fund))|"
                    r"\bhow much\b.{0,40}\b(?:cost|costs|pay|paid|pays|fee|fees|allowance|earn|receive|spend|spent)\b")  # fmt: skip
_HOURS = re.compile(r"学时|课时(?!间)|多少课|几个钟|\bhours?\b")
# 好几个, 这几条, 的几项, 十几人 name some, 第几次 a place in a row: none of them asks how many; 提前几天 and 之后几天 do
_UNIT_ASKED = re.compile(
    rf"(?:多少|(?<![哪好这那前后头第的十百列举])(?<!(?<![至最])少)几)个?({_COUNTED})|(?:提前|之前|后)几个?(天|日|工作日|个月|周)"
)
# 拖了几个月没弄完 and 几个地方的说法 tell and do not ask; 抽几所看看还是全查 asks which
_SOME = re.compile(
    rf"了几个?(?:{_COUNTED})(?=[没都还也才未,])|几个?(?:{_COUNTED})(?=[^。?]{{0,10}}还是)|"
    r"(?<!有)几个(?:地方|地区|省市|市县|区县|文件)(?=[的都各里对怎分])"
)
_PUPILS = re.compile(r"多少(?:名|个)?学生")
_ENGLISH_COUNT = re.compile(
    r"(?:how many|\b(?:least|minimum|maximum) number of|\bwhat(?:'s| is| are)?(?: the)?(?: \w+)? number of) "
    r"(?:\w+ )?(hours|times|people|pupils|students|inspectors|zones|years|months|days|members|schools)"
)
ENGLISH_UNITS = {
    "hours": "学时", "times": "次", "people": "人", "pupils": "人", "students": "人", "inspectors": "人", "zones": "个",
    "years": "年", "months": "月", "days": "天", "members": "人", "schools": "所",
}  # fmt: skip
# so many of one to each of another is a ratio, whether or not it is called one: 几所学校配一名督学, how many per school
_PER_EACH = re.compile(
    r"(?:每|一)(?:个|所|名|位|家)?(?:专职|兼职|责任|挂牌)*(?:学校|校|学生|督学|责任区|幼儿园)[^,。年月周期]{0,8}(?:几|多少)|"
    r"(?:几|多少)(?:个|所|名|位|家)?(?:学校|校|学生|督学|责任区|幼儿园)[^,。年月周期]{0,8}(?:每|一)(?:个|所|名|位|家)|"
    r"\bhow many\b.{0,60}\b(?:per|each|every|one|a single)\b(?! (?:year|month|week|term|semester|school year|time))|"
    r"\b(?:one|each|a single)\b.{0,60}\bhow many\b"
)
_AGE = re.compile(r"年龄|多大岁数|几岁|\bage\b")
_RETIRED_YEARS = re.compile(r"退休.{0,8}(?:几年|多少年|年限|年数|年头)|(?:几年|年限).{0,6}退休")


def ask_kinds(text: str) -> frozenset[str]:
    """Return the kinds of things that folded question text asks for; may be empty or several."""
    return frozenset(kind for kind, pattern in _KINDS if pattern.search(text))


def wanted_values(text: str, kinds: frozenset[str]) -> tuple[Want, ...]:
    """Return the values of which one at least must stand in an answer; empty where the question asks for none."""
    if _MONEY.search(text) and "ratio" not in kinds:
        return (_want("count frequency", "元 万元"),)
    if _AGE.search(text):
        return (_want("count", "岁"),)
    if _HOURS.search(text) and (
        kinds & {"number", "yes_no", "frequency", "compare"} or "规定" in text or len(text) <= 12
    ):
        return (_want("count frequency", "学时"),)
    wants = _document_wants(text)
    if wants:
        return tuple(wants)
    if "ratio" in kinds and "yes_no" not in kinds:  # whether a share is to grow is answered without its size
        kinds_wanted = "percent" if _PERCENT.search(text) else "ratio" if _ONE_TO.search(text) else "ratio percent"
        wants.append(_want(kinds_wanted))
    if "frequency" in kinds:
        wants.append(_want("frequency"))
        wants.append(_want("duration", "年"))
    if _RETIRED_YEARS.search(text):
        wants.append(_want("duration", "年"))
    if "date" in kinds and not _WHEN_CONDITION.search(text):
        wants.append(_want("date own_date"))
    return tuple(wants or _counted_wants(text))


def _counted_wants(text: str) -> list[Want]:
    """So many of a unit; of one for each of another, a ratio will do as well."""
    asked = _UNIT_ASKED.search(_SOME.sub("", text)) or _ENGLISH_COUNT.search(text)
    if not asked and _PUPILS.search(text) and not _PER_EACH.search(text):
        return [_unit_want("人")]
    if not asked:
        return []
    named = next(filter(None, asked.groups()))
    unit = ENGLISH_UNITS.get(named, named)
    per_each = [_want("ratio")] if _PER_EACH.search(text) else []
    return [_unit_want(_SYNONYMOUS_UNITS.get(unit, unit)), *per_each]


def _document_wants(text: str) -> list[Want]:
    """The document's own number, date, openness or copies; a number or date of a document it cites is another matter."""
    wants = []
    if _OWN_NUMBER.search(text):
        wants.append(_want("document", "〔") if _CITED.search(text) else _want("own_number"))
    if _OWN_DATE.search(text):
        wants.append(_want("own_date"))
    if _OPEN.search(text) and not _LAID_OPEN.search(text):
        wants.append(_want("openness"))
    if _COPIED.search(text):
        wants.append(_want("copies"))
    return wants


def _unit_want(unit: str) -> Want:
    if unit in ("年", "月", "日"):
        return _want("duration date own_date", "" if unit == "年" else f"{unit} 日")
    if unit in ("天", "工作日", "个月", "周"):  # how long, not when
        return _want("duration", "天 日" if unit in ("天", "工作日") else unit)
    if unit == "次":
        return _want("frequency count", "次 轮")
    if unit in ("人",):
        return _want("count frequency", "人 名")
    if unit in ("学时", "岁", "元", "分"):
        return _want("count frequency", unit)
    return _want("count")
