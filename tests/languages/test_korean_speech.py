"""Who says what in Korean text."""

import pytest

from korean_reading import marked, read
from tallystick.extraction.speakers import speaker_of
from tallystick.languages.korean.speech.attribution import attributions
from tallystick.model.document import PassageKind


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "우크라이나 국방부 정보총국(HUR)은 북한군 [[4000]]명이 전사하거나 부상했다고 밝혔다.",
            "우크라이나 국방부 정보총국",
        ),
        (
            (
                '합참 관계자는 "지금까지 약 [[1만1000]]명이 파병됐고 이 가운데 3800여명이 사상한 '
                '것으로 추정하고 있다"고 말했다.'
            ),
            "합참 관계자",
        ),
        (
            "존 커비 백악관 국가안보소통보좌관은 27일 브리핑에서 북한군 [[1000]]명 이상이 죽거나 다쳤다고 밝혔다.",
            "존 커비",
        ),
        (
            (
                '박선원 더불어민주당 의원은 국정원이 "북한군 사망자는 [[300]]여명, 부상자는 '
                '2700여명"이라고 보고했다고 전했다.'
            ),
            "국정원",
        ),
        (
            (
                "국정원은 13일 국회 정보위원회에 출석해 쿠르스크 전선에 배치된 북한군 사상자가 "
                "[[3000]]명을 넘었다고 보고했다."
            ),
            "국정원",
        ),
        ("러시아에 파견된 북한 노동자는 [[1만5000]]명으로 추정된다.", None),
        (
            "미국 월스트리트저널(WSJ)은 북한이 노동자 [[5만]]명을 러시아에 보낼 계획이라고 15일(현지시간) 보도했다.",
            "월스트리트저널",
        ),
        (
            (
                "우크라이나 매체 키이우인디펜던트는 고위 당국자를 인용해 북한군 [[2만5000]]명이 "
                "추가로 투입될 것이라고 전했다."
            ),
            "고위 당국자",
        ),
        (
            (
                "세르게이 쇼이구 러시아 국가안보회의 서기는 평양을 방문해 북한이 공병 "
                "[[1000]]명과 군사 건설 인력 5000명을 쿠르스크에 파견하기로 했다고 밝혔다고 "
                "타스통신이 17일 보도했다."
            ),
            "세르게이 쇼이구",
        ),
        ('푸틴 대통령은 "러시아는 북한 건설 노동자 [[6000]]명을 받아들일 준비가 돼 있다"고 말했다.', "푸틴 대통령"),
        ("유엔 인도주의업무조정국(OCHA)에 따르면 이번 홍수로 [[2만]]명이 집을 잃었다.", "유엔 인도주의업무조정국"),
        (
            "팔레스타인 가자지구 보건부는 전쟁 발발 이후 사망자가 [[4만3000]]명을 넘어섰다고 발표했다.",
            "가자지구 보건부",
        ),
        ("경찰은 이날 집회 참가자를 [[1만]]명으로 추산했다.", "경찰"),
        ("주최 측은 [[10만]]명이 모였다고 주장했다.", "주최 측"),
        ("주최 측 추산 [[10만]]명이 모였다.", "주최 측"),
        ("경찰은 집회 참가자 [[5]]명을 체포했다.", None),
        ("정부는 이재민 [[300]]명에게 구호품을 전달했다.", None),
        ("소방당국은 이번 화재로 [[7]]명이 숨지고 12명이 다친 것으로 집계했다.", "소방당국"),
        ("소방 당국에 따르면 이날 화재로 [[3]]명이 숨졌다.", "소방 당국"),
        ('"현재까지 확인된 사망자는 [[3]]명"이라고 소방 관계자가 설명했다.', "소방 관계자"),
        ("현지 언론들은 사망자가 최소 [[50]]명에 이른다고 보도했다.", "현지 언론"),
        ("AFP통신에 따르면 인도네시아 재난당국은 [[20]]명이 실종됐다고 밝혔다.", "재난당국"),
        (
            "자유아시아방송(RFA)은 양강도 소식통을 인용해 노동자 [[200]]명이 러시아로 떠났다고 11일 보도했다.",
            "양강도 소식통",
        ),
        (
            '전하규 국방부 대변인은 정례브리핑에서 북한군이 [[1만]]명 넘게 파병됐다는 질문에 "확인 중"이라고 답했다.',
            "전하규 국방부 대변인",
        ),
        ('"[[1만]]명이 왔다"는 소문이 돌고 있다.', None),
        ("한국은행은 지난해 북한의 대외교역 규모가 [[27억]] 달러였다고 발표했다.", "한국은행"),
        ('도널드 트럼프 미국 대통령은 트루스소셜에 글을 올려 "매주 [[5천]] 명의 병사가 죽고 있다"고 적었다.', "트럼프"),
        ("에마뉘엘 마크롱 프랑스 대통령도 우크라이나에 [[20억]] 유로를 지원하겠다고 약속했다.", "마크롱"),
        (
            (
                "우크라이나 국가안보국방위원회 산하 허위정보대응센터의 안드리 코발렌코 센터장은 "
                "텔레그램을 통해 공병 [[1천]]명이 도착했다고 전했다."
            ),
            "안드리 코발렌코",
        ),
        ("러시아 국방부는 우크라이나군이 하루 동안 병력 [[1300]]명을 잃었다고 주장했다.", "러시아 국방부"),
        ("블라디미르 푸틴 러시아 대통령은 파병 북한군 가운데 [[몇]] 명이 숨졌는지는 밝히지 않았다.", None),
        ('조태용 국정원장은 "폭풍군단 [[1500]]명이 1차로 이동했다"고 설명한 바 있다.', "조태용"),
        ("통일부 당국자는 기자들과 만나 탈북민 [[200]]여명이 입국했다면서 이같이 말했다.", "통일부 당국자"),
        ("유니세프는 보고서를 통해 어린이 [[40만]]명이 영양실조 상태라고 경고했다.", "유니세프"),
        ("이스라엘군은 하마스 대원 [[20]]명을 사살했다고 주장했다.", "이스라엘군"),
        (
            (
                '알렉산드르 힌시테인 쿠르스크 주지사 대행은 "북한 공병 [[1천]]명이 지뢰 제거 '
                '작업을 하고 있다"며 "주민 15만명이 돌아올 것"이라고 했다.'
            ),
            "쿠르스크 주지사 대행",
        ),
        ("김정은 국무위원장은 전사자 [[101]]명의 초상 앞에서 묵념했다.", None),
        ("한미 당국은 북한군 [[1만2천]]명이 러시아에 있는 것으로 보고 있다.", "한미 당국"),
        ("전문가들은 북한이 [[5천]]명을 추가 파병할 수 있다고 분석했다.", "전문가들"),
        ("국회 정보위원회 소속 의원들에 따르면 국정원은 [[2천]]명이 숨진 것으로 파악했다.", "국정원"),
        (
            "다국적제재모니터링팀(MSMT)은 보고서에서 북한이 컨테이너 [[2만]]개를 보냈다고 밝혔다.",
            "다국적제재모니터링팀",
        ),
    ],
)
def test_speaker_of_a_figure(text: str, speaker: str | None) -> None:
    """Speaker of a figure."""
    parse, sentence, quantity = marked(text)
    found = speaker_of(parse, attributions(parse), sentence, quantity).speaker
    assert (found is None) == (speaker is None)
    assert speaker is None or found is None or speaker in found


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("연합뉴스에 따르면 국방부는 사망자가 [[5]]명이라고 발표했다.", "국방부", "연합뉴스"),
        ("로이터통신은 서방 정보당국자를 인용해 [[1천]]명이 전사했다고 보도했다.", "서방 정보당국자", "로이터통신"),
        ("공병 [[1천]]명을 보낸다고 서기장이 말했다고 타스통신이 17일 보도했다.", "서기장", "타스통신"),
    ],
)
def test_a_medium_that_relays_is_via(text: str, speaker: str, via: str) -> None:
    """A medium that relays is via."""
    parse, sentence, quantity = marked(text)
    found = speaker_of(parse, attributions(parse), sentence, quantity)
    assert (found.speaker, found.via) == (speaker, via)


def test_an_elided_subject_is_whoever_spoke_before() -> None:
    """An elided subject is whoever spoke before."""
    text = "김철수 통일부 대변인은 30명이 왔다고 밝혔다.\n이어 [[20]]명이 더 온다고 덧붙였다.\n"
    parse, sentence, quantity = marked(text)
    assert speaker_of(parse, attributions(parse), sentence, quantity).speaker == "김철수 통일부 대변인"


def test_a_family_name_is_told_in_full() -> None:
    """A family name is told in full."""
    text = "이영희 국민의힘 의원은 100명이 떠났다고 전했다.\n이 의원은 또 [[20]]명이 남았다고 말했다.\n"
    parse, sentence, quantity = marked(text)
    assert speaker_of(parse, attributions(parse), sentence, quantity).speaker == "이영희 국민의힘 의원"


def test_a_quotation_of_several_sentences_has_one_speaker() -> None:
    """A quotation of several sentences has one speaker."""
    text = '사령관은 "적이 물러났다. 병사 [[200]]명이 다쳤다. 모두 살아 있다"고 말했다.'
    parse, sentence, quantity = marked(text)
    assert speaker_of(parse, attributions(parse), sentence, quantity).speaker == "사령관"


def test_a_sentence_may_credit_the_one_before() -> None:
    """A sentence may credit the one before."""
    parse, sentence, quantity = marked("이재민은 [[400]]명에 이른다. 소방청 관계자의 설명이다.")
    assert speaker_of(parse, attributions(parse), sentence, quantity).speaker == "소방청 관계자"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('[속보] 국정원 "북한군 1만2천명 파병"', "국정원"),
        ('젤렌스키 "북한군 3천명 사상"', "젤렌스키"),
        ("북한군 1만명 쿠르스크 배치", None),
    ],
)
def test_a_headline_has_a_speaker_where_it_quotes_one(text: str, speaker: str | None) -> None:
    """A headline has a speaker where it quotes one."""
    found = attributions(read(text, kind=PassageKind.HEADLINE))
    assert [one.speaker for one in found] == ([] if speaker is None else [speaker])


def test_hearsay_names_nobody() -> None:
    """Hearsay names nobody."""
    assert attributions(read("노동자 5만명이 파견될 것으로 알려졌다.")) == ()


@pytest.mark.parametrize("text", ["", "했다고", "따르면", '"', "국정원은 밝혔다.", "(경찰 추산)", "이같이 밝혔다."])
def test_scraps_are_read_without_an_error(text: str) -> None:
    """Scraps are read without an error."""
    for one in attributions(read(text)):
        assert all(start < end for start, end in one.content)
