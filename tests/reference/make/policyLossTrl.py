"""Writes ../policyLossTrl.json: TRL's own loss code on small batches, with autograd's gradient.

Takes the source of TRL and OpenRLHF at the commits below and runs the statements of the loss alone,
without importing the libraries:

    python3 policyLossTrl.py grpo_trainer.py gspo_token/grpo_trainer.py gmpo_trainer.py verl_core_algos.py openrlhf_utils.py
"""
import ast
import itertools
import json
import math
import pathlib
import sys
import types

import torch

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
TRL = "f2cd57710ae345ea6428ae95363267fcf38a3dc8"


def function(path, name, scope):
    """One function of a file, without its decorators."""
    for node in ast.walk(ast.parse(pathlib.Path(path).read_text())):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            node.decorator_list = []
            node.returns = None
            for argument in node.args.args:
                argument.annotation = None
            exec(compile(ast.Module([node], []), path, "exec"), scope)
            return scope[name]
    raise ValueError(name)


def statements(path, first, last):
    """The statements of _compute_loss from the one that starts with `first` to the one before `last`."""
    source = pathlib.Path(path).read_text()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name == "_compute_loss":
            texts = [ast.get_source_segment(source, child) for child in node.body]
            start = next(i for i, text in enumerate(texts) if text.startswith(first))
            stop = next(i for i, text in enumerate(texts) if i > start and text.startswith(last))
            return compile(ast.Module(node.body[start:stop], []), path, "exec")
    raise ValueError(path)


grpo, gspo_token, gmpo, core_algos, openrlhf_utils = sys.argv[1:]
BLOCKS = {
    "grpo": statements(grpo, "log_ratio = ", "if self._entropy_bonus_enabled"),
    "gspo_token": statements(gspo_token, "log_ratio = ", "def masked_seq_mean"),
    "gmpo": statements(gmpo, "log_ratio = ", "def masked_seq_mean"),
}

MASKS = {
    "full": [[1] * 5, [1] * 5, [1] * 5],
    "padded": [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0], [1, 0, 0, 0, 0]],
    "holes": [[1, 0, 1, 1, 0], [0, 1, 1, 0, 1], [1, 1, 0, 1, 1]],
    "empty row": [[1, 1, 1, 1, 0], [0, 0, 0, 0, 0], [1, 1, 0, 0, 0]],
}


def batch(seed, spread):
    generator = torch.Generator().manual_seed(seed)
    rounded = lambda x: (x * 1e4).round() / 1e4
    old = rounded(-torch.rand(3, 5, generator=generator) * 3 - 0.05)
    new = rounded(torch.minimum(old + spread * torch.randn(3, 5, generator=generator), torch.tensor(-0.01)))
    ref = rounded(torch.minimum(old + 0.5 * torch.randn(3, 5, generator=generator), torch.tensor(-0.01)))
    return new, old, ref


def run(block, inputs):
    logprob = torch.tensor(inputs["logprob"], requires_grad=True)
    advantages = torch.tensor(inputs["advantages"])
    mask = torch.tensor(inputs["mask"], dtype=torch.float64)
    epsilon = inputs.get("epsilon", 0.2)
    args = types.SimpleNamespace(
        delta=inputs.get("delta"),
        use_bias_correction_kl=inputs.get("use_bias_correction_kl", False),
        sapo_temperature_pos=inputs.get("sapo_temperature_pos", 1.0),
        sapo_temperature_neg=inputs.get("sapo_temperature_neg", 1.05),
    )
    self = types.SimpleNamespace(
        args=args,
        loss_type=inputs.get("loss_type", "grpo"),
        importance_sampling_level=inputs.get("importance_sampling_level", "token"),
        epsilon_low=epsilon,
        epsilon_high=inputs.get("epsilon_high", epsilon),
        beta=inputs.get("beta", 0.0),
        max_completion_length=inputs.get("max_completion_length", mask.shape[1]),
        off_policy_mask_threshold=None,
        use_vllm=False,
        current_gradient_accumulation_steps=1,
        model=types.SimpleNamespace(training=True),
        accelerator=types.SimpleNamespace(num_processes=1),
    )
    scope = {
        "torch": torch,
        "self": self,
        "per_token_logps": logprob,
        "old_per_token_logps": torch.tensor(inputs["old_logprob"]),
        "advantages": advantages if block == "gmpo" or advantages.dim() == 2 else advantages.unsqueeze(1),
        "mask": mask,
        "entropy_mask": None,
        "inputs": {
            "ref_per_token_logps": torch.tensor(inputs["ref_logprob"]),
            "num_items_in_batch": torch.tensor(float(inputs.get("num_items_in_batch", mask.sum()))),
        },
    }
    if block == "gspo_token" and self.beta:
        raise ValueError("that block has its KL before the statements taken")
    exec(BLOCKS[block], scope)
    loss = scope["loss"]
    (gradient,) = torch.autograd.grad(loss, logprob, allow_unused=True)
    return {"loss": encode(loss), "grad_logprob": encode(gradient)}


def encode(x):
    if isinstance(x, torch.Tensor):
        x = x.tolist()
    if isinstance(x, list):
        return [encode(y) for y in x]
    if math.isnan(x):
        return "NaN"
    return x if math.isfinite(x) else ("Infinity" if x > 0 else "-Infinity")


def cases(block, options, masks=("padded", "holes", "empty row"), advantages="sequence"):
    signs = {"sequence": [[1.2, -0.7, 0.4], [-1.1, 0.9, -0.3]], "token": [
        [[1.0, -0.5, 0.3, 0.8, -1.2], [0.2, 0.9, -0.4, 0.1, 0.5], [-0.7, 0.6, 1.1, -0.2, 0.4]],
    ]}[advantages]
    for (name, given), mask, (k, sign), (seed, spread) in itertools.product(
        options.items(), masks, enumerate(signs), [(1, 0.1), (2, 0.8)]
    ):
        if k == 1 and seed == 1:
            continue
        new, old, ref = batch(seed, spread)
        inputs = {
            "logprob": new.tolist(),
            "old_logprob": old.tolist(),
            "ref_logprob": ref.tolist(),
            "advantages": sign,
            "mask": MASKS[mask],
            **given,
        }
        label = f"{name}, {mask}, drift {spread}, {'signs ' + str(k) if advantages == 'sequence' else 'advantages by token'}"
        yield {"name": label, "inputs": inputs, "outputs": run(block, inputs)}


GRPO = {
    "bnpo": {"loss_type": "bnpo"},
    "sapo": {"loss_type": "sapo"},
    "sapo, temperatures 2 and 3": {"loss_type": "sapo", "sapo_temperature_pos": 2.0, "sapo_temperature_neg": 3.0},
    "cispo, epsilon_high 5": {"loss_type": "cispo", "epsilon_high": 5.0},
    "cispo, epsilon_high 1.1": {"loss_type": "cispo", "epsilon_high": 1.1},
    "dr_grpo, 20 tokens at most, beta 0.1": {"loss_type": "dr_grpo", "max_completion_length": 20, "beta": 0.1},
    "dapo, clip higher": {"loss_type": "dapo", "epsilon_high": 0.28},
    "grpo, delta 1.1 inside the clip": {"loss_type": "grpo", "delta": 1.1},
    "grpo, delta 2, beta 0.3": {"loss_type": "grpo", "delta": 2.0, "beta": 0.3},
    "grpo, bias-corrected KL": {"loss_type": "grpo", "beta": 0.3, "use_bias_correction_kl": True},
    "dapo, bias-corrected KL, sequence": {
        "loss_type": "dapo", "beta": 0.3, "use_bias_correction_kl": True, "importance_sampling_level": "sequence",
    },
    "grpo, sequence, beta 0.3": {"loss_type": "grpo", "beta": 0.3, "importance_sampling_level": "sequence"},
    "sapo, sequence": {"loss_type": "sapo", "importance_sampling_level": "sequence"},
    "cispo, sequence": {"loss_type": "cispo", "epsilon_high": 1.1, "importance_sampling_level": "sequence"},
    "luspo": {"loss_type": "luspo", "importance_sampling_level": "sequence", "epsilon": 2e-3, "epsilon_high": 2.5e-3},
}
BY_TOKEN = {
    "grpo": {"loss_type": "grpo"},
    "dapo, beta 0.1": {"loss_type": "dapo", "beta": 0.1},
    "grpo, sequence": {"loss_type": "grpo", "importance_sampling_level": "sequence"},
    "dapo, sequence": {"loss_type": "dapo", "importance_sampling_level": "sequence"},
}
LUSPO_KL = {"luspo, beta 0.3": {"loss_type": "luspo", "importance_sampling_level": "sequence", "beta": 0.3}}
GSPO_TOKEN = {
    "grpo, sequence_token": {"loss_type": "grpo", "importance_sampling_level": "sequence_token"},
    "dapo, sequence_token": {"loss_type": "dapo", "importance_sampling_level": "sequence_token"},
}
GMPO = {"gmpo": {"epsilon": 0.4}, "gmpo, 0.2 and 0.3, beta 0.1": {"epsilon": 0.2, "epsilon_high": 0.3, "beta": 0.1}}


def overflow():
    """A ratio that overflows: autograd's 0·∞ on tokens that the clip holds."""
    for name, given in {"grpo": {"loss_type": "grpo"}, "sapo": {"loss_type": "sapo"}}.items():
        for sign in ([1.0], [-1.0], [0.0]):
            inputs = {
                "logprob": [[-0.5, -0.2, -0.4]], "old_logprob": [[-1000.0, -0.3, -0.4]], "ref_logprob": [[-1.0, -1.0, -1.0]],
                "advantages": sign, "mask": [[1, 1, 1]], **given,
            }
            yield {"name": f"{name}, A = {sign[0]}, ratio e^999.5", "inputs": inputs, "outputs": run("grpo", inputs)}


def kl_gradients():
    verl = {"torch": torch}
    function(core_algos, "kl_penalty_forward", verl)
    openrlhf = {"torch": torch}
    function(openrlhf_utils, "compute_approx_kl", openrlhf)
    double = lambda self: self.double()
    logprob = [-0.1, -1.0, -2.5, -0.0001, -5.0, -0.7, -30.0, -0.2, -1.0, -25.0, -0.5, -3.6, -3.61, -3.62]
    reference = [-0.2, -1.0, -0.5, -3.0, -0.3, -0.70001, -0.2, -30.0, -18.0, -1.0, -0.5000000001, -1.0, -1.0, -1.0]
    estimates = {
        "verl": lambda p, q, kind: verl["kl_penalty_forward"](p, q, kind),
        "openrlhf": lambda p, q, kind: openrlhf["compute_approx_kl"](p, q, kind),
    }
    torch.Tensor.float = double
    for library, kind in itertools.product(estimates, ["k1", "k2", "k3"]):
        p = torch.tensor(logprob, requires_grad=True)
        value = estimates[library](p, torch.tensor(reference), kind)
        (gradient,) = torch.autograd.grad(value.sum(), p)
        yield {
            "name": f"{library} {kind}",
            "inputs": {"library": library, "kind": kind, "logprob": logprob, "ref_logprob": reference},
            "outputs": {"value": encode(value), "grad_logprob": encode(gradient)},
        }


def source(path, what):
    return {"repo": "huggingface/trl", "path": path, "function": what, "commit": TRL}


TRAINER = source("trl/trainer/grpo_trainer.py", "GRPOTrainer._compute_loss, from log_ratio to loss, one process, no accumulation")
TOLERANCE = {"rtol": 1e-12, "atol": 1e-14}
out = {
    "topic": "TRL's policy losses beside those of policyLoss.json, and the gradient of the KL penalties",
    "encoding": "float64; non-finite numbers are the strings NaN, Infinity, -Infinity",
    "precision": "float64",
    "made_with": f"make/policyLossTrl.py, torch {torch.__version__}",
    "sections": [
        {
            "name": "trl_grpo_loss", "source": TRAINER,
            "formula": "inputs are named as in GRPOConfig; what is missing has epsilon 0.2, beta 0, delta none",
            "tolerance": TOLERANCE,
            "cases": [
                *cases("grpo", GRPO), *cases("grpo", BY_TOKEN, advantages="token"),
                *cases("grpo", LUSPO_KL, masks=("full",)), *overflow(),
            ],
        },
        {
            "name": "trl_gspo_token", "source": source("trl/experimental/gspo_token/grpo_trainer.py", "GRPOTrainer._compute_loss"),
            "formula": "ratio sg[s]·π/sg[π]",
            "tolerance": TOLERANCE,
            "cases": [*cases("gspo_token", GSPO_TOKEN), *cases("gspo_token", GSPO_TOKEN, advantages="token")],
        },
        {
            "name": "trl_gmpo", "source": source("trl/experimental/gmpo/gmpo_trainer.py", "GMPOTrainer._compute_loss"),
            "formula": "clip in log space before the geometric mean; mean over sequences",
            "tolerance": TOLERANCE,
            "cases": list(cases("gmpo", GMPO)),
        },
        {
            "name": "kl_gradients",
            "source": {
                "repo": "volcengine/verl, OpenRLHF/OpenRLHF",
                "path": "verl/trainer/ppo/core_algos.py, openrlhf/models/utils.py",
                "function": "kl_penalty_forward, compute_approx_kl",
                "commit": "b178a3cd56f58b2d502255daba591e92833930a7, 3c3be6234e0cb353e76bb8019947db9dfe99fca7",
                "patched": "OpenRLHF's .float() kept as double",
            },
            "formula": "value and d value / d logprob per token",
            "tolerance": TOLERANCE,
            "cases": list(kl_gradients()),
        },
    ],
}


def dump(x, depth=0):
    """Lists of numbers on one line."""
    inner, outer = "\n" + "\t" * (depth + 1), "\n" + "\t" * depth
    if isinstance(x, dict):
        rows = [f"{json.dumps(key)}: {dump(value, depth + 1)}" for key, value in x.items()]
        return "{" + inner + ("," + inner).join(rows) + outer + "}"
    if isinstance(x, list) and any(isinstance(y, (list, dict)) for y in x):
        if all(isinstance(y, list) for y in x):
            return json.dumps(x)
        return "[" + inner + ("," + inner).join(dump(y, depth + 1) for y in x) + outer + "]"
    return json.dumps(x, ensure_ascii=False)


target = pathlib.Path(__file__).resolve().parent.parent / "policyLossTrl.json"
target.write_text(dump(out) + "\n")
