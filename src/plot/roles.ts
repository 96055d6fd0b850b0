import type { Role } from '$widgets/contract';

export type Marker = 'circle' | 'square' | 'diamond' | 'triangle' | 'triangleDown';
export type Texture = 'solid' | 'hatch' | 'lines' | 'dots';

interface RoleStyle {
	/** Name of its CSS colour, to be used as `var(--role-…)`. */
	color: `--role-${Role}`;
	/** Dashes in screen pixels; an empty string is a solid line. */
	dash: string;
	/** Stroke width in screen pixels. */
	width: number;
	marker: Marker;
	/** What fills a bar. */
	texture: Texture;
}

/** How each meaning is drawn in every lesson. No two that share a drawing differ by colour alone. */
export const roles: Readonly<Record<Role, RoleStyle>> = {
	policy: {
		color: '--role-policy',
		dash: '',
		width: 2,
		marker: 'circle',
		texture: 'solid'
	},
	reference: {
		color: '--role-reference',
		dash: '13 6',
		width: 2,
		marker: 'square',
		texture: 'lines'
	},
	old: { color: '--role-old', dash: '2 5', width: 2, marker: 'diamond', texture: 'dots' },
	success: {
		color: '--role-success',
		dash: '',
		width: 2,
		marker: 'triangle',
		texture: 'solid'
	},
	failure: {
		color: '--role-failure',
		dash: '8 4 1 4 1 4',
		width: 2,
		marker: 'triangleDown',
		texture: 'hatch'
	},
	kl: { color: '--role-kl', dash: '0 5', width: 2.5, marker: 'diamond', texture: 'dots' },
	theory: { color: '--role-theory', dash: '7 5', width: 1.25, marker: 'square', texture: 'lines' },
	a: { color: '--role-a', dash: '', width: 2, marker: 'circle', texture: 'solid' },
	b: { color: '--role-b', dash: '10 5 1 5', width: 2, marker: 'square', texture: 'hatch' },
	c: { color: '--role-c', dash: '6 5', width: 2, marker: 'triangle', texture: 'lines' },
	d: { color: '--role-d', dash: '0 5', width: 2.5, marker: 'diamond', texture: 'dots' },
	neutral: { color: '--role-neutral', dash: '', width: 1.5, marker: 'circle', texture: 'solid' }
};
