"""Plan, fact, possibility or denial of figures in Korean text."""

import pytest

from korean_reading import NOTHING, marked
from tallystick.languages.korean.status.status import status
from tallystick.model.claim import Aspect, Measure, Status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("북한이 러시아에 공병 [[1천]]명을 추가로 파병하기로 했다고 밝혔다.", Status.PLANNED),
        ("쇼이구는 공병 [[1천]]명과 건설병력 5천명을 파견하기로 결정했다고 말했다.", Status.PLANNED),
        ("러시아는 북한 노동자 [[2만 5천]]명을 데려올 계획이다.", Status.PLANNED),
        ("올해 안에 [[1만]]명을 더 보낼 예정이라고 전했다.", Status.PLANNED),
        ("북한군 [[1만]]명이 이미 러시아에 도착한 것으로 보인다.", Status.ACTUAL),
        ("병사 [[300]]명이 숨지고 2700명이 다친 것으로 추정된다.", Status.ACTUAL),
        ("최대 [[10만]]명까지 파병할 수 있다고 경고했다.", Status.POSSIBLE),
        ("[[3만]] 명을 추가로 파병할 가능성이 있다고 분석했다.", Status.POSSIBLE),
        ("정부는 이재민 [[500]]명에게 구호품을 지원하기로 했다.", Status.PLANNED),
        ("북한이 [[6천]]명을 보낼 것이라고 밝혔다.", Status.PLANNED),
        ("북한은 올해 말까지 [[1만2천]]명을 파병할 것으로 예상된다.", Status.PLANNED),
        ("러시아는 [[6000]]명의 군사 건설인력을 쿠르스크에 투입한다.", Status.PLANNED),
        ("다음 달 노동자 [[5천]]명을 러시아로 보낸다고 보도했다.", Status.PLANNED),
        ("북한 노동자 [[1만5천]]명이 러시아에서 일하고 있다.", Status.ACTUAL),
        ("북한은 병력 [[1만]]명을 보내지 않았다고 밝혔다.", Status.DENIED),
        ("[[1만]]명을 파병했다는 보도는 사실이 아니라고 부인했다.", Status.DENIED),
        ("우크라이나는 포탄 [[100만]]발을 요청했다.", Status.POSSIBLE),
        ("미국에 미사일 [[20]]기를 지원해 달라고 촉구했다.", Status.POSSIBLE),
        ("[[1억]] 달러를 지원하겠다고 약속했다.", Status.PLANNED),
        ("파병될 병력은 [[1만2천]]명 규모다.", Status.PLANNED),
        ("정부는 지금까지 [[3억]] 달러를 지원했다고 밝혔다.", Status.ACTUAL),
        ("지난해 노동자 [[1만]]명을 파견한 북한은 올해 더 보낼 예정이다.", Status.ACTUAL),
        ("이번 공습으로 [[12]]명이 사망하고 30명이 부상했다.", Status.ACTUAL),
        ("노동자 [[200]]명 모집한다는 공고를 냈다.", Status.PLANNED),
        ("북한군 [[1만]]명 추가 파병 예정", Status.PLANNED),
        ("북한군 [[3만]]명 추가 파병 가능성", Status.POSSIBLE),
        ("북한군 [[1만]]명 쿠르스크 배치", Status.ACTUAL),
        ('쇼이구 "북한, 공병 [[1천]]명 파견 결정"', Status.PLANNED),
        ("드론 생산을 위해 북한 노동자 [[1만 2천]]명을 고용할 방침인 것으로 알려졌다.", Status.PLANNED),
        ("지난 17일 [[1천500]]명이 러시아 군함을 타고 블라디보스토크로 이동했다.", Status.ACTUAL),
        ("나머지 [[1만]]명은 곧 이동할 것으로 전해졌다.", Status.PLANNED),
        ("전사자가 [[1만]]명에 달할 수도 있다.", Status.POSSIBLE),
        ("공병 [[1천]]명을 파견했다고 밝혔다.", Status.ACTUAL),
        ("북한 노동자 [[1천]]여 명을 투입해 건설하고 있다.", Status.ACTUAL),
        ("이 가운데 [[200]]명은 귀국할 예정이다.", Status.PLANNED),
        ("만약 [[3천]]명이 더 온다면 상황은 달라진다.", Status.POSSIBLE),
        ("난민 [[2만]]명이 국경을 넘은 것으로 집계됐다.", Status.ACTUAL),
        ("부상자가 [[100]]명을 넘지 않는다고 말했다.", Status.ACTUAL),
        ("의회는 [[600억]] 달러 규모의 지원안을 승인했다.", Status.PLANNED),
    ],
)
def test_status_of_a_figure(text: str, expected: Status) -> None:
    """Status of a figure."""
    assert status(*marked(text), NOTHING).status is expected


@pytest.mark.parametrize(
    ("text", "aspect", "measure"),
    [
        ("공습으로 [[12]]명이 숨졌다.", Aspect.KILLED, None),
        ("[[30]]명이 다쳤다.", Aspect.WOUNDED, None),
        ("탈북민 [[9]]명이 입국했다.", Aspect.ARRIVED, None),
        ("공병 [[1천]]명을 보내기로 했다.", Aspect.DECIDED, Measure.PLAN),
        ("이 가운데 [[3]]명이 죽었다.", Aspect.KILLED, Measure.PART),
        ("[[30]]명이 죽거나 다쳤다.", None, None),
        ("강당의 정원은 [[800]]명이다.", None, Measure.CAPACITY),
    ],
)
def test_aspect_and_measure(text: str, aspect: Aspect | None, measure: Measure | None) -> None:
    """Aspect and measure."""
    reading = status(*marked(text), NOTHING)
    assert (reading.aspect, reading.measure) == (aspect, measure)


def test_the_ground_names_the_words_that_decided() -> None:
    """The ground names the words that decided."""
    parse, sentence, quantity = marked("올해 안에 [[1만]]명을 보낼 예정이다.")
    ground = status(parse, sentence, quantity, NOTHING).grounds[0]
    assert parse.document.text[ground.start : ground.end] == "보낼"
