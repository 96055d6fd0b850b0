"""Writes ../socialChoiceOwn.json: zero-sum games and maximal lotteries by SciPy's linear programmes (HiGHS),
regularised equilibria and finite batches by SciPy's root finder and by going through every batch, and the
probability of a Condorcet winner by going through every pair of other voters.

Run with a Python that has scipy: python3 socialChoiceOwn.py
"""
import itertools
import json
import math
import pathlib

import numpy as np
import scipy
from scipy.optimize import linprog, root

rng = np.random.default_rng(3)


def game(name, payoffs):
    a = np.asarray(payoffs, float)
    rows, columns = a.shape
    # maximise v subject to p'A >= v for every column
    result = linprog(
        np.r_[np.zeros(rows), -1],
        A_ub=np.c_[-a.T, np.ones(columns)],
        b_ub=np.zeros(columns),
        A_eq=[np.r_[np.ones(rows), 0]],
        b_eq=[1],
        bounds=[(0, None)] * rows + [(None, None)],
        method="highs",
    )
    assert result.success
    return {"name": name, "inputs": {"row_payoffs": a.tolist()}, "outputs": {"value": -result.fun}}


def lottery(name, margins):
    m = np.asarray(margins, float)
    n = len(m)
    reach = []
    for i in range(n):
        ends = []
        for sign in (1, -1):
            c = np.zeros(n)
            c[i] = sign
            result = linprog(
                c, A_ub=-m.T, b_ub=np.zeros(n), A_eq=[np.ones(n)], b_eq=[1], method="highs"
            )
            assert result.success
            ends.append(sign * result.fun)
        reach.append(ends)
    low, high = np.array(reach).T
    return {
        "name": name,
        "inputs": {"margins": m.tolist()},
        "outputs": {
            "p_min": low.tolist(),
            "p_max": high.tolist(),
            "unique": bool((high - low).max() < 1e-6),
        },
    }


def skew(upper, n):
    m = np.zeros((n, n))
    m[np.triu_indices(n, 1)] = upper
    return m - m.T


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def equilibrium(name, preferences, tau, reference):
    p, q = np.asarray(preferences, float), np.asarray(reference, float)

    def fault(theta):
        return theta - np.log(q) - (p @ softmax(theta) - 0.5) / tau

    result = root(fault, np.log(q), method="lm", tol=1e-14)
    assert np.abs(fault(result.x)).max() < 1e-9
    return {
        "name": name,
        "inputs": {"preferences": p.tolist(), "tau": tau, "reference": q.tolist()},
        "outputs": {"policy": softmax(result.x).tolist()},
    }


def batches(name, preferences, policy, tau, b1, reference):
    p, pi, q = (np.asarray(x, float) for x in (preferences, policy, reference))
    opponent, acceptance, proposals = np.zeros(len(p)), 0.0, 0.0
    for batch in itertools.product(range(len(p)), repeat=b1):
        chance = math.prod(pi[list(batch)])
        weights = q * np.exp(-p[list(batch)].mean(0) / tau)
        opponent += chance * weights / weights.sum()
        acceptance += chance * weights.sum()
        proposals += chance / weights.sum()
    return {
        "name": name,
        "inputs": {
            "preferences": p.tolist(),
            "policy": pi.tolist(),
            "tau": tau,
            "b1": b1,
            "reference": q.tolist(),
        },
        "outputs": {
            "opponent": opponent.tolist(),
            "acceptance": acceptance,
            "proposals": proposals,
        },
    }


def paradox(alternatives, voters):
    """The first voter's order may be fixed: only how the others lie to it counts."""
    orders = list(itertools.permutations(range(alternatives)))
    places = [np.argsort(order) for order in orders]
    above = np.array([np.less.outer(place, place) for place in places]) * 2 - 1
    winner = cycle = 0
    for others in itertools.product(range(len(orders)), repeat=voters - 1):
        m = above[0] + above[list(others)].sum(0)
        wins = ((m > 0) & ~np.eye(alternatives, dtype=bool)).sum(1)
        winner += wins.max() == alternatives - 1
        cycle += sorted(wins) != list(range(alternatives))
    total = len(orders) ** (voters - 1)
    return {
        "name": f"{alternatives} alternatives, {voters} voters",
        "inputs": {"alternatives": alternatives, "voters": voters},
        "outputs": {"winner": winner / total, "cycle": cycle / total},
    }


def three(a, b, c):
    return [[0.5, 0.5 + a / 2, 0.5 - c / 2], [0.5 - a / 2, 0.5, 0.5 + b / 2], [0.5 + c / 2, 0.5 - b / 2, 0.5]]


def any_preferences(n):
    return (skew(rng.uniform(-1, 1, n * (n - 1) // 2).round(3), n) + 1) / 2


games = [game(f"whole numbers {r} x {c}", rng.integers(-2, 3, (r, c))) for r, c in
         [(1, 1), (1, 5), (5, 1), (3, 3), (4, 7), (7, 4), (10, 10), (12, 18)]]
games += [game(f"any numbers {r} x {c}", rng.normal(3, 10, (r, c)).round(2)) for r, c in [(2, 2), (6, 6), (12, 5), (16, 16)]]
games += [game("all the same", np.full((3, 4), 7.0)), game("equal rows", [[1, 2, 3]] * 3),
          game("tiny", 1e-9 * rng.normal(size=(4, 4)).round(3)), game("large", 1e9 * rng.normal(size=(4, 4)).round(3))]

lotteries = [lottery(f"odd margins, {n}", skew(2 * rng.integers(-3, 3, n * (n - 1) // 2) + 1, n))
             for n in (3, 5, 7, 9, 12)]
lotteries += [lottery(f"even margins with ties, {n}", skew(2 * rng.integers(-1, 2, n * (n - 1) // 2), n))
              for n in (3, 4, 5, 6, 8)]
lotteries += [lottery(f"any margins, {n}", skew(rng.normal(size=n * (n - 1) // 2).round(3), n)) for n in (4, 7)]

uniform = [1 / 3] * 3
equilibria = [equilibrium(f"three, tau {tau}", three(0.2, 0.6, 0.4), tau, uniform) for tau in (1, 0.2, 0.1)]
equilibria += [equilibrium("three, uneven reference", three(0.2, 0.8, 0.1), 0.3, [0.7, 0.2, 0.1])]
equilibria += [equilibrium(f"any {n}", any_preferences(n), 0.25, rng.dirichlet(np.ones(n))) for n in (2, 5, 8)]

finite = [batches(f"B1 {b1}, tau {tau}", three(0.2, 0.6, 0.4), [0.5, 0.3, 0.2], tau, b1, uniform)
          for b1, tau in [(1, 0.2), (2, 0.2), (5, 0.2), (3, 0.05)]]
finite += [batches("certain wins", [[0.5, 1], [0, 0.5]], [0.5, 0.5], 1.0, 1, [0.5, 0.5]),
           batches("four responses", any_preferences(4), [0.1, 0.2, 0.3, 0.4], 0.3, 4, [0.4, 0.3, 0.2, 0.1])]

paradoxes = [paradox(*case) for case in [(3, 3), (3, 5), (4, 3), (5, 3)]]


def section(name, function, formula, cases, atol):
    return {
        "name": name,
        "source": {"repo": f"scipy {scipy.__version__}", "function": function, "own": True},
        "formula": formula,
        "tolerance": {"rtol": 1e-7, "atol": atol},
        "cases": cases,
    }


document = {
    "topic": "zero-sum games, maximal lotteries, regularised equilibria, paradoxes",
    "encoding": "plain numbers",
    "precision": "float64",
    "made_with": f"socialChoiceOwn.py, scipy {scipy.__version__}, numpy {np.__version__}",
    "sections": [
        section("games", "optimize.linprog (HiGHS)", "max v: p'A >= v, sum p = 1", games, 1e-8),
        section("lotteries", "optimize.linprog (HiGHS)", "least and largest p_i with p'M >= 0", lotteries, 1e-7),
        section("equilibria", "optimize.root (lm)", "pi ~ ref exp(P pi / tau)", equilibria, 1e-9),
        section("finite_batches", "every batch gone through", "E[ref exp(-g/tau)/Z], E[Z], E[1/Z]", finite, 1e-10),
        section("paradoxes", "every electorate gone through, first voter fixed", "impartial culture", paradoxes, 1e-12),
    ],
}
path = pathlib.Path(__file__).parent.parent / "socialChoiceOwn.json"
path.write_text(json.dumps(document, indent="\t") + "\n")
