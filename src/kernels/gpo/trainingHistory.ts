import type { GroupAlignment } from './evaluateAlignment';

/** A training run as far as it has come: one entry for each time the model was scored. */
export interface TrainingHistory {
	/** Exchanges with the server so far (central: gradient steps). */
	round: number[];
	/** Gradient steps so far, one after another, on the way to this model. */
	step: number[];
	/** Group batches worked through so far, by all clients together. */
	batches: number[];
	/** Bytes sent both ways so far. */
	bytes: number[];
	/** Negative log-likelihood per target row on the training groups, nats. */
	loss: number[];
	/** Mean alignment score of the training groups. */
	seen: number[];
	/** Mean alignment score of the held-out groups. */
	unseen: number[];
	/** Lowest alignment score of any group. */
	worst: number[];
	/** Fairness index of the training groups. */
	fairness: number[];
	/** Fairness index of the held-out groups. */
	fairnessUnseen: number[];
	/** Alignment score of every group, training groups first. */
	scores: number[][];
}

export function emptyHistory(): TrainingHistory {
	return {
		round: [],
		step: [],
		batches: [],
		bytes: [],
		loss: [],
		seen: [],
		unseen: [],
		worst: [],
		fairness: [],
		fairnessUnseen: [],
		scores: []
	};
}

/** The history with one more entry, as a new object: an earlier one stays as it was. */
export function extendHistory(
	history: TrainingHistory,
	at: { round: number; step: number; batches: number; bytes: number },
	alignment: GroupAlignment & { loss: number }
): TrainingHistory {
	return {
		round: [...history.round, at.round],
		step: [...history.step, at.step],
		batches: [...history.batches, at.batches],
		bytes: [...history.bytes, at.bytes],
		loss: [...history.loss, alignment.loss],
		seen: [...history.seen, alignment.seen],
		unseen: [...history.unseen, alignment.unseen],
		worst: [...history.worst, alignment.worst],
		fairness: [...history.fairness, alignment.fairness],
		fairnessUnseen: [...history.fairnessUnseen, alignment.fairnessUnseen],
		scores: [...history.scores, Array.from(alignment.scores)]
	};
}
