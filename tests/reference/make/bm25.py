"""Writes ../bm25.json: BM25 scores of two small collections by two Python libraries.

Run with a Python that has bm25s 0.3.11 and rank_bm25 0.2.2: python3 bm25.py
rank_bm25 divides 0 by 0 where k1 = 0, so that case has no numbers from it.
"""
import json
import pathlib
import re
from importlib.metadata import version

import bm25s
import rank_bm25

SENTENCES = [
    "Orlem stands on the river Zeb.",
    "The river Zeb flows into lake Mirrow.",
    "Lake Mirrow is full of pike.",
    "The people of Orlem make bells.",
    "Bells are made from bronze.",
    "Vask stands on the river Orric.",
    "The river Orric flows into lake Kelmar, the river of rivers.",
]
LETTERS = ["a b b c", "a", "a a a b d e f g h i", "c d", "a b e e e", "f a"]
QUERIES = {
    "sentences": ["Orlem river", "zeb lake", "zeb", "the river of the river", "bells made from", "pike xyzzy"],
    "letters": ["a", "b", "b b", "e a", "c d z", "h"],
}
SETTINGS = [(1.2, 0.75), (1.5, 0.75), (0.9, 0.4), (2, 0), (1.2, 1), (0, 0.5)]


def words(text):
    return re.findall(r"[a-z0-9]+", text.lower())


cases = []
for name, documents in {"sentences": SENTENCES, "letters": LETTERS}.items():
    corpus = [words(document) for document in documents]
    for k1, b in SETTINGS:
        lucene = bm25s.BM25(method="lucene", k1=k1, b=b, dtype="float64")
        lucene.index(corpus, show_progress=False)
        okapi = rank_bm25.BM25Okapi(corpus, k1=k1, b=b)
        for query in QUERIES[name]:
            known = [word for word in words(query) if word in lucene.vocab_dict]
            cases.append(
                {
                    "name": f"{name}, k1 = {k1}, b = {b}: {query}",
                    "inputs": {"documents": name, "k1": k1, "b": b, "query": query},
                    "outputs": {
                        "lucene": [float(x) for x in lucene.get_scores(known)],
                        **({"rank_bm25": [float(x) for x in okapi.get_scores(words(query))]} if k1 else {}),
                    },
                }
            )

out = {
    "topic": "BM25",
    "made_with": f"bm25s {version('bm25s')} (method lucene, float64), rank_bm25 {version('rank_bm25')} (BM25Okapi)",
    "documents": {"sentences": SENTENCES, "letters": LETTERS},
    "tolerance": 1e-12,
    "cases": cases,
}
path = pathlib.Path(__file__).parent.parent / "bm25.json"
path.write_text(json.dumps(out, indent="\t") + "\n")
