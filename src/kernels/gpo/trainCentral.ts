import { communicationCost } from '../federated/communicationCost';
import type { Stream } from '../core/stream';
import { createEvaluation, evaluateAlignment } from './evaluateAlignment';
import { initialParameters } from './gpoModel';
import { addGradient, createBench, createLearner, takeStep } from './learner';
import type { Survey } from './syntheticOpinions';
import { checkTraining, type CentralConfig, type TrainingOptions } from './trainingConfig';
import { emptyHistory, extendHistory, type TrainingHistory } from './trainingHistory';

export interface CentralRun {
	history: TrainingHistory;
	/** The model after the last step of the history. */
	parameters: Float64Array;
}

function check({ steps, evaluateAfter, ...config }: CentralConfig): void {
	checkTraining('trainCentral', config);
	if (!Number.isInteger(steps) || steps < 1) {
		throw new RangeError(`trainCentral: steps must be a positive integer, got ${steps}`);
	}
	evaluateAfter.forEach((step, i) => {
		const least = i === 0 ? 0 : evaluateAfter[i - 1] + 1;
		if (!Number.isInteger(step) || step < least || step > steps) {
			throw new RangeError(
				`trainCentral: evaluateAfter[${i}] must be an integer in ${least} … ${steps}, got ${step}`
			);
		}
	});
}

/**
 * The central baseline: one model sees one batch of every training group in each step and follows
 * the average of their gradients. Same model, same first parameters, same batches (step s of a group
 * is its batch number s) and same examination as trainFederated with the same stream.
 *
 * `round` counts gradient steps, the moments at which something would have to be exchanged if the
 * groups kept their data; `bytes` is what that would cost. Pooling the data instead sends it once
 * (see pooledDataBytes). The official baseline takes one step a "round": 100 against 600 a client.
 * Yields after each step of `evaluateAfter`; each yield is a new object.
 *
 * Cost: steps·trainGroups passes. Throws RangeError for settings out of range, and the signal's
 * reason once aborted.
 */
export function* trainCentral(
	survey: Survey,
	config: CentralConfig,
	stream: Stream,
	{ signal, onProgress }: TrainingOptions = {}
): Generator<CentralRun, void> {
	check(config);
	const { steps, bytesPerParameter } = config;
	const { trainGroups } = survey.config;
	const bench = createBench(survey, config);
	const evaluation = createEvaluation(
		survey,
		config.evaluationContext,
		config.evaluationTargets,
		stream.split('evaluation')
	);
	const learner = createLearner(initialParameters(config.model, stream.split('parameters')));
	const batches = stream.split('batches');
	const stepBytes = communicationCost({
		parameters: learner.parameters.length,
		clients: trainGroups,
		rounds: 1,
		bytesPerParameter
	}).total;

	let history = emptyHistory();
	for (let step = 0; ; step++) {
		if (config.evaluateAfter.includes(step)) {
			history = extendHistory(
				history,
				{ round: step, step, batches: step * trainGroups, bytes: step * stepBytes },
				evaluateAlignment(learner.parameters, evaluation, bench.workspace)
			);
			onProgress?.(step * trainGroups, steps * trainGroups);
			yield { history, parameters: learner.parameters.slice() };
		}
		if (step === steps) return;
		signal?.throwIfAborted();
		for (let group = 0; group < trainGroups; group++) {
			const batch = batches.split(group).split(step);
			addGradient(learner, bench, survey, config, batch, group, 1 / trainGroups);
		}
		takeStep(learner, config);
	}
}
