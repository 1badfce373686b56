"""Measures other programs and Sijill on the same texts; prints a row for each as JSON lines.

python peers.py CORPUS RUNS SIJILL FOLDER: each is taken RUNS times and the best counts. Programs
that live in Python are timed without starting it and without loading; Sijill as a process, with
starting, loading its tables and writing claims.
"""

import html
import json
import os
import re
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

corpus, runs, sijill, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
#: So many articles are also wrapped into pages of HTML.
PAGES = 2000

texts = [json.loads(line)["text"] for line in open(corpus, encoding="utf8")]
size = sum(len(text.encode()) for text in texts)
chrome = "<nav><ul>" + "<li><a href='/a'>القسم</a></li>" * 30 + "</ul></nav>"
pages = [
    "<!DOCTYPE html><html lang='ar'><head><meta charset='utf-8'><title>x</title></head><body>"
    + chrome + "<article>"
    + "".join(f"<p>{html.escape(part)}</p>" for part in text.splitlines() if part.strip())
    + f"</article><footer>{chrome}</footer></body></html>"
    for text in texts[:PAGES]
]
pages_size = sum(len(page.encode()) for page in pages)


def processor():
    """Seconds of processor time, of this process and those it started: others do not add to it."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def row(name, gives, run, of=size, documents=len(texts)):
    best = cpu = float("inf")
    for _ in range(runs):
        start, before = time.perf_counter(), processor()
        run()
        best, cpu = min(best, time.perf_counter() - start), min(cpu, processor() - before)
    figures = {"name": name, "gives": gives, "seconds": best, "cpu": cpu, "bytes": of}
    figures["documents"] = documents
    print(json.dumps(figures), flush=True)


def program(*inputs):
    output = ["--output", str(folder / "peers-claims.jsonl")]
    subprocess.run([sijill, "extract", "--quiet", *inputs, *output], check=True)


row("Sijill, 1 thread", "claims", lambda: program("--threads", "1", corpus))
row("Sijill, all cores", "claims", lambda: program(corpus))

#: Words of violence in whatever words they stand, as keyword coders list them.
WORDS = "قصف غارة قتل مقتل هجوم اشتباك انفجار تفجير إعدام اعتقال نزوح حصار سيطر انسحب مظاهرة ضحايا".split()
keywords = re.compile("|".join(WORDS))
row("keyword list (16 stems, Python re)", "matches", lambda: [keywords.findall(t) for t in texts])
words = re.compile(r"\w+")
row("re.findall(r'\\w+')", "words", lambda: [words.findall(t) for t in texts])

from ufal.udpipe import InputFormat, ProcessingError, Sentence  # noqa: E402


def udpipe():
    reader = InputFormat.newGenericTokenizerInputFormat()
    for text in texts:
        reader.setText(text)
        error, sentence = ProcessingError(), Sentence()
        while reader.nextSentence(sentence, error):
            sentence = Sentence()


row(f"UDPipe {version('ufal.udpipe')}, generic tokenizer", "sentences, tokens", udpipe)

import spacy  # noqa: E402

blank = spacy.blank("ar")
blank.max_length = 10_000_000
row(f"spaCy {spacy.__version__}, blank Arabic", "tokens", lambda: [blank.tokenizer(t) for t in texts])

import trafilatura  # noqa: E402

row(f"trafilatura {version('trafilatura')}", "text of HTML",
    lambda: [trafilatura.extract(page) for page in pages], pages_size, len(pages))
site = folder / "peers-pages"
site.mkdir(exist_ok=True)
for number, page in enumerate(pages):
    (site / f"{number:05}.html").write_text(page, encoding="utf8")
row("Sijill, 1 thread, of HTML", "text of HTML and claims",
    lambda: program("--threads", "1", str(site)), pages_size, len(pages))
