"""Precision, recall and agreement from a judged sheet: expected values counted by hand."""

from io import StringIO

import pandas as pd
import pytest

from astana_kit.actors import scoring


def sheet(*rows, coder="A"):
    """Rows of kind, language, weight, right, missed; items numbered in order."""
    frame = pd.DataFrame(rows, columns=["kind", "language", "weight", "right", "missed"])
    return frame.assign(item=[f"d:{row}-{row + 3}" for row in range(len(frame))], coder=coder)


def value(scores, language, measure, column="value", coder="A"):
    at = scores[(scores["language"] == language) & (scores["measure"] == measure)]
    (found,) = at.loc[at["coder"] == coder, column]
    return found


def test_precision_of_a_plain_sample_has_wilsons_interval():
    # Newcombe 1998, table I: 81 of 263 lies between 0.2553 and 0.3662
    rows = [("mention", "ar", 2.0, "yes" if row < 81 else "no", "") for row in range(263)]
    scores = scoring.score_coding(sheet(*rows))
    assert (value(scores, "ar", "precision", "n"), value(scores, "ar", "precision", "of")) == (
        81,
        263,
    )
    assert value(scores, "ar", "precision") == pytest.approx(81 / 263)
    assert value(scores, "ar", "precision", "low") == pytest.approx(0.2553, abs=5e-5)
    assert value(scores, "ar", "precision", "high") == pytest.approx(0.3662, abs=5e-5)


def test_a_common_actor_weighs_more_than_a_rare_one():
    rows = [("mention", "ru", 9.0, "yes", ""), ("mention", "ru", 1.0, "no", "")]
    scores = scoring.score_coding(sheet(*rows))
    assert value(scores, "ru", "precision") == pytest.approx(0.9)
    assert value(scores, "ru", "precision", "n") == 1


def test_recall_sets_what_was_missed_beside_what_was_found():
    rows = [
        ("mention", "kk", 3.0, "yes", ""),
        ("mention", "kk", 3.0, "no", ""),
        ("passage", "kk", 2.0, "no", "Мысыр; Катар"),
        ("passage", "kk", 2.0, "yes", ""),
        ("mention", "fa", 1.0, "yes", ""),
        ("passage", "fa", 1.0, "no", "قطر؛ مصر؛"),  # the Arabic semicolon, and one too many
    ]
    scores = scoring.score_coding(sheet(*rows))
    assert value(scores, "kk", "recall") == pytest.approx(3 / (3 + 2 * 2))
    assert value(scores, "fa", "recall") == pytest.approx(1 / 3)
    assert (value(scores, "fa", "recall", "n"), value(scores, "fa", "recall", "of")) == (1, 3)
    assert value(scores, "all", "recall") == pytest.approx(4 / (4 + 2 * 2 + 2))


def test_what_is_not_judged_yet_is_counted_and_the_judged_stand_for_it():
    rows = [
        ("mention", "tr", 1.0, "yes", ""),
        ("mention", "tr", 1.0, "", ""),
        ("mention", "tr", 1.0, None, None),
        ("passage", "tr", 3.0, "no", "Mısır"),
    ]
    scores = scoring.score_coding(sheet(*rows))
    assert value(scores, "tr", "precision", "unjudged") == 2
    # one mention of three is judged, so it stands for three beside the three missed
    assert value(scores, "tr", "recall") == pytest.approx(0.5)


def test_two_coders_are_scored_each_and_compared():
    answers = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15, (["yes"] * 25 + ["no"] * 25)
    rows = [("mention", "en", 1.0, "yes", "") for _ in range(50)]
    first = sheet(*rows).assign(right=answers[1])
    second = sheet(*rows, coder="B").assign(right=answers[0])
    scores = scoring.score_coding(pd.concat([first, second]))
    assert value(scores, "en", "precision") == 0.5
    assert value(scores, "en", "precision", coder="B") == 0.6
    # Both say yes to 20 and no to 15 of 50, A says yes to 25, B to 30: the textbook example of
    # Cohen's kappa (po = 0.7, pe = 0.5)
    assert value(scores, "en", "agreement", coder="A & B") == pytest.approx(0.7)
    assert value(scores, "en", "kappa", coder="A & B") == pytest.approx(0.4)
    assert value(scores, "all", "kappa", "of", coder="A & B") == 50


def test_agreement_is_that_of_the_items_both_judged():
    rows = [("mention", "en", 1.0, "yes", ""), ("mention", "en", 1.0, "no", "")]
    second = sheet(*rows, coder="B").assign(right=["yes", ""])
    scores = scoring.score_coding(pd.concat([sheet(*rows), second]))
    assert value(scores, "en", "agreement", "of", coder="A & B") == 1
    assert value(scores, "en", "agreement", "unjudged", coder="A & B") == 1
    assert pd.isna(value(scores, "en", "kappa", coder="A & B"))  # one answer to everything


def test_answers_come_as_people_and_spreadsheets_write_them():
    rows = [("mention", "ru", 1.0, " Yes ", None), ("mention", "ru", 1.0, "NO", float("nan"))]
    scores = scoring.score_coding(sheet(*rows, coder=1))
    assert value(scores, "ru", "precision", coder="1") == 0.5


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            ("mention", "ru", 1, "maybe", ""),
            r"row 1 \(mention d:1-4\): right must be yes, no, or em",
        ),
        (("mention", "ru", 1, "yes", "Иран"), "missed is asked of passages"),
        (("passage", "ru", 1, "yes", "Иран"), "right must be no"),
        (("passage", "ru", 1, "", "Иран"), "right must be no"),
        (("passage", "ru", 1, "no", " ; "), "missed must hold the names"),
        (("mention", "ru", 0, "yes", ""), "weight must be a number above 0"),
        (("mentoin", "ru", 1, "yes", ""), "kind must be mention or passage"),
    ],
)
def test_an_answer_that_cannot_be_meant_is_refused_with_its_row(row, says):
    with pytest.raises(ValueError, match=says):
        scoring.score_coding(sheet(("mention", "ru", 1, "yes", ""), row))


def test_a_coder_is_needed_and_judges_an_item_once():
    rows = [("mention", "ru", 1, "yes", "")]
    with pytest.raises(ValueError, match=r"row 0.*an answer needs its coder"):
        scoring.score_coding(sheet(*rows, coder=""))
    with pytest.raises(ValueError, match=r"row 1.*in an earlier row"):
        scoring.score_coding(pd.concat([sheet(*rows), sheet(*rows)]))
    with pytest.raises(ValueError, match="coding sheet: no column coder"):
        scoring.score_coding(sheet(*rows).drop(columns="coder"))


def test_a_sheet_is_judged_in_a_file_and_read_back_as_pandas_reads_it():
    rows = [
        ("mention", "ar", 2.0, "yes", ""),
        ("mention", "ar", 2.0, "", ""),
        ("passage", "ar", 3.0, "no", "قطر"),
    ]
    judged = StringIO(sheet(*rows, coder=7).to_csv(index=False))
    scores = scoring.score_coding(pd.read_csv(judged))
    assert value(scores, "ar", "precision", coder="7") == 1
    assert value(scores, "ar", "recall", coder="7") == pytest.approx(4 / (4 + 3))


def test_an_empty_sheet_has_no_scores():
    assert scoring.score_coding(sheet(("mention", "ru", 1, "", ""), coder="")).empty
