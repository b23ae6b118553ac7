"""The language of a text and of its passages, by letters, by function words and, where they say nothing, by a model."""

import subprocess
import sys
import time
from dataclasses import replace

import pytest

from factory import document
from tallystick.dossiers.loading import load
from tallystick.errors import ReadingError
from tallystick.extraction.extraction import extract
from tallystick.model.document import Passage, PassageKind
from tallystick.reading.text import language
from tallystick.reading.text.language import detect, detect_passages

ENGLISH = "The ministry said on Monday that 10,000 foreign soldiers had taken part in the exercise, with more to come."
# One sentence or two, each a translation of the one above.
TEXTS = {
    "de": "Das Ministerium erklärte am Montag, dass 10.000 ausländische Soldaten an der Übung teilgenommen hätten.",
    "fr": "Le ministère a annoncé lundi que 10 000 soldats étrangers avaient participé à l’exercice dans le nord.",
    "es": "El ministerio informó el lunes de que 10.000 soldados extranjeros habían participado en el ejercicio.",
    "it": "Il ministero ha annunciato lunedì che 10.000 soldati stranieri hanno partecipato all'esercitazione.",
    "pt": "O ministério informou na segunda-feira que 10 mil soldados estrangeiros participaram da operação.",
    "nl": "Het ministerie maakte maandag bekend dat 10.000 buitenlandse militairen aan de oefening deelnamen.",
    "pl": "Ministerstwo ogłosiło w poniedziałek, że w ćwiczeniach wzięło udział 10 000 zagranicznych żołnierzy.",
    "cs": "Ministerstvo v pondělí oznámilo, že se cvičení zúčastnilo 10 000 zahraničních vojáků, tři byli zraněni.",
    "sv": "Departementet meddelade på måndagen att 10 000 utländska soldater hade deltagit i övningen i norr.",
    "tr": "Bakanlık pazartesi günü yaptığı açıklamada tatbikata 10.000 yabancı askerin katıldığını bildirdi.",
    "id": "Kementerian mengumumkan pada hari Senin bahwa 10.000 tentara asing telah ikut serta dalam latihan itu.",
    "ro": "Ministerul a anunțat luni că 10.000 de militari străini au participat la exercițiu în nordul țării.",
    "hu": "A minisztérium hétfőn közölte, hogy 10 000 külföldi katona vett részt az északi hadgyakorlaton.",
    "vi": "Bộ Quốc phòng hôm thứ Hai thông báo rằng 10.000 binh sĩ nước ngoài đã tham gia cuộc tập trận.",
    "ru": "Министерство обороны сообщило в понедельник, что в учениях участвовали 10 000 иностранных военных.",
    "uk": "Міністерство оборони повідомило в понеділок, що в навчаннях брали участь 10 000 іноземних солдатів.",
    "bg": "Министерството съобщи, че в учението са участвали 10 000 войници. Министърът каза, че броят им може "
    "да нарасне, въпреки обещанията.",
    "sr": "Министарство је саопштило у понедељак да је у вежби учествовало 10.000 страних војника и да број расте.",
    "be": "Міністэрства паведаміла ў панядзелак, што ў вучэннях удзельнічалі 10 000 замежных салдат, лік вырасце.",
    "kk": "Қорғаныс министрлігі дүйсенбі күні жаттығуға 10 000 шетелдік сарбаз қатысқанын хабарлады, саны өсуі мүмкін.",
    "ar": "أعلنت وزارة الدفاع يوم الاثنين أن عشرة آلاف جندي أجنبي شاركوا في المناورة، وقال الوزير إن العدد قد يزداد.",
    "fa": "وزارت دفاع روز دوشنبه اعلام کرد که ده هزار سرباز خارجی در رزمایش شرکت کردند و این تعداد ممکن است بیشتر شود.",
    "ur": "وزارت دفاع نے پیر کو اعلان کیا کہ دس ہزار غیر ملکی فوجیوں نے مشق میں حصہ لیا اور یہ تعداد بڑھ سکتی ہے۔",
    "he": "משרד הביטחון הודיע ביום שני כי עשרת אלפים חיילים זרים השתתפו בתרגיל, והשר אמר שמספרם עשוי לגדול בקרוב.",
    "el": "Το υπουργείο Άμυνας ανακοίνωσε τη Δευτέρα ότι 10.000 ξένοι στρατιώτες συμμετείχαν στην άσκηση στον βορρά.",
    "ko": "국방부는 월요일 외국 군인 1만 명이 훈련에 참가했다고 발표했다. 장관은 그 수가 늘어날 수 있다고 말했다.",
    "ja": "防衛省は月曜日、一万人の外国人兵士が演習に参加したと発表した。大臣は、その数は増える可能性があると述べた。",
    "zh": "国防部星期一宣布，有一万名外国士兵参加了在北部举行的演习。部长表示，这一数字可能还会增加。",
}


def passages_of(*lines: str) -> tuple[str, tuple[Passage, ...]]:
    """Give a text of these lines and a passage for each."""
    text, passages = "", []
    for line in lines:
        passages.append(Passage(len(text), len(text) + len(line), PassageKind.BODY))
        text += line + "\n"
    return text, tuple(passages)


@pytest.mark.parametrize(("code", "text"), [("en", ENGLISH), *TEXTS.items()])
def test_the_language_of_a_text_is_told(code: str, text: str) -> None:
    """A sentence is enough."""
    assert detect(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "", "10,000", "Zehn Männer",
        "Shr 2.31 dlrs vs 1.96 dlrs. Net 119.0 mln vs 101.0 mln. Revs 10.03 bln vs 8.88 bln.",
        "Kim Jong Un (김정은) met Vladimir Putin (Владимир Путин) in the east, the agency said on Monday night.",
        "word " * 300, "Moscow, Pyongyang, Seoul, Tokyo, Beijing, Vladivostok, Khabarovsk, Busan", "\ud800 x" * 30,
    ],
)  # fmt: skip
def test_english_is_what_nothing_speaks_against(text: str) -> None:
    """Names in another script, tables, lists of places and two words of German are no other language."""
    assert detect(text) == "en"


def test_the_header_block_does_not_hide_the_language() -> None:
    """English field names before a French text, and prose among short lines."""
    text = f"Title: 10 000 soldats\nAuthor: A. B.\nUpdated: 2025-06-17\n\n{TEXTS['fr']}\n"
    assert detect(text) == "fr"


def test_a_language_that_is_not_read_yet_is_a_failure_downstream() -> None:
    """The reader of the language names it; nothing is read as if it were English."""
    source = replace(document(TEXTS["fr"]), language=detect(TEXTS["fr"]))
    with pytest.raises(ReadingError, match="'fr', which cannot be read yet"):
        extract(source, load("general"))


def test_a_passage_in_another_language_is_not_read_as_english() -> None:
    """Its figures are left to the reader of that language."""
    text, passages = passages_of(ENGLISH, TEXTS["fr"])
    source = replace(document(text), passages=detect_passages(text, passages, "en"))
    assert [claim.figure for claim in extract(source, load("general"))] == ["10,000"]


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_passage_in_another_language_is_told(code: str) -> None:
    """Between two English ones, which have none of their own."""
    text, passages = passages_of(ENGLISH, TEXTS[code], ENGLISH)
    found = detect_passages(text, passages, "en")
    assert [passage.language for passage in found] == [None, code, None]
    assert [(passage.start, passage.end) for passage in found] == [(p.start, p.end) for p in passages]


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_an_english_passage_in_another_language_is_told(code: str) -> None:
    """The passages in the document's own language have none of their own, also where it is written with its country."""
    text, passages = passages_of(TEXTS[code], ENGLISH, TEXTS[code])
    found = detect_passages(text, passages, f"{code}-XX")
    assert [passage.language for passage in found] == [None, "en", None]


def test_ukrainian_and_russian_are_told_apart_within_one_document() -> None:
    """Both are written in Cyrillic and quoted in each other's news."""
    text, passages = passages_of(TEXTS["uk"], TEXTS["ru"])
    assert [passage.language for passage in detect_passages(text, passages, "uk")] == [None, "ru"]
    assert [passage.language for passage in detect_passages(text, passages, "ru")] == ["uk", None]


@pytest.mark.parametrize(
    "short", ["Слава Україні!", "Deutsche Bank AG, Frankfurt am Main", "Le Monde", "김정은 위원장"]
)
def test_a_short_passage_has_the_language_of_its_document(short: str) -> None:
    """A name or a slogan is no passage in another language."""
    text, passages = passages_of(ENGLISH, short)
    assert detect_passages(text, passages, "en") == passages


def test_what_the_format_says_of_a_passage_stays() -> None:
    """An element with a language of its own is surer than its words."""
    passage = Passage(0, len(TEXTS["fr"]), PassageKind.BODY, language="oc")
    assert detect_passages(TEXTS["fr"], (passage,), "en") == (passage,)


def test_the_model_is_not_loaded_for_english() -> None:
    """It takes a second and brings in NumPy; most runs are English alone."""
    text = f"{ENGLISH}\n\nHeadline without any verb\n\n{ENGLISH}"
    program = (
        "import sys\n"
        "from tallystick.reading.text.language import detect, detect_passages\n"
        "from tallystick.reading.text.passages import label\n"
        f"text = {text!r}\n"
        "detect_passages(text, label(text), detect(text))\n"
        "assert 'numpy' not in sys.modules and 'py3langid' not in sys.modules\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_document_of_many_foreign_passages_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is asked about some of them only."""
    monkeypatch.setattr(language, "ASKED", 3)
    text, passages = passages_of(*[TEXTS["fr"]] * 5)
    assert [passage.language for passage in detect_passages(text, passages, "en")] == ["fr"] * 3 + [None] * 2


def test_an_english_article_costs_little() -> None:
    """0.15 ms for 2,500 code points on a quiet machine; twenty times that on a busy one."""
    text, passages = passages_of(*[ENGLISH * 5] * 5)
    began = time.perf_counter()
    for _ in range(100):
        detect_passages(text, passages, detect(text))
    assert (time.perf_counter() - began) / 100 < 0.003
