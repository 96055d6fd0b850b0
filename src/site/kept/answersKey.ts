/** Where the reader’s answers stand in the browser’s storage. */
export const ANSWERS_KEY = 'rollout.answers';
