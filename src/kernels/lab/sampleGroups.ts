import type { Stream } from '../core/stream';
import { drawProblems, type LabRun } from './labRun';
import { rollOut, type Rollout } from './rollOut';

/** How often DAPO draws again before it takes what it has. */
const MOST_ROUNDS = 4;

export interface SampledGroups {
	/** One group after the other, numGenerations each. */
	rollouts: Rollout[];
	/** Share of the groups first drawn in which all rewards agreed. */
	fracRewardZeroStd: number;
}

function agree(group: readonly Rollout[]): boolean {
	return group.every(({ verdict }) => verdict.reward === group[0].verdict.reward);
}

/**
 * A step's completions: promptsPerStep problems of the training part, numGenerations tries at each.
 *
 * With dynamic sampling groups that agree are replaced by groups of other problems, as often as it
 * takes or until four rounds have been drawn; DAPO goes on without end.
 */
export function sampleGroups(run: LabRun, stream: Stream): SampledGroups {
	const { state, algorithm, policy, task, decoder } = run;
	const { promptsPerStep, numGenerations, temperature } = state.config;
	const draw = (round: number): Rollout[][] => {
		const own = stream.split(`round ${round}`);
		const problems = drawProblems(run, 'train', promptsPerStep, own.split('problems'));
		const tries = problems.flatMap((problem) =>
			Array<typeof problem>(numGenerations).fill(problem)
		);
		const streams = tries.map((_, i) => own.split('completions').split(i));
		const rollouts = rollOut(policy, task, tries, { temperature, decoder }, streams);
		return problems.map((_, p) => rollouts.slice(p * numGenerations, (p + 1) * numGenerations));
	};
	const first = draw(0);
	const telling = first.filter((group) => !agree(group));
	const fracRewardZeroStd = 1 - telling.length / first.length;
	if (!algorithm.dynamicSampling) return { rollouts: first.flat(), fracRewardZeroStd };
	for (let round = 1; round < MOST_ROUNDS && telling.length < promptsPerStep; round++) {
		telling.push(...draw(round).filter((group) => !agree(group)));
	}
	const groups = [...telling, ...first.filter(agree)].slice(0, promptsPerStep);
	return { rollouts: groups.flat(), fracRewardZeroStd };
}
