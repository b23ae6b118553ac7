"""Speaker and status of figures in Korean sentences of the kinds that news and public offices write."""

import pytest

from korean_reading import NOTHING, marked
from tallystick.extraction.speakers import speaker_of
from tallystick.languages.korean.speech.attribution import attributions
from tallystick.languages.korean.status.status import status
from tallystick.model.claim import Status


@pytest.mark.parametrize(
    ("text", "speaker", "expected"),
    [
        (
            "소방당국은 인력 [[100]]여명과 장비 30대를 투입해 진화 작업을 벌이고 있다.",
            None,
            Status.ACTUAL,
        ),
        (
            "경찰은 김씨 등 [[3]]명을 구속하고 5명을 불구속 입건했다.",
            None,
            Status.ACTUAL,
        ),
        (
            "정부는 내년 예산으로 [[3조원]]을 편성했다.",
            None,
            Status.PLANNED,
        ),
        (
            "삼성전자는 올해 [[1만]]명을 채용한다고 15일 밝혔다.",
            "삼성전자",
            Status.PLANNED,
        ),
        (
            "서울시는 청년 인턴 [[200]]명을 모집한다.",
            None,
            Status.PLANNED,
        ),
        (
            "이 사고로 승객 3명이 중상을 입고 [[20]]명이 경상을 입어 병원에서 치료를 받고 있다.",
            None,
            Status.ACTUAL,
        ),
        (
            "한국은 지난해 무기 [[200]]대를 수출했다.",
            None,
            Status.ACTUAL,
        ),
        (
            "교육부는 학생 [[5만]]명에게 장학금을 지급할 계획이라고 밝혔다.",
            "교육부",
            Status.PLANNED,
        ),
        (
            'A씨는 경찰에서 "돈 [[500만원]]이 필요했다"고 진술했다.',
            "A씨",
            Status.ACTUAL,
        ),
        (
            "검찰은 B씨에게 추징금 [[300만원]]을 구형했다.",
            None,
            Status.POSSIBLE,
        ),
        (
            "이 영화는 관객 [[1000만]]명을 돌파했다.",
            None,
            Status.ACTUAL,
        ),
        (
            "최대 [[500]]명을 수용할 수 있는 시설이 들어선다.",
            None,
            Status.POSSIBLE,
        ),
        (
            "참가자 [[100]]여명은 정부에 사과를 요구했다.",
            None,
            Status.ACTUAL,
        ),
        (
            "유가족들은 [[5억원]]의 배상을 요구했다.",
            None,
            Status.POSSIBLE,
        ),
        (
            "노조는 조합원 [[2000]]명이 파업에 참여했다고 주장했다.",
            "노조",
            Status.ACTUAL,
        ),
        (
            "회사 측은 [[300]]명이 파업에 참여한 것으로 파악하고 있다.",
            "회사 측",
            Status.ACTUAL,
        ),
        (
            "대한적십자사는 이재민 [[400]]명에게 구호물품을 전달했다고 7일 밝혔다.",
            "대한적십자사",
            Status.ACTUAL,
        ),
        (
            "법원은 피해자에게 [[1억원]]을 배상하라고 판결했다.",
            None,
            Status.PLANNED,
        ),
        (
            "영국 BBC방송은 이번 지진으로 [[2천]]명이 숨졌다고 3일 보도했다.",
            "BBC방송",
            Status.ACTUAL,
        ),
        (
            "미 국방부는 병력 [[3000]]명을 폴란드에 추가로 파견할 방침이라고 밝혔다.",
            "국방부",
            Status.PLANNED,
        ),
        (
            "기상청은 이번 태풍으로 주민 [[2만]]명이 대피해야 할 것으로 예상했다.",
            "기상청",
            Status.POSSIBLE,
        ),
        (
            "해경은 승객 [[40]]명을 모두 구조했다고 밝혔다.",
            "해경",
            Status.ACTUAL,
        ),
        (
            "병원 측은 입원 환자 [[60]]명을 다른 병원으로 옮겼다.",
            None,
            Status.ACTUAL,
        ),
        (
            "외교부 당국자는 교민 [[15]]명이 현지에 체류 중이라고 말했다.",
            "외교부 당국자",
            Status.ACTUAL,
        ),
        (
            "올해 상반기까지 [[1만]]여 가구가 입주할 예정이다.",
            None,
            Status.PLANNED,
        ),
        (
            "경기도 화성의 한 공장에서 불이 나 근로자 [[23]]명이 숨졌다.",
            None,
            Status.ACTUAL,
        ),
        (
            "이란 남동부에서 버스가 뒤집혀 순례객 [[28]]명이 목숨을 잃었다.",
            None,
            Status.ACTUAL,
        ),
        (
            "주최 측은 이날 집회에 [[3만]]명이 참여했다고 밝혔고 경찰은 5천명으로 추산했다.",
            "주최 측",
            Status.ACTUAL,
        ),
        (
            "주최 측은 이날 집회에 3만명이 참여했다고 밝혔고 경찰은 [[5천]]명으로 추산했다.",
            "경찰",
            Status.ACTUAL,
        ),
        (
            "멕시코 정부는 실종자가 [[11]]만명을 넘는다고 인정했다.",
            "멕시코 정부",
            Status.ACTUAL,
        ),
        (
            "국회는 본회의를 열고 [[11조]]원 규모의 추경안을 의결했다.",
            None,
            Status.PLANNED,
        ),
        (
            "이스라엘은 인질 [[50]]명이 풀려나면 휴전하겠다고 했다.",
            "이스라엘",
            Status.POSSIBLE,
        ),
        (
            "중국 매체들은 사망자 수가 [[70]]명으로 늘었다고 전했다.",
            "매체들",
            Status.ACTUAL,
        ),
        (
            '이 통신은 "적어도 [[15]]명이 실종됐다"고 전했다.',
            "통신",
            Status.ACTUAL,
        ),
        (
            "복지부는 2025년까지 간호사 [[2만]]명을 늘리기로 하고 예산 확보에 나섰다.",
            None,
            Status.PLANNED,
        ),
        (
            "유엔난민기구는 남수단 난민 [[230만]]명이 이웃 나라로 피신했다고 추산한다.",
            "유엔난민기구",
            Status.ACTUAL,
        ),
        (
            "김정은 위원장은 파병군 유가족에게 새집 [[100]]채를 지어주겠다고 약속했다.",
            "김정은 위원장",
            Status.PLANNED,
        ),
        (
            "태영호 의원은 노동자 [[500]]명이 곧 출국할 것이라는 정보를 입수했다고 말했다.",
            "태영호 의원",
            Status.PLANNED,
        ),
        (
            "러시아 교통부는 관광객 [[5천]]명이 북한을 찾았다고 집계했다.",
            "러시아 교통부",
            Status.ACTUAL,
        ),
        (
            "통일부는 올해 탈북민 [[200]]명이 입국했다고 밝혔습니다.",
            "통일부",
            Status.ACTUAL,
        ),
        (
            "국방부는 내년에 부사관 [[1만]]명을 선발하겠다고 밝혔습니다.",
            "국방부",
            Status.PLANNED,
        ),
        (
            "정부는 취약계층 [[30만]] 가구에 난방비를 지원하기로 결정했습니다.",
            None,
            Status.PLANNED,
        ),
        (
            '한 총리는 "의료진 [[500]]명을 추가로 투입하겠습니다"라고 말했습니다.',
            "한 총리",
            Status.PLANNED,
        ),
        (
            "경찰청은 지난해 마약사범 [[1만8천]]명을 검거했다고 전했습니다.",
            "경찰청",
            Status.ACTUAL,
        ),
        (
            "이번 화재로 소방서 추산 [[5천만원]]의 재산피해가 났다.",
            "소방서",
            Status.ACTUAL,
        ),
        (
            "이날 오후 폭우로 주민 [[70]]명이 고립됐다가 구조됐다.",
            None,
            Status.ACTUAL,
        ),
        (
            "환경단체는 주민 [[3천]]명의 서명을 받아 시청에 제출할 예정이다.",
            None,
            Status.PLANNED,
        ),
        (
            '태국 정부 대변인은 "인질 [[5]]명이 풀려났다"고 확인했다.',
            "태국 정부 대변인",
            Status.ACTUAL,
        ),
        (
            "세계보건기구는 콜레라 환자가 [[30만]]명에 이를 수 있다고 우려했다.",
            "세계보건기구",
            Status.POSSIBLE,
        ),
        (
            "예멘 후티 반군은 미군 공습으로 민간인 [[68]]명이 숨졌다고 발표했다.",
            "예멘 후티 반군",
            Status.ACTUAL,
        ),
        (
            "네팔 당국은 헬기 추락으로 [[6]]명 전원이 사망했다고 확인했다.",
            "네팔 당국",
            Status.ACTUAL,
        ),
        (
            "현대차는 미국 조지아주 공장에 [[55억 달러]]를 투자한다.",
            None,
            Status.PLANNED,
        ),
        (
            "검찰에 따르면 A씨는 피해자 [[10]]명에게서 3억원을 가로챈 혐의를 받는다.",
            "검찰",
            Status.ACTUAL,
        ),
        (
            "B씨는 2019년부터 투자자 [[300]]명을 속인 혐의로 기소됐다.",
            None,
            Status.ACTUAL,
        ),
        (
            "여론조사는 성인 [[1000]]명을 대상으로 실시됐다.",
            None,
            Status.ACTUAL,
        ),
        (
            "한국갤럽이 성인 [[1000]]명을 대상으로 조사한 결과에 따르면 찬성이 많았다.",
            None,
            Status.ACTUAL,
        ),
        (
            "인권단체 시리아인권관측소는 교전으로 [[90]]명 이상이 숨졌다고 밝혔다.",
            "시리아인권관측소",
            Status.ACTUAL,
        ),
        (
            "러시아 국방부는 우크라이나군 병사 [[250]]명이 투항했다고 주장했으나 우크라이나는 이를 부인했다.",
            "러시아 국방부",
            Status.ACTUAL,
        ),
        (
            "목격자들은 괴한 [[3]]명이 총을 쐈다고 증언했다.",
            "목격자들",
            Status.ACTUAL,
        ),
        (
            "사고 당시 버스에는 승객 [[45]]명이 타고 있었다.",
            None,
            Status.ACTUAL,
        ),
        (
            "정부는 난민 [[1만]]명을 받아들이겠다는 입장이다.",
            "정부",
            Status.PLANNED,
        ),
        (
            "독일은 난민 [[1만]]명을 추가로 수용하겠다는 뜻을 밝혔다.",
            "독일",
            Status.PLANNED,
        ),
        (
            '나토 사무총장은 "북한군 [[1만]]명이 전투에 투입됐다는 사실을 확인했다"고 말했다.',
            "나토 사무총장",
            Status.ACTUAL,
        ),
        (
            "영국 국방정보국은 SNS를 통해 북한군 사상자가 [[6000]]명을 넘었을 것이라고 분석했다.",
            "영국 국방정보국",
            Status.ACTUAL,
        ),
        (
            "북한은 3차 파병으로 병력 [[3만]]명을 보낼 것으로 관측된다.",
            None,
            Status.PLANNED,
        ),
        (
            "전문가들은 북한이 벌어들인 돈이 [[200억 달러]]에 달한다고 본다.",
            "전문가들",
            Status.ACTUAL,
        ),
        (
            '국정원 관계자는 "추가 파병 규모는 [[3천]]명 이상으로 본다"고 설명했다.',
            "국정원 관계자",
            Status.ACTUAL,
        ),
        (
            '유족 측은 "사망자가 [[10]]명이 더 있다"며 재조사를 촉구했다.',
            "유족 측",
            Status.ACTUAL,
        ),
        (
            "CNN은 우크라이나 정보당국 문건을 입수해 북한군 [[3만]]명이 파병될 것이라고 보도했다.",
            "CNN",
            Status.PLANNED,
        ),
        (
            "북한 매체는 돌격대원 [[10만]]명이 자원했다고 선전했다.",
            "북한 매체",
            Status.ACTUAL,
        ),
    ],
)
def test_speaker_and_status(text: str, speaker: str | None, expected: Status) -> None:
    """Speaker and status of one figure."""
    parse, sentence, quantity = marked(text)
    found = speaker_of(parse, attributions(parse), sentence, quantity).speaker
    assert (found is None) == (speaker is None)
    assert speaker is None or found is None or speaker in found
    assert status(parse, sentence, quantity, NOTHING).status is expected
