import { mount } from 'svelte';
import type { Result, Schema, Spec } from '$widgets/contract';
import type { AnswerMemory } from './playerProps';
import QuestionForm from './QuestionForm.svelte';
import { Runner } from './runner';

interface Check {
	spec: Spec<Schema, Result>;
	question: string;
	memory: AnswerMemory;
}

/** Puts a live question in the place of its static form. */
export function wakeQuestion(target: HTMLElement, { spec, question, memory }: Check): void {
	const runner = new Runner(spec);
	const still = [...target.childNodes];
	mount(QuestionForm, {
		target,
		props: {
			question: spec.questions[question],
			name: `check-${spec.name}-${question}`,
			answer: () => runner.answer(question),
			onanswer: (given, right) => memory.write(`${spec.name}/${question}`, given, right)
		}
	});
	for (const node of still) node.remove();
}
