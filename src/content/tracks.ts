/** The tracks of the tutorial, in reading order, with what each is about. */
export const TRACKS = {
	foundations: {
		title: 'Foundations',
		about: 'What all the papers build on, and none of them owns.'
	},
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

export type Track = keyof typeof TRACKS;

/** Their names, in reading order. */
export const TRACK_NAMES = Object.keys(TRACKS) as Track[];

/** The tracks that a paper can be in: the foundations are the primers'. */
export const PAPER_TRACKS = TRACK_NAMES.filter((name) => name !== 'foundations');
