import type { Inspection } from '$kernels/lab/inspectStep';

/**
 * Tokens of a group that a change pushes another way, as "member.token": those whose gradient in the
 * loss has another sign, zero among them.
 */
export function turnedTokens(
	asItWas: Inspection,
	changed: Inspection,
	first: number,
	lengths: readonly number[]
): ReadonlySet<string> {
	const turned = lengths.flatMap((length, member) =>
		Array.from({ length }, (_, t) => ({ member, t })).filter(({ member, t }) => {
			const i = (first + member) * asItWas.length + t;
			return Math.sign(asItWas.terms.gradients[i]) !== Math.sign(changed.terms.gradients[i]);
		})
	);
	return new Set(turned.map(({ member, t }) => `${member}.${t}`));
}
