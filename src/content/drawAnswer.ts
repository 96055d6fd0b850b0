import { runAt } from '$player/execute';
import type { Result, Schema, Spec } from '$widgets/contract';

const explanations = new Map<string, string>();

/** The explanation of a question's answer, computed while the site is built; each is computed once. */
export function drawAnswer(spec: Spec<Schema, Result>, id: string): string {
	const key = `${spec.name}/${id}`;
	let explanation = explanations.get(key);
	if (explanation === undefined || import.meta.env.DEV) {
		explanation = spec.questions[id].explain(runAt(spec));
		explanations.set(key, explanation);
	}
	return explanation;
}
