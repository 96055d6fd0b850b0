import { readLabPlan } from '$kernels/lab/labDocument';
import { labConfig, type LabConfig } from '$kernels/lab/labConfig';
import type { LabPlan } from '$kernels/lab/labState';
import { decodeValue, encodeValue, sameValue } from '$player/values';
import type { Value } from '$widgets/contract';
import { labParams, paramFor } from './labSchema';

type Name = keyof LabConfig;
const CHANGES = 'changes';

/**
 * The plan that an address asks for, and what in it could not be taken, in plain text. What does not
 * fit falls back to the default of the task and the algorithm.
 */
export function readAddress(search: string): { plan: LabPlan; notices: string[] } {
	const given = new URLSearchParams(search);
	const notices: string[] = [];
	const settings: Record<string, Value> = {};
	let base = labConfig();
	// Task and algorithm first: the defaults of the others are theirs.
	const names = new Set(['task', 'algorithm', ...Object.keys(labParams)] as Name[]);
	for (const name of names) {
		const text = given.get(name);
		if (text === null) continue;
		const param = paramFor(name, base);
		const read = decodeValue(text, param);
		if ('value' in read) {
			settings[name] = read.value;
			if (name === 'task' || name === 'algorithm') base = labConfig(settings);
		} else
			notices.push(
				`In the address, ${param.label} must be ${read.expected}; kept at ${base[name]}.`
			);
	}
	const unknown = [...given.keys()].filter((key) => key !== CHANGES && !(key in labParams));
	if (unknown.length > 0) {
		notices.push(`In the address, ${unknown.length} settings are not known here and were ignored.`);
	}
	const config = labConfig(settings);
	const changes = given.get(CHANGES);
	if (changes === null) return { plan: { config, changes: [] }, notices };
	try {
		return { plan: readLabPlan({ config, changes: JSON.parse(changes) }), notices };
	} catch {
		notices.push(
			'In the address, the changes during the run could not be read; it runs without them.'
		);
		return { plan: { config, changes: [] }, notices };
	}
}

/** The address of a plan: what differs from the defaults of its task and algorithm. */
export function writeAddress(address: string, { config, changes }: LabPlan): string {
	const url = new URL(address);
	url.search = '';
	const { task, algorithm } = config;
	const defaults = labConfig({ task, algorithm });
	const start = labConfig();
	for (const name of Object.keys(labParams) as Name[]) {
		const plain = name === 'task' || name === 'algorithm' ? start[name] : defaults[name];
		if (!sameValue(config[name], plain)) url.searchParams.set(name, encodeValue(config[name]));
	}
	if (changes.length > 0) url.searchParams.set(CHANGES, JSON.stringify(changes));
	return url.href;
}
