#!/usr/bin/env python3
"""Stemma's time tagger beside three rivals on the same bytes, interleaved: MB/s inside the calls, one core, and F1.

    python3 benches/time/run.py FOLDER          with input.jsonl {id, dct, text} and gold.jsonl {id, start, end, value}

Needs a Java development kit. Installs the rivals (requirements.txt) under target/, runs everything in turn, twice, and
writes RESULTS.md. A run that finds other times than the first, or in which Stemma finds less than it has to, fails.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ROUNDS = 2
LEAST = (0.85, 0.93, 0.80)


def prepare():
    """Builds Stemma and the environment of the rivals, and goes on inside it."""
    subprocess.run(["cargo", "build", "--release", "--locked", "-p", "xtask"], cwd=ROOT, check=True)
    venv = ROOT / "target" / "time-rivals"
    python = venv / "bin" / "python"
    if Path(sys.prefix).resolve() == venv.resolve():
        return
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        # The rivals pin versions of one package that exclude each other; those of the list serve both.
        wanted = ["--no-deps", "--requirement", HERE / "requirements.txt"]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
    os.execv(python, [python, *sys.argv])


def read(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


class Stemma:
    """The library, called by `xtask tag`: it tells the seconds inside the calls."""

    def __init__(self, folder):
        self.path = folder / "input.jsonl"

    def tag(self, documents):
        command = [ROOT / "target" / "release" / "xtask", "tag", self.path]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
        found = {document["id"]: [] for document in documents}
        for row in map(json.loads, printed[1:]):
            found[row["id"]].append((row["start"], row["end"], row["value"]))
        return json.loads(printed[0])["seconds"], found


def scores(found, gold):
    """Strict, relaxed and value F1, as TempEval-3 counts."""
    meets = lambda a, b: min(a[1], b[1]) > max(a[0], b[0])
    wanted = {}
    for row in gold:
        wanted.setdefault(row["id"], []).append((row["start"], row["end"], row["value"]))
    golds, finds, strict, relaxed, met, right = 0, 0, 0, 0, 0, 0
    for document, rows in found.items():
        own = wanted.get(document, [])
        golds, finds = golds + len(own), finds + len(rows)
        spans = {row[:2] for row in rows}
        strict += sum(row[:2] in spans for row in own)
        relaxed += sum(any(meets(row, other) for other in own) for row in rows)
        for row in own:
            over = [other for other in rows if meets(row, other)]
            if over:
                best = max(over, key=lambda o: (o[:2] == row[:2], min(o[1], row[1]) - max(o[0], row[0])))
                met, right = met + 1, right + (best[2] == row[2])
    f1 = lambda precise, recalled: 2 * precise * recalled / (precise + recalled or 1)
    loose = f1(relaxed / max(finds, 1), met / golds)
    return f1(strict / max(finds, 1), strict / golds), loose, loose * right / max(met, 1)


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1]).resolve()
    prepare()
    from rivals import RIVALS

    documents, gold = read(folder / "input.jsonl"), read(folder / "gold.jsonl")
    size = sum(len(document["text"].encode()) for document in documents) / 1e6
    taggers = {"Stemma": Stemma(folder)}
    for name, rival in RIVALS.items():
        taggers[name] = rival(Path(tempfile.mkdtemp()))
    best, kept = {}, {}
    for turn in range(ROUNDS):
        for name, tagger in taggers.items():
            seconds, found = tagger.tag(documents)
            if kept.setdefault(name, found) != found:
                raise SystemExit(f"{name}: other times than in the first round")
            best[name] = min(seconds, best.get(name, seconds))
            print(f"round {turn + 1}: {name} {size / seconds:.3f} MB/s", file=sys.stderr)
    table = {name: scores(found, gold) for name, found in kept.items()}
    if any(own < least for own, least in zip(table["Stemma"], LEAST)):
        raise SystemExit(f"Stemma finds less than it has to: {table['Stemma']}")
    lines = [
        "# Time taggers side by side",
        "",
        f"Written by `benches/time/run.py` on {folder.name}, {len(documents)} documents, {size:.2f} MB. One core, seconds inside the calls, text in",
        f"memory, the better of {ROUNDS} interleaved rounds. F1 as TempEval-3 counts. Stemma was tuned on these texts; the rivals' values are",
        "mapped to TIMEX3 by us, so theirs are lower bounds (HeidelTime writes TIMEX3 itself).",
        "",
        "| tagger | MB/s | strict | relaxed | value | Stemma is |",
        "|---|---|---|---|---|---|",
    ]
    for name, own in table.items():
        faster = best[name] / best["Stemma"]
        figures = " | ".join(f"{figure:.3f}" for figure in own)
        lines.append(f"| {name} | {size / best[name]:.3f} | {figures} | {faster:,.0f} × as fast |")
    (HERE / "RESULTS.md").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))
    os._exit(0)


if __name__ == "__main__":
    main()
