"""Pages like the seeds, as many as asked for: the same number gives the same pages.

A page is a headline, a day, and paragraphs of shuffled sentences: of the seeds (Russian, Arabic,
Kazakh), and of those below in all six languages, whose numbers differ from page to page, so that
the words of a corpus grow with it. The languages come in turn; one page in fifty repeats another.
"""

import random
from html import escape

import pandas as pd

import astana_kit as ak

BYTES = 2900  # of UTF-8 at which a page ends: 3,200 on average; the seeds have 1,300 to 9,800
COPIES = 50  # one page in so many repeats an earlier one of its language, with a new first line
OUTLETS = 7  # of each language

HEADLINES = {
    "ru": "Участники встречи в Астане обсудили перемирие",
    "ar": "انطلاق جولة جديدة من محادثات أستانا حول سوريا",
    "kk": "Астанада Сирия бойынша келіссөздердің кезекті раунды өтті",
    "en": "Delegations meet in Astana for another round of talks on Syria",
    "tr": "Suriye konulu Astana görüşmelerinin yeni turu başladı",
    "fa": "دور تازه مذاکرات آستانه درباره سوریه آغاز شد",
}
SENTENCES = {
    "ru": [
        "Делегации России, Турции и Ирана провели {n} двусторонних встреч.",
        "За сутки зафиксировано {n} нарушений режима прекращения огня в провинции Идлиб.",
        "Гуманитарный конвой доставил {n} тонн муки и лекарств жителям пригородов Дамаска.",
        "На прошлом, 17-м раунде стороны говорили об освобождении пленных.",
        "Спецпосланник ООН напомнил, что домой вернулись {n} беженцев.",
        "Эксперты спорят, хватит ли выделенных {n} долларов на восстановление школ.",
    ],
    "ar": [
        "عقد وفدا روسيا وتركيا {n} لقاء على هامش الاجتماع.",
        "وصلت {n} شاحنة محملة بالمساعدات الإنسانية إلى ريف إدلب.",
        "قال المبعوث الأممي إن {n} لاجئا عادوا إلى منازلهم هذا العام.",
        "بحثت الجولة الثامنة عشرة ملف المعتقلين والمفقودين.",
        "اتهمت المعارضة السورية قوات النظام بارتكاب {n} خرقا لوقف إطلاق النار.",
        "تعهدت الدول الضامنة بمواصلة العمل من أجل التهدئة في المنطقة.",
    ],
    "kk": [
        "Ресей, Түркия және Иран делегациялары {n} кездесу өткізді.",
        "Идлиб провинциясына {n} тонна гуманитарлық көмек жеткізілді.",
        "БҰҰ өкілі {n} босқынның елге оралғанын айтты.",
        "Он жетінші раундта тараптар тұтқындарды босату мәселесін талқылады.",
        "Сирия үкіметі мен оппозиция бір үстелге отырды.",
        "Сарапшылар атысты тоқтату режимінің {n} рет бұзылғанын атап өтті.",
    ],
    "en": [
        "The delegations of Russia, Turkey and Iran held {n} meetings on the first day.",
        "Observers counted {n} breaches of the ceasefire in Idlib since the last round.",
        "A convoy of {n} trucks brought flour and medicine to the suburbs of Damascus.",
        "The 19th round had ended without a deal on the detainees.",
        "According to the United Nations, {n} refugees have gone home this year.",
        "The Syrian opposition asked the guarantor states to keep their promises.",
    ],
    "tr": [
        "Rusya, Türkiye ve İran heyetleri {n} ikili görüşme yaptı.",
        "İdlib'de ateşkesin {n} kez ihlal edildiği bildirildi.",
        "İnsani yardım taşıyan {n} tır sınırdan geçti.",
        "Taraflar 16. turda alıkonulanların serbest bırakılmasını ele almıştı.",
        "BM temsilcisi {n} mültecinin evine döndüğünü söyledi.",
        "Suriye muhalefeti garantör ülkelere çağrıda bulundu.",
    ],
    "fa": [
        "هیئت‌های روسیه، ترکیه و ایران {n} دیدار دوجانبه برگزار کردند.",
        "ناظران از {n} مورد نقض آتش‌بس در ادلب خبر دادند.",
        "کاروانی با {n} کامیون کمک‌های بشردوستانه به حومه دمشق رسید.",
        "دور هفدهم مذاکرات درباره آزادی زندانیان بدون نتیجه پایان یافت.",
        "نماینده سازمان ملل گفت {n} پناهنده به خانه بازگشته‌اند.",
        "مخالفان سوری از کشورهای ضامن خواستند به وعده‌های خود عمل کنند.",
    ],
}


def pages(number):
    """One row per page: doc_id, language, outlet, published, text."""
    pools = _pools()
    chance = random.Random(0)  # noqa: S311 (no secret)
    languages = list(SENTENCES)
    texts = []
    for page in range(number):
        language = languages[page % len(languages)]
        earlier = page - chance.randrange(1, COPIES) * len(languages)
        if chance.randrange(COPIES) == 0 and earlier >= 0:
            texts.append(f"{HEADLINES[language]}\n{texts[earlier].partition(chr(10))[2]}")
        else:
            texts.append(_page(language, pools[language], chance))
    place = pd.Series(range(number))
    return pd.DataFrame(
        {
            "doc_id": "p" + place.astype("str"),
            "language": place.map(lambda page: languages[page % len(languages)]).astype("str"),
            "outlet": "outlet " + (place // len(languages) % OUTLETS).astype("str"),
            "published": pd.Timestamp("2017-01-23") + pd.to_timedelta(place % 2800, unit="D"),
            "text": pd.array(texts, dtype="str"),
        }
    )


def html(page):
    """One page of the table as a site would send it: with a menu, related stories and a foot."""
    title, *paragraphs = page.text.split("\n")
    body = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    menu = "".join(f'<li><a href="/{item}">{item}</a></li>' for item in ("news", "sport", "video"))
    return (
        f'<!doctype html><html lang="{page.language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        f'<meta property="article:published_time" content="{page.published.date()}"></head><body>'
        f"<nav><ul>{menu}</ul></nav><article><h1>{escape(title)}</h1>\n{body}</article>"
        f"<aside><ul>{menu}</ul></aside><footer>© 2024</footer></body></html>"
    )


def _pools():
    """The sentences of each language: its own, and those of the seeds."""
    seeds = ak.split_sentences(ak.split_passages(ak.load_seeds()))
    of_seeds = seeds.groupby("language")["text"].agg(list).to_dict()
    return {language: own + of_seeds.get(language, []) for language, own in SENTENCES.items()}


def _page(language, pool, chance):
    """The text of one page."""
    paragraphs = [HEADLINES[language]]
    size = 0
    while size < BYTES:
        said = chance.choices(pool, k=chance.randint(1, 3))
        paragraph = " ".join(one.replace("{n}", str(chance.randint(2, 99_999))) for one in said)
        size += len(paragraph.encode())
        paragraphs.append(paragraph)
    return "\n".join(paragraphs)
