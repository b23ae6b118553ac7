"""What the made-up press tells of North Koreans in Russia: sentences with figures, in the dossier's five languages.

All of it is invented, in the manner of such reports. Figures are drawn from a few round ones, which many stories give
by the same speaker, and from exact ones, which one story alone has.
"""

from collections.abc import Mapping
from random import Random
from typing import NamedTuple

__all__ = ["TOLD", "Told", "told"]

# Figures that a whole press repeats.
ROUND = (600, 1_000, 2_000, 3_000, 4_700, 5_000, 6_000, 8_000, 10_000, 11_000, 12_000, 15_000, 25_000)
# One figure in so many is exact.
EXACT = 2
MYRIAD = 10_000


class Told(NamedTuple):
    """What is told of the dossier in one language.

    Attributes:
        share: Of a hundred bearing stories, how many are in it.
        titles: Headlines with the slots n and region.
        sentences: Sentences with a figure n and the slots region, speaker and month.
        regions, speakers, months: What is drawn for the slots.
    """

    share: int
    titles: tuple[str, ...]
    sentences: tuple[str, ...]
    regions: tuple[str, ...]
    speakers: tuple[str, ...]
    months: tuple[str, ...]


TOLD: Mapping[str, Told] = {
    "en": Told(
        50,
        (
            "{n} North Koreans in Russia's {region}",
            "Russia awaits {n} North Koreans, source says",
            "What {n} North Koreans do in {region}",
            "North Korea and {region}: the figure is {n}",
        ),
        (
            "About {n} North Korean soldiers are stationed in Russia's {region}, {speaker} said.",
            "{speaker} said in {month} that {n} North Korean workers had arrived in Russia's {region}.",
            "North Korea will send {n} sappers to Russia to clear mines in the {region}, according to {speaker}.",
            "Some {n} North Korean soldiers have been killed fighting for Russia since {month}, {speaker} said.",
            "{speaker} put the number of wounded North Koreans in the {region} at {n}.",
            "Another {n} military builders left Pyongyang for the {region} in {month}, {speaker} told reporters.",
            "Russia plans to hire {n} North Korean laborers for building sites in the {region}, {speaker} said.",
            "In {month}, {n} North Korean citizens entered Russia to study, {speaker} reported.",
            "Of the troops that Pyongyang sent, {n} went home in {month}, according to {speaker}.",
            "{speaker} denied that {n} North Koreans would work at a drone plant in Russia.",
            "At least {n} North Korean engineers repair bridges in the {region}, said {speaker}.",
            "The third deployment from North Korea to Russia, of {n} people, ends in {month}, {speaker} expects.",
            "{speaker} counted {n} North Korean loggers in camps of the {region}.",
            "By {month} North Korea had shipped {n} containers of shells to Russia, {speaker} estimated.",
        ),
        ("Kursk region", "Belgorod region", "Rostov region", "Khabarovsk region", "Bryansk region"),
        (
            "South Korea's National Intelligence Service", "Ukraine's military intelligence", "Sergei Shoigu",
            "A regional governor", "The Pentagon", "Russia's Federal Security Service", "Daily NK",
        ),
        ("January", "February", "April", "June", "July", "September", "October"),
    ),
    "ru": Told(
        16,
        ("{n} граждан КНДР в России", "КНДР направит в Россию еще людей: {n}", "Сколько северокорейцев в России: {n}"),
        (
            "В {region} находятся около {n} северокорейских военных, сообщает {speaker}.",
            "По данным {speaker2}, в {month} в Россию прибыли {n} рабочих из КНДР.",
            "КНДР направит в Россию {n} саперов для разминирования, заявил Сергей Шойгу.",
            "С начала боев погибли {n} северокорейских солдат, сообщает {speaker}.",
            "{speaker} оценивает число раненых военных КНДР в {n} человек.",
            "В {month} из Пхеньяна в Россию выехали еще {n} военных строителей, сообщает {speaker}.",
            "Россия хочет нанять {n} северокорейских рабочих, пишет {speaker}.",
            "Не менее {n} инженеров из Северной Кореи чинят мосты в {region}, сообщает {speaker}.",
        ),
        ("Курской области", "Белгородской области", "Ростовской области", "Хабаровском крае"),
        ("Служба внешней разведки", "разведка Южной Кореи", "военная разведка Украины", "губернатор региона"),
        ("январе", "феврале", "апреле", "июне", "сентябре", "октябре"),
    ),
    "uk": Told(
        10,
        ("{n} громадян КНДР у Росії", "КНДР відправить до Росії ще людей: {n}", "Північнокорейці в Росії: {n}"),
        (
            "У {region} перебувають близько {n} північнокорейських військових, повідомляє {speaker}.",
            "За даними {speaker2}, у {month} до Росії прибули {n} робітників із КНДР.",
            "КНДР відправить до Росії {n} саперів для розмінування, заявив Сергій Шойгу.",
            "Від початку боїв загинули {n} північнокорейських солдатів, повідомляє {speaker}.",
            "{speaker} оцінює кількість поранених військових КНДР у {n} осіб.",
            "У {month} з Пхеньяна до Росії виїхали ще {n} військових будівельників, повідомляє {speaker}.",
            "Щонайменше {n} інженерів із Північної Кореї лагодять мости в {region}, повідомляє {speaker}.",
        ),
        ("Курській області", "Бєлгородській області", "Ростовській області"),
        ("Головне управління розвідки", "розвідка Південної Кореї", "Генеральний штаб"),
        ("січні", "лютому", "квітні", "червні", "вересні", "жовтні"),
    ),
    "ko": Told(
        14,
        ("러시아에 북한 인력 {n}명", "북한, 러시아에 {n}명 추가 파견", "러시아 {region}의 북한군 {n}명"),
        (
            "러시아 {region}에 북한군 약 {n}명이 주둔하고 있다고 {speaker}이 밝혔다.",
            "{speaker}은 {month} 북한 노동자 {n}명이 러시아에 도착했다고 말했다.",
            "북한은 지뢰 제거를 위해 공병 {n}명을 러시아 {region}에 파견할 예정이라고 {speaker}이 전했다.",
            "{speaker}은 러시아에서 전사한 북한군이 {n}명이라고 밝혔다.",
            "{month} 북한군 {n}명이 러시아에서 다쳤다고 {speaker}이 말했다.",
            "러시아는 북한 건설 노동자 {n}명을 고용할 계획이라고 {speaker}이 전했다.",
            "{speaker}은 {month} 북한 기술자 {n}명이 {region}에서 다리를 고치고 있다고 했다.",
        ),
        ("쿠르스크", "벨고로드", "로스토프", "하바롭스크"),
        ("국가정보원", "국방부 당국자", "우크라이나 정보총국", "합동참모본부 관계관"),
        ("1월", "2월", "4월", "6월", "9월", "10월"),
    ),
    "zh": Told(
        10,
        ("{n}名朝鲜人在俄罗斯", "朝鲜将向俄罗斯增派{n}人", "俄罗斯{region}的{n}名朝鲜军人"),
        (
            "{speaker}表示，约{n}名朝鲜士兵驻扎在俄罗斯{region}。",
            "{speaker}说，{month}有{n}名朝鲜工人抵达俄罗斯。",
            "据{speaker}称，朝鲜将派遣{n}名工兵到俄罗斯{region}排雷。",
            "{speaker}称，在俄罗斯作战的朝鲜士兵已有{n}人阵亡。",
            "{speaker}估计，{month}受伤的朝鲜军人为{n}人。",
            "据{speaker}称，俄罗斯计划雇用{n}名朝鲜建筑工人。",
            "{speaker}说，至少{n}名朝鲜工程师{month}在{region}修桥。",
        ),
        ("库尔斯克州", "别尔哥罗德州", "罗斯托夫州"),
        ("韩国国家情报院", "乌克兰军事情报局", "俄罗斯国防部", "州长"),
        ("1月", "2月", "4月", "6月", "9月", "10月"),
    ),
}  # fmt: skip
# Russian and Ukrainian name a source after "according to" in another case.
GENITIVE = {"ru": ("южнокорейской разведки", "украинской разведки"), "uk": ("південнокорейської розвідки", "розвідки")}


def told(language: str, dice: Random, count: int) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Give a headline, `count` different sentences, and the figure of each as it is written there."""
    words = TOLD[language]
    sentences, figures = [], []
    for pattern in dice.sample(words.sentences, count):
        figure = _written(_figure(dice), language)
        sentence = pattern.format(
            n=figure, region=dice.choice(words.regions), speaker=dice.choice(words.speakers),
            speaker2=dice.choice(GENITIVE.get(language, ("",))), month=dice.choice(words.months),
        )  # fmt: skip
        sentences.append(sentence[:1].upper() + sentence[1:])
        figures.append(figure)
    title = dice.choice(words.titles).format(n=figures[0], region=dice.choice(words.regions))
    return title, tuple(sentences), tuple(figures)


def _figure(dice: Random) -> int:
    return dice.randint(201, 19_999) if dice.randrange(EXACT) == 0 else dice.choice(ROUND)


def _written(figure: int, language: str) -> str:
    """A figure as the press of a language writes it."""
    if language in ("ru", "uk"):
        return f"{figure:,}".replace(",", "\u00a0")
    if language == "zh" and figure >= MYRIAD and figure % 1_000 == 0:
        return f"{figure / MYRIAD:g}万"
    if language == "ko" and figure >= MYRIAD and figure % 1_000 == 0:
        return f"{figure // MYRIAD}만 {figure % MYRIAD}" if figure % MYRIAD else f"{figure // MYRIAD}만"
    return f"{figure:,}"
