import pandas as pd
import pytest

from astana_kit import schema


def test_a_missing_column_is_named_with_what_there_is():
    with pytest.raises(ValueError, match=r"passages: no column kind, text.*one paragraph.*doc_id"):
        schema.require(
            pd.DataFrame(columns=[c for c in schema.PASSAGES.columns if c not in ("kind", "text")]),
            schema.PASSAGES,
        )


def test_a_further_column_can_be_asked_for():
    frame = pd.DataFrame(columns=list(schema.FOUND.columns))
    schema.require(frame, schema.FOUND)
    with pytest.raises(ValueError, match="no column round"):
        schema.require(frame, schema.FOUND, "round")


def test_the_key_of_a_table_is_among_its_columns():
    tables = [value for value in vars(schema).values() if isinstance(value, schema.Table)]
    assert len(tables) >= 4
    assert all(set(table.key) <= set(table.columns) for table in tables)


def test_copies_of_a_key_are_refused_with_their_rows():
    frame = pd.DataFrame({"doc_id": ["x", "y", "y"], "passage": [0, 1, 1]})
    with pytest.raises(ValueError, match=r"doc_id y, passage 1 stands in rows 1, 2"):
        schema.require_unique(frame, schema.PASSAGES)
    schema.require_unique(frame.iloc[:2], schema.PASSAGES)
