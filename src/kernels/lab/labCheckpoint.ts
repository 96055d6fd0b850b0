import { parameterLayout } from '../lm/modelConfig';
import { flatParameters, namedTensors, type NamedTensor } from '../lm/parameterLayout';
import { readSafetensors, writeSafetensors } from '../lm/safetensors';
import { checkLabConfig } from './labConfig';
import { readLabDocument, writeLabDocument } from './labDocument';
import { changesBefore, labModel, type LabState } from './labState';

/** What stands before a tensor's name: the policy's own have nothing, so other programs find them. */
const PREFIXES = ['', 'reference.', 'optimizer.mean.', 'optimizer.square.'] as const;

/**
 * Where a run stands as a safetensors file: the weights of the policy under their names, those of the
 * reference and the optimiser's averages under prefixes, and the run's document in the metadata. A run
 * that goes on from it is, bit for bit, the run that never stopped.
 */
export function writeLabCheckpoint(state: LabState): Uint8Array {
	const { config, phase, step, policy, reference, optimizer } = state;
	const layout = parameterLayout(labModel(config));
	const tensors = new Map<string, NamedTensor>();
	const parts = [policy, reference, optimizer.mean, optimizer.square];
	parts.forEach((values, i) => {
		if (!values) return;
		for (const [name, tensor] of namedTensors(values, layout)) {
			tensors.set(PREFIXES[i] + name, tensor);
		}
	});
	return writeSafetensors(tensors, {
		phase,
		step: String(step),
		optimizer_steps: String(optimizer.steps),
		run: writeLabDocument(state)
	});
}

function count(metadata: Record<string, string>, name: string): number {
	const text = metadata[name];
	if (!/^\d{1,9}$/.test(text ?? '')) {
		throw new RangeError(`readLabCheckpoint: ${name} must be a count, got ${text}`);
	}
	return Number(text);
}

/**
 * Reads what `writeLabCheckpoint` wrote. Throws RangeError, with a sentence on what is wrong, for a
 * file that is no safetensors or no checkpoint of the Lab, and for tensors that are not its model's.
 */
export function readLabCheckpoint(bytes: Uint8Array): LabState {
	const { tensors, metadata } = readSafetensors(bytes);
	const { run, phase } = metadata;
	if (run === undefined || (phase !== 'sft' && phase !== 'rl')) {
		throw new RangeError('readLabCheckpoint: the file holds weights, but no run of the Lab');
	}
	const { plan, records } = readLabDocument(run);
	const step = count(metadata, 'step');
	const config = Object.assign(
		{},
		plan.config,
		...changesBefore(plan, phase, step).map(({ settings }) => settings)
	);
	checkLabConfig(config);
	const layout = parameterLayout(labModel(config));
	const part = (prefix: (typeof PREFIXES)[number]) => {
		const others = PREFIXES.filter((other) => other !== '');
		const own = [...tensors].filter(([name]) =>
			prefix === '' ? !others.some((other) => name.startsWith(other)) : name.startsWith(prefix)
		);
		return flatParameters(
			new Map(own.map(([name, tensor]) => [name.slice(prefix.length), tensor])),
			layout
		);
	};
	return {
		plan,
		config,
		phase,
		step,
		policy: part(''),
		reference: phase === 'rl' ? part('reference.') : undefined,
		optimizer: {
			mean: part('optimizer.mean.'),
			square: part('optimizer.square.'),
			steps: count(metadata, 'optimizer_steps')
		},
		records
	};
}
