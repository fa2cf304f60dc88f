"""The sheet that people judge: what is drawn, how often, and that it survives a spreadsheet."""

from collections import Counter
from io import StringIO

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astana_kit.actors import coding

LINES = {
    ("ru", 0): "Россия и Турция приняли участие во встрече.",
    ("ru", 1): "- Иран поддержал заявление",
    ("ru", 2): "Стороны договорились о новой дате.",
    ("ar", 0): "أعلنت روسيا وإيران موقفهما",
    ("kk", 0): "Келіссөзге Түркия қатысты",
    ("en", 0): "=Qatar, an observer, stayed away",
    ("fa", 0): "ایران از نشست استقبال کرد",
    ("tr", 0): "Heyet dün akşam döndü",
}
NAMED = {
    "Россия": "russia", "Турция": "turkey", "Иран": "iran", "روسيا": "russia", "إيران": "iran",
    "Түркия": "turkey", "Qatar": "qatar", "ایران": "iran",
}  # fmt: skip


def passages():
    rows = []
    for (language, number), text in LINES.items():
        start = 100 * number + 7  # the page has other lines above
        rows.append((language, number, start, start + len(text), "body", language, text))
    columns = ["doc_id", "passage", "start", "stop", "kind", "language", "text"]
    return pd.DataFrame(rows, columns=columns)


def mentions():
    rows = []
    for passage in passages().itertuples():
        for name, actor in NAMED.items():
            at = passage.text.find(name)
            if at >= 0:
                start = passage.start + at
                rows.append(
                    (passage.doc_id, start, start + len(name), passage.passage, name, actor)
                )
    columns = ["doc_id", "start", "stop", "passage", "surface", "actor_id"]
    return pd.DataFrame(rows, columns=columns)


def test_a_small_corpus_is_drawn_whole_and_every_item_stands_for_itself():
    sheet = coding.coding_sheet(mentions(), passages(), n=100)
    assert Counter(sheet["kind"]) == {"mention": 8, "passage": 8}
    assert (sheet["weight"] == 1).all()
    assert (sheet[["right", "missed", "coder"]] == "").all(axis=None)


def test_a_line_can_be_put_together_again_from_its_cells():
    sheet = coding.restored(coding.coding_sheet(mentions(), passages(), n=100))
    lines = set(LINES.values())
    for row in sheet[sheet["kind"] == "mention"].itertuples():
        assert row.before + row.surface + row.after in lines
        assert NAMED[row.surface] == row.actor_id
    read = sheet[sheet["kind"] == "passage"].set_index("before")["surface"]
    assert read["Россия и Турция приняли участие во встрече."] == "Россия; Турция"
    assert read["Heyet dün akşam döndü"] == ""


def test_the_label_is_english_and_the_item_is_a_place():
    sheet = coding.coding_sheet(mentions(), passages(), n=100)
    turkish = sheet[sheet["surface"] == "Түркия"].iloc[0]
    assert turkish["label"] == "Türkiye"
    assert turkish["item"] == "kk:18-24"
    assert (turkish["start"], turkish["stop"]) == (18, 24)


def test_no_cell_is_a_formula_and_each_comes_back():
    sheet = coding.coding_sheet(mentions(), passages(), n=100)
    texts = sheet[list(coding.TEXTS)].to_numpy().ravel()
    assert not [cell for cell in texts if cell[:1] in tuple("=+-@\t\r")]
    assert "'- Иран поддержал заявление" in set(sheet["before"])
    assert "- Иран поддержал заявление" in set(coding.restored(sheet)["before"])


@given(text=st.text(alphabet=st.sampled_from("=+-@\t\r'aж"), max_size=6))
def test_every_text_survives_the_guard(text):
    frame = pd.DataFrame({"before": [coding._guarded(text)]}, dtype="str")  # noqa: SLF001
    assert frame.loc[0, "before"][:1] not in tuple("=+-@\t\r")
    assert coding.restored(frame).loc[0, "before"] == text


def test_the_sheet_comes_back_from_csv_as_it_was():
    sheet = coding.coding_sheet(mentions(), passages(), n=100)
    back = pd.read_csv(StringIO(sheet.to_csv(index=False)), dtype=str, keep_default_na=False)
    assert back["before"].tolist() == sheet["before"].tolist()
    assert back["start"].astype(int).tolist() == sheet["start"].tolist()


def corpus(counts):
    """A mention to each passage, so many of each (language, actor)."""
    rows = [key for key, count in counts.items() for _ in range(count)]
    read = pd.DataFrame(
        {
            "doc_id": [f"{language}{number}" for number, (language, _) in enumerate(rows)],
            "passage": 0,
            "start": 0,
            "stop": 9,
            "kind": "body",
            "language": [language for language, _ in rows],
            "text": "Qatar ...",
        }
    )
    found = read[["doc_id", "passage", "start"]].assign(
        stop=5, surface="Qatar", actor_id=[actor for _, actor in rows]
    )
    return found, read


COUNTS = {("ru", "russia"): 900, ("ru", "qatar"): 9, ("kk", "russia"): 81, ("kk", "egypt"): 4}


def test_the_rare_are_seen_and_the_languages_share_the_sheet():
    sheet = coding.coding_sheet(*corpus(COUNTS), n=60, seed=3)
    drawn = sheet[sheet["kind"] == "mention"]
    assert len(sheet) == 60
    assert len(drawn) == 40
    assert Counter(drawn["language"]) == {"ru": 20, "kk": 20}
    by = Counter(zip(drawn["language"], drawn["actor_id"], strict=True))
    # by the root of their number: 30 to 3 of 20 in Russian, 9 to 2 of 20 in Kazakh
    assert by["ru", "qatar"] in {1, 2}
    assert by["kk", "egypt"] in {3, 4}


def test_the_weights_stand_for_the_corpus():
    sheet = coding.coding_sheet(*corpus(COUNTS), n=300, seed=1)
    weights = sheet.groupby(["kind", "language"])["weight"].sum()
    assert weights["mention", "ru"] == pytest.approx(909, rel=0.1)
    assert weights["mention", "kk"] == pytest.approx(85, rel=0.1)
    assert weights["passage", "ru"] == pytest.approx(909, rel=0.1)


def test_a_seed_draws_the_same_and_another_seed_does_not():
    first, again, other = (coding.coding_sheet(*corpus(COUNTS), n=30, seed=s) for s in (5, 5, 6))
    pd.testing.assert_frame_equal(first, again)
    assert first["item"].tolist() != other["item"].tolist()


@settings(max_examples=50)
@given(
    sizes=st.lists(st.integers(1, 12), min_size=1, max_size=5),
    n=st.integers(2, 40),
    seed=st.integers(0, 9),
)
def test_exactly_n_items_are_drawn_or_all_and_none_twice(sizes, n, seed):
    found, read = corpus({(f"l{i % 2}", f"a{i}"): size for i, size in enumerate(sizes)})
    sheet = coding.coding_sheet(found, read, n=n, seed=seed)
    assert len(sheet) == min(n, len(found) + len(read))
    assert not sheet.duplicated(["item", "kind"]).any()
    assert (sheet["weight"] >= 1 - 1e-9).all()


def test_passages_without_any_mention_are_drawn_too():
    found, read = corpus({("fa", "iran"): 90})
    found = found.iloc[:60]
    sheet = coding.coding_sheet(found, read, n=30, seed=0)
    drawn = sheet[sheet["kind"] == "passage"]
    assert len(drawn) == 10
    assert 3 <= (drawn["surface"] == "").sum() <= 5  # root of 30 to root of 60: 4.1 of 10


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="n: 1 items cannot hold"):
        coding.coding_sheet(mentions(), passages(), n=1)
    with pytest.raises(ValueError, match=r"none of the headline.*doc_id tr, start \d+"):
        coding.coding_sheet(mentions().iloc[:1].assign(doc_id="tr", passage=9), passages(), n=10)
    with pytest.raises(ValueError, match="no column surface"):
        coding.coding_sheet(mentions().drop(columns="surface"), passages())


def test_nothing_found_gives_a_sheet_of_passages():
    sheet = coding.coding_sheet(mentions().iloc[:0], passages(), n=4)
    assert sheet["kind"].tolist() == ["passage"] * 4
