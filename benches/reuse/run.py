#!/usr/bin/env python3
"""Stemma beside four rivals on one corpus, interleaved: CPU seconds from bytes to result, peak memory, recall.

    python3 benches/reuse/run.py CORPUS.jsonl TRUTH.json

Builds Stemma, installs the rivals (requirements.txt) under target/, runs everything three times in turn and writes
RESULTS.md. A run whose pairs differ from the first, or in which Stemma finds less than it has to, fails.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ROUNDS = 3
ABOUT = {
    "stemma": "spans, kinds, probabilities; copies of probability .5 and more",
    "gaoya": "MinHash 42 × 3, Jaccard .3; pairs only",
    "rensa": "RMinHash 128, 32 bands, raw LSH; pairs only",
    "datasketch": "MinHash 128, threshold .5, raw LSH; pairs only",
    "text_dedup": "MinHash 128, threshold .5; clusters only",
}


def build():
    subprocess.run(["cargo", "build", "--release", "--locked", "-p", "stemma"], cwd=ROOT, check=True)
    venv = ROOT / "target" / "reuse-rivals"
    python = venv / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    requirements = HERE / "requirements.txt"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--requirement", requirements], check=True)
    return python


def measure(command, out):
    start = time.monotonic()
    with open(out, "wb") as file:
        child = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        raise SystemExit(f"{command} failed")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024


def pairs(tool, out):
    found = set()
    for line in open(out, encoding="utf-8"):
        if tool == "stemma":
            row = json.loads(line)
            found.add(tuple(sorted((row["a"], row["b"]))))
        else:
            found.add(tuple(line.rstrip("\n").split("\t")))
    return found


def score(found, truth):
    sources = defaultdict(set)
    for source, copy, *_ in truth:
        sources[copy].add(source)
    true = {tuple(sorted(pair[:2])): pair[2] for pair in truth}
    siblings = sum(1 for a, b in found if (a, b) not in true and sources[a] & sources[b])
    right = sum(1 for pair in found if pair in true)
    classes = defaultdict(lambda: [0, 0])
    for pair, name in true.items():
        classes[name][1] += 1
        classes[name][0] += pair in found
    by_class = {name: hit / all_ for name, (hit, all_) in sorted(classes.items())}
    return right / len(true), (right + siblings) / max(len(found), 1), by_class


def main(corpus, truth_path):
    python = build()
    truth = json.load(open(truth_path, encoding="utf-8"))["pairs"]
    commands = {tool: [python, HERE / "rivals.py", tool, corpus] for tool in ABOUT if tool != "stemma"}
    commands = {"stemma": [ROOT / "target/release/stemma", "overlaps", corpus], **commands}
    seen, first = defaultdict(list), {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            for tool, command in commands.items():
                out = Path(folder) / tool
                seen[tool].append(measure([str(word) for word in command], out))
                found = pairs(tool, out)
                if first.setdefault(tool, found) != found:
                    raise SystemExit(f"{tool}: other pairs than in its first run")
    scores = {tool: score(found, truth) for tool, found in first.items()}
    if scores["stemma"][0] < 0.999:
        raise SystemExit(f"stemma: recall {scores['stemma'][0]:.4f} is too low to be timed")
    write(seen, scores, first, corpus)


def write(seen, scores, first, corpus):
    cpu = {tool: min(run[0] for run in runs) for tool, runs in seen.items()}
    model = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "unknown")
    lines = [
        "# Reuse beside rivals",
        "",
        f"Written by `benches/reuse/run.py` on {time.strftime('%Y-%m-%d')}: {os.cpu_count()} threads of {model}; "
        f"{Path(corpus).name}, {os.path.getsize(corpus) / 1e6:.1f} MB. {ROUNDS} interleaved rounds, whole processes, least CPU "
        "seconds (user and system). Recall and precision over pairs of documents, two copies of one source counted as right.",
        "",
        "| tool | CPU s | × Stemma | wall s | MB | pairs | recall | precision | gives |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for tool, runs in seen.items():
        recall, precision, _ = scores[tool]
        wall, memory = min(run[1] for run in runs), max(run[2] for run in runs)
        lines.append(
            f"| {tool} | {cpu[tool]:.2f} | {cpu[tool] / cpu['stemma']:.2f} | {wall:.2f} | {memory:.0f} | {len(first[tool])} "
            f"| {recall:.3f} | {precision:.3f} | {ABOUT[tool]} |"
        )
    names = list(next(iter(scores.values()))[2])
    lines += ["", "Recall by class:", "", "| tool | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for tool, (_, _, by_class) in scores.items():
        lines.append(f"| {tool} | " + " | ".join(f"{by_class[name]:.2f}" for name in names) + " |")
    (HERE / "RESULTS.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
