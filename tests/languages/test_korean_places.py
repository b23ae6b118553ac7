"""Where the counted of Korean text are, and the country they come from."""

import pytest

from korean_reading import NOTHING, marked
from tallystick.languages.korean.places.countries import country_of_word
from tallystick.languages.korean.places.origins import origin
from tallystick.languages.korean.places.places import place
from tallystick.languages.language import Counted


@pytest.mark.parametrize(
    ("text", "where", "country"),
    [
        ("국정원은 북한이 <병력> [[1만2000]]여 명을 러시아에 파병하기로 결정했다고 밝혔다.", "러시아", "KP"),
        ("<북한군> [[1만]]명이 쿠르스크에 배치됐다.", "쿠르스크", "KP"),
        (
            "우크라이나군과의 전투를 위해 러시아 서부 쿠르스크 지역에 <북한군> [[8천]]명이 집결했다.",
            "러시아 서부 쿠르스크 지역",
            "KP",
        ),
        ("북한 <특수부대원> [[1500]]명이 러시아 극동 블라디보스토크에 도착했다.", "러시아 극동 블라디보스토크", "KP"),
        ("<북한 노동자> [[1만5000]]명이 러시아에서 일하고 있다.", "러시아", "KP"),
        ("쇼이구 서기는 북한이 <공병> [[1000]]명을 쿠르스크에 보낼 것이라고 말했다.", "쿠르스크", "KP"),
        ("러시아는 알라부가 경제특구의 드론 공장에 <북한 노동자> [[2만5000]]명을 투입할 계획이다.", "알라부가", "KP"),
        ("러시아의 미사일 공격으로 키이우에서 <민간인> [[9]]명이 숨졌다.", "키이우", None),
        ("이스라엘군의 가자지구 공습으로 <팔레스타인인> [[40]]명이 사망했다.", "가자지구", "PS"),
        ("튀르키예 남부에서 지진이 발생해 [[200]]명이 다쳤다.", "튀르키예", None),
        ("미국은 우크라이나에 [[5억 달러]] 규모의 군사 지원을 제공하기로 했다.", "우크라이나", "US"),
        ("북한은 <포탄> [[600만]] 발을 러시아에 공급한 것으로 추정된다.", "러시아", "KP"),
        ("북한이 동해상으로 <탄도미사일> [[2]]발을 발사했다고 합참이 밝혔다.", "동해", "KP"),
        ("<러시아군> [[1천]]명이 하루 만에 전사했다.", None, "RU"),
        ("서울 광화문광장에서 <시민> [[5만]]명이 집회를 열었다.", "서울 광화문광장", None),
        ("쿠르스크 전선에서 <북한군> [[300]]명이 숨지고 2700명이 다쳤다.", "쿠르스크 전선", "KP"),
        ("수단 내전으로 <난민> [[1000만]]명이 발생했다.", "수단", None),
        ("경찰은 <시위대> [[50]]명을 체포했다.", None, None),
        ("폴란드에는 <우크라이나 난민> [[100만]]명이 머물고 있다.", "폴란드", "UA"),
        ("중국에 체류하는 <북한 노동자> [[10만]]명이 귀국할 예정이다.", "중국", "KP"),
        ("케냐는 아이티에 <경찰관> [[1000]]명을 파견한다.", "아이티", "KE"),
        ("정부는 <외국인 노동자> [[16만]]명을 올해 한국에 들여오기로 했다.", "한국", None),
        ("북한에서 <컨테이너> [[1만3000]]개가 러시아로 운송됐다.", "러시아", None),
        ("러시아는 국경 지역에 <병력> [[5만]]명을 집결시켰다.", "국경 지역", "RU"),
    ],
)
def test_place_and_origin(text: str, where: str | None, country: str | None) -> None:
    """Place and origin."""
    start, end = text.find("<"), text.find(">") - 1
    bare = text.replace("<", "").replace(">", "")
    counted = NOTHING if start < 0 else Counted(start, end, bare[start:end], "")
    context = marked(bare)
    reading = place(*context, counted)
    assert (reading is None) == (where is None)
    assert reading is None or where is None or where in reading.name
    found = origin(*context, counted)
    assert (None if found is None else found[0]) == country


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("북한군", "KP"),
        ("이집트인", "EG"),
        ("미군", "US"),
        ("러시아", "RU"),
        ("탈북민", "KP"),
        ("일본어", None),
        ("사과", None),
    ],
)
def test_country_of_a_word(word: str, country: str | None) -> None:
    """Country of a word."""
    assert country_of_word(word) == country


def test_a_place_is_the_text_at_its_span() -> None:
    """A place is the text at its span."""
    context = marked("파키스탄 남서부 지역에서 지진으로 [[39]]명이 숨졌다.")
    reading = place(*context, NOTHING)
    assert reading is not None
    assert context[0].document.text[slice(*reading.span)] == reading.name == "파키스탄 남서부 지역"
