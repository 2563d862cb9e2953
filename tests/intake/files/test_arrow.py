"""Arrow tables and Parquet files, with pyarrow and without."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import vermegroup as vg
from tests.cli.conftest import Run, folder, run  # noqa: F401

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
polars = pytest.importorskip("polars")


@pytest.fixture
def people() -> pd.DataFrame:
    return vg.sample(12, seed=3).assign(times=[["Mon", "Tue"], ["Tue"], ["Tue", "Wed"]] * 4)


@pytest.mark.parametrize(
    "make", [polars.from_pandas, pyarrow.Table.from_pandas], ids=["polars", "pyarrow"]
)
def test_any_arrow_table_is_read_as_the_frame_is(make, people: pd.DataFrame) -> None:
    of_frame, of_table = vg.form(people), vg.form(make(people))
    assert of_table.frame["group"].tolist() == of_frame.frame["group"].tolist()
    assert of_table.frame["id"].tolist() == people["id"].tolist()
    assert vg.audit(make(of_frame.frame)).verdict == "formed"


def test_whole_numbers_with_gaps_keep_their_digits() -> None:
    table = pyarrow.table({"id": [9007199254740993, None], "years": [1, 2]})
    from vermegroup.intake.files.arrow import frame_of

    assert frame_of(table)["id"][0] == 9007199254740993


def test_parquet_in_and_out(people: pd.DataFrame, tmp_path: Path) -> None:
    people.to_parquet(tmp_path / "people.parquet")
    formed = vg.form(tmp_path / "people.parquet")
    assert formed.verdict == "formed"
    [written] = formed.save(tmp_path / "groups.parquet")
    assert pd.read_parquet(written)["group"].tolist() == formed.frame["group"].tolist()
    assert vg.audit(written).verdict == "formed"
    with pytest.raises(vg.InputError, match="such a file already"):
        formed.save(written)


def test_the_command_line_reads_parquet(run: Run, folder: Path) -> None:  # noqa: F811
    vg.sample(12, seed=3).to_parquet(folder / "people.parquet")
    formed = run("form", "people.parquet")
    assert formed.exit_code == 0, formed.output
    assert (folder / "people-groups" / "groups.csv").read_text().startswith("id,municipality,years")
    assert run("audit", "people-groups/groups.csv").exit_code == 0


@pytest.mark.parametrize("damage", [lambda data: data[:200], lambda data: b"PAR1" + data[50:]])
def test_a_damaged_file_is_refused(damage, run: Run, folder: Path) -> None:  # noqa: F811
    content = io.BytesIO()
    vg.sample(12, seed=3).to_parquet(content)
    (folder / "people.parquet").write_bytes(damage(content.getvalue()))
    refused = run("form", "people.parquet")
    assert refused.exit_code == 2
    assert "damaged" in refused.output


def test_without_pyarrow_it_is_told_what_to_install(tmp_path: Path) -> None:
    file = tmp_path / "people.parquet"
    vg.sample(12, seed=3).to_parquet(file)
    script = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import vermegroup as vg\n"
        f"try:\n    vg.form({str(file)!r})\nexcept vg.InputError as fault:\n    print(fault)\n"
        "print(vg.form(vg.sample(12)).verdict)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    told, verdict = ran.stdout.splitlines()
    assert "vermegroup[arrow]" in told
    assert verdict == "formed"
