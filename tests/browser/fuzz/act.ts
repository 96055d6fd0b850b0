import type { Page } from 'playwright';
import type { Stream } from '../../../src/kernels/core/stream';

/** The parts of a figure that a reader takes hold of. */
const PARTS = ['.panel', '.seen', 'details', '.presets', '.run', '.playback', '.foot'];

const KEYS = {
	slider: ['ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'],
	list: ['ArrowUp', 'ArrowDown', 'Home', 'End', 'b', 'm'],
	other: [
		'ArrowLeft',
		'ArrowRight',
		'ArrowUp',
		'ArrowDown',
		'Home',
		'End',
		'PageUp',
		'PageDown'
	].concat(['Delete', 'Enter', 'Space', 'Escape', 'Tab', 'Shift+ArrowUp', 'Control+z'])
};

export const TEXTS = [
	...['', ' ', '0', '-1', '1e308', '-1e-9', 'NaN', 'Infinity', '0x10', '1,5', '٣٫٥', '−2', '1/0'],
	...[
		'9'.repeat(5000),
		'null',
		'__proto__',
		'1;2',
		'🦊👩‍👩‍👧🇫🇷',
		'שלום עולם',
		'\u202Eabc',
		'a\u0000b',
		'é\u0301\u0301'
	],
	...[
		'<img src=x onerror=hit=1>',
		'</textarea><script>hit=1</script>',
		'{@html "x"}',
		'${1}',
		'%00%zz'
	],
	...[
		'0 0\n1 1\n1 1',
		'5 5\n50 50\n90 10\n20 80\n60 30',
		'NODE_COORD_SECTION\n1 0 0\n2 nan 1\nEOF'
	],
	...['the quick brown fox', '<search>x</search><answer>', '\\frac{1}{0}', '\t', '"\'`;--']
];

const SIZES = [
	{ width: 320, height: 640 },
	{ width: 390, height: 844 },
	{ width: 1280, height: 800 },
	{ width: 1920, height: 1080 }
];

interface Found {
	kind: 'range' | 'text' | 'select' | 'other';
	name: string;
	x: number;
	y: number;
	width: number;
	height: number;
}

const one = <T>(stream: Stream, items: readonly T[]): T => items[stream.int(items.length)];

/** An element of one part of the figure, brought into view and, on request, into focus. */
function find(page: Page, part: string, share: number, focus: boolean): Promise<Found | undefined> {
	return page.evaluate(
		([part, share, focus]) => {
			const reachable =
				'input:not([type=file]), select, textarea, button, summary, [tabindex], circle';
			const all = [...document.querySelectorAll<HTMLElement>(`figure ${part} :is(${reachable})`)];
			const live = all.filter(
				(element) =>
					!element.matches(':disabled, [inert] *') &&
					element.checkVisibility({ visibilityProperty: true })
			);
			const element = live[Math.floor(share * live.length)];
			if (!element) return undefined;
			element.scrollIntoView({ block: 'center' });
			if (focus) element.focus();
			const { x, y, width, height } = element.getBoundingClientRect();
			const type = element.getAttribute('type');
			const kind = element.matches('select')
				? 'select'
				: type === 'range'
					? 'range'
					: element.matches('textarea, input:not([type=radio], [type=checkbox])')
						? 'text'
						: 'other';
			const name = element.id || element.getAttribute('aria-label') || element.textContent!.trim();
			return {
				kind,
				name: `${element.localName} “${name.slice(0, 40)}”`,
				x,
				y,
				width,
				height
			} as const;
		},
		[part, share, focus] as const
	);
}

type Place = readonly [x: number, y: number];

async function drag(page: Page, stream: Stream, from: Place, reach: number): Promise<void> {
	await page.mouse.move(...from);
	await page.mouse.down();
	const moves = 2 + stream.int(6);
	for (let i = 0; i < moves; i++) {
		const off = () => (stream.uniform() - 0.5) * 2 * reach;
		await page.mouse.move(from[0] + off(), from[1] + off());
	}
	await page.mouse.up();
}

async function press(page: Page, stream: Stream, keys: readonly string[]): Promise<string> {
	const pressed = Array.from({ length: 1 + stream.int(4) }, () => one(stream, keys));
	for (const key of pressed) await page.keyboard.press(key);
	return pressed.join(' ');
}

/** Something that happens to the page rather than to the figure. */
async function disturb(page: Page, stream: Stream): Promise<string> {
	switch (stream.int(4)) {
		case 0: {
			const size = one(stream, SIZES);
			await page.setViewportSize(size);
			return `resize to ${size.width}`;
		}
		case 1: {
			const colorScheme = one(stream, ['dark', 'light'] as const);
			await page.emulateMedia({ colorScheme });
			return colorScheme;
		}
		case 2: {
			const reducedMotion = one(stream, ['reduce', 'no-preference'] as const);
			await page.emulateMedia({ reducedMotion });
			return `motion: ${reducedMotion}`;
		}
		default:
			await page.keyboard.press('Control+z');
			return 'undo';
	}
}

/** Does one random thing that a reader could do, and says what it was. */
export async function act(page: Page, stream: Stream): Promise<string> {
	if (stream.int(25) === 0) return disturb(page, stream);
	const byKey = stream.int(2) === 0;
	const found = await find(page, one(stream, PARTS), stream.uniform(), byKey);
	if (!found) return 'nothing there';
	const at = [
		found.x + found.width * stream.uniform(),
		found.y + found.height * stream.uniform()
	] as const;
	if (found.kind === 'text') {
		const text = one(stream, TEXTS);
		await page.mouse.click(...at);
		await page.keyboard.press('Control+a');
		await page.keyboard.insertText(text);
		const end = one(stream, ['Enter', 'Tab', 'Escape']);
		await page.keyboard.press(end);
		return `${found.name}: ${JSON.stringify(text.slice(0, 40))} ${end}`;
	}
	if (byKey || found.kind === 'select') {
		const keys = { range: KEYS.slider, select: KEYS.list, other: KEYS.other }[found.kind];
		return `${found.name}: ${await press(page, stream, keys)}`;
	}
	switch (stream.int(found.kind === 'range' ? 1 : 3)) {
		case 0:
			await drag(page, stream, at, 120);
			return `${found.name}: drag`;
		case 1:
			await page.mouse.dblclick(...at);
			return `${found.name}: double click`;
		default:
			await page.mouse.click(...at);
			return `${found.name}: click`;
	}
}
