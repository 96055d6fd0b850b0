/** The tracks of the tutorial, in reading order, with what each is about. */
export const TRACKS = {
	reasoning: {
		title: 'Reasoning from verifiable rewards',
		about: 'A rule can check the answer. What does a policy learn from that alone?'
	},
	preferences: {
		title: 'Whose preferences',
		about: 'People judge, and disagree. What can be learned from them, and for whom?'
	},
	search: {
		title: 'Search, memory, programs',
		about: 'The policy acts beyond its own text: it searches, remembers, writes algorithms.'
	},
	agents: {
		title: 'Many agents, bodies, networks',
		about: 'Policies that share a road, a channel or a body.'
	}
} as const;
