"""The same rows over Dask collections as from pandas, whatever lies in which partition."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import astana_kit as ak
from astana_kit import rates, tables

dask = pytest.importorskip("dask")
dd = pytest.importorskip("dask.dataframe")
akd = pytest.importorskip("astana_kit.distributed")

PAGES = {
    "ru": (
        "Итоги встречи в Астане\n"
        "Завершился {round}-й раунд переговоров по Сирии, сообщила делегация России.\n"
        "Стороны обсудили возвращение {n} беженцев и режим прекращения огня.\n"
        "Следующий раунд пройдёт весной, сказал представитель ООН."
    ),
    "ar": (
        "جولة من محادثات أستانا\n"
        "انتهت الجولة {round} من محادثات أستانا حول سوريا بمشاركة روسيا وتركيا وإيران.\n"
        "بحث الوفد التركي عودة {n} لاجئ ووقف إطلاق النار.\n"
        "وقال المبعوث الأممي إن الجولات القادمة ستستمر، وانتقدت المعارضة التركية القرار."
    ),
    "kk": (
        "Астанадағы келіссөздер\n"
        "Астанада Сирия бойынша {round}-раунд аяқталды, деді Ресейдің делегациясы.\n"
        "Тараптар {n} босқынның оралуын және атысты тоқтатуды талқылады.\n"
        "Келісімдер мен келісімнің орындалуын Иран мен Түркия қадағалайды."
    ),
    "en": (
        "Talks end in Astana\n"
        "The {round}th round of talks on Syria ended, the Russian delegation said.\n"
        "The sides spoke of the return of {n} refugees and of the ceasefire.\n"
        "Iran and Turkey will meet in the next round, the United Nations said."
    ),
    "tr": (
        "Astana'da görüşmeler bitti\n"
        "Suriye konulu {round}. tur görüşmeler sona erdi, dedi Rusya heyeti.\n"
        "Taraflar {n} mültecinin dönüşünü ve ateşkesi konuştu.\n"
        "İran ile Türkiye'nin heyetleri gelecek turda buluşacak."
    ),
    "fa": (
        "پایان مذاکرات آستانه\n"
        "دور {round} مذاکرات سوریه در آستانه با حضور روسیه و ترکیه پایان یافت.\n"
        "طرف‌ها درباره بازگشت {n} پناهنده و آتش‌بس گفت‌وگو کردند.\n"
        "نماینده ایران گفت نشست‌های بعدی برگزار می‌شود."
    ),
}
PARTS = [0, 26, 27, 27, 44, 66]  # where partitions begin: one of a page, one empty


@pytest.fixture(scope="module")
def documents():
    """66 pages of six languages in turn, one of none of them; the 27th names nobody."""
    languages = [list(PAGES)[page % len(PAGES)] for page in range(66)]
    texts = [
        PAGES[language].format(round=page % 22 + 1, n=page * 37)
        for page, language in enumerate(languages)
    ]
    texts[26], texts[40] = "A quiet day\nNobody came and nothing was said there.", "lorem ipsum"
    days = pd.Timestamp("2018-02-01") + pd.to_timedelta(np.arange(66) * 40, unit="D")
    frame = ak.from_frame(
        pd.DataFrame({"text": texts, "outlet": [f"o{page % 5}" for page in range(66)]}).assign(
            language=[*languages[:40], "und", *languages[41:]],
            published=days.where(np.arange(66) % 9 != 0),
        )
    )
    bins = pd.Categorical(["late", "early", None] * 22, ["late", "early", "never"], ordered=True)
    desk = pd.Categorical([f"desk {page // 30}" for page in range(66)])
    return frame.assign(bin=bins, desk=desk, reach=pd.array([1, None, 3] * 22, "Int64"))


@pytest.fixture(scope="module")
def parted(documents):
    return over(documents)


def over(frame):
    """`frame` in partitions that begin at PARTS."""
    bounds = zip(PARTS, [*PARTS[1:-1], len(frame)], strict=False)
    parts = [frame.iloc[first:last] for first, last in bounds]
    return dd.from_delayed([dask.delayed(part) for part in parts], meta=frame.iloc[:0])


@pytest.fixture(scope="module")
def passages(documents):
    return ak.split_passages(documents)


@pytest.fixture(scope="module")
def parted_passages(parted):
    return akd.split_passages(parted)


def same(found, expected):
    """The rows of `found` are those of `expected`, their index but that of each partition."""
    rows = found.compute()
    assert len(expected)
    pd.testing.assert_frame_equal(rows.reset_index(drop=True), expected)


LOCAL = [
    "split_sentences",
    "find_rounds",
    "find_actors",
    "doubtful_mentions",
    "find_concepts",
    "tokenize",
]


def test_the_partitions_are_what_they_are_meant_to_be(parted):
    sizes = parted.map_partitions(len).compute().tolist()
    assert sizes == [26, 1, 0, 17, 22]
    assert not len(akd.find_actors(akd.split_passages(parted)).partitions[1].compute())


def test_passages_are_the_same(parted_passages, passages):
    same(parted_passages, passages)


@pytest.mark.parametrize("step", LOCAL)
def test_rows_found_in_passages_are_the_same(parted_passages, passages, step):
    same(getattr(akd, step)(parted_passages), getattr(ak, step)(passages))


def test_rounds_are_assigned_and_passages_placed_the_same(
    parted, parted_passages, documents, passages
):
    references, parted_references = ak.find_rounds(passages), akd.find_rounds(parted_passages)
    about = ak.assign_rounds(documents, references)
    parted_about = akd.assign_rounds(parted, parted_references)
    same(parted_about, about)
    placed = akd.place_in_rounds(parted_passages, parted_references, parted_about)
    same(placed, ak.place_in_rounds(passages, references, about))


@pytest.fixture(scope="module")
def placed(documents, passages):
    references = ak.find_rounds(passages)
    return ak.place_in_rounds(passages, references, ak.assign_rounds(documents, references))


GROUPS = ["round", "language", "outlet", "published", "bin", "desk", "reach", "doc_id"]


@pytest.mark.parametrize("by", GROUPS)
def test_actors_are_counted_the_same(placed, by):
    over_parts = over_pages(placed)
    counts = akd.count_actors(akd.find_actors(over_parts), over_parts, by=by)
    expected = ak.count_actors(ak.find_actors(placed), placed, by=by)
    assert len(expected)
    pd.testing.assert_frame_equal(counts.compute(), expected)


def over_pages(passages):
    """Passages in the partitions of their pages."""
    pages = passages["doc_id"].unique()
    bounds = zip(PARTS, [*PARTS[1:-1], len(pages)], strict=False)
    parts = [passages[passages["doc_id"].isin(pages[first:last])] for first, last in bounds]
    return dd.from_delayed([dask.delayed(part) for part in parts], meta=passages.iloc[:0])


@pytest.mark.parametrize("things", ["form", "camp"])
def test_what_is_counted_of_actors_may_be_chosen(parted_passages, passages, things):
    options = {"by": "language", "things": things}
    counts = akd.count_actors(akd.find_actors(parted_passages), parted_passages, **options)
    expected = ak.count_actors(ak.find_actors(passages), passages, **options)
    pd.testing.assert_frame_equal(counts.compute(), expected)


def test_shares_of_concepts_are_the_same(parted_passages, passages):
    options = {"thing": "concept_id", "by": "outlet"}
    found = akd.shares(akd.find_concepts(parted_passages), parted_passages, **options)
    expected = rates.shares(ak.find_concepts(passages), passages, **options)
    pd.testing.assert_frame_equal(found.compute(), expected)


THINGS = {
    "numbers": pd.array([7] * 26 + [None] * 14 + [3] * 26, "Int64"),  # the smaller comes later
    "words in no order": pd.Categorical(["b", "a", "c"] * 22, ["c", "a", "b"]),
    "words in an order": pd.Categorical(["b", "a", "c"] * 22, ["c", "a", "b"], ordered=True),
}


@pytest.mark.parametrize("kind", THINGS)
def test_shares_of_things_of_any_kind_are_the_same(passages, parted_passages, kind):
    counted = passages[passages["kind"].isin(["headline", "body"])].drop_duplicates("doc_id")
    found = counted[["doc_id", "passage"]].assign(thing=THINGS[kind])
    options = {"thing": "thing", "by": "language"}
    expected = rates.shares(found, passages, **options)
    assert len(expected)
    shares = akd.shares(over(found), parted_passages, **options).compute()
    pd.testing.assert_frame_equal(shares, expected)


def test_a_sparse_table_is_known_to_be_as_large_as_it_is():
    table = sparse.csr_array(np.ones((100, 100)))
    assert dask.sizeof.sizeof(table) > table.data.nbytes


TERMS = [
    {},
    *({"by": by} for by in GROUPS),
    {"by": ["outlet", "round"], "least": 3},
    {"ngrams": 2, "by": "language", "stop_words": True},
]


@pytest.mark.parametrize("options", TERMS, ids=str)
def test_terms_are_counted_the_same_in_passages_and_in_tokens(placed, options):
    over_parts = over_pages(placed)
    expected = ak.count_terms(placed, **options)
    assert len(expected)
    pd.testing.assert_frame_equal(akd.count_terms(over_parts, **options).compute(), expected)
    of_tokens = akd.count_terms(akd.tokenize(over_parts), **options).compute()
    pd.testing.assert_frame_equal(of_tokens, expected)


def test_terms_of_two_outlets_are_compared_the_same(parted_passages, passages):
    tokens, parted_tokens = ak.tokenize(passages), akd.tokenize(parted_passages)
    options = {"by": "desk", "target": "desk 0", "reference": ["desk 1", "desk 2"]}
    keys = akd.compare_terms(parted_tokens[parted_tokens["language"] == "ru"], **options)
    expected = ak.compare_terms(tokens[tokens["language"] == "ru"], **options)
    assert len(expected)
    pd.testing.assert_frame_equal(keys.compute(), expected)


def test_a_word_is_judged_by_the_words_of_all_partitions():
    # alone «بسبب» is a word of its own; «السبب» in another partition tells that «ب» is a particle
    frame = ak.from_frame(pd.DataFrame({"text": ["بسبب", "السبب"], "language": "ar"}))
    halves = [dask.delayed(frame.iloc[[0]]), dask.delayed(frame.iloc[[1]])]
    passages = akd.split_passages(dd.from_delayed(halves, meta=frame[:0]))
    assert akd.tokenize(passages).compute()["term"].tolist() == ["سبب", "سبب"]
    assert akd.tokenize(passages.partitions[:1]).compute()["term"].tolist() == ["بسبب"]


def test_tables_of_the_readers_own_are_used(parted_passages, passages):
    names = tables.names()
    names = names[names["id"] == "russia"]
    same(akd.find_actors(parted_passages, names=names), ak.find_actors(passages, names=names))
    who = tables.actors().iloc[:1].assign(actor_id="delegation", name="The delegation")
    spoken = names.iloc[:1].assign(id="delegation", language="kk", name="делегациясы")
    stop = tables.stop_words()[:5]
    own = {"names": pd.concat([names, spoken]), "actors": pd.concat([tables.actors(), who])}
    own["stop_words"] = stop
    same(akd.tokenize(parted_passages, **own), ak.tokenize(passages, **own))
    days = tables.rounds()[:10]
    same(akd.find_rounds(parted_passages, calendar=days), ak.find_rounds(passages, calendar=days))


def test_a_corpus_without_a_page_has_no_rows(documents):
    none = documents.iloc[:0]
    empty = dd.from_delayed([dask.delayed(none)] * 2, meta=none)
    passages = akd.split_passages(empty)
    expected = ak.split_passages(none)
    counts = akd.count_terms(passages).compute()
    pd.testing.assert_frame_equal(counts, ak.count_terms(expected))
    shares = akd.count_actors(akd.find_actors(passages), passages, by="language").compute()
    mentions = ak.find_actors(expected)
    pd.testing.assert_frame_equal(shares, ak.count_actors(mentions, expected, by="language"))


def test_documents_come_back_from_their_files_as_they_were(documents, tmp_path):
    akd.write_parquet(documents, tmp_path / "a" / "pages", documents_per_file=20)
    found = akd.documents(tmp_path / "a" / "pages")
    assert found.npartitions == 4
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["pages"]
    same(found, documents)
    assert found.dtypes.astype("str").equals(documents.dtypes.astype("str"))
    same(akd.find_actors(akd.split_passages(found)), ak.find_actors(ak.split_passages(documents)))


def test_of_a_folder_that_can_not_be_written_nothing_stays(documents, tmp_path):
    with pytest.raises(Exception, match="odd"):
        akd.write_parquet(documents.assign(odd=[1, "x"] * 33), tmp_path / "pages")
    assert not list(tmp_path.iterdir())


WRONG = [
    (lambda akd, frame, _: akd.split_passages(frame), "a Dask table is needed, found DataFrame"),
    (lambda akd, frame, path: akd.write_parquet(frame, path), "is there already"),
    (lambda akd, _, path: akd.documents(path / "x"), "no Parquet files could be read in .*x: "),
    (lambda akd, _, path: akd.documents(path), "no Parquet files could be read in"),
    (
        lambda akd, frame, path: akd.write_parquet(frame, path / "x", documents_per_file=0),
        "give 1 or more",
    ),
    (
        lambda akd, frame, path: akd.write_parquet(pd.concat([frame, frame]), path / "x"),
        "doc_id d00 stands in rows 0, 66",
    ),
]


@pytest.mark.parametrize(("call", "message"), WRONG)
def test_what_is_wrong_is_said(documents, tmp_path, call, message):
    with pytest.raises(ValueError, match=message):
        call(akd, documents, tmp_path)


def test_tables_of_other_partitions_are_refused(parted, parted_passages, documents):
    references = akd.find_rounds(parted_passages)
    with pytest.raises(ValueError, match="5, 2 partitions"):
        akd.assign_rounds(parted, references.repartition(npartitions=2))
    shuffled = dd.from_delayed(
        [dask.delayed(documents[place::5]) for place in range(5)], meta=documents[:0]
    )
    with pytest.raises(ValueError, match="stands in another partition"):
        akd.assign_rounds(shuffled, references).compute()


def test_a_page_in_two_partitions_is_refused(passages):
    halves = [dask.delayed(passages.iloc[:2]), dask.delayed(passages.iloc[2:])]
    torn = dd.from_delayed(halves, meta=passages[:0])
    with pytest.raises(ValueError, match="doc_id d00 stands in two partitions"):
        akd.count_terms(torn).compute()


def test_what_is_missing_is_said_before_anything_is_counted(parted_passages):
    with pytest.raises(ValueError, match="no column topic"):
        akd.count_terms(parted_passages, by="topic")
    with pytest.raises(ValueError, match="ngrams: 0"):
        akd.count_terms(parted_passages, ngrams=0)
    with pytest.raises(ValueError, match="no column round"):
        akd.count_actors(akd.find_actors(parted_passages), parted_passages)


def test_without_dask_the_extra_is_named():
    script = "import sys; sys.modules['dask'] = None; import astana_kit.distributed"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert run.returncode
    assert "ImportError" in run.stderr
    assert "python -m pip install -e '.[cluster]'" in run.stderr


def test_the_kit_itself_does_not_load_dask():
    script = (
        "import sys, astana_kit as ak; ak.tokenize, ak.count_actors; print('dask' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_the_docstring_is_that_of_the_kit_and_says_what_it_is_over():
    assert akd.find_actors.__doc__.startswith("As ``astana_kit.find_actors``, over Dask")
    assert ak.find_actors.__doc__ in akd.find_actors.__doc__


def test_a_worker_that_is_killed_costs_no_row(documents, passages, tmp_path):
    distributed = pytest.importorskip("distributed")
    akd.write_parquet(documents, tmp_path / "pages", documents_per_file=3)
    with distributed.Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        first = client.run(os.getpid)
        found = akd.split_passages(akd.documents(tmp_path / "pages"))
        shares = akd.count_actors(akd.find_actors(found), found, by="outlet")
        asked = client.compute([shares, akd.count_terms(found)])
        while not any(client.has_what().values()):  # until a worker holds what will be missed
            time.sleep(0.01)
        victim = next(worker for worker, held in client.has_what().items() if held)
        os.kill(first[victim], signal.SIGKILL)
        shares, terms = client.gather(asked)
        assert first[victim] not in client.run(os.getpid).values()
    expected = ak.count_actors(ak.find_actors(passages), passages, by="outlet")
    pd.testing.assert_frame_equal(shares, expected)
    pd.testing.assert_frame_equal(terms, ak.count_terms(passages))
