"""Pages that no newspaper prints: millions of characters in a line, only marks, every direction."""

import pandas as pd
import pytest

import astana_kit as ak

LINE = "Россия и Иран провели 13-й раунд, "
ODD = {
    "one line of a million characters": LINE * 30_000,
    "no blank in a million characters": "الروسي" * 170_000,
    "only marks": "\u064b\u0640\u0301\u200f" * 50_000,
    "only punctuation": "…—«»()" * 50_000,
    "mixed directions": "Россия وروسيا Russia \u202eиран\u202c ایران 22-я الجولة الـ22 \u2067x"
    * 5_000,
    "digits of three scripts": "22 ٢٢ ۲۲ " * 50_000,
    "lines without end": "а\n" * 50_000,
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("language", ["ru", "ar"])
def test_odd_text_goes_through_every_step_with_its_offsets(name, language):
    text = ODD[name]
    documents = ak.from_frame(pd.DataFrame({"text": [text], "language": [language]}))
    passages = ak.split_passages(documents)
    whole = documents["text"].iloc[0]
    for found in (ak.find_actors(passages), ak.find_rounds(passages)):
        spans = zip(found["start"].head(500), found["stop"].head(500), strict=True)
        assert [whole[start:stop] for start, stop in spans] == found["surface"].head(500).tolist()


def test_ten_million_characters_hold_what_one_line_of_them_holds_many_times():
    text = LINE * 300_000
    passages = ak.split_passages(ak.from_frame(pd.DataFrame({"text": [text], "language": ["ru"]})))
    assert ak.find_actors(passages)["actor_id"].value_counts().to_dict() == {
        "russia": 300_000,
        "iran": 300_000,
    }
