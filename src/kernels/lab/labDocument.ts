import { labConfig, type LabConfig } from './labConfig';
import type { LabChange, LabPlan } from './labState';
import { emptyRecord, type StepRecord } from './stepRecord';

/** A run as a document: its plan, from which it can be made again, and what it measured. */
export interface LabDocument {
	plan: LabPlan;
	records: readonly StepRecord[];
}

const FORMAT = 'rollout-lab';
const VERSION = 1;

/** The document as JSON. What was not measured is null, for JSON has no NaN. */
export function writeLabDocument({ plan, records }: LabDocument): string {
	return JSON.stringify({ format: FORMAT, version: VERSION, plan, records }, null, '\t');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Those of a config's settings that `raw` has, each of the type that it should be. */
function readSettings(raw: unknown, where: string): Partial<LabConfig> {
	if (!isObject(raw))
		throw new RangeError(`readLabDocument: ${where} must be an object of settings`);
	const sample = labConfig();
	const settings: Record<string, unknown> = {};
	for (const [name, fallback] of Object.entries(sample)) {
		if (!Object.hasOwn(raw, name)) continue;
		if (typeof raw[name] !== typeof fallback) {
			throw new RangeError(
				`readLabDocument: ${where}.${name} must be a ${typeof fallback}, got ${JSON.stringify(raw[name])}`
			);
		}
		settings[name] = raw[name];
	}
	return settings as Partial<LabConfig>;
}

function readChange(raw: unknown, i: number): LabChange {
	const where = `changes[${i}]`;
	const known =
		isObject(raw) &&
		(raw.phase === 'sft' || raw.phase === 'rl') &&
		typeof raw.step === 'number' &&
		Number.isInteger(raw.step) &&
		raw.step >= 0;
	if (!known) throw new RangeError(`readLabDocument: ${where} must have a phase and a step`);
	return {
		phase: raw.phase as LabChange['phase'],
		step: raw.step as number,
		settings: readSettings(raw.settings, `${where}.settings`)
	};
}

/** A plan from what JSON gave, checked; unknown settings are left out. */
export function readLabPlan(raw: unknown): LabPlan {
	if (!isObject(raw)) throw new RangeError('readLabDocument: plan must be an object');
	const changes = raw.changes ?? [];
	if (!Array.isArray(changes)) throw new RangeError('readLabDocument: changes must be a list');
	return {
		config: labConfig(readSettings(raw.config, 'config')),
		changes: changes.map(readChange)
	};
}

function readRecord(raw: unknown, i: number): StepRecord {
	if (!isObject(raw) || (raw.phase !== 'sft' && raw.phase !== 'rl')) {
		throw new RangeError(`readLabDocument: records[${i}] must have a phase`);
	}
	const record = emptyRecord(raw.phase, Number(raw.step)) as StepRecord & Record<string, unknown>;
	for (const name of Object.keys(record)) {
		if (typeof raw[name] === 'number') record[name] = raw[name];
	}
	if (!Number.isInteger(record.step)) {
		throw new RangeError(`readLabDocument: records[${i}].step must be a whole number`);
	}
	return record;
}

/**
 * Reads a document that `writeLabDocument` wrote, here or elsewhere.
 *
 * Throws RangeError, with a sentence on what is wrong, for text that is no JSON, another format, a
 * newer version, settings out of range and records that are none.
 */
export function readLabDocument(text: string): LabDocument {
	let raw: unknown;
	try {
		raw = JSON.parse(text);
	} catch {
		throw new RangeError('readLabDocument: the file is not JSON');
	}
	if (!isObject(raw) || raw.format !== FORMAT) {
		throw new RangeError(`readLabDocument: the file is not a run of the Lab (format ${FORMAT})`);
	}
	if (raw.version !== VERSION) {
		throw new RangeError(`readLabDocument: version must be ${VERSION}, got ${String(raw.version)}`);
	}
	if (!Array.isArray(raw.records)) {
		throw new RangeError('readLabDocument: records must be a list');
	}
	return { plan: readLabPlan(raw.plan), records: raw.records.map(readRecord) };
}
