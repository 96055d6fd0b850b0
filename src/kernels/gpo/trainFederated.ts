import { communicationCost } from '../federated/communicationCost';
import { fedAvg } from '../federated/fedAvg';
import { shuffle } from '../core/shuffle';
import { resetAdam } from '../core/adam';
import type { Stream } from '../core/stream';
import { createEvaluation, evaluateAlignment } from './evaluateAlignment';
import { initialParameters } from './gpoModel';
import { addGradient, createBench, createLearner, takeStep } from './learner';
import type { Survey } from './syntheticOpinions';
import { checkTraining, type FederatedConfig, type TrainingOptions } from './trainingConfig';
import { emptyHistory, extendHistory, type TrainingHistory } from './trainingHistory';

export interface FederatedRun {
	history: TrainingHistory;
	/** The global model after the last round of the history. */
	parameters: Float64Array;
	/** Share of each training group in the last average; 0 where it was not drawn. */
	factors: Float64Array;
}

function check(config: FederatedConfig): void {
	checkTraining('trainFederated', config);
	const { rounds, localSteps, clientFraction, weighting, mixing } = config;
	for (const [name, value] of Object.entries({ rounds, localSteps })) {
		if (!Number.isInteger(value) || value < 1) {
			throw new RangeError(`trainFederated: ${name} must be a positive integer, got ${value}`);
		}
	}
	if (!(clientFraction > 0 && clientFraction <= 1)) {
		throw new RangeError(`trainFederated: clientFraction must be in (0, 1], got ${clientFraction}`);
	}
	if (!(mixing >= 0 && mixing <= 1)) {
		throw new RangeError(`trainFederated: mixing must be in [0, 1], got ${mixing}`);
	}
	if (!['batch', 'answers', 'equal'].includes(weighting)) {
		throw new RangeError(
			`trainFederated: weighting must be 'batch', 'answers' or 'equal', got ${weighting}`
		);
	}
}

/**
 * PluralLLM's training: federated averaging of a group preference predictor, one client a group.
 * In every round the clients drawn take the global model, make `localSteps` gradient steps on random
 * batches of their own group's answers, and the server averages what comes back (see fedAvg).
 *
 * Paper: Srewa et al., arXiv 2503.09925; code github.com/MoSrewa/PluralLLM, methods/fedavg_*.py.
 * Official: 8 clients, 100 rounds of 6 steps, Adam 3e−4 with a cosine of T_max = 100 that outlives
 * the rounds, as do the moments; scores every 10 rounds. The tiny model needs a larger rate.
 * Yields the run before the first round and after every round; each yield is a new object. The same
 * survey, settings and stream give the same run, paused or not.
 *
 * Cost: rounds·clients·localSteps passes of some ½ ms at the default sizes, and one examination a round.
 * Throws RangeError for settings out of range, and the signal's reason once aborted.
 */
export function* trainFederated(
	survey: Survey,
	config: FederatedConfig,
	stream: Stream,
	{ signal, onProgress }: TrainingOptions = {}
): Generator<FederatedRun, void> {
	check(config);
	const { rounds, localSteps, weighting, bytesPerParameter, evaluationTargets } = config;
	const { trainGroups } = survey.config;
	const bench = createBench(survey, config);
	const evaluation = createEvaluation(
		survey,
		config.evaluationContext,
		evaluationTargets,
		stream.split('evaluation')
	);
	let global = initialParameters(config.model, stream.split('parameters'));
	const batches = stream.split('batches');
	const draws = stream.split('clients');
	const swaps = stream.split('swaps');
	const groups = Array.from({ length: trainGroups }, (_, group) => group);
	const learners = groups.map(() => createLearner(global));
	const taking = Math.max(1, Math.round(config.clientFraction * trainGroups));
	const roundBytes = communicationCost({
		parameters: global.length,
		clients: taking,
		rounds: 1,
		bytesPerParameter
	}).total;

	let factors = new Float64Array(trainGroups);
	let history = emptyHistory();
	for (let round = 0; ; round++) {
		const batchesSoFar = round * taking * localSteps;
		history = extendHistory(
			history,
			{ round, step: round * localSteps, batches: batchesSoFar, bytes: round * roundBytes },
			evaluateAlignment(global, evaluation, bench.workspace)
		);
		onProgress?.(batchesSoFar, rounds * taking * localSteps);
		yield { history, parameters: global.slice(), factors };
		if (round === rounds) return;

		const clients = shuffle(draws.split(round), groups)
			.slice(0, taking)
			.sort((a, b) => a - b);
		const counts = clients.map((group) => {
			signal?.throwIfAborted();
			const learner = learners[group];
			learner.parameters.set(global);
			if (!config.momentsPersist) resetAdam(learner.adam);
			let firstRows = 0;
			for (let e = 0; e < localSteps; e++) {
				const step = learner.steps;
				const swap = swaps.split(group).split(step);
				const swapped = swap.uniform() < config.mixing;
				const source = swapped ? swap.int(trainGroups) : group;
				const batch = swapped ? swap.split('batch') : batches.split(group).split(step);
				const rows = addGradient(learner, bench, survey, config, batch, source, 1);
				if (e === 0) firstRows = rows;
				takeStep(learner, config);
			}
			if (weighting === 'equal') return 1;
			return weighting === 'batch' ? firstRows : survey.answers[group];
		});
		const sent = clients.map((group) => learners[group].parameters);
		const averaged = fedAvg(sent, counts);
		global = averaged.average;
		factors = new Float64Array(trainGroups);
		clients.forEach((group, k) => (factors[group] = averaged.factors[k]));
	}
}
