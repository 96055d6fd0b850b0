/**
 * How many letters must be put in, taken out or changed to make one word of another.
 * @param {string} a
 * @param {string} b
 */
function distance(a, b) {
	let row = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const changed = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(changed, row[j] + 1, next[j - 1] + 1));
		}
		row = next;
	}
	return row[b.length];
}

/**
 * The three names that a mistyped one most likely stands for: those that hold it first.
 * @param {string} name
 * @param {string[]} names
 */
export function nearest(name, names) {
	/** @param {string} other */
	const far = (other) => (other.includes(name) && name !== '' ? 0 : distance(name, other));
	return [...names].sort((a, b) => far(a) - far(b)).slice(0, 3);
}
