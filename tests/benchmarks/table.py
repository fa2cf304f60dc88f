"""The README's table of speed, from results.json: ``python tests/benchmarks/table.py``."""

import json
from pathlib import Path

import pandas as pd

RESULTS = Path(__file__).parent / "results.json"


def lines(results):
    """Markdown lines of the kit at the largest corpus of each step, beside its peers."""
    table = pd.DataFrame(results["rows"])
    grown = {(row["step"], row["contender"]): row["exponent"] for row in results["growth"]}
    yield "| step | pages | seconds | memory, MB | growth | a peer's time, the kit's being 1 |"
    yield "|---|---:|---:|---:|---:|---|"
    for step, own in table.groupby("step", sort=False):
        kit = own[own["contender"] == "astana_kit"].sort_values("pages").iloc[-1]
        largest = own[(own["contender"] != "astana_kit")].sort_values("pages", kind="stable")
        peers = "; ".join(
            f"{row.contender} {row.beside_kit:.2f}" + _where(row, kit)
            for row in largest.drop_duplicates("contender", keep="last").itertuples()
        )
        exponent = grown.get((step, "astana_kit"))
        yield (
            f"| `{step}` | {kit.pages:,} | {kit.seconds:.1f} | {kit.peak_megabytes:,.0f} "
            f"| {'' if exponent is None else format(exponent, '.2f')} | {peers} |"
        )


def _where(row, kit):
    return "" if row.pages == kit.pages else f" (at {row.pages:,} pages)"


if __name__ == "__main__":
    print("\n".join(lines(json.loads(RESULTS.read_text(encoding="utf-8")))))  # noqa: T201
