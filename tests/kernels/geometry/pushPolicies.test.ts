import { describe, expect, test } from 'vitest';
import { mean } from '../../../src/kernels/core/mean';
import { createStream } from '../../../src/kernels/core/stream';
import { expSo3 } from '../../../src/kernels/geometry/expSo3';
import { logSo3, rotationAngle } from '../../../src/kernels/geometry/logSo3';
import { apply3, type Matrix3 } from '../../../src/kernels/geometry/matrix3';
import { drawCan, expertArrow, turnPoints } from '../../../src/kernels/geometry/pushTask';
import { testPushPolicy } from '../../../src/kernels/geometry/testPushPolicy';
import {
	LEARNERS,
	trainPushPolicies,
	type Learner,
	type PushTraining
} from '../../../src/kernels/geometry/trainPushPolicies';
import { rotationWithin, uniformRotation } from '../../../src/kernels/geometry/uniformRotation';
import { norm3, type Vector3 } from '../../../src/kernels/geometry/vector3';
import { expectNear } from './reference';

const CLOSE = { rtol: 1e-12, atol: 1e-12 };
const standard: PushTraining = {
	task: 'object',
	gravity: 'scalars',
	demonstrations: 32,
	turned: 0,
	steps: 150
};
const cans = (seed: number) => {
	const stream = createStream(seed).split('test');
	return Array.from({ length: 16 }, () => drawCan(stream));
};
const about = (degrees: number) => expSo3([(degrees * Math.PI) / 180, 0, 0]);

describe('random rotations', () => {
	test('drawn evenly: the mean is 0, and the angle has the density (1 − cos θ)/π', () => {
		const stream = createStream(1);
		const sum = new Array<number>(9).fill(0);
		let angle = 0;
		const count = 4000;
		for (let i = 0; i < count; i++) {
			const rotation = uniformRotation(stream);
			rotation.forEach((entry, k) => (sum[k] += entry / count));
			angle += rotationAngle(rotation) / count;
		}
		// Entries have variance 1/3: four standard errors are 0.037. The mean angle is π/2 + 2/π.
		for (const entry of sum) expect(Math.abs(entry)).toBeLessThan(0.037);
		expect(angle).toBeCloseTo(Math.PI / 2 + 2 / Math.PI, 1);
	});

	test('drawn within an angle stay within it', () => {
		const stream = createStream(2);
		for (let i = 0; i < 200; i++) {
			expect(norm3(logSo3(rotationWithin(stream, 0.5)))).toBeLessThanOrEqual(0.5 + 1e-12);
		}
		expectNear(rotationWithin(stream, 0), [1, 0, 0, 0, 1, 0, 0, 0, 1], CLOSE);
	});
});

describe('the expert', () => {
	const can: Vector3[] = [
		[0, 0, -1],
		[0, 0, 1],
		[1, 0, 0],
		[-1, 1, 0]
	];

	test('pushes at a right angle to handle and spout', () => {
		// The centre is [0, ¼, 0]: handle [1, −¼, 0] and spout [−1, ¾, 0] lie level, so the arrow is up.
		expectNear(expertArrow(can, 'object'), [0, 0, 1], CLOSE);
		expectNear(expertArrow(turnPoints(can, about(180)), 'gravity'), [0, 0, 0], CLOSE);
	});

	test('turns with the can, unless gravity counts', () => {
		const rotation = expSo3([0.4, -1, 0.3]);
		const turned = turnPoints(can, rotation);
		expectNear(
			expertArrow(turned, 'object'),
			[...apply3(rotation, expertArrow(can, 'object'))],
			CLOSE
		);
		const along = apply3(rotation, expertArrow(can, 'gravity'));
		const right = expertArrow(turned, 'gravity');
		expect(norm3([along[0] - right[0], along[1] - right[1], along[2] - right[2]])).toBeGreaterThan(
			0.3
		);
	});
});

describe('a test of a policy', () => {
	test('finds no fault with the expert, and tells the two faults apart', () => {
		const set = cans(3);
		const expert = (points: readonly Vector3[]) => expertArrow(points, 'object');
		const exact = testPushPolicy(expert, set, about(70), 'object');
		expect(exact.equivarianceError).toBeLessThan(1e-15);
		expect(exact.expertError).toBe(0);
		// An arrow that never moves is off by |e − Re| = 2 sin(θ/2), though it may be right when upright.
		const rigid = testPushPolicy(() => [0, 0, 1], set, about(60), 'object');
		expect(rigid.equivarianceError).toBeCloseTo(1, 12);
		// Zero length turns with everything, and is wrong by the length of the expert's arrow.
		const wrong = testPushPolicy(
			(points) => {
				const [x, y, z] = expertArrow(points, 'object');
				return [-x, -y, -z];
			},
			set,
			about(70),
			'object'
		);
		expect(wrong.equivarianceError).toBeLessThan(1e-15);
		expect(wrong.expertError).toBeCloseTo(2, 12);
	});
});

/** Mean over seeds 1 … 20 of both errors of each learner at some angles. */
function overSeeds(training: PushTraining, degrees: readonly number[]) {
	const turns: readonly Matrix3[] = degrees.map(about);
	const errors = {} as Record<Learner, { equivariance: number[]; expert: number[][] }>;
	for (const name of LEARNERS) errors[name] = { equivariance: [], expert: degrees.map(() => []) };
	for (let seed = 1; seed <= 20; seed++) {
		const policies = trainPushPolicies(training, createStream(seed));
		for (const name of LEARNERS) {
			turns.forEach((turn, i) => {
				const { equivarianceError, expertError } = testPushPolicy(
					policies[name].arrow,
					cans(seed),
					turn,
					training.task
				);
				errors[name].equivariance.push(equivarianceError);
				errors[name].expert[i].push(expertError);
			});
		}
	}
	return errors;
}

describe('over 20 seeds', () => {
	let made: ReturnType<typeof overSeeds> | undefined;
	const errors = () => (made ??= overSeeds(standard, [0, 90, 180]));

	test('the network is equivariant after training, and no perceptron is', () => {
		const { tensor, plain, augmented } = errors();
		/** Without the upright cans, which nothing has turned. */
		const turned = ({ equivariance }: { equivariance: number[] }) =>
			equivariance.filter((_, i) => i % 3 > 0);
		expect(Math.max(...tensor.equivariance)).toBeLessThan(1e-13);
		expect(Math.min(...turned(plain))).toBeGreaterThan(0.3);
		expect(Math.min(...turned(augmented))).toBeGreaterThan(0.03);
		expect(mean(augmented.equivariance)).toBeLessThan(mean(plain.equivariance) / 2);
	});

	test('upright both kinds learn, turned the plain perceptron fails', () => {
		const { tensor, plain, augmented } = errors();
		const of = ({ expert }: { expert: number[][] }) => expert.map(mean);
		// The network does as well turned as upright; to rounding.
		const [upright, quarter, half] = of(tensor);
		expect(quarter).toBeCloseTo(upright, 12);
		expect(half).toBeCloseTo(upright, 12);
		expect(upright).toBeLessThan(0.3);
		const [plainUpright, , plainHalf] = of(plain);
		expect(plainUpright).toBeLessThan(0.3);
		expect(plainHalf).toBeGreaterThan(4 * plainUpright);
		const [augmentedUpright, , augmentedHalf] = of(augmented);
		expect(augmentedUpright).toBeGreaterThan(plainUpright);
		expect(augmentedHalf).toBeLessThan(plainHalf);
		expect(augmentedHalf).toBeGreaterThan(half);
	});
});

describe('over 20 seeds, with gravity', () => {
	const gravity: PushTraining = { ...standard, task: 'gravity', steps: 60 };

	test('as three scalars: equivariant to rounding, and wrong on a turned can', () => {
		const { tensor } = overSeeds(gravity, [0, 180]);
		const [upright, turned] = tensor.expert.map(mean);
		expect(Math.max(...tensor.equivariance)).toBeLessThan(1e-13);
		expect(turned).toBeGreaterThan(3 * upright);
		expect(turned).toBeGreaterThan(0.8);
	});

	test('as a vector, shown on turned cans: not equivariant in the can alone, and right', () => {
		const shown = { ...gravity, gravity: 'vector' as const, turned: Math.PI, demonstrations: 64 };
		const { tensor } = overSeeds(shown, [180]);
		expect(Math.min(...tensor.equivariance)).toBeGreaterThan(0.5);
		expect(mean(tensor.expert[0])).toBeLessThan(0.3);
	});
});

test('training can be stopped, reports, and refuses no demonstrations', () => {
	const seen: number[] = [];
	trainPushPolicies({ ...standard, steps: 4 }, createStream(1), {
		onProgress: (share) => seen.push(share)
	});
	expect(seen).toEqual([0.25, 0.5, 0.75, 1]);
	expect(() =>
		trainPushPolicies(standard, createStream(1), { signal: AbortSignal.abort() })
	).toThrow();
	expect(() => trainPushPolicies({ ...standard, demonstrations: 0 }, createStream(1))).toThrow(
		'demonstrations must be at least 1, got 0'
	);
});
