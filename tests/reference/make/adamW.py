"""Writes ../adamW.json: torch.optim.AdamW and torch.nn.utils.clip_grad_norm_ on float32 tensors.

Run with a Python that has torch: python3 adamW.py
"""
import json
import pathlib

import torch

torch.set_num_threads(1)


def floats(tensor):
    return [float(x) for x in tensor]


def adamw(name, steps, size, decayed, seed, scale=1.0, **options):
    torch.manual_seed(seed)
    start = torch.randn(size)
    gradients = [torch.randn(size) * scale for _ in range(steps)]
    gradients[0][0] = 0.0
    parameters = torch.nn.Parameter(start[:decayed].clone()), torch.nn.Parameter(start[decayed:].clone())
    decay = options.pop("weight_decay")
    optimizer = torch.optim.AdamW(
        [{"params": [parameters[0]], "weight_decay": decay}, {"params": [parameters[1]], "weight_decay": 0.0}],
        foreach=False,
        **options,
    )
    after = []
    for gradient in gradients:
        parameters[0].grad, parameters[1].grad = gradient[:decayed].clone(), gradient[decayed:].clone()
        optimizer.step()
        after.append(floats(torch.cat([p.detach() for p in parameters])))
    return {
        "name": name,
        "inputs": {
            "parameters": floats(start),
            "gradients": [floats(g) for g in gradients],
            "decayed": decayed,
            "weight_decay": decay,
            **options,
        },
        "outputs": {"parameters": after},
    }


def clip(name, gradient, max_norm):
    parameter = torch.nn.Parameter(torch.zeros(len(gradient)))
    parameter.grad = torch.tensor(gradient)
    norm = torch.nn.utils.clip_grad_norm_([parameter], max_norm)
    return {
        "name": name,
        "inputs": {"gradient": floats(torch.tensor(gradient)), "max_norm": max_norm},
        "outputs": {"norm": float(norm), "gradient": floats(parameter.grad)},
    }


default = {"lr": 1e-3, "betas": [0.9, 0.999], "eps": 1e-8}
sections = [
    {
        "name": "adamw",
        "source": {"repo": "pytorch/pytorch", "path": "torch/optim/adamw.py", "function": "AdamW.step (foreach=False)", "note": f"Debian's torch {torch.__version__}"},
        "formula": "p*=1-lr*wd; m=b1*m+(1-b1)*g; v=b2*v+(1-b2)*g*g; p-=lr/(1-b1^t)*m/(sqrt(v)/sqrt(1-b2^t)+eps); the first `decayed` parameters have weight_decay, the rest 0",
        "tolerance": {"rtol": 2e-6, "atol": 1e-7},
        "cases": [
            adamw("defaults", 8, 6, 6, 1, weight_decay=1e-2, **default),
            adamw("no decay", 8, 6, 0, 2, weight_decay=0.0, **default),
            adamw("half decayed, strongly", 8, 6, 3, 3, weight_decay=0.5, lr=3e-2, betas=[0.9, 0.95], eps=1e-8),
            adamw("large epsilon", 5, 5, 5, 4, weight_decay=0.1, lr=1e-1, betas=[0.5, 0.9], eps=1e-2),
            adamw("gradients of 1e-6", 5, 5, 5, 5, scale=1e-6, weight_decay=0.0, **default),
            adamw("gradients of 1e6", 5, 5, 5, 6, scale=1e6, weight_decay=0.0, **default),
        ],
    },
    {
        "name": "clip_grad_norm",
        "source": {"repo": "pytorch/pytorch", "path": "torch/nn/utils/clip_grad.py", "function": "clip_grad_norm_", "note": f"Debian's torch {torch.__version__}"},
        "formula": "g *= min(1, max_norm/(norm+1e-6))",
        "tolerance": {"rtol": 5e-7, "atol": 0},
        "cases": [
            clip("3 4 5", [3.0, 4.0], 1.0),
            clip("below the limit", [0.3, 0.4], 1.0),
            clip("at the limit: the guard clips a millionth", [0.6, 0.8], 1.0),
            clip("zero", [0.0, 0.0, 0.0], 1.0),
            clip("tiny norm, tiny limit", [3e-7, 4e-7], 1e-7),
            clip("large", [1e10, -2e10, 3e10], 0.5),
        ],
    },
]
out = {
    "topic": "AdamW and gradient clipping in float32",
    "encoding": "float32 values as decimal float64",
    "precision": "float32",
    "made_with": f"make/adamW.py, torch {torch.__version__}",
    "sections": sections,
}
path = pathlib.Path(__file__).parent.parent / "adamW.json"
path.write_text(json.dumps(out, indent="\t") + "\n")
