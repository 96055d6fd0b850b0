"""Writes ../routing.json: the codes of the paper on LLM-improved solvers, run as they are.

Takes clones of github.com/camilochs/comb-opt-for-all (its prompts hold the originals from pyCombinatorial) and
github.com/Valdecy/pyCombinatorial; needs numpy, scipy and networkx:
python3 routing.py comb-opt-for-all pyCombinatorial

Random numbers of the learners are recorded in the order in which they are drawn.
"""
import json
import pathlib
import random
import re
import subprocess
import sys

import networkx
import numpy

paper, library = map(pathlib.Path, sys.argv[1:3])
sys.setrecursionlimit(10_000)
networkx.from_numpy_matrix = networkx.from_numpy_array


def commit(repo):
    return subprocess.check_output(["git", "-C", repo, "rev-parse", "HEAD"], text=True).strip()


def show(path, repo=paper):
    return subprocess.check_output(["git", "-C", repo, "show", f"HEAD:{path}"], text=True)


def run(code):
    namespace = {}
    exec(code, namespace)
    return namespace


def original(prompt):
    text = show(f"prompts/{prompt}.txt")
    return run(text[text.index("# Required Libraries") :])


class Silent:
    def put(self, value):
        pass


def rewrite(name):
    return run(show(f"algorithms_generated_LLMs/{name}.py").replace("time.sleep(0.1)", "pass"))


def distances(points):
    points = numpy.array(points, dtype=float)
    return numpy.sqrt(((points[:, None] - points[None]) ** 2).sum(-1))


def held_karp(matrix):
    n = len(matrix) - 1
    best = numpy.full((1 << n, n), numpy.inf)
    for j in range(n):
        best[1 << j, j] = matrix[0, j + 1]
    inner = matrix[1:, 1:]
    for visited in range(1, 1 << n):
        last = [j for j in range(n) if visited >> j & 1]
        through = (best[visited][last][:, None] + inner[last]).min(axis=0)
        for k in range(n):
            if not visited >> k & 1:
                cell = visited | 1 << k
                best[cell, k] = min(best[cell, k], through[k])
    return float((best[-1] + matrix[1:, 0]).min())


def branch_and_bound():
    codes = {
        "original": original("Branch and Bound"),
        "r1": rewrite("bb_deepseek_r1"),
        "o1": rewrite("bb_o1"),
    }
    generator = numpy.random.default_rng(1)
    instances = []
    for side in [1, 100]:
        for i in range(14):
            points = numpy.round(generator.random((6 + i % 3, 2)) * side, 6 if side == 1 else 3).tolist()
            instances.append((f"{len(points)} cities, side {side}, {i}", points))
    for i in range(1, 11):
        rows = show(f"instances/branch_and_bound/tsp_instance_{i}.tsp").split("\n")[1:]
        instances.append((f"instance {i} of the paper", [[float(x) for x in row.split()] for row in rows if row]))
    cases = []
    for name, points in instances:
        matrix = distances(points)
        outputs = {"optimum": held_karp(matrix)}
        for code, namespace in codes.items():
            if code == "original" and len(points) > 11:
                continue  # hours in all
            try:
                outputs[code] = float(namespace["branch_and_bound"](matrix.copy())[1])
            except TypeError:
                outputs[code] = "raises"  # its first tour was the shortest
        cases.append({"name": name, "inputs": {"points": points}, "outputs": outputs})
    return {
        "name": "branch_and_bound",
        "formula": "length of the tour found; optimum by Held and Karp's program, in this script",
        "tolerance": {"rtol": 1e-9, "atol": 0},
        "cases": cases,
    }


def local_search():
    generator = numpy.random.default_rng(2)
    annealing, hull = original("Simulated Annealing"), original("Convex Hull Algorithm")
    cases = []
    for n in [6, 9, 14, 20, 27, 35]:
        points = numpy.round(generator.random((n, 2)) * 1000, 3).tolist()
        matrix = distances(points)
        start = [int(city) + 1 for city in generator.permutation(n)]
        tour = [start + start[:1], 0]
        tour[1] = annealing["distance_calc"](matrix, tour)
        improved = annealing["local_search_2_opt"](matrix, tour, -1, False)
        inserted = hull["convex_hull_algorithm"](numpy.array(points), matrix, False, False)
        searched = hull["convex_hull_algorithm"](numpy.array(points), matrix, True, False)
        cases.append(
            {
                "name": f"{n} cities",
                "inputs": {"points": points, "start": [city - 1 for city in start]},
                "outputs": {
                    "two_opt_tour": [city - 1 for city in improved[0][:-1]],
                    "two_opt_length": float(improved[1]),
                    "hull_insertion_length": float(inserted[1]),
                    "hull_insertion_then_two_opt_length": float(searched[1]),
                },
            }
        )
    return {
        "name": "two_opt_and_convex_hull",
        "formula": "local_search_2_opt from `start`; convex_hull_algorithm without and with its local search",
        "tolerance": {"rtol": 1e-9, "atol": 0},
        "cases": cases,
    }


def matching():
    generator = numpy.random.default_rng(3)
    cases = []
    for n in [2, 4, 6, 8, 10, 12, 16, 20, 24, 30, 36, 44, 60]:
        for whole in [True, False]:
            matrix = distances(generator.random((n, 2)) * 100)
            if n in (12, 24) and whole:
                matrix = generator.integers(0, 9, (n, n)).astype(float)  # many ties, no triangle inequality
                matrix = numpy.triu(matrix, 1) + numpy.triu(matrix, 1).T
            matrix = numpy.round(matrix) if whole else numpy.round(matrix, 4)
            graph = networkx.Graph()
            graph.add_weighted_edges_from(
                (i, j, float(matrix[i, j])) for i in range(n) for j in range(i)
            )
            pairs = networkx.min_weight_matching(graph)
            upper = [float(matrix[i, j]) for i in range(n) for j in range(i + 1, n)]
            cases.append(
                {
                    "name": f"{n} points, {'whole' if whole else 'real'}",
                    "inputs": {"n": n, "upper": upper},
                    "outputs": {"total": float(sum(matrix[i, j] for i, j in pairs))},
                }
            )
    return {
        "name": "perfect_matching",
        "source": {"library": f"networkx {networkx.__version__}", "function": "min_weight_matching"},
        "formula": "least total cost; upper: costs of the pairs i < j, row by row",
        "tolerance": {"rtol": 1e-7, "atol": 0},
        "cases": cases,
    }


class Recorder:
    """Stands in for `random` and `numpy.random.choice` and writes down what they draw."""

    def __init__(self, seed):
        self.generator = random.Random(seed)
        self.drawn = []

    def note(self, value):
        self.drawn.append(value)
        return value

    def randint(self, low, high):
        return self.note(self.generator.randint(low, high))

    def random(self):
        return self.note(self.generator.random())

    def choice(self, items, p=None):
        if p is None:
            return items[self.note(self.generator.randrange(len(items)))]
        place = int(numpy.searchsorted(numpy.cumsum(p), self.random(), side="right"))
        return items[min(place, len(items) - 1)]


def learners():
    codes = {
        "q_learning": (original("RL Q-learning"), "q_learning", {}),
        "q_learning r1": (rewrite("rl_ql_deepseek_r1"), "q_learning", {"best_c": Silent()}),
        "sarsa": (run(show("pyCombinatorial/algorithm/rl_sarsa.py", library)), "sarsa", {}),
        "sarsa of the prompt": (original("RL Sarsa"), "sarsa_original", {}),
        "sarsa o1": (rewrite("rl_sarsa_o1"), "sarsa", {"best_c": Silent()}),
    }
    points = numpy.round(numpy.random.default_rng(4).random((7, 2)) * 100, 2).tolist()
    choice = numpy.random.choice
    cases = []
    for seed, (name, (namespace, function, extra)) in enumerate(codes.items()):
        recorder = Recorder(seed)
        namespace["random"] = recorder
        numpy.random.choice = recorder.choice
        options = {"learning_rate": 0.3, "discount_factor": 0.9, "epsilon": 0.2, "episodes": 30}
        _, _, table = namespace[function](
            distances(points), **options, local_search=False, verbose=False, **extra
        )
        cases.append(
            {
                "name": name,
                "inputs": {"points": points, **options, "drawn": recorder.drawn},
                "outputs": {"q": [float(value) for value in numpy.ravel(table)]},
            }
        )
    numpy.random.choice = choice
    return {
        "name": "learners",
        "formula": "the table of action values after the run; drawn: all random numbers in order",
        "tolerance": {"rtol": 1e-9, "atol": 1e-12},
        "cases": cases,
    }


source = {
    "repo": "camilochs/comb-opt-for-all",
    "commit": commit(paper),
    "originals": "from its prompts, except sarsa: Valdecy/pyCombinatorial " + commit(library),
}
sections = [
    {"source": source, **section} for section in [branch_and_bound(), local_search(), matching(), learners()]
]
result = {
    "topic": "solvers of the travelling salesman problem, as the paper's codes run",
    "encoding": "plain JSON",
    "precision": "float64",
    "made_with": f"Python {sys.version.split()[0]}, numpy {numpy.__version__}, networkx {networkx.__version__}",
    "sections": sections,
}
path = pathlib.Path(__file__).parent.parent / "routing.json"
text = json.dumps(result, indent="\t", ensure_ascii=False)
lists = re.compile(r"\[[-\d.e,\s]+\]")
path.write_text(lists.sub(lambda match: " ".join(match[0].split()), text) + "\n")
