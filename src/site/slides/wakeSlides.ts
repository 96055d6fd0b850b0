import { commandOf, type Command, type Turn } from './slideKeys';
import { onSwipe } from './onSwipe';

/** Of a slide's height, what "on" scrolls a long one by. */
const SCROLL = 0.8;

/** Shows one slide at a time and turns them; the number of the slide is in the address. */
export function wakeSlides(main: HTMLElement): void {
	const slides = [...main.querySelectorAll<HTMLElement>('.slide')];
	const place = document.querySelector<HTMLElement>('.slide-bar output')!;
	const overview = document.querySelector<HTMLDialogElement>('.slide-overview')!;
	const button = (name: string) =>
		document.querySelector<HTMLButtonElement>(`[data-slides="${name}"]`)!;
	let current = 0;

	function show(index: number, focus = true) {
		current = Math.max(0, Math.min(slides.length - 1, index));
		for (const [i, slide] of slides.entries()) slide.toggleAttribute('data-current', i === current);
		place.textContent = `${current + 1} / ${slides.length}`;
		button('previous').disabled = current === 0;
		button('next').disabled = current === slides.length - 1;
		history.replaceState(history.state, '', `#${current + 1}`);
		if (focus) slides[current].focus({ preventScroll: true });
	}

	function showAddressed() {
		const name = decodeURIComponent(location.hash.slice(1));
		if (/^\d{1,4}$/.test(name)) return show(Number(name) - 1);
		const target = name === '' ? null : document.getElementById(name);
		const index = slides.findIndex((slide) => slide.contains(target));
		show(Math.max(index, 0));
		target?.scrollIntoView({ block: 'nearest' });
	}

	function turn(how: Turn, focus: boolean) {
		const slide = slides[current];
		const below = slide.scrollHeight - slide.clientHeight - slide.scrollTop;
		if (how === 'on' && below > 1) slide.scrollBy(0, SCROLL * slide.clientHeight);
		else if (how === 'back' && slide.scrollTop > 1) slide.scrollBy(0, -SCROLL * slide.clientHeight);
		else if (how === 'first') show(0, focus);
		else if (how === 'last') show(slides.length - 1, focus);
		else show(current + (how === 'next' || how === 'on' ? 1 : -1), focus);
	}

	function leave() {
		const heading = slides[current].querySelector('h2[id]') ?? headingBefore();
		location.href = main.dataset.back! + (heading ? `#${heading.id}` : '');
	}

	/** The section that the slide goes on with. */
	function headingBefore(): Element | null | undefined {
		return slides
			.slice(0, current)
			.map((slide) => slide.querySelector('h2[id]'))
			.findLast((heading) => heading !== null);
	}

	function run(command: Command, focus = true) {
		if (command === 'leave') leave();
		else if (command === 'screen') void switchScreen();
		else if (command === 'text') switchText();
		else if (command === 'overview') openOverview();
		else turn(command, focus);
	}

	function switchText() {
		const full = main.dataset.deck !== 'full';
		main.dataset.deck = full ? 'full' : 'brief';
		button('text').setAttribute('aria-pressed', String(full));
	}

	async function switchScreen() {
		if (document.fullscreenElement) await document.exitFullscreen();
		else await document.documentElement.requestFullscreen();
	}

	function openOverview() {
		const list = overview.querySelector('ol')!;
		list.replaceChildren(
			...slides.map((slide, i) => {
				const link = document.createElement('a');
				link.href = `#${i + 1}`;
				link.textContent = slide.getAttribute('aria-label');
				if (i === current) link.setAttribute('aria-current', 'true');
				const item = document.createElement('li');
				item.append(link);
				return item;
			})
		);
		overview.showModal();
		list.querySelector<HTMLElement>('[aria-current]')?.focus();
	}

	/** Words and symbols that act on a figure bring its slide. */
	function follow(event: MouseEvent) {
		const at = event.target instanceof Element ? event.target : undefined;
		const phrase = at?.closest<HTMLElement>('button.preset');
		const symbol = at?.closest<HTMLElement>('.katex [data-param]');
		const figure = phrase?.dataset.of ?? symbol?.dataset.param?.split('.')[0];
		const index = slides.findIndex((slide) =>
			slide.querySelector(`[data-figure="${CSS.escape(figure ?? '')}"]`)
		);
		if (figure && index >= 0) show(index);
	}

	for (const slide of slides) slide.tabIndex = -1;
	for (const tools of document.querySelectorAll<HTMLElement>('[data-scripted]'))
		tools.hidden = false;
	button('screen').hidden = !document.fullscreenEnabled;
	for (const name of ['text', 'overview', 'screen', 'previous', 'next'] as const) {
		button(name).addEventListener('click', () => run(name, false));
	}
	overview.addEventListener('click', (event) => {
		if (event.target instanceof Element && event.target.closest('a')) overview.close();
	});
	document.addEventListener('click', follow, { capture: true });
	document.addEventListener('keydown', (event) => {
		const command = commandOf(event);
		if (!command) return;
		event.preventDefault();
		run(command);
	});
	onSwipe(main, (towards) => turn(towards === 'left' ? 'next' : 'previous', true));
	addEventListener('hashchange', showAddressed);
	main.dataset.deck = 'brief';
	showAddressed();
}
