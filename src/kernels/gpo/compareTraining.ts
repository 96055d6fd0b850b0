import type { Stream } from '../core/stream';
import {
	averageOpinionAlignment,
	noiselessAlignment,
	uniformAlignment
} from './alignmentBaselines';
import { createEvaluation, type GroupAlignment } from './evaluateAlignment';
import type { Survey } from './syntheticOpinions';
import { trainCentral } from './trainCentral';
import { trainFederated } from './trainFederated';
import type { FederatedConfig, TrainingOptions } from './trainingConfig';
import type { TrainingHistory } from './trainingHistory';

export interface TrainingComparison {
	federated: TrainingHistory;
	central: TrainingHistory;
	/** Scores without a model, on the same examination. */
	uniform: GroupAlignment;
	average: GroupAlignment;
	noiseless: GroupAlignment;
	/** What sending all training groups' answers to one place costs, once. */
	pooledDataBytes: number;
}

/**
 * Bytes that pooling the data takes: every training group sends, for each (question, option) row,
 * its share; the embeddings are everyone's already. Derived. Cost: O(1).
 */
export function pooledDataBytes(survey: Survey, bytesPerNumber: number): number {
	const { trainGroups, questions } = survey.config;
	return trainGroups * survey.starts[questions] * bytesPerNumber;
}

/**
 * Federated and central training side by side: same survey, first parameters, batches and
 * examination, rounds·localSteps gradient steps each. The central model is scored after every step up
 * to `rounds` and after every `localSteps`-th one, so that the two runs can be drawn against rounds
 * (one exchange each), gradient steps, or bytes. What looks faster depends on which of them is counted.
 *
 * Yields after every round, with the central run at the same number of gradient steps.
 * Cost: 2·rounds·localSteps·trainGroups passes and some 3·rounds examinations: about 1.5 s at the
 * default settings. Throws as trainFederated and trainCentral do.
 */
export function* compareTraining(
	survey: Survey,
	config: FederatedConfig,
	stream: Stream,
	{ signal, onProgress }: TrainingOptions = {}
): Generator<TrainingComparison, void> {
	const { rounds, localSteps } = config;
	const steps = rounds * localSteps;
	const evaluateAfter = Array.from({ length: steps + 1 }, (_, step) => step).filter(
		(step) => step <= rounds || step % localSteps === 0
	);
	let federatedDone = 0;
	let centralDone = 0;
	let federatedTotal = 0;
	const report = () => {
		const centralTotal = steps * survey.config.trainGroups;
		onProgress?.(federatedDone + centralDone, federatedTotal + centralTotal);
	};
	const federatedRun = trainFederated(survey, config, stream, {
		signal,
		onProgress(done, total) {
			federatedDone = done;
			federatedTotal = total;
			report();
		}
	});
	const centralRun = trainCentral(survey, { ...config, steps, evaluateAfter }, stream, {
		signal,
		onProgress(done) {
			centralDone = done;
			report();
		}
	});
	const evaluation = createEvaluation(
		survey,
		config.evaluationContext,
		config.evaluationTargets,
		stream.split('evaluation')
	);
	const fixed = {
		uniform: uniformAlignment(evaluation),
		average: averageOpinionAlignment(evaluation),
		noiseless: noiselessAlignment(evaluation),
		pooledDataBytes: pooledDataBytes(survey, config.bytesPerParameter)
	};
	for (const { history: federated } of federatedRun) {
		const reached = federated.step[federated.step.length - 1];
		let central: TrainingHistory | undefined;
		while (central?.step[central.step.length - 1] !== reached) {
			const next = centralRun.next();
			if (next.done) return;
			central = next.value.history;
		}
		yield { federated, central, ...fixed };
	}
}
