import type { AggregationOptions } from './aggregationWeights';
import {
	defaultPolicyLoss,
	lossTypes,
	policyLossPresets,
	type LossType,
	type PolicyLossPreset,
	type PolicyLossSettings
} from './policyLossPresets';
import { presetWith } from './presetWith';

export interface PolicyLossOptions extends Partial<PolicyLossSettings>, AggregationOptions {
	/** Settings of a library or a paper for all that is not given. */
	preset?: PolicyLossPreset;
	/** TRL's name for an objective with an aggregation; they replace the preset's. */
	lossType?: LossType;
}

type Settings = PolicyLossSettings & PolicyLossOptions & { epsilonHigh: number };

const objectives: readonly string[] = ['clip', 'cispo', 'sapo', 'gmpo', 'gpg'];

/** lower bound of each number, and whether it is allowed itself */
const ranges: readonly [keyof PolicyLossSettings, number, boolean][] = [
	['epsilon', 0, true],
	['epsilonHigh', 0, true],
	['delta', 0, false],
	['dualClip', 1, false],
	['sapoTemperaturePos', 0, false],
	['sapoTemperatureNeg', 0, false],
	['beta', 0, true]
];

/**
 * The settings that `policyLoss` works with: what is given, over what the loss type stands for, over
 * the preset, over TRL's defaults. epsilonHigh is epsilon where none of them has it.
 *
 * Throws RangeError, in policyLoss's name, for a name that is not known and a number out of range.
 * Worked value: {lossType: 'cispo', preset: 'verl'} has verl's clamp and TRL's bounds of the weight.
 */
export function policyLossSettings(options: PolicyLossOptions): Settings {
	const { preset, lossType } = options;
	if (preset !== undefined && !Object.hasOwn(policyLossPresets, preset)) {
		const known = Object.keys(policyLossPresets).join(', ');
		throw new RangeError(`policyLoss: preset must be one of ${known}, got ${preset}`);
	}
	if (lossType !== undefined && !Object.hasOwn(lossTypes, lossType)) {
		const known = Object.keys(lossTypes).join(', ');
		throw new RangeError(`policyLoss: lossType must be one of ${known}, got ${lossType}`);
	}
	const merged = presetWith<PolicyLossSettings & PolicyLossOptions>(
		{
			...defaultPolicyLoss,
			...(preset ? policyLossPresets[preset] : {}),
			...(lossType ? lossTypes[lossType] : {})
		},
		options
	);
	const settings = { ...merged, epsilonHigh: merged.epsilonHigh ?? merged.epsilon };
	if (!objectives.includes(settings.objective)) {
		throw new RangeError(
			`policyLoss: objective must be one of ${objectives.join(', ')}, got ${settings.objective}`
		);
	}
	for (const [name, bound, allowed] of ranges) {
		const value = settings[name] as number;
		if (!(allowed ? value >= bound : value > bound)) {
			throw new RangeError(
				`policyLoss: ${name} must be ${allowed ? '≥' : '>'} ${bound}, got ${value}`
			);
		}
	}
	if (settings.aggregation === 'luspo' && settings.importanceSamplingLevel === 'token') {
		throw new RangeError(
			`policyLoss: aggregation luspo needs importanceSamplingLevel sequence, got token`
		);
	}
	return settings;
}
