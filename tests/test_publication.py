"""The day a page states of itself: what counts, what does not, in six languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana_kit import tables
from astana_kit.pages import paragraphs
from astana_kit.publication import published

# A page is: some lines of the site, lines over the headline, the headline, lines under it, the
# body, lines behind it. Each case says what stands over, under, at the start of the body, behind.
PAGES = {
    "ru": (
        ["Главная", "Политика", "Экономика", "Общество", "Спорт", "Культура"],
        "В Астане начался новый раунд переговоров по Сирии",
        "Делегации стран-гарантов прибыли в столицу Казахстана утром, сообщил представитель МИД.",
        (
            "Стороны обсудят обмен пленными и границы зон деэскалации, а вечером пройдёт пленарное "
            "заседание, где ждут и оппозицию. Прошлая встреча была 4 июля 2017 года."
        ),
    ),
    "ar": (
        ["الرئيسية", "سياسة", "اقتصاد", "مجتمع", "رياضة", "ثقافة"],
        "انطلاق جولة جديدة من محادثات أستانا حول سوريا",
        "وصلت وفود الدول الضامنة صباحا إلى العاصمة الكازاخية، بحسب ما قال متحدث باسم الخارجية.",
        (
            "وتبحث الأطراف تبادل الأسرى وحدود مناطق خفض التصعيد، على أن تعقد مساء جلسة عامة بحضور "
            "وفد المعارضة. وكانت الجولة الماضية قد عقدت في 4 تموز 2017 في المدينة ذاتها."
        ),
    ),
    "fa": (
        ["صفحه نخست", "سیاست", "اقتصاد", "جامعه", "ورزش", "فرهنگ"],
        "دور تازه گفت‌وگوهای سوریه در آستانه آغاز شد",
        "هیئت‌های کشورهای ضامن صبح به پایتخت قزاقستان رسیدند، به گفته سخنگوی وزارت خارجه.",
        (
            "طرف‌ها درباره تبادل زندانیان و مرز مناطق کاهش تنش گفت‌وگو می‌کنند و شامگاه نشست عمومی با "
            "حضور مخالفان برگزار می‌شود. نشست پیشین در ۴ ژوئیه ۲۰۱۷ برگزار شده بود."
        ),
    ),
    "kk": (
        ["Басты бет", "Саясат", "Экономика", "Қоғам", "Спорт", "Мәдениет"],
        "Астанада Сирия бойынша келіссөздердің жаңа раунды басталды",
        "Кепіл елдердің делегациялары таңертең елордаға келді, деп хабарлады СІМ өкілі.",
        (
            "Тараптар тұтқын алмасу мен аймақтарының шекарасын талқылайды, ал кешке "
            "оппозиция қатысатын жалпы отырыс өтеді. Өткен кездесу 2017 жылғы 4 шілдеде болған еді."
        ),
    ),
    "en": (
        ["Home", "Politics", "Economy", "Society", "Sport", "Culture"],
        "New round of talks on Syria begins in the Kazakh capital",
        "Delegations of the guarantor states arrived in the morning, a ministry spokesman said.",
        (
            "The sides will discuss the exchange of prisoners and the borders of the zones, and in "
            "the evening a plenary session is due. The last meeting was held on July 4, 2017."
        ),
    ),
    "tr": (
        ["Ana Sayfa", "Siyaset", "Ekonomi", "Toplum", "Spor", "Kültür"],
        "Astana'da Suriye görüşmelerinin yeni turu başladı",
        "Garantör ülkelerin heyetleri sabah Kazak başkentine geldi, dedi bakanlık sözcüsü.",
        (
            "Taraflar esir takasını ve gerginliği azaltma bölgelerinin sınırlarını ele alacak, "
            "akşam da oturum yapılacak. Son görüşme 4 Temmuz 2017'de yapılmıştı."
        ),
    ),
}
SEPT, JAN = date(2017, 9, 14), date(2017, 1, 24)


def page(language: str, over: str, under: str, start: str, behind: str) -> str:
    menu, headline, lead, body = PAGES[language]
    lines = [*menu, over, headline, under, start + lead, body, behind]
    return "\n".join(line for line in lines if line)


# language, over the headline, under it, start of the body, behind the body, day
CASES = [
    ("ru", "", "14.09.2017 17:04", "", "", SEPT),
    ("ru", "", "14 сентября 2017, четверг", "", "", SEPT),
    ("ru", "", "Астана, 14 сентября 2017 г., 10:15 | Иван Петров", "", "", SEPT),
    ("ru", "", "Опубликовано: 14.09.2017, обновлено: 28.11.2017", "", "", SEPT),
    ("ru", "", "Дата публикации:\n14 сентября 2017", "", "", SEPT),
    ("ru", "14 сентября 2017, 09:30", "", "", "", SEPT),
    ("ru", "", "", "АСТАНА, 14 сентября 2017 г. /ТАСС/. ", "", SEPT),
    ("ru", "", "", "", "Опубликовано 14.09.2017", SEPT),
    ("ru", "", "14 сентября 2017 в 10:15", "", "", SEPT),
    ("ru", "", "", "", "Теги: Сирия, переговоры\n14 сентября 2017 г.", SEPT),
    ("ru", "", "", "", "15:19 14.09.2017\nВерсия для печати", SEPT),
    ("ru", "", "", "", "14.09.2017 15:19\nИван\nСпасибо!\n15.09.2017 10:01\nПётр\nДа", None),
    ("ru", "", "", "", "14.09.2017 15:19 Иван", None),
    ("ru", "(14 сентября 2017, 18:30)", "", "", "", SEPT),
    ("ru", "", "", "Астана, 14 сентября 2017, 11:10 — ", "", SEPT),
    ("ru", "", "14 сентября 2017, пятница", "", "", None),  # it was a Thursday
    ("ru", "Сегодня 28 ноября 2024 - 17:08 | ВХОД", "", "", "", None),
    ("ru", "", "Обновлено: 28.11.2024 10:00", "", "", None),
    ("ru", "", "Сегодня, 15:33 • Новости региона", "", "", None),
    ("ru", "", "", "АСТАНА, 14 сентября. /ТАСС/. ", "", None),
    ("ru", "", "", "14 сентября 2017 года, в четверг, все собрались снова. ", "", None),
    ("ru", "", "16:47 14.09.2017 (обновлено: 16:52 15.09.2017)", "", "", SEPT),
    ("ru", "", "14-15 сентября 2017", "", "", None),
    ("ru", "", "14.09.2017\n15.09.2017", "", "", None),
    ("ru", "", "", "", "© 2017 Новости. Все права защищены 14.09.2017", None),
    ("ru", "05.07.2017 10:00\nМинистр вернулся домой\n03.07.2017 11:00", "", "", "", None),
    ("ar", "", "الخميس 14 سبتمبر 2017", "", "", SEPT),
    ("ar", "", "١٤ أيلول ٢٠١٧ - ١٠:٣٠", "", "", SEPT),
    ("ar", "", "تاريخ النشر: 14/09/2017 10:15", "", "", SEPT),
    ("ar", "", "نشر في: 14 سبتمبر/أيلول 2017 | آخر تحديث: 28 نوفمبر 2024", "", "", SEPT),
    ("ar", "", "أستانا – سانا\n14-09-2017", "", "", SEPT),
    ("ar", "14 أيلول 2017، 09:30", "", "", "", SEPT),
    ("ar", "", "", "أستانا 14 سبتمبر 2017 (سانا) - ", "", SEPT),
    ("ar", "", "Published: Sep 14, 2017", "", "", SEPT),
    ("ar", "", "نُشر في: 14 أيلول 2017 الساعة 10:30", "", "", SEPT),
    ("ar", "", "14/09/2017 - 11:32 ، آخر تحديث 28/11/2024 - 10:00", "", "", SEPT),
    ("ar", "", "", "أستانا 14 سبتمبر 2017 (شينخوا) -- ", "", SEPT),
    ("ar", "", "13:05 GMT 14.09.2017 (تم التحديث: 13:22 GMT 28.11.2024)", "", "", SEPT),
    ("ar", "", "14.09.2017 - محدث : 15.09.2017", "", "", SEPT),
    ("ar", "", "عنوان فرعي يشرح ما جرى في القاعة\n14 سبتمبر 2017 - 09:02 بتوقيت مكة", "", "", SEPT),
    ("ar", "الخميس 28 نوفمبر 2024 | 18:20", "", "", "", None),
    ("ar", "التحديث الاخير بتاريخ|الخميس, نوفمبر 14, 2024", "", "", "", None),
    ("ar", "", "", "", "طباعة\n14-09-2017 10:30", SEPT),
    ("ar", "", "آخر تحديث: 28 نوفمبر 2024", "", "", None),
    ("ar", "", "الجمعة 14 سبتمبر 2017", "", "", None),
    ("ar", "اليوم الخميس 28 نوفمبر 2024", "", "", "", None),
    ("ar", "", "صورة من الجولة الماضية في أستانا - 4 تموز 2017 (سانا)", "", "", None),
    ("ar", "", "", "في 14 أيلول 2017 اجتمعت الوفود من جديد. ", "", None),
    ("ar", "", "يومي 14 و15 أيلول 2017", "", "", None),
    ("ar", "", "14 أيلول", "", "", None),
    ("fa", "", "تاریخ انتشار: ۱۰:۲۱ - ۰۵ بهمن ۱۳۹۵", "", "", JAN),
    ("fa", "", "۵ بهمن ۱۳۹۵ - ۱۰:۲۱", "", "", JAN),
    ("fa", "", "سه‌شنبه ۵ بهمن ۱۳۹۵", "", "", JAN),
    ("fa", "", "کد خبر: ۶۹۶۳\nتاریخ انتشار: ۱۳۹۵/۱۱/۰۵", "", "", JAN),
    ("fa", "", "۱۴ سپتامبر ۲۰۱۷", "", "", SEPT),
    ("fa", "۲۴ ژانویه ۲۰۱۷، ۰۹:۳۰", "", "", "", JAN),
    (
        "fa",
        "سه‌شنبه / ۵ بهمن ۱۳۹۵ / ۱۷:۱۰\nدسته‌بندی: سیاست\nکد خبر: ۹۵۱۱\nخبرنگار : ۷۱",
        "",
        "",
        "",
        JAN,
    ),
    ("fa", "سه‌شنبه ۵ بهمن ۱۳۹۵", "", "", "", None),
    ("fa", "", "زمان انتشار: ۵ بهمن ۱۳۹۵ | آخرین به‌روزرسانی: ۸ آذر ۱۴۰۳", "", "", JAN),
    ("fa", "", "نور سلطان - سانا\n24/01/2017", "", "", JAN),
    ("fa", "", "سه شنبه ۵ بهمن ۱۳۹۵ ساعت ۱۲:۳۰", "", "", JAN),
    ("fa", "", "", "", "برچسب‌ها: سوریه\n۱۳۹۵/۱۱/۰۵ - ۱۰:۲۱", JAN),
    ("fa", "", "چهارشنبه ۵ بهمن ۱۳۹۵", "", "", None),  # it was a Tuesday
    ("fa", "امروز: ۸ آذر ۱۴۰۳", "", "", "", None),
    ("fa", "", "آخرین ویرایش: ۸ آذر ۱۴۰۳", "", "", None),
    ("fa", "", "۵ بهمن", "", "", None),
    ("fa", "", "", "۵ بهمن ۱۳۹۵ هیئت‌ها دوباره گرد آمدند. ", "", None),
    ("fa", "", "۵ و ۶ بهمن ۱۳۹۵", "", "", None),
    ("kk", "", "Қыр 14, 2017 21:05 Asia/Almaty", "", "", SEPT),
    ("kk", "", "Жарияланған күні: 2017 жылғы 14 қыркүйек", "", "", SEPT),
    ("kk", "", "14.09.2017 10:15", "", "", SEPT),
    ("kk", "", "(last modified Thu, 28 Nov 2024 15:05:26 GMT)\n14 қыркүйек 2017", "", "", SEPT),
    ("kk", "", "Жаңартылды: 28.11.2024", "", "", None),
    ("kk", "Бүгін 28 қараша 2024", "", "", "", None),
    ("kk", "", "жұма, 14 қыркүйек 2017", "", "", None),
    ("en", "", "Published: September 14, 2017 10:15 UTC+3", "", "", SEPT),
    ("en", "", "Thursday, 14 September 2017", "", "", SEPT),
    ("en", "", "By Jane Doe | Sept. 14, 2017, 10:15 a.m.", "", "", SEPT),
    ("en", "", "", "ASTANA, Sept. 14, 2017 (AP) — ", "", SEPT),
    ("en", "", "Updated September 14, 2017", "", "", None),
    ("en", "", "Friday, 14 September 2017", "", "", None),
    ("en", "", "09/08/2017", "", "", None),
    ("en", "", "", "September 14, 2017 was the day when all of them met. ", "", None),
    ("tr", "", "14 Eylül 2017 Perşembe 10:15", "", "", SEPT),
    ("tr", "", "Yayınlanma Tarihi: 14.09.2017 - Güncelleme: 28.11.2024", "", "", SEPT),
    ("tr", "", "14.09.2017 - 10:15 | Son Güncellenme: 28.11.2024", "", "", SEPT),
    ("tr", "", "14 Eylül 2017 tarihinde yayınlandı", "", "", SEPT),
    ("tr", "", "Son güncelleme: 14.09.2017", "", "", None),
    ("tr", "Bugün 28 Kasım 2024", "", "", "", None),
    ("tr", "", "14 Eylül 2017 Cuma", "", "", None),
]


def test_the_day_may_stand_under_a_deck():
    menu, _, _, body = PAGES["ru"]
    lines = [
        *menu,
        "Страны-гаранты согласовали заявление встречи по Сирии",
        "Делегации обсудили и положение беженцев в Сирии",
        "16:47 14.09.2017 (обновлено: 16:52 15.09.2017)",
        "Делегации стран-гарантов согласовали заявление встречи по Сирии, сообщил посол.",
        body,
    ]
    text = "\n".join(lines)
    day, _ = published(text, "ru", paragraphs(text, "ru"))
    assert day == SEPT


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case[:5]))
def test_the_day_of_a_page(case: tuple[str, str, str, str, str, date | None]) -> None:
    *lines, day = case
    text, language = page(*lines), lines[0]
    found = published(text, language, paragraphs(text, language))
    assert (found and found[0]) == day
    if found:
        quote = found[1].strip("«»")
        assert quote in text
        assert len(quote) <= 110


@pytest.mark.parametrize("language", PAGES)
def test_a_date_in_the_story_is_no_day_of_the_page(language: str) -> None:
    text = page(language, "", "", "", "")
    assert published(text, language, paragraphs(text, language)) is None


CLOCKS = {
    "ru": "Четверг, 28 ноября 2024, 17:08",
    "ar": "الخميس, نوفمبر 28, 2024",
    "fa": "پنج‌شنبه ۸ آذر ۱۴۰۳",
    "kk": "28 қараша 2024, бейсенбі",
    "en": "Thursday, November 28, 2024",
    "tr": "28 Kasım 2024 Perşembe",
}


@pytest.mark.parametrize("language", CLOCKS)
def test_a_date_at_the_very_top_may_be_the_clock_of_the_site(language: str) -> None:
    text = "\n".join([CLOCKS[language], *PAGES[language][1:]])
    assert published(text, language, paragraphs(text, language)) is None


@pytest.mark.parametrize("language", CLOCKS)
def test_two_days_that_contradict_one_another_are_none(language: str) -> None:
    text = page(language, "", f"14.09.2017\n{CLOCKS[language]}", "", "")
    assert published(text, language, paragraphs(text, language)) is None


def test_no_seed_is_given_a_wrong_day() -> None:
    for seed in tables.seeds().itertuples():
        text = (tables.DATA / seed.path).read_text(encoding="utf-8")
        found = published(text, seed.language, paragraphs(text, seed.language))
        assert found is None or found[0] == seed.published.date()


def test_each_label_says_one_of_three_things_in_a_language_of_the_kit() -> None:
    marks = tables.date_marks()
    assert set(marks["means"]) == {"published", "updated", "now"}
    assert (marks.groupby("language")["means"].nunique() == 3).all()


LINES = st.sampled_from(
    [line for case in CASES for line in case[1:5] if line]
    + [line for menu, *rest in PAGES.values() for line in (*menu, *rest)]
)


@given(
    text=st.lists(LINES, min_size=1, max_size=12).map("\n".join),
    language=st.sampled_from([*PAGES, "und"]),
)
def test_whatever_the_order_of_its_lines_a_page_is_quoted_by_its_own_words(
    text: str, language: str
) -> None:
    found = published(text, language, paragraphs(text, language))
    assert found is None or found[1].strip("«»") in text
