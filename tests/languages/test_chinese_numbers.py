"""Numbers of Chinese in both scripts: what they say, their bounds and their kinds, and what they count."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.dossiers.loading import load
from tallystick.extraction.categories import categorize
from tallystick.languages.chinese.chinese import CHINESE
from tallystick.model.document import Document, Passage, PassageKind
from tallystick.model.dossier import Dossier
from tallystick.model.quantity import Bound, Quantity, QuantityKind

ONES = "零一二三四五六七八九"


def _document(text: str) -> Document:
    passages = (Passage(0, len(text), PassageKind.BODY),)
    return Document(id="zh", sha256="0" * 64, name="zh", text=text, language="zh", passages=passages)


def _quantities(text: str) -> tuple[Quantity, ...]:
    parse = CHINESE.parse(_document(text))
    return tuple(one for sentence in parse.sentences for one in CHINESE.quantities(sentence, text))


@cache
def _dossier() -> Dossier:
    return load("general")


def _read(text: str) -> list[tuple[str, str | None, str | None]]:
    """Figure, counted phrase and category of every count and sum of `text`."""
    parse = CHINESE.parse(_document(text))
    found = []
    for sentence in parse.sentences:
        quantities = CHINESE.quantities(sentence, text)
        for index, one in enumerate(quantities):
            if one.kind in (QuantityKind.COUNT, QuantityKind.MONEY, QuantityKind.MEASURE):
                counted = CHINESE.counted(parse, sentence, quantities, index)
                category = categorize(counted, one, _dossier(), "zh")
                told = None if category is None else category.category
                found.append((text[one.start : one.end], counted.phrase, told))
    return found


def _written(value: int) -> str:
    """`value` in characters, as a reader of Chinese writes it."""
    for unit, character in ((10**8, "亿"), (10**4, "万")):
        if value >= unit:
            head, rest = divmod(value, unit)
            gap = "零" if 0 < rest < unit // 10 else ""
            return _written(head) + character + (gap + _written(rest) if rest else "")
    text, pending = "", False
    for unit, character in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += ("零" if pending and text else "") + ONES[digit] + character
            pending = False
        else:
            pending = True
    return text


def _traditional(text: str) -> str:
    return text.translate(str.maketrans("万亿", "萬億"))


@given(st.integers(min_value=2, max_value=10**9))
def test_numbers_in_characters_read_back(value: int) -> None:
    """Every number up to a billion in characters, both scripts."""
    for text in (_written(value), _traditional(_written(value))):
        (found,) = _quantities(f"共有{text}名士兵。")
        assert (found.low, found.high, found.bound) == (value, value, Bound.EXACT)


@given(st.integers(min_value=2, max_value=10**9))
def test_numbers_in_digits_read_back(value: int) -> None:
    """In plain, grouped and full-width digits."""
    wide = str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for text in (str(value), f"{value:,}", wide):
        (found,) = _quantities(f"共有{text}名士兵。")
        assert (found.low, found.high) == (value, value)


@given(st.integers(min_value=1, max_value=99_999), st.integers(min_value=0, max_value=9_999))
def test_ten_thousands_with_digits_read_back(head: int, rest: int) -> None:
    """Digits around 万, decimals with a point of either width or a middle dot."""
    value = head * 10_000 + rest
    mixed = f"{head}万" + (f"{rest}" if rest >= 1000 else f"零{rest}" if rest else "")
    forms = [mixed] if "零" not in mixed else []
    forms += [f"{head}.{rest:04d}万", f"{head}．{rest:04d}萬", f"{head}·{rest:04d}万"]
    for text in forms:
        (found,) = _quantities(f"共有{text}人。")
        assert found.low == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "figure", "low", "high", "bound"),
    [
        ("约3万名居民", "3万", 30_000, 30_000, Bound.APPROX),
        ("近两千名工人", "两千", 2000, 2000, Bound.APPROX),
        ("大約兩百人", "兩百", 200, 200, Bound.APPROX),
        ("500人左右", "500", 500, 500, Bound.APPROX),
        ("1700余万人", "1700余万", 17_000_000, None, Bound.AT_LEAST),
        ("5萬餘人", "5萬", 50_000, None, Bound.AT_LEAST),
        ("二十多名学生", "二十", 20, None, Bound.AT_LEAST),
        ("百余名学生", "百", 100, None, Bound.AT_LEAST),
        ("逾800名难民", "800", 800, None, Bound.AT_LEAST),
        ("至少有9名士兵", "9", 9, None, Bound.AT_LEAST),
        ("不少于40人", "40", 40, None, Bound.AT_LEAST),
        ("300人以上", "300", 300, None, Bound.AT_LEAST),
        ("最多1200人", "1200", None, 1200, Bound.AT_MOST),
        ("不超过60名警察", "60", None, 60, Bound.AT_MOST),
        ("高达70人", "70", 70, 70, Bound.EXACT),
        ("三千五人", "三千五", 3500, 3500, Bound.EXACT),
        ("一万零五人", "一万零五", 10_005, 10_005, Bound.EXACT),
        ("160.1万人", "160.1万", 1_601_000, 1_601_000, Bound.EXACT),
        ("数百万人", "数百万", 2_000_000, None, Bound.VAGUE),
        ("數十人", "數十", 20, None, Bound.VAGUE),
        ("十几名医生", "十几", 10, None, Bound.VAGUE),
        ("几百人", "几百", 200, None, Bound.VAGUE),
        ("上万人", "上万", 10_000, None, Bound.VAGUE),
        ("数以千计的难民", "数以千计", 2000, None, Bound.VAGUE),
        ("1万至1.2万人", "1万至1.2万", 10_000, 12_000, Bound.RANGE),
        ("3至5万名难民", "3至5万", 30_000, 50_000, Bound.RANGE),
        ("5000—6000名士兵", "5000—6000", 5000, 6000, Bound.RANGE),
        ("三四千名士兵", "三四千", 3000, 4000, Bound.RANGE),
        ("五六百人", "五六百", 500, 600, Bound.RANGE),
        ("三、四百名士兵", "三、四百", 300, 400, Bound.RANGE),
        ("2、3千人", "2、3千", 2000, 3000, Bound.RANGE),
        ("十七八名学生", "十七八", 17, 18, Bound.RANGE),
        ("1.2至1.5万人", "1.2至1.5万", 12_000, 15_000, Bound.RANGE),
        ("数千至上万名士兵", "数千至上万", 2000, None, Bound.VAGUE),
        ("二十来名学生", "二十", 20, 20, Bound.APPROX),
        ("1.5 萬名居民", "1.5 萬", 15_000, 15_000, Bound.EXACT),
    ],
)
def test_bounds(text: str, figure: str, low: float, high: float, bound: Bound) -> None:
    """Hedges, suffixes, vague words and ranges."""
    (found,) = _quantities(f"{text}。")
    assert text[found.start : found.end] == figure
    assert (found.low, found.high, found.bound) == (low, high, bound)


@pytest.mark.parametrize(
    ("text", "figure", "low", "unit"),
    [
        ("耗资1.2亿元。", "1.2亿元", 120_000_000, "CNY"),
        ("捐款80多亿美元。", "80多亿美元", 8_000_000_000, "USD"),
        ("捐款100万元人民币。", "100万元人民币", 1_000_000, "CNY"),
        ("付了港币300万元。", "港币300万元", 3_000_000, "HKD"),
        ("損失五百萬歐元。", "五百萬歐元", 5_000_000, "EUR"),
        ("月薪５００００卢布。", "５００００卢布", 50_000, "RUB"),
        ("需要US$200万。", "US$200万", 2_000_000, "USD"),
    ],
)
def test_money(text: str, figure: str, low: float, unit: str) -> None:
    """Sums with their currency inside the span."""
    (found,) = _quantities(text)
    assert (text[found.start : found.end], found.low, found.unit) == (figure, low, unit)
    assert found.kind is QuantityKind.MONEY


@pytest.mark.parametrize(
    "text",
    [
        "1998年3月5日出发。",
        "他今年35岁。",
        "历时3天。",
        "行程200公里。",
        "占百分之三十。",
        "增长85％。",
        "全国有八成家庭受益。",
        "获得第3名。",
        "有1700多家企业倒闭。",
        "破获12起案件。",
        "遍布20个国家。",
        "开通110报警电话。",
        "苏-35战机与T-72坦克。",
        "一架波音727—200客机。",
        "比去年增加300人。",
        "直升机飞行30架次。",
        "一名官员说他们统一行动。",
        "无一人掉队。",
        "气温升到45至48摄氏度。",
        "几名学生走了。",
        "球队以3比1获胜。",
        "数万公顷玉米歉收。",
        "每100名居民有一名医生。",
        "列车有16节车厢。",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    """Dates, ages, shares, names, articles and counts of institutions give no claim."""
    assert [one for one in _read(text) if one[2] is not None] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("派出5000名朝鲜士兵。", [("5000", "朝鲜士兵", "soldier")]),
        (
            "派出1000名工兵和5000名建筑工人。",
            [("1000", "工兵", "deminer"), ("5000", "建筑工人", "construction_worker")],
        ),
        (
            "派出1,000名工兵及5,000名建築工人。",
            [("1,000", "工兵", "deminer"), ("5,000", "建築工人", "construction_worker")],
        ),
        ("全县有专职巡警509人。", [("509", "专职巡警", "other")]),
        ("死亡12人，受伤2700余人。", [("12", "人", "killed"), ("2700", "人", "wounded")]),
        ("共有7人遇难，4人失踪。", [("7", "人", "killed"), ("4", "人", "other")]),
        ("机组人员9人，全部遇难。", [("9", "机组人员", "killed")]),
        ("缴获冲锋枪3支和手榴弹12枚。", [("3", "冲锋枪", "vehicle_or_weapon"), ("12", "手榴弹", "shell")]),
        ("德军损失约1.5万人。", [("1.5万", "人", "casualties_unspecified")]),
        ("有37人在袭击中丧生。", [("37", "人", "killed")]),
        ("美军死亡45人，伤300人。", [("45", "人", "killed"), ("300", "人", "wounded")]),
        ("冲突导致6死12伤。", [("6", None, "killed"), ("12", None, "wounded")]),
        ("两名男子和三名妇女被杀害。", [("两", "男子", "killed"), ("三", "妇女", "killed")]),
        ("招收了30名有一技之长的外籍工人。", [("30", "有一技之长的外籍工人", "labourer")]),
        ("公司有20人留守。", [("20", "人", "other")]),
        ("难民人数超过650万。", [("650万", "难民人数", "displaced")]),
        ("击落无人机83架、导弹12枚。", [("83", "无人机", "vehicle_or_weapon"), ("12", "导弹", "missile")]),
        ("运来20枚花岗岩（厂号3M45）反舰导弹。", [("20", "花岗岩（厂号3M45）反舰导弹", "missile")]),
        ("提供了2.8万个集装箱和900万发炮弹。", [("2.8万", "集装箱", "container"), ("900万", "炮弹", "shell")]),
        ("运去500吨大米。", [("500", "大米", "aid_quantity")]),
        ("一名士兵阵亡。", [("一", "士兵", "killed")]),
        ("三百名工人下岗。", [("三百", "工人", "worker_other")]),
        ("抓获毒贩12人。", [("12", "毒贩", "captured")]),
        ("拨出2亿元以上的费用。", [("2亿元", "费用", "money")]),
    ],
)
def test_what_is_counted(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    """Figure, counted phrase and category, in order."""
    assert [one for one in _read(text) if one[2] is not None] == expected


def test_those_among_the_counted_take_over_the_noun() -> None:
    """其中 takes over the noun before."""
    assert _read("有1500名教员涉案，其中约700人已到案。")[1] == ("700", "教员", "worker_other")


def test_hostile_text_is_read_in_time() -> None:
    """Rows without end are read in linear time and without a crash."""
    for piece in ("一", "万", "三四", "数", "1万至", "（", "5名", "第", "，和3人", "亿多"):
        text = piece * (5_000 // len(piece))
        _read(text)
