"""Writes ../learningRate.json: the Hugging Face trainer's learning rates, step by step.

Takes src/transformers/optimization.py of github.com/huggingface/transformers and runs its functions
of one step alone, without importing the library: python3 learningRate.py optimization.py
"""
import ast
import json
import math
import pathlib
import sys

FACTORS = {
    "constant": "_get_constant_lambda",
    "constant_with_warmup": "_get_constant_schedule_with_warmup_lr_lambda",
    "linear": "_get_linear_schedule_with_warmup_lr_lambda",
    "cosine": "_get_cosine_schedule_with_warmup_lr_lambda",
}
COMMIT = "005edacb6b5dabbf0843e92c6623de9e07ca6241"

tree = ast.parse(pathlib.Path(sys.argv[1]).read_text())
library = {"math": math}
for node in tree.body:
    # The first of two functions of one name is the one for 'cosine'.
    if isinstance(node, ast.FunctionDef) and node.name in FACTORS.values() and node.name not in library:
        exec(compile(ast.Module([node], []), "optimization.py", "exec"), library)


def case(kind, lr, warmup, total, steps):
    factor = library[FACTORS[kind]]
    arguments = {
        "constant": {},
        "constant_with_warmup": {"num_warmup_steps": warmup},
        "linear": {"num_warmup_steps": warmup, "num_training_steps": total},
        "cosine": {"num_warmup_steps": warmup, "num_training_steps": total, "num_cycles": 0.5},
    }[kind]
    return {
        "name": f"{kind}, warm-up {warmup} of {total}",
        "inputs": {"lr_scheduler_type": kind, "learning_rate": lr, "warmup_steps": warmup, "max_steps": total, "steps": steps},
        "outputs": [lr * factor(step, **arguments) for step in steps],
    }


steps = [0, 1, 2, 3, 5, 10, 19, 20, 21, 50, 99, 100, 101, 130]
cases = [
    case(kind, lr, warmup, total, steps)
    for kind in FACTORS
    for lr, warmup, total in [(1.0, 0, 100), (3e-4, 20, 100), (1e-6, 1, 100), (1.0, 100, 100), (1.0, 200, 100)]
]
out = {
    "topic": "learning-rate schedules",
    "encoding": "float64",
    "precision": "float64",
    "made_with": "make/learningRate.py",
    "sections": [
        {
            "name": "hf_schedules",
            "source": {"repo": "huggingface/transformers", "path": "src/transformers/optimization.py", "function": ", ".join(FACTORS.values()), "commit": COMMIT},
            "formula": "learning_rate times the function's factor at each of the steps",
            "tolerance": {"rtol": 1e-12, "atol": 1e-18},
            "cases": cases,
        }
    ],
}
path = pathlib.Path(__file__).parent.parent / "learningRate.json"
path.write_text(json.dumps(out, indent="\t") + "\n")
