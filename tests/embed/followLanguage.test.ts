import { expect, test } from 'vitest';
import { inLanguage } from '$embed/followLanguage';

test.each([
	['de', 'a mean of −0.25 over 1,234.5 steps', 'a mean of −0,25 over 1.234,5 steps'],
	['fr', '10,000 tokens', '10\u202f000 tokens'],
	['en', '1,234.5', '1,234.5'],
	['de', 'Figure 2. 12 steps, 3 of them right.', 'Figure 2. 12 steps, 3 of them right.']
])('%s: %s', (language, english, written) => {
	expect(inLanguage(english, language)).toBe(written);
});
