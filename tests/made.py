"""Tables made by hand, for the tests of several modules."""

import pandas as pd


def pages(*texts, **columns):
    """Passages of (doc_id, language, text); a page's passages follow each other."""
    frame = pd.DataFrame(texts, columns=["doc_id", "language", "text"], dtype="str")
    length = frame["text"].str.len() + 1
    stop = length.groupby(frame["doc_id"]).cumsum() - 1
    return frame.assign(
        passage=frame.groupby("doc_id").cumcount(),
        start=stop - length + 1,
        stop=stop,
        kind="body",
        outlet="-",
        published=pd.NaT,
    ).assign(**columns)
