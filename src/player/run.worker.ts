import type { Result, Schema, Spec } from '$widgets/contract';
import { runAt } from './execute';
import { Job } from './job';
import type { Control, FromWorker, ToWorker } from './runner';

const specs = import.meta.glob<Spec<Schema, Result>>('../widgets/*/spec.ts', { import: 'spec' });

let job: Job | undefined;
/** The run asked for last: one whose spec arrives later than that of a newer run does not start. */
let asked = 0;
/** What the reader asked of a run whose spec has not arrived. */
let early: Control[] | undefined;
/** Answers wait for each other, so that runs made for one are there for the next. */
let at: ReturnType<typeof runAt> | undefined;

const send = (message: FromWorker) => postMessage(message);
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

addEventListener('message', async ({ data }: MessageEvent<ToWorker>) => {
	switch (data.type) {
		case 'run': {
			asked = data.id;
			early = [];
			const spec = await specs[`../widgets/${data.widget}/spec.ts`]();
			if (data.id !== asked) return;
			job?.cancel();
			job = new Job(spec, data.order, (report) => send({ ...report, id: data.id }), breathe);
			for (const wish of early) job[wish]();
			early = undefined;
			await job.run();
			break;
		}
		case 'answer': {
			const spec = await specs[`../widgets/${data.widget}/spec.ts`]();
			at ??= runAt(spec);
			const question = spec.questions[data.question];
			send({
				type: 'answered',
				id: data.id,
				answer: question.answer(at),
				explanation: question.explain(at)
			});
			break;
		}
		default:
			if (early) early.push(data.type);
			else job?.[data.type]();
	}
});
