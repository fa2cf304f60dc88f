"""Tables saved for a spreadsheet: read back as they were, and nothing in them runs."""

import csv
import re
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana_kit import figures, load_seeds, saving
from astana_kit.saving import save

HOSTILE = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "|calc",
    "%0A",
    "\t=1+1",
    "\r=1+1",
    "\n=1",
    "  =1+1",
    "＝1+1",
    '=HYPERLINK("http://x","click")',
    "-سوريا",
    "#N/A",
]


@pytest.fixture(params=[".csv", ".xlsx"])
def written(request, tmp_path):
    """Save a table in each format; its rows as read back, headings first."""

    def write(table):
        path = save(table, tmp_path / f"t{request.param}")
        if request.param == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                return [[cell or None for cell in row] for row in csv.reader(file)]
        sheet = openpyxl.load_workbook(path).active
        return [[cell.value for cell in row] for row in sheet.iter_rows()]

    write.kind = request.param
    return write


def test_a_cell_of_csv_never_begins_as_a_formula(tmp_path):
    path = save(pd.DataFrame({"=head": HOSTILE}), tmp_path / "t.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *cells = [row[0] for row in csv.reader(file)]
    assert head == "'=head"
    assert cells == [f"'{text}" for text in HOSTILE[:-1]] + ["#N/A"]


def test_a_cell_of_xlsx_is_text_whatever_it_begins_with(tmp_path):
    path = save(pd.DataFrame({"=head": HOSTILE}), tmp_path / "t.xlsx")
    cells = [cell for (cell,) in openpyxl.load_workbook(path).active.iter_rows()]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells][1:3] == HOSTILE[:2]
    sheet = ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 't="e"' not in sheet


def test_numbers_keep_their_sign(written):
    (_, *rows) = written(pd.DataFrame({"n": [-5, 3], "x": [-0.5, 1e-7], "text": ["-5", "+3.5"]}))
    assert [[str(cell) for cell in row] for row in rows] == [
        ["-5", "-0.5", "-5"],
        ["3", "1e-07", "+3.5"],
    ]


def test_what_is_missing_is_an_empty_cell(written):
    table = pd.DataFrame(
        {
            "round": pd.array([21, None], dtype="Int64"),
            "outlet": [None, "Сана"],
            "day": pd.to_datetime([None, "2024-11-11"]),
            "rate": [float("nan"), float("inf")],
            "camp": pd.Categorical(["host", None]),
        }
    )
    (_, first, second) = written(table)
    assert [str(cell or "") for cell in first] == ["21", "", "", "", "host"]
    assert [str(cell or "")[:10] for cell in second] == ["", "Сана", "2024-11-11", "inf", ""]


def test_a_time_with_a_zone_is_written_out_and_a_time_without_stays_one(written):
    zoned = pd.to_datetime(["2024-11-11 09:30"]).tz_localize("Asia/Almaty")
    plain = pd.to_datetime(["2024-11-11 09:30"])
    (_, (first, second)) = written(pd.DataFrame({"zoned": zoned, "plain": plain}))
    assert first == "2024-11-11T09:30:00+05:00"
    assert str(second) == "2024-11-11 09:30:00"


def test_lists_are_joined_and_headings_of_two_lines_too(written):
    table = pd.DataFrame({("actors", ""): [["b", "a"]], ("n", "ru"): [{2, 1}]})
    assert written(table) == [["actors", "n ru"], ["b; a", "1; 2"]]


def test_an_index_that_says_something_is_saved(written):
    table = pd.DataFrame({"n": ["x", "y"]}, index=pd.Index(["Syria", "Iran"], name="actor"))
    assert written(table)[:2] == [["actor", "n"], ["Syria", "x"]]
    assert written(table.rename_axis(None))[0] == ["index", "n"]
    assert written(table.rename_axis("n"))[0] == ["n", "n"]
    assert written(table.reset_index(drop=True).tail(1)) == [["n"], ["y"]]


def test_arabic_and_persian_run_from_right_to_left(tmp_path):
    texts = ["قالت روسيا", "ایران", "Ресей", "Türkiye"]
    path = save(pd.DataFrame({"text": texts}), tmp_path / "t.xlsx")
    _, *cells = openpyxl.load_workbook(path).active["A"]
    assert [cell.alignment.readingOrder for cell in cells] == [2, 2, 0, 0]


@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1))
def test_any_text_comes_back_from_xlsx_but_for_what_xml_cannot_hold(text, tmp_path_factory):
    path = save(pd.DataFrame({"text": [text]}), tmp_path_factory.mktemp("s") / "t.xlsx")
    held = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)
    assert openpyxl.load_workbook(path).active["A2"].value == held


def test_the_same_table_gives_the_same_bytes_at_any_time(written, tmp_path):
    table = pd.DataFrame({"day": pd.to_datetime(["2024-11-11"]), "text": ["a"]})
    path = save(table, tmp_path / f"a{written.kind}")
    assert save(table, tmp_path / f"b{written.kind}").read_bytes() == path.read_bytes()
    if written.kind == ".xlsx":
        with ZipFile(path) as file:
            assert {one.date_time[0] for one in file.infolist()} == {1980}
            assert b"dcterms" not in file.read("docProps/core.xml")


def test_the_table_given_is_not_changed(written):
    table = pd.DataFrame({"n": ["=1"]}, index=pd.Index(["a"], name="k"))
    before = table.copy(deep=True)
    written(table)
    pd.testing.assert_frame_equal(table, before)


def test_a_file_stands_until_the_new_one_is_whole(written, tmp_path, monkeypatch):
    path = save(pd.DataFrame({"n": [1]}), tmp_path / f"t{written.kind}")
    former = path.read_bytes()
    write_bytes = Path.write_bytes

    def full(path, content):
        write_bytes(path, content[:9])
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="no space left"):
            save(pd.DataFrame({"n": [2]}), path)
    assert path.read_bytes() == former
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_run_left_is_overwritten(written, tmp_path):
    path = tmp_path / f"t{written.kind}"
    (tmp_path / f".{path.name}.part").write_bytes(b"half")
    save(pd.DataFrame({"n": [1]}), path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_may_be_as_long_as_a_disk_allows(written, tmp_path):
    path = tmp_path / f"{'я' * 124}{written.kind}"  # with its ending 253 bytes of 255, or 254
    assert save(pd.DataFrame({"n": [1]}), path).exists()


def test_a_link_stays_one(tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "t.csv").symlink_to(tmp_path / "kept" / "t.csv")
    save(pd.DataFrame({"n": [1]}), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").is_symlink()
    assert (tmp_path / "kept" / "t.csv").read_bytes() == b"\xef\xbb\xbfn\r\n1\r\n"


def test_a_folder_of_pages_is_made_in_place_of_what_a_killed_run_left(tmp_path):
    distributed = pytest.importorskip("astana_kit.distributed")
    unfinished = tmp_path / ".pages.part"
    unfinished.mkdir()
    (unfinished / "000007.parquet").write_bytes(b"PAR1 and no more")
    seeds = load_seeds()
    distributed.write_parquet(seeds, tmp_path / "pages")
    assert [path.name for path in tmp_path.rglob("*")] == ["pages", "000000.parquet"]
    assert len(pd.read_parquet(tmp_path / "pages")) == len(seeds)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("t.docx", r"t\.docx: a table is saved as \.csv or \.xlsx, not as \.docx"),
        ("t", r"t: a table is saved as \.csv or \.xlsx, not without an ending"),
    ],
)
def test_another_ending_is_refused_with_those_there_are(tmp_path, name, said):
    with pytest.raises(ValueError, match=said):
        save(pd.DataFrame({"n": [1]}), tmp_path / name)
    assert not (tmp_path / name).exists()


def test_what_xlsx_has_no_room_for_is_refused_and_csv_named(tmp_path, monkeypatch):
    long = pd.DataFrame({"text": ["a" * 32_768]})
    with pytest.raises(ValueError, match=r"32,767 characters in a cell, here are 32,768; save"):
        save(long, tmp_path / "t.xlsx")
    assert not (tmp_path / "t.xlsx").exists()
    assert save(long, tmp_path / "t.csv").stat().st_size > 32_768
    monkeypatch.setattr(saving, "XLSX_ROWS", 3)
    save(pd.DataFrame({"n": [1, 2]}), tmp_path / "t.xlsx")
    with pytest.raises(ValueError, match=r"holds 3 rows in a sheet, here are 4; save it as \.csv"):
        save(pd.DataFrame({"n": [1, 2, 3]}), tmp_path / "t.xlsx")


def test_a_figure_is_refused_with_the_way_to_save_it(tmp_path):
    forms = pd.DataFrame({"thing": ["Syria"], "form": ["name"], "mentions": [1]})
    with pytest.raises(ValueError, match=r"found Figure, no table.*buttons under it.*camera"):
        save(figures.naming_forms(forms, title="Q?"), tmp_path / "f.png")


def test_capitals_of_the_ending_do_not_matter(tmp_path):
    assert save(pd.DataFrame({"n": [1]}), tmp_path / "T.XLSX").read_bytes().startswith(b"PK")
