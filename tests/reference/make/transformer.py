"""Writes ../transformer.json: logits, values, log-probabilities and gradients of a decoder-only
transformer by PyTorch's autograd in float64, written from the definitions with plain tensor operations.

Weights, tokens and the loss come from formulas that the test repeats. Run with a Python that has
torch: python3 transformer.py
"""
import json
import math
import pathlib

import torch

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def shapes(c):
    width, hidden = c["width"], c["hiddenWidth"]
    yield "model.embed_tokens.weight", (c["vocabSize"], width)
    for layer in range(c["layers"]):
        p = f"model.layers.{layer}."
        yield p + "input_layernorm.weight", (width,)
        for name in "qkvo":
            yield f"{p}self_attn.{name}_proj.weight", (width, width)
        yield p + "post_attention_layernorm.weight", (width,)
        if c["feedForward"] == "swiglu":
            yield p + "mlp.gate_proj.weight", (hidden, width)
        yield p + "mlp.up_proj.weight", (hidden, width)
        yield p + "mlp.down_proj.weight", (width, hidden)
    yield "model.norm.weight", (width,)
    if not c["tieHead"]:
        yield "lm_head.weight", (c["vocabSize"], width)
    if c["valueHead"]:
        yield "v_head.summary.weight", (1, width)
        yield "v_head.summary.bias", (1,)


def make_weights(c):
    weights, offset = {}, 0
    for name, shape in shapes(c):
        size = math.prod(shape)
        flat = [0.35 * math.sin(0.7 * j * j + 0.3 * j) for j in range(offset, offset + size)]
        tensor = torch.tensor(flat).reshape(shape)
        if "norm" in name:
            tensor = 1 + tensor
        # What the model computes with is float32: round once, then compute in float64.
        weights[name] = tensor.float().double().requires_grad_()
        offset += size
    return weights


def rms_norm(x, weight, epsilon):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + epsilon) * weight


def rotate(x, positions, theta):
    half = x.shape[-1] // 2
    frequencies = theta ** (-torch.arange(half) / half)
    angles = positions[:, None, :, None] * frequencies
    cos, sin = angles.cos(), angles.sin()
    first, second = x[..., :half], x[..., half:]
    return torch.cat([first * cos - second * sin, second * cos + first * sin], -1)


def model(c, w, tokens, starts):
    batch, length = tokens.shape
    heads, head_width = c["heads"], c["width"] // c["heads"]
    step = torch.arange(length)
    positions = (step[None] - starts[:, None]).clamp(min=0)
    visible = (step[None, :, None] >= step[None, None, :]) & (step[None, None, :] >= starts[:, None, None])
    # Before its start a row sees nothing; uniform weights there keep the numbers finite.
    visible = visible | (step[None, :, None] < starts[:, None, None])
    x = w["model.embed_tokens.weight"][tokens]
    for layer in range(c["layers"]):
        p = f"model.layers.{layer}."
        h = rms_norm(x, w[p + "input_layernorm.weight"], c["normEpsilon"])
        q, k, v = (
            (h @ w[f"{p}self_attn.{name}_proj.weight"].T).reshape(batch, length, heads, head_width).transpose(1, 2)
            for name in "qkv"
        )
        q, k = rotate(q, positions, c["ropeTheta"]), rotate(k, positions, c["ropeTheta"])
        scores = q @ k.transpose(-1, -2) / math.sqrt(head_width)
        scores = scores.masked_fill(~visible[:, None], -math.inf)
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, c["width"])
        x = x + mixed @ w[p + "self_attn.o_proj.weight"].T
        h = rms_norm(x, w[p + "post_attention_layernorm.weight"], c["normEpsilon"])
        up = h @ w[p + "mlp.up_proj.weight"].T
        if c["feedForward"] == "swiglu":
            hidden = torch.nn.functional.silu(h @ w[p + "mlp.gate_proj.weight"].T) * up
        else:
            hidden = torch.nn.functional.gelu(up, approximate="tanh")
        x = x + hidden @ w[p + "mlp.down_proj.weight"].T
    x = rms_norm(x, w["model.norm.weight"], c["normEpsilon"])
    logits = x @ w["model.embed_tokens.weight" if c["tieHead"] else "lm_head.weight"].T
    values = None
    if c["valueHead"]:
        values = x @ w["v_head.summary.weight"][0] + w["v_head.summary.bias"]
    return logits, values


def digits(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().reshape(-1).tolist()]


def case(name, batch, length, starts, temperature, **config):
    c = dict(
        vocabSize=7, contextLength=16, layers=2, width=8, heads=2, feedForward="swiglu", hiddenWidth=12,
        ropeTheta=10000, normEpsilon=1e-6, tieHead=True, valueHead=False,
    )
    c.update(config)
    w = make_weights(c)
    count = batch * length
    tokens = torch.tensor([(3 * i * i + 2 * i) % c["vocabSize"] for i in range(count)]).reshape(batch, length)
    targets = torch.tensor([(5 * i * i + i) % c["vocabSize"] for i in range(count)]).reshape(batch, length)
    start = torch.tensor(starts)
    logits, values = model(c, w, tokens, start)
    counts = (torch.arange(length)[None] >= start[:, None]).double()
    log_policy = (logits / temperature).log_softmax(-1)
    log_probs = log_policy.gather(-1, targets[..., None])[..., 0]
    entropies = -(log_policy.exp() * log_policy).sum(-1)
    index = torch.arange(count).reshape(batch, length)
    loss = (counts * (torch.sin(1.1 * index) * log_probs + 0.5 * torch.cos(0.6 * index) * entropies)).sum()
    if values is not None:
        loss = loss + (counts * torch.sin(0.8 * index + 1) * values).sum()
    loss.backward()
    outputs = {
        "logits": digits(logits),
        "logProbs": digits(log_probs),
        "entropies": digits(entropies),
        "loss": loss.item(),
        "gradient": [g for name, _ in shapes(c) for g in digits(w[name].grad)],
    }
    if values is not None:
        outputs["values"] = digits(values)
    inputs = {"config": c, "batch": batch, "length": length, "starts": starts, "temperature": temperature}
    return {"name": name, "inputs": inputs, "outputs": outputs}


cases = [
    case("swiglu, tied head", 2, 6, [0, 0], 1),
    case("swiglu, untied head, value head, left padding", 3, 7, [0, 2, 5], 0.7, tieHead=False, valueHead=True),
    case("gelu, tied head, one head of four pairs", 2, 5, [0, 1], 1, feedForward="gelu", heads=1, hiddenWidth=9),
    case("gelu, untied head, heads of one pair, three layers", 1, 9, [0], 1.5, feedForward="gelu", tieHead=False,
         layers=3, heads=3, width=6, hiddenWidth=10, vocabSize=11, ropeTheta=100),
]
reference = {
    "topic": "A decoder-only transformer: logits, log-probabilities, entropies, values and every gradient",
    "encoding": "tensors flat, row by row; gradients in the order of the model's layout",
    "precision": "float64 from weights rounded to float32",
    "made_with": f"tests/reference/make/transformer.py, torch {torch.__version__}",
    "sections": [{
        "name": "transformer",
        "source": {"own": True, "function": "torch autograd on a model written from the definitions"},
        "formula": "weight j = 0.35 sin(0.7 j^2 + 0.3 j), 1 more in norms; tokens (3i^2+2i) mod V, targets (5i^2+i) mod V; "
        "loss = sum over positions from the start of sin(1.1i) logProb + 0.5 cos(0.6i) entropy + sin(0.8i+1) value",
        "tolerance": {"rtol": 1e-4, "atol": 2e-5},
        "cases": cases,
    }],
}
path = pathlib.Path(__file__).parent.parent / "transformer.json"
path.write_text(json.dumps(reference) + "\n")
