"""Lemmas of Turkish words: simplemma's of what stands before the apostrophe, or without endings."""

import re
from collections.abc import Collection, Iterator, Mapping

from astana_kit.text import script
from astana_kit.text.dictionary import guessed, known

# Plural, whose it is, case: «müzakere|ler|in|de», «taraf|lar|ı|nın|ki»
CASE = (
    "(?:l[ae]r)?(?:[ıiuü]?[mn](?:[ıiuü]z)?|s?[ıiuü])?"
    "(?:n?[ıiuü]n|[yn]?[ae]|n?[dt][ae]n?|[yn]?[ıiuü]|y?l[ae])?(?:ki)?"
)
# Voice, "can" and "not", then tense or participle: «tart|ış|ıl|ma|mış», «var|abil|ecek»
VERB = (
    "(?:[ıiuü]?[ln]|[dt][ıiuü]r|t|[ıiuü]?ş){0,2}(?:y?[ae]bil|y?[ae]m[ae]?|m[ae]?){0,2}"
    "(?:[ıiuü]?yor|[dt][ıiuü][kğ]?|m[ıiuü]ş|y?[ae]c[ae][kğ]|[aeıiuü]?r|z|m[ae]l[ıi]|s[ae]|m[ae]k?|"
    "m[ae]kt[ae]|y?[ae]n|y?[ıiuü]ş|y?[ıiuü]p|y?[ae]r[ae]k|y?[ıiuü]nc[ae]|m[ae]d[ae]n)"
)
PERSON = (
    "(?:l[ae]r)?(?:y?[dt][ıiuü]r?|y?m[ıiuü]ş|y?s[ae]|y?ken)?"
    "(?:m|k|n|[ıiuü]m|[yn]?[ıiuü]z|s[ıiuü]n(?:[ıiuü]z)?|l[ae]r)?"
)
CASE_END = re.compile(CASE)
NOUN_END = re.compile(f"{CASE}{PERSON}")
VERB_END = re.compile(f"{VERB}(?:{PERSON}|{CASE})")
VERB_OR_NOUN = re.compile(f"{VERB}(?:{PERSON}|{CASE})|{CASE}")
HARDENED = {"b": "p", "c": "ç", "d": "t", "ğ": "k"}  # «ateşkesin», but «taleb|i» of «talep»


def lemmas(words: Collection[str], kept: Mapping[str, str]) -> dict[str, str]:
    """Lemma of each of `words`, which are all the different words of the counted corpus.

    Stems in `kept` are not taken apart: «katıldı» is of «katıl», to take part, not of «kat».

    >>> lemmas(["Suriye'de", "Pedersen", "Pedersen'in", "katıldı"], {"katıl": "katıl"})
    {"Suriye'de": 'suriye', 'Pedersen': 'pedersen', "Pedersen'in": 'pedersen', 'katıldı': 'katıl'}
    """
    folded = {word: script.fold(word, "tr") for word in words}
    heads = {word: whole.split("'")[0] or whole for word, whole in folded.items()}
    names = {head for word, head in heads.items() if word[0].isupper() and head != folded[word]}
    attested = set(heads.values())
    found = {}
    for word, head in heads.items():
        lemma = _kept(head, kept) or _dictionary_lemma(head, is_name=head in names)
        lemma = lemma or _stem(head, attested, is_name=word[0].isupper())
        found[word] = lemma or (head if word[0].isupper() else guessed(head, "tr"))
    return found


def _kept(word: str, kept: Mapping[str, str]) -> str | None:
    """Lemma of the longest listed stem that `word` is a form of, as a verb or as a noun."""
    for stop in range(len(word), 2, -1):
        stem, rest = word[:stop], word[stop:]
        # «açıklamadı» is no noun with "was" but the verb, not done
        endings = CASE_END if stem.endswith(("ma", "me")) else VERB_OR_NOUN
        if stem in kept and endings.fullmatch(rest):
            return kept[stem]
    return None


def _dictionary_lemma(word: str, *, is_name: bool) -> str | None:
    """Lemma in the dictionary; not «peder» for «Pedersen'in», which might be "you are father"."""
    lemma = known(word, "tr")
    if lemma and is_name and word.startswith(lemma) and not CASE_END.fullmatch(word[len(lemma) :]):
        return word
    return lemma


def _stem(word: str, attested: Collection[str], *, is_name: bool) -> str | None:
    """Lemma of the longest beginning that is known, if the rest is a chain of endings."""
    for stop in range(len(word) - 1, 1, -1):
        rest = word[stop:]
        noun, verb = NOUN_END.fullmatch(rest), VERB_END.fullmatch(rest)
        if noun and stop > 2 and word[:stop] in attested:
            return known(word[:stop], "tr") or word[:stop]
        if is_name or not (noun or verb):
            continue
        for stem in _spellings(word[:stop], rest):
            lemma = known(stem, "tr")
            if lemma and (stop > 2 or verb):
                return lemma
    return None


def _spellings(stem: str, rest: str) -> Iterator[str]:
    """How a stem before `rest` may be written without it: «bekl|iyor» of «bekle»."""
    yield stem
    if stem[-1] in HARDENED and rest[0] in "aeıiuü":
        yield stem[:-1] + HARDENED[stem[-1]]
    if re.match("[ıiuü]yor", rest):
        yield from (stem + "a", stem + "e")
