import { dot } from '../core/dot';
import { normal } from '../core/normal';
import type { Stream } from '../core/stream';
import { biasUpdate, type BiasUpdateOptions } from './biasUpdate';
import { gate } from './gate';
import type { GateOptions } from './gateOptions';
import { maxViolation } from './maxViolation';

export interface BalanceOptions extends Required<Omit<GateOptions, 'bias'>> {
	experts: number;
	/** Tokens a step. */
	tokens: number;
	steps: number;
	/** Width of a token's vector. */
	width: number;
	/** How strongly all tokens lean towards one topic. 0: towards none. */
	heat: number;
	/** γ. 0 leaves the biases as they are. */
	rate: number;
	update: NonNullable<BiasUpdateOptions['library']>;
	/** Every bias at the start. */
	startBias: number;
}

export interface BalanceStep {
	/** Tokens of each expert; they sum to tokens·topK. */
	loads: number[];
	/** The biases that these tokens were routed by. */
	bias: number[];
	violation: number;
	/** Assignments to an expert of a group that was not kept: 0 in the official gate. */
	astray: number;
}

/**
 * The gate at work, step after step, and the biases following the loads. The tokens are synthetic:
 *
 *     u = z + heat·v,   z, v ~ N(0, I),   logit_i = u·e_i / sqrt(width),   e_i ~ N(0, I)
 *
 * with one topic v for all tokens and fresh z at each step. Nothing learns but the biases: experts and
 * gate stay as they were drawn.
 *
 * Yields each step. Cost: O(steps·tokens·experts·(width + log experts)). Throws as `gate` and
 * `biasUpdate` do.
 */
export function* balanceExperts(stream: Stream, options: BalanceOptions): Generator<BalanceStep> {
	const { experts, tokens, steps, width, heat, rate, update, startBias, ...gateOptions } = options;
	const vector = (from: Stream) => Array.from({ length: width }, () => normal(from));
	const centroids = Array.from({ length: experts }, (_, i) => vector(stream.split(`expert ${i}`)));
	const topic = vector(stream.split('topic'));
	const size = experts / options.nGroup;
	let bias = new Array<number>(experts).fill(startBias);
	for (let step = 0; step < steps; step++) {
		const own = stream.split(`step ${step}`);
		const loads = new Array<number>(experts).fill(0);
		let astray = 0;
		for (let t = 0; t < tokens; t++) {
			const token = topic.map((v) => heat * v + normal(own));
			const logits = centroids.map((e) => dot(token, e) / Math.sqrt(width));
			const routing = gate(logits, { ...gateOptions, bias });
			for (const i of routing.experts) {
				loads[i]++;
				if (!routing.groups.includes(Math.floor(i / size))) astray++;
			}
		}
		yield { loads, bias, violation: maxViolation(loads), astray };
		bias = biasUpdate(bias, loads, { rate, library: update });
	}
}
