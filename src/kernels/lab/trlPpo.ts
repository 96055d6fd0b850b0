/**
 * What TRL's PPOTrainer asks for beyond a reward function: models and a tokenizer in place of a name,
 * queries as tokens, and the reward as a model, which `get_reward` calls by `base_model_prefix` and
 * `score` (trl/experimental/utils.py).
 */
export const trlPpo = {
	imports: `import torch
from types import SimpleNamespace
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer`,

	prepare: `tokenizer = AutoTokenizer.from_pretrained(MODEL, padding_side="left")


class RuleReward(torch.nn.Module):
    """The rule above in the form in which PPOTrainer asks a reward model."""

    base_model_prefix = "judge"

    def judge(self, input_ids, attention_mask, **kwargs):
        texts = [
            tokenizer.decode(ids[mask], skip_special_tokens=True)
            for ids, mask in zip(input_ids, attention_mask)
        ]
        asked = [
            max((p for p in problems if text.startswith(p["prompt"])), key=lambda p: len(p["prompt"]))
            for text in texts
        ]
        columns = {key: [problem[key] for problem in asked] for key in problems[0]}
        prompts = columns.pop("prompt")
        completions = [text[len(prompt):] for text, prompt in zip(texts, prompts)]
        rewards = reward(prompts=prompts, completions=completions, **columns)
        scores = torch.tensor(rewards, dtype=torch.float32, device=input_ids.device)
        return SimpleNamespace(hidden_states=[scores[:, None, None].expand(*input_ids.shape, 1)])

    def score(self, scores):
        return scores


def queries(times):
    return Dataset.from_list([tokenizer(problem["prompt"]) for problem in problems] * times)`,

	/** One completion a query: each problem stands there once for each. */
	passes: ({ numGenerations }: { numGenerations: number }) => ({
		model: 'AutoModelForCausalLM.from_pretrained(MODEL)',
		ref_model: 'None',
		reward_model: 'RuleReward()',
		value_model: 'AutoModelForSequenceClassification.from_pretrained(MODEL, num_labels=1)',
		processing_class: 'tokenizer',
		args: 'args',
		train_dataset: `queries(${numGenerations})`,
		eval_dataset: 'queries(1)'
	})
};
