"""Writes ../geometryOwn.json: rigid motions by SciPy's RigidTransform, and e3nn's definitions of the Wigner
matrices and 3j symbols worked out with SciPy's expm and SymPy's Clebsch-Gordan coefficients.

Run with a Python that has scipy >= 1.16 and sympy: python3 geometry.py
"""
import json
import pathlib

import numpy as np
import scipy
import sympy
from scipy.linalg import expm
from scipy.spatial.transform import RigidTransform, Rotation
from sympy.physics.quantum.cg import CG

rng = np.random.default_rng(11)


def real_to_complex(l):
    """The unitary change of basis that e3nn uses, with its factor (-i)^l."""
    q = np.zeros((2 * l + 1, 2 * l + 1), complex)
    q[l, l] = 1
    for m in range(1, l + 1):
        q[l - m, l + m], q[l - m, l - m] = np.array([1, -1j]) / np.sqrt(2)
        q[l + m, l + m], q[l + m, l - m] = (-1) ** m * np.array([1, 1j]) / np.sqrt(2)
    return (-1j) ** l * q


def symbols(l1, l2, l3):
    cg = np.zeros((2 * l1 + 1, 2 * l2 + 1, 2 * l3 + 1))
    for m1 in range(-l1, l1 + 1):
        for m2 in range(-l2, l2 + 1):
            if abs(m1 + m2) <= l3:
                cg[l1 + m1, l2 + m2, l3 + m1 + m2] = float(CG(l1, m1, l2, m2, l3, m1 + m2).doit())
    q1, q2, q3 = map(real_to_complex, (l1, l2, l3))
    c = np.einsum("ij,kl,mn,ikn->jlm", q1, q2, np.conj(q3.T), cg)
    assert np.abs(c.imag).max() < 1e-12
    return c.real / np.linalg.norm(c.real)


def generators(l):
    """Of the turns about x and y, in the real basis; x and y as e3nn names them."""
    m = np.arange(-l, l)
    raising = np.diag(-np.sqrt(l * (l + 1) - m * (m + 1)), -1)
    m = np.arange(-l + 1, l + 1)
    lowering = np.diag(np.sqrt(l * (l + 1) - m * (m - 1)), 1)
    about_x = 0.5 * (raising + lowering)
    about_y = np.diag(1j * np.arange(-l, l + 1))
    q = real_to_complex(l)
    return [np.real(np.conj(q.T) @ x @ q) for x in (about_x, about_y)]


def wigner(l, alpha, beta, gamma):
    x, y = generators(l)
    return expm(alpha * y) @ expm(beta * x) @ expm(gamma * y)


def motion(v, w):
    transform = RigidTransform.from_exp_coords(np.concatenate([w, v]))  # SciPy: rotation first
    return {
        "inputs": {"v": list(v), "w": list(w)},
        "outputs": {
            "T": transform.as_matrix().tolist(),
            "inverse_T": transform.inv().as_matrix().tolist(),
            "exp_coords_w_v": transform.as_exp_coords().tolist(),
            "quat_xyzw": transform.rotation.as_quat().tolist(),
        },
    }


angles = [tuple(rng.uniform(-np.pi, np.pi, 3)) for _ in range(6)]
reference = {
    "topic": "rigid motions, generic Wigner matrices and all 3j symbols to degree 2",
    "encoding": "plain numbers",
    "precision": "float64",
    "made_with": f"scipy {scipy.__version__}, numpy {np.__version__}, sympy {sympy.__version__}",
    "sections": [
        {
            "name": "rigid_transform_scipy",
            "source": {"repo": f"scipy {scipy.__version__}", "function": "spatial.transform.RigidTransform"},
            "formula": "exp of a twist; SciPy's own order is (w, v)",
            "tolerance": {"rtol": 1e-9, "atol": 1e-9},
            "cases": [motion([1.0, 0.0, 0.0], [0.0, 0.0, np.pi / 2])]
            + [motion(rng.normal(size=3), rng.normal(size=3)) for _ in range(6)],
        },
        {
            "name": "wigner_D_generic",
            "source": {"repo": "e3nn/e3nn", "path": "e3nn/o3/_wigner.py", "own": True},
            "formula": "e3nn's definition, exp(alpha X1) exp(beta X0) exp(gamma X1); R by SciPy's 'YXY'",
            "tolerance": {"rtol": 1e-9, "atol": 1e-9},
            "cases": [
                {
                    "inputs": dict(zip(("alpha", "beta", "gamma"), abc)),
                    "outputs": {
                        "R": Rotation.from_euler("YXY", abc).as_matrix().tolist(),
                        "D1": wigner(1, *abc).tolist(),
                        "D2": wigner(2, *abc).tolist(),
                    },
                }
                for abc in angles
            ],
        },
        {
            "name": "wigner_3j_all",
            "source": {"repo": "e3nn/e3nn", "path": "e3nn/o3/_wigner.py", "own": True},
            "formula": "e3nn's definition with SymPy's exact Clebsch-Gordan coefficients",
            "tolerance": {"rtol": 1e-12, "atol": 1e-12},
            "cases": [
                {"inputs": {"l1l2l3": [a, b, c]}, "outputs": symbols(a, b, c).tolist()}
                for a in range(3)
                for b in range(3)
                for c in range(abs(a - b), min(2, a + b) + 1)
            ],
        },
    ],
}
pathlib.Path(__file__).with_name("..").joinpath("geometryOwn.json").resolve().write_text(json.dumps(reference))
