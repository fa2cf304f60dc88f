"""Documents as Parquet files, each of which one worker reads at a time."""

import shutil
from pathlib import Path

import pandas as pd

from astana_kit.schema import DOCUMENTS, require, require_unique


def write_parquet(
    documents: pd.DataFrame, folder: str | Path, *, documents_per_file: int = 500
) -> None:
    """Documents as a folder of Parquet files, each a partition for ``documents``.

    Parameters
    ----------
    documents : from ``read`` or ``from_frame``.
    folder : is made, and must not be there yet; it stands only when all is written.
    documents_per_file : 500 pages, with all that is found in them, take a worker about 0.2 GB
        beside the 0.5 GB of its lexica.

    Raises
    ------
    ValueError : a column is missing, two rows share a doc_id, or `folder` is there.

    Examples
    --------
    >>> import astana_kit as ak
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as place:
    ...     write_parquet(ak.load_seeds(), Path(place) / "pages", documents_per_file=2)
    ...     sorted(file.name for file in (Path(place) / "pages").iterdir())
    ['000000.parquet', '000001.parquet', '000002.parquet']
    """
    require(documents, DOCUMENTS)
    require_unique(documents, DOCUMENTS)
    if documents_per_file < 1:
        raise ValueError(f"documents_per_file: {documents_per_file} holds nothing; give 1 or more.")
    folder = Path(folder)
    if folder.exists():
        raise ValueError(f"folder: {folder} is there already; give a new one, or remove it.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.parent / f".{folder.name}.part"
    shutil.rmtree(unfinished, ignore_errors=True)  # of a run that was killed
    try:
        unfinished.mkdir()
        for number, first in enumerate(range(0, max(len(documents), 1), documents_per_file)):
            part = documents.iloc[first : first + documents_per_file]
            part.to_parquet(unfinished / f"{number:06}.parquet", index=False)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
