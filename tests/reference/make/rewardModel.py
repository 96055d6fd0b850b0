"""Writes ../rewardModel.json: linear Bradley-Terry rewards by SciPy's BFGS, and the mean and mean square of
the largest of n standard normals by SciPy's quadrature.

Run with a Python that has SciPy: python3 rewardModel.py
"""
import json
import pathlib

import numpy as np
import scipy
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.special import log_ndtr

rng = np.random.default_rng(1)


def fit(differences, alpha):
    def objective(w):
        return alpha * w @ w + np.logaddexp(0, -differences @ w).sum()

    def gradient(w):
        return 2 * alpha * w - differences.T @ (1 / (1 + np.exp(differences @ w)))

    best = minimize(objective, np.zeros(differences.shape[1]), jac=gradient, method="BFGS", options={"gtol": 1e-11})
    return best.x


def fits():
    for comparisons, features, alpha in [(1, 1, 0.5), (6, 2, 0.1), (6, 3, 0.1), (40, 4, 1.0), (3, 5, 0.01), (200, 2, 10.0)]:
        differences = np.round(rng.normal(size=(comparisons, features)) * 2, 3)
        yield {
            "name": f"{comparisons} comparisons, {features} features, alpha={alpha}",
            "inputs": {"differences": differences.tolist(), "alpha": alpha},
            "outputs": fit(differences, alpha).tolist(),
        }


def largest(n):
    def moment(power):
        def density(x):
            return x**power * np.exp(np.log(n) + (n - 1) * log_ndtr(x) - x * x / 2) / np.sqrt(2 * np.pi)

        return sum(quad(density, a, a + 1, epsabs=1e-13)[0] for a in range(-10, 12))

    return {"name": f"n={n}", "inputs": n, "outputs": [moment(1), moment(2)]}


reference = {
    "topic": "a linear reward model and best of n",
    "precision": "float64",
    "made_with": f"numpy {np.__version__}, scipy {scipy.__version__}",
    "sections": [
        {
            "name": "bradley_terry_linear",
            "source": {"repo": "scipy", "function": "scipy.optimize.minimize, BFGS"},
            "formula": "min_w alpha |w|^2 - sum log sigmoid(w.d)",
            "tolerance": {"rtol": 1e-7, "atol": 1e-8},
            "cases": list(fits()),
        },
        {
            "name": "largest_of_n_normals",
            "source": {"repo": "scipy", "function": "scipy.integrate.quad"},
            "formula": "E M and E M^2 for M the largest of n standard normals",
            "tolerance": {"rtol": 1e-10, "atol": 1e-10},
            "cases": [largest(n) for n in [1, 2, 4, 16, 64, 256, 1024, 8192, 65536]],
        },
    ],
}
target = pathlib.Path(__file__).parent.parent / "rewardModel.json"
target.write_text(json.dumps(reference, indent="\t") + "\n")
