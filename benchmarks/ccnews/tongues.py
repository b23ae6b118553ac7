"""The words of a made-up press in nine languages: lists of who, did, what, where and when, and how they are joined.

Sentences are drawn word by word, so that two stories share no run of words but by chance. Who is plural, did is past,
what is plural and the same in the accusative, so that every draw is a sentence.
"""

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["TONGUES", "Tongue"]


class Tongue(NamedTuple):
    """A language of the press.

    Attributes:
        share: Of a hundred stories, how many are in it.
        patterns: Sentences with the slots who, did, what, where, when, n and m; the last is one with figures.
        who, did, what, where, when: What is drawn for the slots.
        mastheads: First and second words of the names of outlets.
        sections: What menus name.
        credits: Lines by which a copy names whose story it is, with the slot `agency`: before and after the text.
        encodings: What its outlets write in; outlets take them by turns.
        gap: What stands between sentences.
    """

    share: int
    patterns: tuple[str, ...]
    who: tuple[str, ...]
    did: tuple[str, ...]
    what: tuple[str, ...]
    where: tuple[str, ...]
    when: tuple[str, ...]
    mastheads: tuple[tuple[str, ...], tuple[str, ...]]
    sections: tuple[str, ...]
    credits: tuple[str, str]
    encodings: tuple[str, ...] = ("utf-8",)
    gap: str = " "


def _list(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(","))


TONGUES: Mapping[str, Tongue] = {
    "en": Tongue(
        44,
        (
            "{who} {did} {what} {where}, and {who2} {did2} {what2} {when}.",
            "{when}, {who} {where} {did} {what} while {who2} {did2} {what2}.",
            "{who} who {did} {what} {where} {did2} {what2} {when}.",
            "It cost {n} million dollars and took {m} days, {who} {where} said {when}.",
        ),
        _list(
            "residents, engineers, farmers, teachers, doctors, firefighters, lawmakers, investors, students, "
            "drivers, fishermen, judges, nurses, bakers, scientists, volunteers, tenants, pilots, musicians, "
            "officials, miners, traders, coaches, librarians"
        ),
        _list(
            "repaired, promised, counted, closed, reopened, inspected, delayed, painted, sold, refused, moved, "
            "washed, questioned, praised, replaced, measured, rented, blocked, insured, cleared, welcomed, "
            "ordered, returned"
        ),
        _list(
            "roads, bridges, schools, tickets, contracts, boats, apartments, taxes, harvests, trains, markets, "
            "lights, concerts, budgets, permits, orchards, ferries, exams, wages, stadiums, pipes, parcels, "
            "gardens, kitchens"
        ),
        _list(
            "near the river, in Leeds, outside the station, in the old town, on the coast, in Ohio, "
            "at the port, in the suburbs, along the canal, in Perth, behind the market, in the valley, "
            "at the border, in Dublin, on the hill, in Nairobi, beside the airport, in Moscow, "
            "across the county, in Odesa"
        ),
        _list(
            "on Monday, last week, in spring, this year, before noon, after the storm, on Friday, in March, "
            "overnight, during the strike, at the weekend, a month ago"
        ),
        (
            _list("Harbor, Coast, Ridge, Valley, Morning, Daily, Northern, Capital, County, River, Prairie, Island"),
            _list("Press, Courier, Ledger, Herald, Post, Times, Tribune, Observer, Wire, Dispatch"),
        ),
        _list(
            "World, Politics, Business, Sport, Culture, Science, Health, Travel, Opinion, Weather, "
            "Russia and Ukraine, Asia, Markets, Video, Podcasts"
        ),
        ("({agency}) - ", "This report was first published by {agency}."),
    ),
    "ru": Tongue(
        12,
        (
            "{who} {did} {what} {where}, а {who2} {did2} {what2} {when}.",
            "{when} {who} {where} {did} {what}, пока {who2} {did2} {what2}.",
            "{who}, которые {did} {what} {where}, {did2} {what2} {when}.",
            "Это обошлось в {n} млн рублей и заняло {m} дней, сказали {who} {where} {when}.",
        ),
        _list(
            "жители, инженеры, фермеры, учителя, врачи, пожарные, депутаты, инвесторы, студенты, водители, "
            "рыбаки, судьи, медсестры, пекари, ученые, волонтеры, соседи, летчики, музыканты, чиновники, "
            "шахтеры, тренеры"
        ),
        _list(
            "починили, обещали, посчитали, закрыли, открыли, проверили, задержали, покрасили, продали, "
            "осмотрели, перенесли, вымыли, обсудили, похвалили, заменили, измерили, сняли, заказали, вернули, "
            "очистили"
        ),
        _list(
            "дороги, мосты, школы, билеты, договоры, лодки, квартиры, налоги, урожаи, поезда, рынки, фонари, "
            "концерты, бюджеты, сады, паромы, экзамены, зарплаты, стадионы, трубы, посылки, кухни"
        ),
        _list(
            "у реки, в Казани, возле вокзала, в старом городе, на побережье, в Перми, в порту, в пригороде, "
            "вдоль канала, в Омске, за рынком, в долине, на границе, в Москве, на холме, в Самаре, у аэропорта"
        ),
        _list(
            "в понедельник, на прошлой неделе, весной, в этом году, до полудня, после бури, в пятницу, "
            "в марте, ночью, в выходные, месяц назад"
        ),
        (
            _list("Вечерний, Новый, Северный, Утренний, Степной, Речной, Горный, Городской"),
            _list("вестник, курьер, обзор, листок, телеграф, репортер"),
        ),
        _list(
            "В мире, Политика, Экономика, Спорт, Культура, Наука, Здоровье, Россия, Мнения, Погода, Рынки, "
            "Видео"
        ),
        ("({agency}) - ", "Об этом первым сообщил {agency}."),
        (*["utf-8"] * 7, "windows-1251"),
    ),
    "uk": Tongue(
        6,
        (
            "{who} {did} {what} {where}, а {who2} {did2} {what2} {when}.",
            "{when} {who} {where} {did} {what}, поки {who2} {did2} {what2}.",
            "{who}, які {did} {what} {where}, {did2} {what2} {when}.",
            "Це коштувало {n} млн гривень і тривало {m} днів, сказали {who} {where} {when}.",
        ),
        _list(
            "мешканці, інженери, фермери, вчителі, лікарі, пожежники, депутати, інвестори, студенти, водії, "
            "рибалки, судді, медсестри, пекарі, науковці, волонтери, сусіди, пілоти, музиканти, посадовці, "
            "шахтарі, тренери"
        ),
        _list(
            "полагодили, обіцяли, порахували, закрили, відкрили, перевірили, затримали, пофарбували, продали, "
            "оглянули, перенесли, вимили, обговорили, похвалили, замінили, виміряли, зняли, замовили, "
            "повернули, очистили"
        ),
        _list(
            "дороги, мости, школи, квитки, договори, човни, квартири, податки, врожаї, потяги, ринки, ліхтарі, "
            "концерти, бюджети, сади, пороми, іспити, зарплати, стадіони, труби, посилки, кухні"
        ),
        _list(
            "біля річки, у Львові, біля вокзалу, у старому місті, на узбережжі, в Одесі, у порту, "
            "у передмісті, уздовж каналу, у Полтаві, за ринком, у долині, на кордоні, у Києві, на пагорбі, "
            "у Луцьку, біля летовища"
        ),
        _list(
            "у понеділок, минулого тижня, навесні, цього року, до полудня, після бурі, у п'ятницю, у березні, "
            "вночі, у вихідні, місяць тому"
        ),
        (
            _list("Вечірній, Новий, Північний, Ранковий, Степовий, Міський"),
            _list("вісник, кур'єр, огляд, листок, телеграф"),
        ),
        _list("Світ, Політика, Економіка, Спорт, Культура, Наука, Здоров'я, Війна, Думки, Погода, Ринки, Відео"),
        ("({agency}) - ", "Про це першим повідомив {agency}."),
    ),
    "ko": Tongue(
        6,
        (
            "{who}은 {when} {where} {what}을 {did}고 {who2}은 {what2}을 {did2}다.",
            "{when} {where} {who}이 {what}을 {did}으며 {who2}도 {what2}을 {did2}다.",
            "{where} {what}을 {did}던 {who}은 {when} {what2}을 {did2}다.",
            "{who}은 {when} {where} 비용이 {n}억 원이고 기간은 {m}일이라고 말했다.",
        ),
        _list(
            "주민들, 기술자들, 농민들, 교사들, 의사들, 소방관들, 의원들, 상인들, 학생들, 기사들, 어민들, "
            "판사들, 간호사들, 연구원들, 봉사자들, 세입자들, 조종사들, 연주자들, 공무원들, 감독들"
        ),
        _list(
            "고쳤, 약속했, 세었, 닫았, 열었, 점검했, 미뤘, 칠했, 팔았, 거절했, 옮겼, 씻었, 물었, 칭찬했, 바꿨, "
            "쟀, 빌렸, 막았, 치웠, 주문했"
        ),
        _list(
            "건물, 교실, 표, 계약, 배편, 집, 세금, 곡물, 기차역, 시장, 등, 공연, 예산안, 허가증, 과수원, 시험, "
            "월급, 경기장, 배관, 소포물"
        ),
        _list(
            "강변에서, 부산에서, 역 앞에서, 구시가에서, 해안에서, 대구에서, 항구에서, 교외에서, 운하에서, "
            "광주에서, 시장 뒤에서, 계곡에서, 국경에서, 서울에서, 언덕에서, 인천에서, 공항에서"
        ),
        _list("월요일, 지난주, 봄에, 올해, 오전에, 폭풍 뒤에, 금요일, 3월에, 밤새, 파업 중에, 주말에, 한 달 전에"),
        (_list("한강, 아침, 새, 동해, 남도, 중앙"), _list("신문, 일보, 뉴스, 통신, 타임스")),
        _list("국제, 정치, 경제, 스포츠, 문화, 과학, 건강, 여행, 오피니언, 날씨, 증권, 영상"),
        ("({agency}) ", "이 기사는 {agency}가 처음 보도했다."),
        (*["utf-8"] * 9, "euc-kr"),
    ),
    "zh": Tongue(
        8,
        (
            "{when}{who}在{where}{did}了{what}，{who2}则{did2}了{what2}。",
            "{who}{when}在{where}{did}了{what}，同时{who2}{did2}了{what2}。",
            "在{where}{did}{what}的{who}{when}{did2}了{what2}。",
            "{who}{when}在{where}表示，此事花费{n}万元，历时{m}天。",
        ),
        _list(
            "居民, 工程师, 农民, 教师, 医生, 消防员, 议员, 投资者, 学生, 司机, 渔民, 法官, 护士, 面包师, "
            "科学家, 志愿者, 租户, 飞行员, 音乐家, 官员"
        ),
        _list(
            "修理, 承诺, 清点, 关闭, 重开, 检查, 推迟, 粉刷, 出售, 拒绝, 搬走, 清洗, 询问, 称赞, 更换, 测量, "
            "租用, 封锁, 投保, 订购"
        ),
        _list(
            "道路, 桥梁, 学校, 车票, 合同, 小船, 公寓, 税款, 收成, 火车, 市场, 路灯, 音乐会, 预算, 许可证, "
            "果园, 渡轮, 考试, 工资, 体育场"
        ),
        _list(
            "河边, 武汉, 车站外, 老城, 海岸, 成都, 港口, 郊区, 运河旁, 广州, 市场后面, 山谷, 边境, 北京, 山上, "
            "西安, 机场旁"
        ),
        _list("周一, 上周, 春天, 今年, 中午前, 暴雨后, 周五, 三月, 夜间, 罢工期间, 周末, 一个月前"),
        (_list("长江, 晨光, 新城, 南方湾, 海岸, 首都"), _list("日报, 晚报, 新闻网, 时报, 周刊")),
        _list("国际, 时政, 财经, 体育, 文化, 科技, 健康, 旅游, 评论, 天气, 股市, 视频"),
        ("({agency})", "本文由{agency}首发。"),
        (*["utf-8"] * 9, "gb18030"),
        "",
    ),
    "de": Tongue(
        9,
        (
            "{who} {did} {where} {what}, und {who2} {did2} {when} {what2}.",
            "{when} {did} {who} {where} {what}, während Bürger {what2} zählten.",
            "{who} {where} {did} {when} {what}, aber {who2} {did2} {what2}.",
            "Es kostete {n} Millionen Euro und dauerte {m} Tage, sagten {who} {where} {when}.",
        ),
        _list(
            "Anwohner, Ingenieure, Landwirte, Lehrer, Ärzte, Abgeordnete, Anleger, Studenten, Fahrer, Fischer, "
            "Richter, Pfleger, Bäcker, Forscher, Helfer, Mieter, Piloten, Musiker, Beamte, Trainer"
        ),
        _list(
            "reparierten, versprachen, schlossen, öffneten, prüften, verschoben, strichen, verkauften, "
            "verweigerten, wuschen, befragten, lobten, ersetzten, maßen, mieteten, sperrten, räumten, "
            "bestellten"
        ),
        _list(
            "Straßen, Brücken, Schulen, Karten, Verträge, Boote, Wohnungen, Steuern, Ernten, Züge, Märkte, "
            "Lampen, Konzerte, Gärten, Fähren, Prüfungen, Löhne, Stadien, Rohre, Pakete"
        ),
        _list(
            "am Fluss, in Kassel, vor dem Bahnhof, in der Altstadt, an der Küste, in Bremen, im Hafen, "
            "am Stadtrand, am Kanal, in Graz, hinter dem Markt, im Tal, an der Grenze, in Bern, am Flughafen"
        ),
        _list(
            "am Montag, vergangene Woche, im Frühling, in diesem Jahr, nach dem Sturm, am Freitag, im März, "
            "nachts"
        ),
        (_list("Hafen, Küsten, Morgen, Tal, Nord, Haupt"), _list("post, blatt, kurier, bote, anzeiger")),
        _list("Welt, Politik, Wirtschaft, Sport, Kultur, Wissen, Gesundheit, Reise, Meinung, Wetter, Börse, Video"),
        ("({agency}) - ", "Zuerst berichtete {agency}."),
        (*["utf-8"] * 9, "iso-8859-1"),
    ),
    "fr": Tongue(
        6,
        (
            "{who} ont {did} {what} {where}, et {who2} ont {did2} {what2} {when}.",
            "{when}, {who} ont {did} {what} {where}, tandis que {who2} ont {did2} {what2}.",
            "{who} qui ont {did} {what} {where} ont {did2} {what2} {when}.",
            "Cela a coûté {n} millions d'euros et duré {m} jours, ont dit {who} {where} {when}.",
        ),
        _list(
            "les habitants, les ingénieurs, les paysans, les professeurs, les médecins, les pompiers, "
            "les députés, les étudiants, les chauffeurs, les pêcheurs, les juges, les infirmiers, "
            "les boulangers, les chercheurs, les locataires, les pilotes"
        ),
        _list(
            "réparé, promis, compté, fermé, rouvert, contrôlé, reporté, peint, vendu, refusé, lavé, examiné, "
            "loué, remplacé, mesuré, bloqué, assuré, commandé"
        ),
        _list(
            "des routes, des ponts, des écoles, des billets, des contrats, des bateaux, des logements, "
            "des impôts, des récoltes, des trains, des marchés, des lampes, des concerts, des vergers, "
            "des examens, des salaires"
        ),
        _list(
            "près du fleuve, à Lille, devant la gare, dans la vieille ville, sur la côte, à Nantes, au port, "
            "en banlieue, le long du canal, à Namur, derrière le marché, dans la vallée, à la frontière, à Lyon"
        ),
        _list(
            "lundi, la semaine dernière, au printemps, cette année, avant midi, après l'orage, vendredi, "
            "en mars"
        ),
        (_list("Le Matin, La Côte, Le Fleuve, La Vallée, Le Nord"), _list("libre, nouvelle, express, quotidien")),
        _list(
            "Monde, Politique, Économie, Sport, Culture, Sciences, Santé, Voyages, Opinions, Météo, Bourse, "
            "Vidéos"
        ),
        ("({agency}) - ", "Article publié d'abord par {agency}."),
    ),
    "es": Tongue(
        6,
        (
            "{who} {did} {what} {where}, y {who2} {did2} {what2} {when}.",
            "{when}, {who} {did} {what} {where} mientras {who2} {did2} {what2}.",
            "{who} que {did} {what} {where} {did2} {what2} {when}.",
            "Costó {n} millones de euros y duró {m} días, dijeron {who} {where} {when}.",
        ),
        _list(
            "los vecinos, los ingenieros, los agricultores, los maestros, los médicos, los bomberos, "
            "los diputados, los estudiantes, los conductores, los pescadores, los jueces, los panaderos, "
            "los científicos, los pilotos"
        ),
        _list(
            "repararon, prometieron, contaron, cerraron, abrieron, revisaron, aplazaron, pintaron, vendieron, "
            "rechazaron, lavaron, midieron, alquilaron, bloquearon, aseguraron, pidieron"
        ),
        _list(
            "carreteras, puentes, escuelas, billetes, contratos, barcos, viviendas, impuestos, cosechas, "
            "trenes, mercados, luces, conciertos, huertos, exámenes, salarios, estadios, tuberías"
        ),
        _list(
            "cerca del río, en Bilbao, ante la estación, en el casco viejo, en la costa, en Quito, "
            "en el puerto, en las afueras, junto al canal, en Lima, tras el mercado, en el valle, "
            "en la frontera"
        ),
        _list(
            "el lunes, la semana pasada, en primavera, este año, tras la tormenta, el viernes, en marzo, "
            "de noche"
        ),
        (_list("El Puerto, La Costa, El Valle, La Mañana, El Norte"), _list("libre, al día, digital, noticias")),
        _list(
            "Mundo, Política, Economía, Deportes, Cultura, Ciencia, Salud, Viajes, Opinión, Tiempo, Bolsa, "
            "Vídeos"
        ),
        ("({agency}) - ", "Esta noticia la publicó primero {agency}."),
    ),
    "it": Tongue(
        3,
        (
            "{who} hanno {did} {what} {where}, e {who2} hanno {did2} {what2} {when}.",
            "{when} {who} hanno {did} {what} {where}, mentre {who2} hanno {did2} {what2}.",
            "{who} che hanno {did} {what} {where} hanno {did2} {what2} {when}.",
            "È costato {n} milioni di euro ed è durato {m} giorni, hanno detto {who} {where} {when}.",
        ),
        _list(
            "i residenti, gli ingegneri, i contadini, gli insegnanti, i medici, i pompieri, i deputati, "
            "gli studenti, i pescatori, i giudici, i fornai, gli scienziati, gli inquilini, i piloti"
        ),
        _list(
            "riparato, promesso, contato, chiuso, riaperto, controllato, rinviato, dipinto, venduto, "
            "rifiutato, lavato, misurato, affittato, bloccato, ordinato"
        ),
        _list(
            "strade, ponti, scuole, biglietti, contratti, barche, case, tasse, raccolti, treni, mercati, luci, "
            "concerti, frutteti, esami, stipendi, stadi"
        ),
        _list(
            "vicino al fiume, a Bari, davanti alla stazione, nel centro storico, sulla costa, a Trento, "
            "al porto, in periferia, lungo il canale, a Pisa, dietro il mercato, nella valle"
        ),
        _list(
            "lunedì, la settimana scorsa, in primavera, quest'anno, dopo la tempesta, venerdì, a marzo, "
            "di notte"
        ),
        (_list("Il Porto, La Costa, La Valle, Il Mattino"), _list("libero, oggi, notizie")),
        _list("Mondo, Politica, Economia, Sport, Cultura, Scienza, Salute, Viaggi, Opinioni, Meteo, Borsa, Video"),
        ("({agency}) - ", "Articolo pubblicato per primo da {agency}."),
    ),
}  # fmt: skip
