import { adamStep, createAdam } from '../core/adam';
import type { Stream } from '../core/stream';
import { apply3, type Matrix3 } from './matrix3';
import {
	createPerceptron,
	perceptronGradient,
	perceptronOutput,
	perceptronWeights
} from './perceptron';
import { canCloud, canNumbers, drawCan, expertArrow, turnPoints, type PushTask } from './pushTask';
import {
	createTensorPolicy,
	prepareCloud,
	tensorPolicyArrow,
	tensorPolicyGradient,
	tensorPolicyWeights,
	type PreparedCloud
} from './tensorPolicy';
import { rotationWithin, uniformRotation } from './uniformRotation';
import type { Vector3 } from './vector3';

export const LEARNERS = ['tensor', 'plain', 'augmented'] as const;
export type Learner = (typeof LEARNERS)[number];

export interface PushTraining {
	task: PushTask;
	/** How the tensor field network is told of gravity in the task 'gravity'. */
	gravity: 'scalars' | 'vector';
	/** How many cans the expert shows. */
	demonstrations: number;
	/** By how many radians at most the shown cans are turned; 0 shows all upright. */
	turned: number;
	steps: number;
}

export interface TrainedPolicy {
	/** Its arrow for a can. */
	arrow(points: Points): Vector3;
	/** Mean squared distance to the expert's arrow on each step's batch. */
	losses: number[];
	/** Weights it has. */
	size: number;
}

const BATCH = 16;
const HIDDEN = 16;
const LEARNING_RATE = 0.01;

type Points = readonly Vector3[];

/** One learner: where it starts, its arrow, and the gradient of ½ |arrow − target|². */
interface Trainee {
	weights: Float64Array;
	arrow(points: Points): Vector3;
	gradient(points: Points, target: Vector3, into: Float64Array): Vector3;
}

function tensorTrainee({ task, gravity }: PushTraining, stream: Stream): Trainee {
	const told = task === 'gravity' ? gravity : 'none';
	const policy = createTensorPolicy(told === 'scalars' ? 7 : 4, told === 'vector' ? 1 : 0);
	const weights = tensorPolicyWeights(policy, stream);
	const prepare = (points: Points) => prepareCloud(policy, canCloud(points, told));
	/** Every can that is shown comes back in many batches. */
	const shown = new Map<Points, PreparedCloud>();
	return {
		weights,
		arrow: (points) => tensorPolicyArrow(policy, weights, prepare(points)),
		gradient(points, target, into) {
			const cloud = shown.get(points) ?? prepare(points);
			shown.set(points, cloud);
			return tensorPolicyGradient(policy, weights, cloud, target, into);
		}
	};
}

function perceptronTrainee(stream: Stream): Trainee {
	const net = createPerceptron([12, HIDDEN, HIDDEN, 3]);
	const weights = perceptronWeights(net, stream);
	const toVector = ([x, y, z]: Float64Array): Vector3 => [x, y, z];
	return {
		weights,
		arrow: (points) => toVector(perceptronOutput(net, weights, canNumbers(points))),
		gradient: (points, target, into) =>
			toVector(perceptronGradient(net, weights, canNumbers(points), target, into))
	};
}

/**
 * Three policies learn by imitation to push cans as an expert does, from the same demonstrations, in batches of
 * 16 with Adam at 0.01: a tensor field network; a perceptron of two layers of 16; and a second perceptron from
 * the same first weights, for which every can of every batch is turned at random, arrow and all.
 *
 * Cost: some 1.5 ms a step. Throws RangeError for no demonstrations, and the signal's reason where it is aborted.
 */
export function trainPushPolicies(
	training: PushTraining,
	stream: Stream,
	{ signal, onProgress }: { signal?: AbortSignal; onProgress?(fraction: number): void } = {}
): Record<Learner, TrainedPolicy> {
	const { task, demonstrations, turned, steps } = training;
	if (!(demonstrations >= 1)) {
		throw new RangeError(
			`trainPushPolicies: demonstrations must be at least 1, got ${demonstrations}`
		);
	}
	const shown = stream.split('demonstrations');
	const cans = Array.from({ length: demonstrations }, () =>
		turnPoints(drawCan(shown), rotationWithin(shown, turned))
	);
	const targets = cans.map((can) => expertArrow(can, task));
	const trainees: Record<Learner, Trainee> = {
		tensor: tensorTrainee(training, stream.split('tensor')),
		plain: perceptronTrainee(stream.split('perceptron')),
		augmented: perceptronTrainee(stream.split('perceptron'))
	};
	const batches = stream.split('batches');
	const turns = stream.split('turns');
	const losses: Record<Learner, number[]> = { tensor: [], plain: [], augmented: [] };
	const adams = LEARNERS.map((name) => createAdam(trainees[name].weights.length));
	for (let step = 0; step < steps; step++) {
		signal?.throwIfAborted();
		const batch = Array.from({ length: BATCH }, () => batches.int(demonstrations));
		const by: readonly Matrix3[] = batch.map(() => uniformRotation(turns));
		LEARNERS.forEach((name, l) => {
			const { weights, gradient } = trainees[name];
			const slope = new Float64Array(weights.length);
			let loss = 0;
			batch.forEach((i, b) => {
				const turns = name === 'augmented';
				const can = turns ? turnPoints(cans[i], by[b]) : cans[i];
				const target = turns ? apply3(by[b], targets[i]) : targets[i];
				const arrow = gradient(can, target, slope);
				loss += arrow.reduce((sum, entry, k) => sum + (entry - target[k]) ** 2, 0) / BATCH;
			});
			for (let i = 0; i < slope.length; i++) slope[i] /= BATCH;
			adamStep(adams[l], weights, slope, LEARNING_RATE);
			losses[name].push(loss);
		});
		onProgress?.((step + 1) / steps);
	}
	const trained = (name: Learner): TrainedPolicy => ({
		arrow: trainees[name].arrow,
		losses: losses[name],
		size: trainees[name].weights.length
	});
	return { tensor: trained('tensor'), plain: trained('plain'), augmented: trained('augmented') };
}
