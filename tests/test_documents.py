"""Documents: the seeds, and any frame of texts, with what is given, worked out, or refused."""

import datetime as dt
import hashlib

import numpy as np
import pandas as pd
import pytest

import astana_kit
from astana_kit import tables
from astana_kit.documents import from_frame, load_seeds
from astana_kit.schema import DOCUMENTS, require

TEXT = "Переговоры по Сирии начались\n14.09.2017\nСтороны собрались в Астане, сказал посол."
ARABIC = "بدأت المحادثات حول سوريا في أستانا\nوصلت الوفود صباح اليوم إلى العاصمة، قال السفير."
DAY = pd.Timestamp("2017-09-14")


# --- seeds ----------------------------------------------------------------------------------------


def test_the_seeds_are_five_documents_in_order() -> None:
    seeds = load_seeds()
    require(seeds, DOCUMENTS)
    assert list(seeds.columns) == list(DOCUMENTS.columns)
    assert seeds["doc_id"].tolist() == ["000", "001", "002", "003", "004"]
    assert seeds["language"].tolist() == ["ru", "ar", "ar", "kk", "ar"]
    assert seeds["published"].dtype == "datetime64[us]"
    assert seeds["published"].notna().all()
    assert seeds["outlet"].isna().tolist() == [False, False, False, True, False]
    assert astana_kit.load_seeds().equals(seeds)


def test_a_seed_says_where_it_came_from_and_never_where_it_lies() -> None:
    seeds = load_seeds()
    assert seeds["source"].str.fullmatch(r"seeds/\d{3}_[0-9a-f]{16}\.txt").all()
    for seed in seeds.itertuples():
        content = (tables.DATA / seed.source).read_bytes()
        assert hashlib.sha256(content).hexdigest() == seed.sha256
        assert content.decode("utf-8") == seed.text


def test_the_day_of_no_seed_is_worked_out_wrongly() -> None:
    seeds = load_seeds()
    worked_out = from_frame(seeds[["text"]])
    known = worked_out["published"].notna()
    assert (worked_out["published"] == seeds["published"])[known].all()
    assert worked_out["language"].tolist() == seeds["language"].tolist()
    assert worked_out["title"].tolist() == seeds["title"].tolist()


@pytest.fixture
def one_seed(tmp_path, monkeypatch):
    """A folder of data with one seed, and its path."""
    path = tmp_path / "seeds" / "000.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    row = f"000,seeds/000.txt,ru,,2017-09-14,«14.09.2017»,{digest},\n"
    head = "doc_id,path,language,outlet,published,published_source,sha256,note\n"
    (tmp_path / "seeds.csv").write_text(head + row, encoding="utf-8")
    monkeypatch.setattr(tables, "DATA", tmp_path)
    return path


def test_a_seed_of_another_folder(one_seed) -> None:
    assert load_seeds().loc[0, ["title", "source"]].tolist() == [
        "Переговоры по Сирии начались",
        "seeds/000.txt",
    ]


def test_a_seed_that_is_gone(one_seed) -> None:
    one_seed.unlink()
    with pytest.raises(
        ValueError, match=r"seeds\.csv, doc_id 000: seeds/000\.txt: no such file.*bring it back"
    ):
        load_seeds()


def test_a_seed_that_is_not_utf_8(one_seed) -> None:
    one_seed.write_bytes("Встреча".encode("cp1251"))
    with pytest.raises(ValueError, match=r"000\.txt: not UTF-8 .*at byte 0.*save it as UTF-8"):
        load_seeds()


def test_a_seed_that_was_changed(one_seed) -> None:
    before = hashlib.sha256(one_seed.read_bytes()).hexdigest()
    one_seed.write_text(TEXT + "!", encoding="utf-8")
    after = hashlib.sha256(one_seed.read_bytes()).hexdigest()
    with pytest.raises(ValueError, match=rf"000\.txt.*{after}.*{before}.*Bring the page back"):
        load_seeds()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04\x00\x00"])
def test_a_seed_that_is_empty_or_binary(one_seed, content) -> None:
    table = one_seed.parent.parent / "seeds.csv"
    old, new = (hashlib.sha256(one).hexdigest() for one in (one_seed.read_bytes(), content))
    table.write_text(table.read_text("utf-8").replace(old, new), encoding="utf-8")
    tables._kept.cache_clear()  # noqa: SLF001 (the file changed under the loader)
    one_seed.write_bytes(content)
    with pytest.raises(ValueError, match=r"row 0 \(seeds/000\.txt\).*[Dd]rop|leave"):
        load_seeds()


# --- frames ---------------------------------------------------------------------------------------


def test_a_text_is_enough() -> None:
    found = from_frame(pd.DataFrame({"text": [TEXT, ARABIC]}))
    assert list(found.columns) == list(DOCUMENTS.columns)
    assert found["doc_id"].tolist() == ["d0", "d1"]
    assert found["language"].tolist() == ["ru", "ar"]
    assert found["published"].tolist() == [DAY, pd.NaT]
    assert found.loc[0, "published_source"] == "«14.09.2017»"
    assert found[["outlet", "source"]].isna().all(axis=None)
    assert pd.isna(found.loc[1, "published_source"])
    assert found["title"].tolist()[0] == "Переговоры по Сирии начались"
    assert found["sha256"].tolist() == [
        hashlib.sha256(t.encode()).hexdigest() for t in (TEXT, ARABIC)
    ]


def test_what_is_given_is_kept_and_blanks_are_worked_out_row_by_row() -> None:
    frame = pd.DataFrame(
        {
            "shelf": [1, 2, 3],
            "text": [TEXT, TEXT + " ", ARABIC],
            "doc_id": ["a", None, "c"],
            "language": ["RU", " ", np.nan],
            "title": [None, "Свой заголовок", ""],
            "published": [pd.Timestamp("2018-01-02 13:00"), None, pd.NaT],
            "published_source": ["архив", None, None],
            "outlet": ["Газета", "", None],
            "source": ["a.txt", None, None],
        },
        index=[7, 7, 9],
    )
    before = frame.copy()
    found = from_frame(frame)
    pd.testing.assert_frame_equal(frame, before)
    assert list(found.columns) == [*DOCUMENTS.columns, "shelf"]
    assert found.index.tolist() == [0, 1, 2]
    assert found["shelf"].tolist() == [1, 2, 3]
    assert found["doc_id"].tolist() == ["a", "d1", "c"]
    assert found["language"].tolist() == ["ru", "ru", "ar"]
    assert found["title"].tolist()[:2] == ["Переговоры по Сирии начались", "Свой заголовок"]
    assert found["published"].tolist() == [pd.Timestamp("2018-01-02"), DAY, pd.NaT]
    assert found["published_source"].tolist()[:2] == ["архив", "«14.09.2017»"]
    assert found["outlet"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize(
    "cell",
    [
        "2018-02-23",
        " 2018-02-23T10:00:00+05:00 ",
        dt.date(2018, 2, 23),
        dt.datetime(2018, 2, 23, 23, 59),  # noqa: DTZ001 (readers have such)
        pd.Timestamp("2018-02-23 23:59", tz="Asia/Almaty"),
    ],
)
def test_a_day_may_be_written_in_many_ways(cell: object) -> None:
    found = from_frame(pd.DataFrame({"text": [TEXT], "published": [cell]}))
    assert found.loc[0, ["published", "published_source"]].tolist() == [
        pd.Timestamp("2018-02-23"),
        "given",
    ]
    assert found["published"].dtype == "datetime64[us]"


@pytest.mark.parametrize("cell", ["23.02.2018", "2018-02-30", "gestern", 20180223, 2018.5])
def test_a_day_that_cannot_be_read(cell: object) -> None:
    frame = pd.DataFrame({"text": [TEXT, TEXT], "published": [None, cell]}, dtype="object")
    with pytest.raises(ValueError, match=rf"row 1: published is '{cell}'.*2017-09-14"):
        from_frame(frame)


def test_a_language_of_the_readers_own_is_kept() -> None:
    found = from_frame(pd.DataFrame({"text": [TEXT], "language": ["UK"]}))
    assert found["language"].tolist() == ["uk"]


def test_ids_made_are_as_wide_as_the_longest_and_numbers_stay_whole() -> None:
    found = from_frame(pd.DataFrame({"text": [TEXT] * 11}))
    assert found["doc_id"].tolist()[::10] == ["d00", "d10"]
    found = from_frame(pd.DataFrame({"text": [TEXT] * 2, "doc_id": [7, None]}))
    assert found["doc_id"].tolist() == ["7", "d1"]


def test_texts_are_composed_and_their_digest_is_of_what_was_given() -> None:
    text = "Сири\u0306ский вопрос"
    found = from_frame(pd.DataFrame({"text": [text]}))
    assert found.loc[0, "text"] == "Сирӣский вопрос".replace("ӣ", "й")
    assert found.loc[0, "sha256"] == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("dtype", ["str", "object"])
def test_texts_that_need_no_composing_are_the_frames_own_and_stay_so(dtype: str) -> None:
    given = pd.DataFrame({"text": pd.Series([TEXT, ARABIC], dtype=dtype, index=[7, 7])})
    found = from_frame(given)
    assert found["text"].tolist() == [TEXT, ARABIC]
    assert found["text"].dtype == "str"
    found.loc[0, "text"] = "…"
    assert given["text"].tolist() == [TEXT, ARABIC]


def test_an_empty_frame_is_an_empty_table() -> None:
    found = from_frame(pd.DataFrame({"text": pd.Series([], dtype="str"), "shelf": []}))
    assert list(found.columns) == [*DOCUMENTS.columns, "shelf"]
    assert len(found) == 0
    assert found["published"].dtype == "datetime64[us]"


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pd.DataFrame({"body": ["а"]}), r"no column text.*there: body.*Rename"),
        ([TEXT], r"reads a DataFrame, found list.*DataFrame\(\{'text': texts\}\)"),
        (
            pd.DataFrame([[TEXT, TEXT]], columns=["text", "text"]),
            r"column text stands more than once; keep one",
        ),
        (pd.DataFrame(), r"no column text.*there: none"),
        (pd.DataFrame({"text": [TEXT, None]}), r"no text in row 1.*leave them out"),
        (pd.DataFrame({"text": [TEXT, float("nan"), " \n"]}), r"no text in rows 1, 2"),
        (pd.DataFrame({"text": [7] * 9}), r"no text in rows 0, 1, 2, 3, 4 and 4 more: found '7'"),
        (pd.DataFrame({"text": [b"bytes"]}), r"no text in row 0"),
        (
            pd.DataFrame({"text": [TEXT, "PK\x03\x04\x00"]}),
            r"row 1 is no text.*control.*position 2",
        ),
        (pd.DataFrame({"text": ["a\x00b"]}), r"row 0 is no text: a control character \('\\x00'"),
        (pd.DataFrame({"text": [TEXT, "б\ud800"]}, dtype="object"), r"row 1: .*lone surrogate"),
        (
            pd.DataFrame({"text": [TEXT] * 2, "doc_id": ["a", "a"]}),
            r"doc_id '?a'? stands in rows 0, 1",
        ),
        (
            pd.DataFrame({"text": [TEXT] * 2, "doc_id": ["d1", None]}),
            r"doc_id '?d1'? stands in rows",
        ),
    ],
)
def test_what_is_refused_names_the_row_and_the_remedy(frame: pd.DataFrame, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        from_frame(frame)
