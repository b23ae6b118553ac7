"""When, in Korean text."""

import pytest

from korean_reading import NOTHING, marked, read
from tallystick.languages.korean.speech.attribution import attributions
from tallystick.languages.korean.times.dates import stated, when


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("국정원은 이날 북한이 오는 12월까지 총 [[1만]]명을 파병할 것이라고 전망했다.", "2024-12"),
        ("지난해 북한 노동자 [[1만]]명이 러시아로 갔다.", "2023"),
        ("러시아는 내년에 노동자 [[2만]]명을 받을 계획이다.", "2025"),
        ("지난달 [[3천]]명이 도착했다.", "2024-10"),
        ("지난달 30일 공습으로 [[12]]명이 숨졌다.", "2024-10-30"),
        ("내달 1일 [[100]]명이 귀국할 예정이다.", "2024-12-01"),
        ("이날 폭발로 [[5]]명이 다쳤다.", "2024-11-20"),
        ("국방부는 20일 북한군 [[1천]]명이 사망했다고 밝혔다.", None),
        ("북한군 [[1천]]명이 숨졌다고 국방부가 19일 밝혔다.", None),
        ("2022년 2월 24일 이후 민간인 [[1만]]명이 사망했다.", "2022-02-24/2024-11-20"),
        ("2024년 10월 17일 [[200]]명이 체포됐다.", "2024-10-17"),
        ("올해 상반기 관광객 [[900]]명이 방문했다.", "2024-01/2024-06"),
        ("지난 8월 홍수로 [[1천]]명이 숨졌다.", "2024-08"),
        ("지난 금요일 [[30]]명이 구조됐다.", "2024-11-15"),
        ("올해 말까지 [[1만2천]]명을 배치할 것으로 보인다.", "2024-12"),
        ("18일 키이우에서 미사일 공격으로 [[7]]명이 사망했다고 우크라이나 당국이 전했다.", "2024-11-18"),
    ],
)
def test_when_the_counted_happened(text: str, edtf: str | None) -> None:
    """When the counted happened."""
    reading = when(*marked(text, "2024-11-20"), NOTHING)
    assert (None if reading is None else reading.edtf) == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("지난달 30일 [[12]]명이 숨졌다.", None),
        ("2023년 3월 [[12]]명이 숨졌다.", "2023-03"),
        ("2009년 2월 이후 [[117]]명이 숨졌다.", "2009-02/.."),
        ("2030년까지 [[4만]]명을 양성할 계획이다.", "2030"),
        ("수출액 [[500]]개(1988년)였다.", "1988"),
        ("1946년 발족한 연맹은 회원 [[2천]]명을 두고 있다.", None),
    ],
)
def test_without_a_publication_date_only_a_year_tells(text: str, edtf: str | None) -> None:
    """Without a publication date only a year tells."""
    reading = when(*marked(text), NOTHING)
    assert (None if reading is None else reading.edtf) == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("북한군 1천명이 숨졌다고 국방부가 19일 밝혔다.", "2024-11-19"),
        ("국정원은 18일 1천명이 숨졌다고 밝혔다.", "2024-11-18"),
        ("국정원은 1천명이 숨졌다고 밝혔다.", "2024-11-20"),
    ],
)
def test_when_it_was_said(text: str, edtf: str) -> None:
    """When it was said."""
    parse = read(text, "2024-11-20")
    reading = stated(parse, attributions(parse)[0])
    assert reading is not None
    assert reading.edtf == edtf
