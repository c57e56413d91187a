"""One rival on one corpus: prints a pair of names a line, tab-separated.

Settings are those with which each does best on the generated corpus at a precision of about .9 or more;
all see the same lower-cased three-word shingles.
"""

import json
import re
import sys

WORD = re.compile(r"\w+")


def corpus(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record["id"], record["text"]


def shingles(text, size=3):
    words = WORD.findall(text.lower())
    return {" ".join(words[at : at + size]) for at in range(max(len(words) - size + 1, 1))}


def datasketch(path):
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=128)
    sketches = {}
    for name, text in corpus(path):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        sketches[name] = sketch
        index.insert(name, sketch)
    for name, sketch in sketches.items():
        for other in index.query(sketch):
            if name < other:
                yield name, other


def rensa(path):
    from rensa import RMinHash, RMinHashLSH

    names, sketches = [], []
    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    for name, text in corpus(path):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(list(shingles(text)))
        index.insert(len(names), sketch)
        names.append(name)
        sketches.append(sketch)
    for at, sketch in enumerate(sketches):
        for other in index.query(sketch):
            if at < other:
                yield names[at], names[other]


def gaoya(path):
    from gaoya.minhash import MinHashStringIndex

    names, texts = zip(*corpus(path))
    index = MinHashStringIndex(32, 0.3, 42, 3, None, "word", True, (3, 3), "vec")
    index.par_bulk_insert_docs(list(range(len(names))), list(texts))
    for at, found in enumerate(index.par_bulk_query(list(texts))):
        for other in found:
            if at < other:
                yield names[at], names[other]


def text_dedup(path):
    import os
    import subprocess
    import tempfile

    from datasets import load_from_disk

    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        command = [sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--data_files", path, "--split", "train"]
        command += ["--cache_dir", os.path.join(folder, "cache"), "--output", out, "--column", "text"]
        command += ["--ngram", "3", "--threshold", "0.5", "--num_perm", "128", "--use_auth_token", "False", "--debug"]
        subprocess.run(command, check=True, stdout=sys.stderr, stderr=subprocess.DEVNULL)
        # What it keeps of a cluster is its first text; the clusters themselves lie beside the result.
        import pickle

        with open(os.path.join(out, "uf.pkl"), "rb") as file:
            parents = pickle.load(file).parent
        names = [name for name, _ in corpus(path)]
        clusters = {}
        for at in parents:
            root = at
            while parents[root] != root:
                root = parents[root]
            clusters.setdefault(root, []).append(names[at])
        for members in clusters.values():
            for at, name in enumerate(members):
                for other in members[at + 1 :]:
                    yield name, other


if __name__ == "__main__":
    rival, path = sys.argv[1:]
    for pair in globals()[rival](path):
        print("\t".join(sorted(pair)))
