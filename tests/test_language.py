"""The language of texts: six that the kit reads, and their neighbours that it must not take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from astana_kit.text import language
from astana_kit.text.language import language_of
from astana_kit.text.script import LANGUAGES

KNOWN = {
    "ru": """В столице Казахстана начался очередной раунд переговоров по Сирии.
Делегации стран-гарантов прибыли утром и провели двусторонние консультации.
Оппозиция отказалась от участия в пленарном заседании.
По словам дипломата, стороны близки к договорённости.
Министр отметил, что перемирие в целом соблюдается.
Следующую встречу решено провести в июле.
Обмен пленными стал главной темой дня.
Россия, Турция и Иран подписали меморандум.""",
    "ar": """بدأت في العاصمة الكازاخية جولة جديدة من المحادثات حول سوريا.
وصلت وفود الدول الضامنة صباح اليوم وعقدت مشاورات ثنائية.
رفضت المعارضة المشاركة في الجلسة العامة.
وقال دبلوماسي إن الأطراف قريبة من الاتفاق.
وأكد الوزير أن وقف إطلاق النار صامد بشكل عام.
تقرر عقد الاجتماع المقبل في شهر تموز.
كان تبادل الأسرى الموضوع الرئيسي لليوم الأول.
وقعت روسيا وتركيا وإيران مذكرة تفاهم.""",
    "kk": """Қазақстан астанасында Сирия бойынша келіссөздердің кезекті раунды басталды.
Кепіл елдердің делегациялары таңертең келіп, екіжақты кеңестер өткізді.
Оппозиция жалпы отырысқа қатысудан бас тартты.
Дипломаттың айтуынша, тараптар келісімге жақын.
Министр бітімнің жалпы сақталып отырғанын атап өтті.
Келесі кездесуді шілдеде өткізу туралы шешім қабылданды.
Тұтқындармен алмасу күннің басты тақырыбы болды.
Ресей, Түркия және Иран меморандумға қол қойды.""",
    "en": """A new round of talks on Syria has begun in the capital of Kazakhstan.
The delegations of the guarantor states arrived this morning and held consultations.
The opposition refused to take part in the plenary session.
According to a diplomat, the sides are close to an agreement.
The minister noted that the ceasefire was largely holding.
It was decided to hold the next meeting in July.
The exchange of prisoners was the main topic of the day.
Russia, Turkey and Iran signed a memorandum.""",
    "tr": """Kazakistan'ın başkentinde Suriye konulu görüşmelerin yeni turu başladı.
Garantör ülkelerin heyetleri sabah gelerek ikili istişarelerde bulundu.
Muhalefet genel oturuma katılmayı reddetti.
Bir diplomata göre taraflar anlaşmaya yakın.
Bakan, ateşkesin genel olarak sürdüğünü belirtti.
Bir sonraki toplantının temmuzda yapılması kararlaştırıldı.
Esir takası günün ana konusu oldu.
Rusya, Türkiye ve İran mutabakat metnini imzaladı.""",
    "fa": """دور تازه گفت‌وگوهای سوریه در پایتخت قزاقستان آغاز شد.
هیئت‌های کشورهای ضامن صبح امروز رسیدند و رایزنی‌های دوجانبه برگزار کردند.
مخالفان از شرکت در نشست عمومی خودداری کردند.
به گفته یک دیپلمات، طرف‌ها به توافق نزدیک شده‌اند.
وزیر تأکید کرد که آتش‌بس در کل پابرجاست.
قرار شد نشست بعدی در ماه ژوئیه برگزار شود.
تبادل زندانیان موضوع اصلی روز بود.
روسیه، ترکیه و ایران یک یادداشت تفاهم امضا کردند.""",
}
FOREIGN = {
    "Ukrainian": """Міністерство закордонних справ зробило заяву щодо переговорів в Астані.
Сторони пообіцяли дотримуватися перемир'я.
Наступну зустріч вирішено провести в липні.""",
    "Belarusian": """Міністэрства замежных спраў зрабіла заяву аб перамовах у Астане.
Бакі паабяцалі захоўваць перамір'е.
Наступную сустрэчу вырашана правесці ў ліпені.""",
    "Bulgarian": """Министерството на външните работи направи изявление за разговорите в Астана.
Страните обещаха да спазват примирието.
Решено беше следващата среща да се проведе през юли.""",
    "Serbian": """Министарство спољних послова дало је изјаву о преговорима у Астани.
Стране су обећале да ће поштовати примирје.
Одлучено је да се следећи састанак одржи у јулу.""",
    "Kyrgyz": """Тышкы иштер министрлиги Астанада өткөн сүйлөшүүлөр тууралуу билдирүү жасады.
Тараптар ок атышууну токтотуу боюнча келишимди сактоого убада беришти.
Кийинки жолугушууну июлда өткөрүү чечилди.""",
    "Tatar": """Тышкы эшләр министрлыгы Астанада узган сөйләшүләр турында белдерү ясады.
Яклар ут туктату турындагы килешүне сакларга сүз бирде.
Киләсе очрашуны июльдә үткәрергә карар ителде.""",
    "Bashkir": """Тышҡы эштәр министрлығы Астанала үткән һөйләшеүҙәр тураһында белдереү яһаны.
Яҡтар ут туҡтатыу тураһындағы килешеүҙе һаҡларға һүҙ бирҙе.
Киләһе осрашыуҙы июлдә үткәрергә ҡарар ителде.""",
    "Uzbek, Latin": """Tashqi ishlar vazirligi Ostonada o‘tgan muzokaralar haqida bayonot berdi.
Tomonlar o‘t ochishni to‘xtatish kelishuvini saqlashga va’da berishdi.
Keyingi uchrashuvni iyul oyida o‘tkazishga qaror qilindi.""",
    "Uzbek, Cyrillic": """Ташқи ишлар вазирлиги Остонада ўтган музокаралар ҳақида баёнот берди.
Томонлар ўт очишни тўхтатиш келишувини сақлашга ваъда беришди.
Кейинги учрашувни июль ойида ўтказишга қарор қилинди.""",
    "Azerbaijani": """Xarici İşlər Nazirliyi Astanada keçirilən danışıqlar barədə bəyanat yayıb.
Tərəflər atəşkəsi qorumağa söz veriblər.
Növbəti görüşün iyul ayında keçirilməsi qərara alınıb.""",
    "Turkmen": """Daşary işler ministrligi Astanada geçirilen gepleşikler barada beýanat berdi.
Taraplar ok atyşygy bes etmek baradaky ylalaşygy saklamaga söz berdiler.
Indiki duşuşygy iýul aýynda geçirmek karar edildi.""",
    "Kazakh, Latin": """Syrtqy ister ministrligi Astanada ötken kelissözder turaly mälimdeme jasady.
Taraptar atysty toqtatu jönindegi kelisimdi saqtauğa uäde berdi.
Kelesi kezdesudi şıldede ötkizu turaly şeşim qabyldandy.""",
    "Kazakh, Arabic": """سىرتقى ىستەر مينيسترلىگى استانادا وتكەن كەلىسسوزدەر تۋرالى مالىمدەمە.
تاراپتار اتىستى توقتاتۋ جونىندەگى كەلىسىمدى ساقتاۋعا ۋادە بەردى.
كەلەسى كەزدەسۋدى شىلدەدە وتكىزۋ تۋرالى شەشىم قابىلداندى.""",
    "Kurmanji": """Wezareta Derve li ser danûstandinên ku li Astanayê hatin kirin daxuyanî da.
Aliyan soz dan ku dê agirbestê biparêzin.
Biryar hat dayîn ku civîna din di meha tîrmehê de bê lidarxistin.""",
    "Sorani": """وەزارەتی دەرەوە لەبارەی دانوستانەکانی ئاستانە بەیاننامەیەکی بڵاوکردەوە.
لایەنەکان بەڵێنیان دا پابەندی ئاگربەست بن.
بڕیار درا کۆبوونەوەی داهاتوو لە مانگی تەمووز بەڕێوەبچێت.""",
    "Uyghur": """تاشقى ئىشلار مىنىستىرلىكى سۆھبەت ھەققىدە بايانات ئېلان قىلدى.
تەرەپلەر ئۇرۇش توختىتىش كېلىشىمىگە ئەمەل قىلىشقا ۋەدە بەردى.
كېيىنكى ئۇچرىشىشنى ئىيۇلدا ئۆتكۈزۈش قارار قىلىندى.""",
    "Urdu": """وزارت خارجہ نے آستانہ میں ہونے والے مذاکرات کے بارے میں بیان جاری کیا۔
فریقین نے جنگ بندی برقرار رکھنے کا وعدہ کیا۔
اگلا اجلاس جولائی میں منعقد کرنے کا فیصلہ کیا گیا۔""",
    "Pashto": """د بهرنیو چارو وزارت په آستانه کې د شوو خبرو په اړه یوه اعلامیه خپره کړه.
لوریو ژمنه وکړه چې اوربند به وساتي.
پرېکړه وشوه چې راتلونکې غونډه به په جولای کې وشي.""",
    "Hebrew": """משרד החוץ פרסם הודעה על השיחות שהתקיימו באסטנה.
הצדדים הבטיחו לשמור על הפסקת האש.
הוחלט לקיים את הפגישה הבאה ביולי.""",
    "Chinese": """外交部就在阿斯塔纳举行的会谈发表声明,各方承诺遵守停火协议并继续对话。
各方同意在七月举行下一次会议,讨论交换被关押人员的问题和人道主义援助。
俄罗斯、土耳其和伊朗签署了关于建立冲突降级区的备忘录,并呼吁各方保持克制。""",
    "German": """Das Außenministerium gab eine Erklärung zu den Gesprächen in Astana ab.
Die Seiten versprachen, die Waffenruhe einzuhalten.
Das nächste Treffen soll im Juli stattfinden.""",
    "French": """Le ministère des Affaires étrangères a publié une déclaration sur les pourparlers.
Les parties ont promis de respecter le cessez-le-feu.
La prochaine réunion se tiendra en juillet à Astana.""",
    "Spanish": """El Ministerio de Exteriores emitió un comunicado sobre las conversaciones.
Las partes prometieron respetar el alto el fuego.
La próxima reunión se celebrará en julio en Astaná.""",
    "Dutch": """Het ministerie legde een verklaring af over de besprekingen in Astana.
De partijen beloofden het bestand na te leven.
Besloten werd de volgende vergadering in juli te houden.""",
    "Tajik": """Вазорати корҳои хориҷӣ дар бораи гуфтушуниди Остона изҳорот дод.
Ҷонибҳо ваъда доданд, ки оташбасро риоя мекунанд.
Қарор шуд, ки вохӯрии навбатӣ дар моҳи июл баргузор шавад.""",
    "Swahili": """Wizara ya Mambo ya Nje ilitoa taarifa kuhusu mazungumzo yaliyofanyika Astana.
Pande zote ziliahidi kudumisha usitishaji mapigano.
Iliamuliwa kufanya mkutano ujao mwezi wa Julai.""",
}


@pytest.mark.parametrize(
    ("language", "line"),
    [(code, line) for code, page in KNOWN.items() for line in page.split("\n")],
)
def test_a_sentence_of_a_language_that_the_kit_reads(language: str, line: str) -> None:
    assert language_of(line) == language


@pytest.mark.parametrize(
    ("name", "line"), [(name, line) for name, page in FOREIGN.items() for line in page.split("\n")]
)
def test_a_sentence_of_another_language_is_never_its_neighbour(name: str, line: str) -> None:
    assert language_of(line) == "und"


def test_the_model_is_asked_as_its_own_package_asks_it() -> None:
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    lines = [line for page in (*KNOWN.values(), *FOREIGN.values()) for line in page.split("\n")]
    for text in (*lines, *map(str.upper, lines), " ".join(lines)):
        assert language.called(text) == model.classify(text)[0]


@pytest.mark.parametrize("name", FOREIGN)
def test_a_page_of_another_language(name: str) -> None:
    assert language_of(FOREIGN[name] + "\n" + FOREIGN[name]) == "und"


@pytest.mark.parametrize(
    "text",
    ["", " \n", "2024", "Астана", "Сирия: Астана-22", "– ٢٢ –", "14.09.2017 | 17:04", "🙂" * 40],
)
def test_too_few_letters(text: str) -> None:
    assert language_of(text) == "und"


def test_a_mixed_page_is_in_the_language_of_most_of_its_letters() -> None:
    assert language_of("Home | News | Contact us | Sign in\n" + KNOWN["ar"]) == "ar"
    assert language_of(KNOWN["ru"] + "\nЖурналист: Талғат Ерғалиев\n") == "ru"
    assert language_of(KNOWN["kk"] + "\n" + KNOWN["ru"].split("\n")[0]) == "kk"
    assert language_of(KNOWN["fa"] + "\n" + KNOWN["ar"].split("\n")[0]) == "fa"
    assert language_of(FOREIGN["Chinese"] * 3 + "\n" + KNOWN["en"].split("\n")[5]) == "und"


def test_capitals_are_no_other_language() -> None:
    assert [language_of(page.upper()) for page in KNOWN.values()] == list(KNOWN)


def test_only_the_beginning_is_read() -> None:
    assert language_of(KNOWN["ru"] * 40 + KNOWN["en"] * 200) == "ru"


@given(text=st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert language_of(text) in {*LANGUAGES, "und"}
