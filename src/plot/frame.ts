import { createContext } from 'svelte';
import type { AxisSpec } from './axis';
import type { Scale } from './scale';

/** What a mark knows of the plot it stands in. All are getters: read them where they are used. */
export interface Frame {
	/** The whole drawing in user units. */
	readonly width: number;
	readonly height: number;
	/** Edges of the plot area in user units. */
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
	/** The largest that text gets, on a phone, in user units. */
	readonly textSize: number;
	readonly x: Scale;
	readonly y: Scale;
	readonly xAxis: AxisSpec;
	readonly yAxis: AxisSpec;
	/** Value for a mark's `clip-path`: the plot area and half a stroke more. */
	readonly clip: string;
}

export const [getFrame, setFrame] = createContext<Frame>();
