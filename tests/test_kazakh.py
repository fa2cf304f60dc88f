"""The endings of Kazakh as its grammars give them, and the stem that the corpus decides for."""

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana_kit.text import kazakh, kazakh_endings
from astana_kit.text.kazakh import lemmas, readings
from astana_kit.text.lemmas import exceptions, lemmatize

GOLD = pd.read_csv(Path(__file__).parent / "gold" / "lemmas.csv", dtype=str)
FORMS = GOLD[GOLD["language"] == "kk"]


def stems(word):
    return {reading.stem for reading in readings(word, {})}


# A stem with the one right form of an ending, and a form that harmony or the last letter forbids
ENDINGS = [
    ("қала", "лар", "лер"),
    ("мүше", "лер", "лар"),
    ("тарап", "тар", "дар"),
    ("адам", "дар", "тар"),
    ("елші", "нің", "ның"),
    ("Ресей", "дің", "нің"),
    ("Сирия", "ға", "ге"),
    ("Ресей", "ге", "ке"),
    ("кеңес", "ке", "ге"),
    ("президент", "ті", "ды"),
    ("Астана", "да", "та"),
    ("аймақ", "та", "да"),
    ("Иран", "нан", "дан"),
    ("Ресей", "ден", "нен"),
    ("үкімет", "тер", "лар"),
]


@pytest.mark.parametrize(("stem", "right", "wrong"), ENDINGS)
def test_an_ending_fits_the_last_vowel_and_the_last_letter(stem, right, wrong):
    stem = stem.lower()
    assert stem in stems(stem + right)
    assert stem not in stems(stem + wrong)


def test_men_does_not_follow_the_vowels():
    assert "иран" in stems("иранмен")
    assert "тарап" in stems("тараппен")
    assert "қаз" in stems("қазбен")  # wild goose: a back vowel, and still «бен»


# The chain peeled, one slot a bar; the lemma of a verb is its stem
CHAINS = [
    ("тарап|тар|ы|ның", "тарап"),
    ("айма|ғы|ндағы", "аймақ"),
    ("Сирия|дағы|лар", "сирия"),
    ("ел|іміз|ге", "ел"),
    ("тоқтат|у|ға", "тоқтат"),
    ("жоспарла|н|ып", "жоспарла"),
    ("қатыс|қан|дар", "қатыс"),
    ("бар|ма|йды", "бар"),
    ("дам|и|ды", "дамы"),
    ("қо|ю|ды", "қой"),
    ("қо|я|ды", "қой"),
    ("хабарла|у|ы|нша", "хабарла"),
    ("тез|ірек", "тез"),
    ("кел|гісі", "кел"),
]


@pytest.mark.parametrize(("chain", "stem"), CHAINS)
def test_a_chain_of_endings_leads_to_the_stem(chain, stem):
    assert stem in stems(chain.replace("|", "").lower())


NEVER = [
    ("қазақстан", "қазақс"),  # looks like «Қазақс|тан»
    ("білім", "біл"),  # knowledge, not "my" of біл-
    ("кездесуі", "кездес"),  # its meeting
    ("қараша", "қара"),  # November
    ("маңызды", "маңыз"),  # important, no accusative
    ("ішкі", "іш"),
]


@pytest.mark.parametrize(("word", "wrong"), NEVER)
def test_a_word_that_has_become_one_of_its_own_stays(word, wrong):
    assert lemmatize([word, wrong, wrong + "нің", wrong + "ге"], "kk")[0] != wrong


def test_the_corpus_decides_where_the_grammar_cannot():
    # «саны» may be "сан|ы", its number, or "са|ны"; the other forms of сан tell
    words = ["сан", "санды", "санға", "санның", "саны"]
    assert lemmas(words, {}) == dict.fromkeys(words, "сан")


def test_a_stem_ends_as_kazakh_words_end():
    assert lemmas(["қайырлы"], {}) == {"қайырлы": "қайырлы"}  # not қайырл|ы


def test_a_name_is_cut_as_a_noun_not_as_a_verb():
    found = lemmas(["Лавров", "Лавровтың", "Лавровпен", "Лавровқа"], {})
    assert set(found.values()) == {"лавров"}


def pairs(values):
    return sum(n * (n - 1) // 2 for n in Counter(values).values())


def pair_f1(gold, found):
    together = pairs((lemma, found[form]) for form, lemma in gold.items())
    return 2 * together / (pairs(gold.values()) + pairs(found[form] for form in gold))


@pytest.mark.parametrize("seed", range(3))
def test_few_words_are_lemmatised_no_worse_than_by_rules_alone(monkeypatch, seed):
    some = FORMS.sample(n=70, random_state=seed)
    gold = dict(zip(some["form"], some["lemma"], strict=True))
    leaning = lemmas(gold, exceptions("kk"))
    monkeypatch.setattr(kazakh, "PRODUCTIVE", 0)
    monkeypatch.setattr(kazakh, "SEEN", 0)
    assert pair_f1(gold, leaning) >= pair_f1(gold, lemmas(gold, exceptions("kk")))


def test_the_order_of_the_words_changes_nothing():
    words = FORMS["form"].tolist()
    mixed = FORMS["form"].sample(frac=1, random_state=0)
    assert lemmas(words, {}) == lemmas(mixed, {})


@given(st.text(alphabet=sorted(kazakh_endings.LETTERS), min_size=3, max_size=40))
def test_every_stem_is_where_the_word_begins_or_was_restored(word):
    for stem, path, letters in readings(word, {}):
        shared = sum(a == b for a, b in zip(stem, word, strict=False))
        assert shared >= len(stem) - 1
        assert bool(path) == (letters > 0)


def test_each_slot_names_slots_that_exist_and_every_ending_is_spelt():
    names = {slot.name for slot in kazakh_endings.SLOTS}
    assert len(names) == len(kazakh_endings.SLOTS)
    assert {inside for slot in kazakh_endings.SLOTS for inside in slot.inside.split()} <= names
    used = {e.slot for endings in kazakh_endings.ENDINGS.values() for e in endings}
    assert used == set(range(len(names)))
