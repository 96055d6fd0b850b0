export interface EloGame {
	a: number;
	b: number;
	/** Of a: 1 a win, 0 a loss, ½ a draw. */
	score: number;
}

export interface EloOptions {
	/** How many points a surprise can move. Default 32. */
	k?: number;
	/** Points that make odds of 10 to 1. Default 400. */
	scale?: number;
}

export interface Elo {
	/** After all games. */
	ratings: number[];
	/** After each game, the start first. */
	history: number[][];
	/** What was expected of a before each game. */
	expected: number[];
}

/**
 * Elo's ratings, updated game by game:
 *
 *     E_a = 1 / (1 + 10^((R_b − R_a)/400)),   R_a ← R_a + K (S_a − E_a),   R_b likewise
 *
 * Each game is one step of stochastic gradient ascent on the Bradley–Terry log-likelihood with θ = R
 * ln 10/400, at a step that does not shrink. So the ratings keep moving, and the same games in another
 * order give other ratings; `bradleyTerryFit` looks at all games at once and does not care.
 *
 * Source: A. Elo, The Rating of Chessplayers (1978). Cost: O(games · players), for the history.
 * Throws RangeError for ratings that are not finite, players that do not exist or play themselves, and
 * scores outside [0, 1].
 * Worked value: 1500 and 1500, K = 32, a wins: 1516 and 1484.
 */
export function elo(
	ratings: readonly number[],
	games: readonly EloGame[],
	{ k = 32, scale = 400 }: EloOptions = {}
): Elo {
	const bad = ratings.findIndex((rating) => !Number.isFinite(rating));
	if (bad >= 0) throw new RangeError(`elo: ratings[${bad}] must be finite, got ${ratings[bad]}`);
	if (!(k >= 0 && k < Infinity)) throw new RangeError(`elo: k must be finite and ≥ 0, got ${k}`);
	if (!(scale > 0)) throw new RangeError(`elo: scale must be positive, got ${scale}`);
	const history = [[...ratings]];
	const expected = games.map(({ a, b, score }, game) => {
		if (!(a in ratings && b in ratings && a !== b)) {
			throw new RangeError(
				`elo: games[${game}] must be of two different players of ${ratings.length}, got ${a} and ${b}`
			);
		}
		if (!(score >= 0 && score <= 1)) {
			throw new RangeError(`elo: games[${game}].score must be in [0, 1], got ${score}`);
		}
		const now = [...history[game]];
		const ofA = 1 / (1 + 10 ** ((now[b] - now[a]) / scale));
		now[a] += k * (score - ofA);
		now[b] -= k * (score - ofA);
		history.push(now);
		return ofA;
	});
	return { ratings: history[games.length], history, expected };
}

/**
 * Bradley–Terry strengths on Elo's scale: mean + θ · 400/ln 10. Throws nothing.
 * Worked value: strengths ±0.549306 (odds of 3 to 1): 1000 ± 95.42.
 */
export function eloScale(
	strengths: readonly number[],
	{ mean = 1000, scale = 400 } = {}
): number[] {
	return strengths.map((theta) => mean + (theta * scale) / Math.LN10);
}
