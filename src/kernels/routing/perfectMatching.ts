/** Distances that are not whole numbers are rounded to this many steps, so that sums are exact. */
const STEPS = 2 ** 30;

/**
 * A perfect matching of least total cost among an even number of points: pairs that together cost no more
 * than any other way to pair all points. `cost(i, j)` must be symmetric, finite and at least 0.
 *
 * It is Edmonds' blossom algorithm with dual variables, in the O(n³) form with slack lists. Costs enter as
 * B − cost with B above any matching's total, so that a heaviest matching is perfect and cheapest. Whole-number
 * costs are kept; others are rounded to 2⁻³⁰ of the largest.
 *
 * Cost: O(n³). Throws RangeError for an odd number of points or a cost that is not finite or below 0.
 * Worked value: points 0, 1, 2, 3 on a line: pairs 0–1 and 2–3.
 */
export function perfectMatching(
	n: number,
	cost: (i: number, j: number) => number
): [number, number][] {
	if (!Number.isInteger(n) || n < 0 || n % 2 !== 0) {
		throw new RangeError(`perfectMatching: n must be an even integer of at least 0, got ${n}`);
	}
	if (n === 0) return [];
	const partner = heaviestMatching(n, wholeWeights(n, cost));
	const pairs: [number, number][] = [];
	for (let i = 0; i < n; i++) if (i < partner[i]) pairs.push([i, partner[i]]);
	return pairs;
}

function wholeWeights(n: number, cost: (i: number, j: number) => number): number[][] {
	const costs = Array.from({ length: n }, (_, i) =>
		Array.from({ length: n }, (_, j) => (i === j ? 0 : cost(Math.min(i, j), Math.max(i, j))))
	);
	const all = costs.flat();
	const wrong = all.find((value) => !(value >= 0 && value < Infinity));
	if (wrong !== undefined) {
		throw new RangeError(`perfectMatching: cost must be finite and at least 0, got ${wrong}`);
	}
	const largest = Math.max(...all);
	const scale = all.every(Number.isInteger) && largest < STEPS ? 1 : STEPS / largest;
	const above = Math.ceil(largest * scale) * n + 1;
	return costs.map((row) => row.map((value) => above - Math.round(value * scale)));
}

/** The partner of each point in a matching of most weight; all weights positive whole numbers. */
function heaviestMatching(n: number, weight: readonly (readonly number[])[]): number[] {
	// Points are 1 … n and blossoms n + 1 …, so that 0 can stand for none.
	const room = 2 * n + 1;
	const grid = () => Array.from({ length: room }, () => new Int32Array(room));
	/** The edge between two nodes, as the points that it joins, and its weight; 0 for none. */
	const [endU, endV] = [grid(), grid()];
	const w = Array.from({ length: room }, () => new Float64Array(room));
	/** For a blossom and a point in it, the child that holds the point. */
	const holds = grid();
	const label = new Float64Array(room);
	const [mate, slack, top, parent, seen] = Array.from({ length: 5 }, () => new Int32Array(room));
	/** −1: not reached; 0: even, on the outside of its tree; 1: odd. */
	const side = new Int8Array(room);
	const children: number[][] = Array.from({ length: room }, () => []);
	let queue: number[] = [];
	let nodes = n;
	let visit = 0;

	for (let u = 1; u <= n; u++) {
		top[u] = u;
		holds[u][u] = u;
		for (let v = 1; v <= n; v++) {
			endU[u][v] = u;
			endV[u][v] = v;
			if (u !== v) w[u][v] = weight[u - 1][v - 1];
			label[u] = Math.max(label[u], w[u][v]);
		}
	}
	const top0 = Math.max(...label.subarray(1, n + 1));
	label.fill(top0, 1, n + 1);
	while (grow());
	return Array.from(mate.subarray(1, n + 1), (v) => v - 1);

	function gap(a: number, b: number): number {
		const [u, v] = [endU[a][b], endV[a][b]];
		return label[u] + label[v] - 2 * w[u][v];
	}
	function noteSlack(u: number, x: number): void {
		if (!slack[x] || gap(u, x) < gap(slack[x], x)) slack[x] = u;
	}
	function findSlack(x: number): void {
		slack[x] = 0;
		for (let u = 1; u <= n; u++) {
			if (w[u][x] > 0 && top[u] !== x && side[top[u]] === 0) noteSlack(u, x);
		}
	}
	function enqueue(x: number): void {
		if (x <= n) queue.push(x);
		else children[x].forEach(enqueue);
	}
	function setTop(x: number, blossom: number): void {
		top[x] = blossom;
		if (x > n) for (const child of children[x]) setTop(child, blossom);
	}
	/** The place of a child, after turning the blossom so that the way to it from the base is even. */
	function evenPlace(blossom: number, child: number): number {
		const list = children[blossom];
		const place = list.indexOf(child);
		if (place % 2 === 0) return place;
		children[blossom] = [list[0], ...list.slice(1).reverse()];
		return list.length - place;
	}
	function setMate(u: number, v: number): void {
		mate[u] = endV[u][v];
		if (u <= n) return;
		const child = holds[u][endU[u][v]];
		const place = evenPlace(u, child);
		for (let i = 0; i < place; i++) setMate(children[u][i], children[u][i ^ 1]);
		setMate(child, v);
		children[u] = [...children[u].slice(place), ...children[u].slice(0, place)];
	}
	function augment(u: number, v: number): void {
		for (;;) {
			const next = top[mate[u]];
			setMate(u, v);
			if (!next) return;
			setMate(next, top[parent[next]]);
			u = top[parent[next]];
			v = next;
		}
	}
	/** Where the ways to the roots of their trees meet; 0 if the roots differ. */
	function meeting(u: number, v: number): number {
		visit++;
		while (u || v) {
			if (u) {
				if (seen[u] === visit) return u;
				seen[u] = visit;
				u = top[mate[u]];
				if (u) u = top[parent[u]];
			}
			[u, v] = [v, u];
		}
		return 0;
	}
	function close(u: number, base: number, v: number): void {
		let b = n + 1;
		while (b <= nodes && top[b]) b++;
		if (b > nodes) nodes++;
		label[b] = 0;
		side[b] = 0;
		mate[b] = mate[base];
		const climb = (x: number) => {
			const list: number[] = [];
			while (x !== base) {
				const y = top[mate[x]];
				list.push(x, y);
				enqueue(y);
				x = top[parent[y]];
			}
			return list;
		};
		children[b] = [base, ...climb(u).reverse(), ...climb(v)];
		setTop(b, b);
		for (let x = 1; x <= nodes; x++) w[b][x] = w[x][b] = 0;
		holds[b].fill(0);
		for (const child of children[b]) {
			for (let x = 1; x <= nodes; x++) {
				if (w[b][x] === 0 || gap(child, x) < gap(b, x)) {
					endU[b][x] = endU[child][x];
					endV[b][x] = endV[child][x];
					w[b][x] = w[child][x];
					endU[x][b] = endU[x][child];
					endV[x][b] = endV[x][child];
					w[x][b] = w[x][child];
				}
			}
			for (let x = 1; x <= n; x++) if (holds[child][x]) holds[b][x] = child;
		}
		findSlack(b);
	}
	function open(b: number): void {
		for (const child of children[b]) setTop(child, child);
		const entry = holds[b][endU[b][parent[b]]];
		const place = evenPlace(b, entry);
		const list = children[b];
		for (let i = 0; i < place; i += 2) {
			const [odd, even] = [list[i], list[i + 1]];
			parent[odd] = endU[even][odd];
			side[odd] = 1;
			side[even] = 0;
			slack[odd] = 0;
			findSlack(even);
			enqueue(even);
		}
		side[entry] = 1;
		parent[entry] = parent[b];
		for (const child of list.slice(place + 1)) {
			side[child] = -1;
			findSlack(child);
		}
		top[b] = 0;
	}
	/** Takes in a tight edge; true if it completes a path that makes the matching larger. */
	function take(a: number, b: number): boolean {
		const [u, v] = [top[endU[a][b]], top[endV[a][b]]];
		if (side[v] === -1) {
			parent[v] = endU[a][b];
			side[v] = 1;
			const next = top[mate[v]];
			slack[v] = slack[next] = 0;
			side[next] = 0;
			enqueue(next);
		} else if (side[v] === 0) {
			const base = meeting(u, v);
			if (!base) {
				augment(u, v);
				augment(v, u);
				return true;
			}
			close(u, base, v);
		}
		return false;
	}
	/** One phase: trees grow from all points without a partner until the matching does. */
	function grow(): boolean {
		side.fill(-1, 1, nodes + 1);
		slack.fill(0, 1, nodes + 1);
		queue = [];
		for (let x = 1; x <= nodes; x++) {
			if (top[x] === x && !mate[x]) {
				parent[x] = 0;
				side[x] = 0;
				enqueue(x);
			}
		}
		if (queue.length === 0) return false;
		for (;;) {
			while (queue.length > 0) {
				const u = queue.shift()!;
				if (side[top[u]] === 1) continue;
				for (let v = 1; v <= n; v++) {
					if (w[u][v] === 0 || top[u] === top[v]) continue;
					if (gap(u, v) === 0) {
						if (take(u, v)) return true;
					} else noteSlack(u, top[v]);
				}
			}
			adjust();
			for (let x = 1; x <= nodes; x++) {
				const u = slack[x];
				if (top[x] === x && u && top[u] !== x && gap(u, x) === 0 && take(u, x)) return true;
			}
			for (let b = n + 1; b <= nodes; b++) {
				if (top[b] === b && side[b] === 1 && label[b] === 0) open(b);
			}
		}
	}
	/** Moves the dual variables until a new edge is tight or a blossom can be opened. */
	function adjust(): void {
		let step = Infinity;
		for (let b = n + 1; b <= nodes; b++) {
			if (top[b] === b && side[b] === 1) step = Math.min(step, label[b] / 2);
		}
		for (let x = 1; x <= nodes; x++) {
			if (top[x] !== x || !slack[x] || side[x] === 1) continue;
			step = Math.min(step, side[x] === -1 ? gap(slack[x], x) : gap(slack[x], x) / 2);
		}
		for (let u = 1; u <= n; u++) {
			if (side[top[u]] === 0) label[u] -= step;
			else if (side[top[u]] === 1) label[u] += step;
		}
		for (let b = n + 1; b <= nodes; b++) {
			if (top[b] !== b) continue;
			if (side[b] === 0) label[b] += 2 * step;
			else if (side[b] === 1) label[b] -= 2 * step;
		}
		queue = [];
	}
}
