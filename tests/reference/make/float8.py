"""Bytes and numbers of the two 8-bit formats, as ml_dtypes 0.6 has them. Writes ../float8.json."""

import json
from pathlib import Path

import ml_dtypes
import numpy as np

FORMATS = {"e4m3": ml_dtypes.float8_e4m3fn, "e5m2": ml_dtypes.float8_e5m2}


def plain(value):
    value = float(value)
    if np.isnan(value):
        return "NaN"
    if np.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def section(name, dtype):
    every = np.arange(256, dtype=np.uint8).view(dtype).astype(np.float64)
    finite = np.unique(every[np.isfinite(every)])
    # float32 to float8 rounds once; halfway points are exact in float32
    halfway = (finite[1:] + finite[:-1]) / 2
    random = np.random.default_rng(1)
    spread = random.normal(size=150) * 2.0 ** random.integers(-12, 18, size=150)
    limit = float(finite.max())
    edge = np.array([limit, limit * 1.03, limit * 1.07, limit * 2, -limit * 2, 0.0, 1e-30, -1e-30])
    values = np.concatenate([halfway, spread, edge]).astype(np.float32)
    codes = values.astype(dtype).view(np.uint8)
    return {
        "name": name,
        "source": {"repo": "jax-ml/ml_dtypes", "version": ml_dtypes.__version__, "function": dtype.__name__},
        "formula": "decode: byte to number, all 256; encode: float32 to byte, nearest, ties to even",
        "tolerance": {"rtol": 0, "atol": 0},
        "cases": [
            {"name": "decode", "inputs": list(range(256)), "outputs": [plain(v) for v in every]},
            {"name": "encode", "inputs": [float(v) for v in values], "outputs": [int(c) for c in codes]},
        ],
    }


if __name__ == "__main__":
    out = {
        "topic": "8-bit floating point",
        "encoding": 'non-finite numbers are the strings "NaN", "Infinity", "-Infinity"',
        "precision": "exact",
        "made_with": f"ml_dtypes {ml_dtypes.__version__}, numpy {np.__version__}",
        "sections": [section(name, dtype) for name, dtype in FORMATS.items()],
    }
    Path(__file__).parents[1].joinpath("float8.json").write_text(json.dumps(out))
