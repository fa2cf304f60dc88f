"""Lemmas of Arabic words: a dictionary's, after what is written onto the word is taken off.

Particles, article and pronouns are written onto Arabic words («وبالسلام»: and with the peace). What
may be taken off is asked of the counted corpus: «بسبب» is «ب» and «سبب» where «السبب» stands
somewhere and «البسبب» nowhere. Words are looked up in simplemma's dictionary, folded.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from simplemma import is_known, lemmatize
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

from astana_kit.text import script

LANGUAGE = "ar"

# «وبالسلام» is «و» and «ب» and «السلام» in one; «للدول» is «ل» and «الدول»
PROCLITICS = (
    *("و", "ف", "ب", "ل", "ك", "س", "ال"),
    *("وال", "فال", "بال", "كال", "وبال", "فبال", "وكال", "لل", "ولل", "فلل"),
    *("وب", "ول", "فب", "فل", "وس", "فس"),
)
ARTICLES = ("ال", "وال", "فال", "بال", "كال")
ENCLITICS = ("هما", "كما", "هم", "هن", "ها", "نا", "كم", "كن", "ه", "ي", "ك")
# Before an ending the tied ة is written open, and in the plural it goes
OPEN_T = ("ات", *(t + ending for t in ("ت", "ات") for ending in (*ENCLITICS, "ين", "ان")))
PLURALS = ("ين", "ون", "ات")
LIGHT_ENDINGS = ("ها", "هم", "ات", "ين", "ون", "ان", "ه", "ة")
NOUN_ENDINGS = ("ين", "ون", "ات", "ان", "ة", "ا", "")
VERB_ENDINGS = ("", "ون", "وا", "ان", "ن", "ها", "ه", "هم")
BEFORE_VERB = re.compile("((?:[وف]?س(?=[يتن])|[وفل](?=ي))?)(.*)")  # «وسيشارك», «ليكون»


@cache
def dictionary() -> Mapping[str, str]:
    """Lemma of each form that simplemma knows, both folded; read once."""
    known = DEFAULT_DICTIONARY_FACTORY.get_dictionary(LANGUAGE)
    plain_of = (script.bare_each(side) for side in zip(*known.items(), strict=True))
    return dict(zip(*(script.fold_each(side, LANGUAGE) for side in plain_of), strict=True))


def plain(word: str) -> str:
    """`word` without vowel signs, folded.

    >>> plain("الجُمْهُوريَّة"), plain("أستانا")
    ('الجمهورية', 'استانا')
    """
    return script.fold(script.MARKS.sub("", word), LANGUAGE)


def lemmas(words: Collection[str]) -> dict[str, str]:
    """Lemma of each of `words`, which are all the different words of the counted corpus.

    >>> found = lemmas(["السبب", "بسبب", "الجولة", "جولات", "يشاركون", "شارك"])
    >>> found["بسبب"], found["جولات"], found["يشاركون"]
    ('سبب', 'جولة', 'شارك')
    """
    attested = frozenset(map(plain, words))
    return {word: _lemma(script.MARKS.sub("", word), attested) for word in words}


def _lemma(word: str, attested: Collection[str]) -> str:
    """Lemma of `word`, written without vowel signs."""
    for shorten in SHORTENERS:
        word = shorten(word, attested)
    folded = plain(word)
    if not folded:
        return folded
    found = _looked_up(word, folded) or _taken_apart(folded)
    if found is None:
        verb = _perfect(folded, attested)
        return verb if verb != folded else _stripped(folded, attested)
    found = _with_closed_t(found, folded, attested)
    if folded.startswith(ARTICLES) or _takes_article(found, attested):
        return found  # «التطورات» is no verb
    return _perfect(found, attested)


def _stands(word: str, attested: Collection[str]) -> bool:
    """Whether the corpus has `word`, alone or with the article."""
    return word in attested or "ال" + word in attested


def _takes_article(word: str, attested: Collection[str]) -> bool:
    return any(article + word in attested for article in (*ARTICLES, "لل"))


def _without_particle(word: str, attested: Collection[str]) -> str:
    """«بسبب» → «سبب»; not «وزارة», which takes the article, nor «فكرة»: «ف» goes with verbs."""
    while len(word) > 3 and word[0] in "وبلك" and not word[1:].startswith("ال"):
        folded = plain(word)
        known = _stands(folded[1:], attested) and folded[1:] in dictionary()
        if not known or _takes_article(folded, attested):
            break
        word = word[1:]
    return word


def _without_article_l(word: str, attested: Collection[str]) -> str:
    """«للدول» → «الدول»; «للعب» → «لعب», where the corpus has that."""
    if not plain(word).startswith("لل") or len(word) < 5:
        return word
    short, long = plain(word)[2:], plain(word)[1:]
    if _stands(long, attested) and not _stands(short, attested):
        return word[1:]
    return "ال" + word[2:]


def _without_accusative(word: str, attested: Collection[str]) -> str:
    """«اختبارا» → «اختبار»; not «سوريا»."""
    folded = plain(word)
    ends = len(word) > 4 and folded[-1] == "ا" and folded[-2] not in "يوا"
    return word[:-1] if ends and _stands(folded[:-1], attested) else word


def _with_tied_t(word: str, attested: Collection[str]) -> str:
    """«جولتها», «جولتين», «جولات» → «جولة», where the corpus has that."""
    folded = plain(word)
    for ending in OPEN_T:
        stem = folded.removesuffix(ending)
        if stem != folded and len(stem) > 2 and _stands(stem + "ة", attested):
            return word[: len(stem)] + "ة"
    return word


def _with_closed_t(lemma: str, word: str, attested: Collection[str]) -> str:
    """«رغبت», the dictionary's answer to «رغبتهم», → «رغبة», which it knows too."""
    open_t = lemma.endswith("ت") and lemma not in attested
    if open_t and any(word.endswith(lemma + ending) for ending in ENCLITICS):
        closed = lemma[:-1] + "ة"
        return closed if closed in dictionary() else lemma
    return lemma


# Asked in order, each of what the one before left
SHORTENERS = (_without_particle, _without_article_l, _without_accusative, _with_tied_t)


def _looked_up(word: str, folded: str) -> str | None:
    """What simplemma says, unless that is the verb behind a noun; None if it knows nothing."""
    lemma = plain(lemmatize(word, LANGUAGE))
    if lemma != folded:
        return _noun(folded, lemma) or lemma
    return lemma if is_known(word, LANGUAGE) else None


def _taken_apart(word: str) -> str | None:
    """Lemma of what is left of `word` without clitics: the first remainder in the dictionary."""
    for stem in _stems(word):
        if len(stem) > 2 and stem in dictionary():
            lemma = dictionary()[stem]
            return (_noun(stem, lemma) if lemma != stem else None) or lemma
    return None


def _stems(word: str) -> Iterator[str]:
    """What may be left of `word`: fewest clitics first, then the longest remainder."""
    cuts = [
        (bool(before) + bool(after), len(before) + len(after), before, after)
        for before in ("", *PROCLITICS)
        if word.startswith(before)
        for after in ("", *ENCLITICS)
        if word.endswith(after) and len(word) - len(before) - len(after) > 1
    ]
    for clitics, _, before, after in sorted(cuts, key=lambda cut: cut[:2]):
        if clitics:
            stem = word[len(before) : len(word) - len(after)]
            yield stem
            if after and stem.endswith("ت"):
                yield stem[:-1] + "ة"
            if after and stem.endswith("ا"):  # «مستواها»: ى becomes ا
                yield stem[:-1] + "ي"


def _noun(word: str, verb: str) -> str | None:
    """Verbal noun or participle in `word` if a dictionary gave the `verb` it is made of."""
    for before in ("", *PROCLITICS):
        if not word.startswith(before):
            continue
        for after in ("", *ENCLITICS):
            if not word.endswith(after):
                continue
            whole = word[len(before) : len(word) - len(after)]
            for noun in _nouns(whole):
                if verb in _verbs_behind(noun):
                    return noun
    return None


def _nouns(word: str) -> Iterator[str]:
    """`word` in the singular, with ة first: «مشاركات» is sooner the noun than the participle."""
    for ending in NOUN_ENDINGS:
        stem = word[: len(word) - len(ending)]
        if word.endswith(ending) and len(stem) > 3:
            if ending in {"ة", "ات"}:
                yield stem + "ة"
            if not ending and stem.endswith("ت") and not stem.endswith("ات"):
                yield stem[:-1] + "ة"
            yield stem


def _verbs_behind(noun: str) -> Iterator[str]:
    """Verbs that have `noun` as verbal noun or participle, by its pattern."""
    if len(noun) > 4 and noun[0] == "ا" and noun[-2] == "ا":  # اجتماع, انفجار, استقبال
        yield noun[:-2] + noun[-1]
    if len(noun) == 5 and noun[0] == "ت" and noun[3] == "ي":  # تخفيف
        yield noun[1:3] + noun[4]
    if len(noun) == 6 and noun[0] == "م" and noun[2] == "ا" and noun[5] == "ة":  # مشاركة
        yield noun[1:5]
    if noun[0] == "م":  # مسلح, مشرف
        yield noun[1:]
        yield "ا" + noun[1:]
    if len(noun) == 4 and noun[1] == "ا":  # ناشط
        yield noun[0] + noun[2:]


def _perfect(word: str, attested: Collection[str]) -> str:
    """«يشاركون», «شاركوا», «شاركت» → «شارك»; a word that is no such verb as it is."""
    known = dictionary()
    if len(word) > 4 and word.endswith("وا"):
        stem = word[:-2]
        if stem in attested or known.get(stem) == stem:
            return stem
    if len(word) > 3 and word.endswith("ت"):
        stem = word[:-1]
        if stem in attested and known.get(stem) == stem:
            return stem
    stems = [stem for stem in _imperfect_stems(word, attested) if known.get(stem) == stem]
    return next((stem for stem in stems if stem in attested), stems[0] if stems else word)


def _imperfect_stems(word: str, attested: Collection[str]) -> Iterator[str]:
    """Perfects that `word` may belong to if it is an imperfect: «ستقوم» → «قام»."""
    future, body = BEFORE_VERB.findall(word)[0]
    if len(word) < 4 or body[:1] not in {"ي", "ت", "ن"}:
        return
    # «تقوم», where the corpus has «يقوم» or «قام»; «تموز» is a month
    hollow = len(body) == 4 and body[2] in "وي"
    hollow_known = hollow and not {"ي" + body[1:], body[1] + "ا" + body[3]}.isdisjoint(attested)
    if body[0] != "ي" and not (future.endswith("س") or body.endswith("ون") or hollow_known):
        return
    for ending in VERB_ENDINGS:
        stem = body[1 : len(body) - len(ending)]
        if body.endswith(ending) and len(stem) > 2:
            if len(stem) == 3 and stem[1] in "وي":
                yield stem[0] + "ا" + stem[2]
            yield stem
            yield "ا" + stem  # يجتمع, اجتمع
            if stem.endswith("و"):
                yield stem[:-1] + "ا"  # يدعو, دعا


def _stripped(word: str, attested: Collection[str]) -> str:
    """What a word that no dictionary knows is without article, particle and a light ending."""
    article = next(
        (one for one in ARTICLES if word.startswith(one) and len(word) > len(one) + 2), ""
    )
    word = word[len(article) :]
    if not article and len(word) > 4 and word[0] in "وفبلك" and word[1:] in attested:
        word = word[1:]
    if len(word) > 4 and (word.endswith("ية") or (word[0] == "م" and word.endswith("ة"))):
        return word[:-1]  # «الكازاخية», «المسلحة»: an adjective
    if len(word) > 4 and word.endswith("ا") and word[:-1] in dictionary():
        return word[:-1]
    return _singular(word, attested) or next(
        (
            word[: -len(ending)]
            for ending in LIGHT_ENDINGS
            if word.endswith(ending) and _stands(word[: -len(ending)], attested)
        ),
        word,
    )


def _singular(word: str, attested: Collection[str]) -> str | None:
    """«تفجيرات» → «تفجير», «مسلحين» → «مسلح», where that is known, or a participle."""
    stem = word[:-2]
    if len(word) < 6 or not word.endswith(PLURALS):
        return None
    tied = stem + "ة"
    if word.endswith("ات") and (tied in dictionary() or _stands(tied, attested)):
        return tied
    return stem if stem in dictionary() or word[0] == "م" else None
