"""Numbers written in words for tests, independent of the words that the readers use."""

VALUES = (*range(1, 21), *range(30, 100, 10), *range(100, 1000, 100))


def _forms(words: str) -> dict[int, str]:
    return {0: "", **dict(zip(VALUES, words.split(), strict=True))}


RU = {
    "nominative": _forms(
        "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
        "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать сорок "
        "пятьдесят шестьдесят семьдесят восемьдесят девяносто сто двести триста четыреста пятьсот шестьсот "
        "семьсот восемьсот девятьсот"
    ),
    "genitive": _forms(
        "одного двух трёх четырёх пяти шести семи восьми девяти десяти одиннадцати двенадцати тринадцати "
        "четырнадцати пятнадцати шестнадцати семнадцати восемнадцати девятнадцати двадцати тридцати сорока "
        "пятидесяти шестидесяти семидесяти восьмидесяти девяноста ста двухсот трёхсот четырёхсот пятисот "
        "шестисот семисот восьмисот девятисот"
    ),
    "instrumental": _forms(
        "одним двумя тремя четырьмя пятью шестью семью восемью девятью десятью одиннадцатью двенадцатью "
        "тринадцатью четырнадцатью пятнадцатью шестнадцатью семнадцатью восемнадцатью девятнадцатью двадцатью "
        "тридцатью сорока пятьюдесятью шестьюдесятью семьюдесятью восемьюдесятью девяноста ста двумястами "
        "тремястами четырьмястами пятьюстами шестьюстами семьюстами восемьюстами девятьюстами"
    ),
}
UK = {
    "nominative": _forms(
        "один два три чотири п’ять шість сім вісім дев’ять десять одинадцять дванадцять тринадцять "
        "чотирнадцять п’ятнадцять шістнадцять сімнадцять вісімнадцять дев’ятнадцять двадцять тридцять сорок "
        "п’ятдесят шістдесят сімдесят вісімдесят дев’яносто сто двісті триста чотириста п’ятсот шістсот "
        "сімсот вісімсот дев’ятсот"
    ),
    "genitive": _forms(
        "одного двох трьох чотирьох п'яти шести семи восьми дев'яти десяти одинадцяти дванадцяти тринадцяти "
        "чотирнадцяти п'ятнадцяти шістнадцяти сімнадцяти вісімнадцяти дев'ятнадцяти двадцяти тридцяти сорока "
        "п'ятдесяти шістдесяти сімдесяти вісімдесяти дев'яноста ста двохсот трьохсот чотирьохсот п'ятисот "
        "шестисот семисот восьмисот дев'ятисот"
    ),
    "instrumental": _forms(
        "одним двома трьома чотирма п'ятьма шістьма сьома вісьма дев'ятьма десятьма одинадцятьма дванадцятьма "
        "тринадцятьма чотирнадцятьма п'ятнадцятьма шістнадцятьма сімнадцятьма вісімнадцятьма дев'ятнадцятьма "
        "двадцятьма тридцятьма сорока п'ятдесятьма шістдесятьма сімдесятьма вісімдесятьма дев'яноста ста "
        "двомастами трьомастами чотирмастами п'ятьмастами шістьмастами сьомастами вісьмастами дев'ятьмастами"
    ),
}
# Of each multiplier: with one, with two to four, with more, by case.
RU_SCALES = {
    "nominative": {10**6: ("миллион", "миллиона", "миллионов"), 10**3: ("тысяча", "тысячи", "тысяч")},
    "genitive": {10**6: ("миллиона", "миллионов", "миллионов"), 10**3: ("тысячи", "тысяч", "тысяч")},
    "instrumental": {10**6: ("миллионом", "миллионами", "миллионами"), 10**3: ("тысячей", "тысячами", "тысячами")},
}
UK_SCALES = {
    "nominative": {10**6: ("мільйон", "мільйони", "мільйонів"), 10**3: ("тисяча", "тисячі", "тисяч")},
    "genitive": {10**6: ("мільйона", "мільйонів", "мільйонів"), 10**3: ("тисячі", "тисяч", "тисяч")},
    "instrumental": {10**6: ("мільйоном", "мільйонами", "мільйонами"), 10**3: ("тисячею", "тисячами", "тисячами")},
}
# Thousands are of feminine gender.
FEMININE = {"один": "одна", "два": "две", "одного": "одной", "одним": "одной"}
FEMININE_UK = {"один": "одна", "два": "дві", "одного": "однієї", "одним": "однією"}
HAN = "零一二三四五六七八九"
HANGUL = " 일이삼사오육칠팔구"


def _below(value: int, words: dict[int, str]) -> str:
    rest = value % 100
    parts = [words[value // 100 * 100]]
    parts += [words[rest]] if rest < 20 or rest % 10 == 0 else [words[rest // 10 * 10], words[rest % 10]]
    return " ".join(part for part in parts if part)


def _slavic(
    value: int, words: dict[int, str], scales: dict[int, tuple[str, str, str]], feminine: dict[str, str]
) -> str:
    parts = []
    for scale, (one, few, many) in scales.items():
        times, value = divmod(value, scale)
        if not times:
            continue
        written = _below(times, words)
        if scale == 10**3:
            head, _, last = written.rpartition(" ")
            written = f"{head} {feminine.get(last, last)}".strip()
        form = (
            many
            if times % 100 in range(11, 15)
            else one
            if times % 10 == 1
            else few
            if times % 10 in (2, 3, 4)
            else many
        )
        parts.append(f"{written} {form}")
    return " ".join(part for part in (*parts, _below(value, words)) if part)


def russian(value: int, case: str) -> str:
    """A number below a billion in Russian words."""
    return _slavic(value, RU[case], RU_SCALES[case], FEMININE)


def ukrainian(value: int, case: str) -> str:
    """A number below a billion in Ukrainian words."""
    return _slavic(value, UK[case], UK_SCALES[case], FEMININE_UK)


def _section(value: int, digits: str, units: tuple[str, str, str], *, one: bool) -> str:
    """A number below ten thousand in characters; `one` writes 一 before multipliers too."""
    written = ""
    gap = False
    for unit, scale in zip((*units, ""), (1000, 100, 10, 1), strict=True):
        digit, value = divmod(value, scale)
        if digit:
            if gap and written and digits[0] == "零":
                written += "零"
            written += (digits[digit] if one or digit > 1 or not unit else "") + unit
            gap = False
        else:
            gap = True
    return written


def han(value: int, traditional: bool = False) -> str:
    """A number up to a billion in Han characters."""
    written = ""
    for scale, unit in ((10**8, "億" if traditional else "亿"), (10**4, "萬" if traditional else "万"), (1, "")):
        part, value = divmod(value, scale)
        if part:
            if written and part < 1000:
                written += "零"
            written += _section(part, HAN, ("千", "百", "十"), one=True) + unit
    return written


def hangul(value: int) -> str:
    """A number up to a billion in Sino-Korean numerals."""
    written = ""
    for scale, unit in ((10**8, "억"), (10**4, "만"), (1, "")):
        part, value = divmod(value, scale)
        if part:
            written += _section(part, HANGUL, ("천", "백", "십"), one=False) + unit
    return written
