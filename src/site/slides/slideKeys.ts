export type Turn = 'next' | 'previous' | 'on' | 'back' | 'first' | 'last';
export type Command = Turn | 'leave' | 'screen' | 'overview' | 'text';

/** `on` and `back` scroll a slide that is longer than the screen before they turn it. */
const COMMANDS: Readonly<Record<string, Command>> = {
	ArrowRight: 'next',
	ArrowLeft: 'previous',
	ArrowDown: 'on',
	ArrowUp: 'back',
	' ': 'on',
	PageDown: 'on',
	PageUp: 'back',
	Home: 'first',
	End: 'last',
	Escape: 'leave',
	f: 'screen',
	o: 'overview',
	t: 'text'
};

/** Where every key already means something. */
const TAKEN = 'dialog, input, select, textarea, [role="region"]';
/** Here the keys of a presenter's remote still turn the slide. */
const SHARED = '.island figure, form';
const REMOTE = ['PageDown', 'PageUp'];
const PRESSED = 'a, button, summary';

/** What a key asks of the slides; undefined where it belongs to what has the focus. */
export function commandOf(event: KeyboardEvent): Command | undefined {
	if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined;
	const { target, key, shiftKey } = event;
	const at = target instanceof Element ? target : undefined;
	if (at?.closest(TAKEN)) return undefined;
	if (at?.closest(SHARED) && !REMOTE.includes(key)) return undefined;
	if (key === ' ' && at?.closest(PRESSED)) return undefined;
	if (key === 'Escape' && at?.closest('.term')) return undefined;
	if (key === ' ' && shiftKey) return 'back';
	return Object.hasOwn(COMMANDS, key) ? COMMANDS[key] : undefined;
}
