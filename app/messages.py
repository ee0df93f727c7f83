"""Every fixed sentence of the page, in Simplified Chinese, and the sentence for each class of error."""

from __future__ import annotations

from corpus.errors import (
    CorpusError,
    DudaoError,
    IndexDamagedError,
    IndexFault,
    IndexMissingError,
    IndexStaleError,
    InputError,
    ModelError,
    ServerError,
)

TITLE = "督导问策"
SUBTITLE = "教育督导政策条款查询：只引原文，条条有出处"
QUESTION_CAP = 2000

EMPTY_QUESTION = "请先输入要查询的问题，例如：谁负责约谈？"
TOO_LONG = f"问题太长了：请控制在 {QUESTION_CAP} 字以内，一次只问一件事。"
UNFORESEEN = "这次没能完成查询，问题已记录在服务器日志中，请重试一次；仍不成功请联系管理员。"
LOOKING_UP = "正在查找条款…"
UNDERSTOOD = "按上文理解为："
ABSTAINED = "未见规定"
NEAREST = "最接近的条款（仅供参考，不是答案）"
CITATIONS = "引用"
COPY_OFFICIAL = "复制引用"
COPY_QUOTE = "复制原文和引用"
COPY_ANSWER = "复制全部答复"
PANEL_EMPTY = "点击答复中的 [1] 等标号，在这里核对条款原文。"
NOT_STATED = "文中未注明"
NOT_FOUND = "没有这份文件或这一条款。"
ACCESS = {"public": "公开发布", "internal": "此件不公开", "unmarked": "未标注"}

KNOWS = "可以查询的文件"
DOES_NOT = "它不做什么"
HOW_TO = "怎样使用"
STEPS = (
    "输入问题后回车；也可以先勾选地区，只查这几份文件。",
    "点答复中的 [1]，旁边显示整条原文，引用的字句已标出。",
    "“复制引用”可直接粘贴进报告；接着问“那威海呢？”即为追问。",
)
LIMITS = (
    "不解释、不推断、不改写：答复里的规定都是文件原文。",
    "只查上列文件，不含其他地区、其他年份和国家文件。",
    "文件没有规定的，直接告知“本库文件未见规定”。",
)
EXAMPLES = (
    ("督导办日常", ("谁负责约谈？", "督导报告多久要公开？", "整改不力怎么处理？")),
    ("督学与队伍", ("督学按什么比例配备？", "威海经开区的督学每年培训多少学时？")),
    ("对照与备课", ("大足的评估监测有哪些？", "海南的工作目标是什么？")),
)

_SENTENCES: tuple[tuple[type[DudaoError], str], ...] = (
    (InputError, "这个问题没有被接受，请换一种问法再试。"),
    (IndexMissingError, "条款索引还没有建立，请管理员运行 dudao index build 后再试。"),
    (IndexStaleError, "条款索引与文件不一致，请管理员运行 dudao index build 重建后再试。"),
    (IndexDamagedError, "条款索引没有通过检查，请管理员运行 dudao index build 重建后再试。"),
    (ModelError, "检索模型无法载入，请管理员运行 make setup 后再试。"),
    (IndexFault, "条款索引暂时不可用，请管理员运行 make setup 后再试。"),
    (CorpusError, "政策文件有一处读不出来，请管理员运行 dudao corpus check 查看。"),
    (ServerError, "服务暂时不可用，请管理员查看服务器日志。"),
)


def sentence_for(error: Exception) -> str:
    """Return the one sentence that the page shows for `error`; the message itself stays on the server."""
    return next((text for kind, text in _SENTENCES if isinstance(error, kind)), UNFORESEEN)
