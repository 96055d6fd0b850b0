/**
 * The module for pages that hold figures as elements, served as element.js: `<rollout-widget>`. A page
 * with two versions of it gives one another name: `element.js?as=rollout-widget-2`.
 */
import { RolloutWidget } from './rolloutWidget';

const { href, searchParams } = new URL(import.meta.url);
const name = searchParams.get('as') ?? 'rollout-widget';
const known = customElements.get(name) as { from?: string } | undefined;

if (!known) {
	customElements.define(
		name,
		class extends RolloutWidget {
			static readonly from = href;
		}
	);
} else if (known.from !== href) {
	// eslint-disable-next-line no-console -- for the author of the page
	console.warn(
		`<${name}> is already another version's. For this one too, load ${href.split('?')[0]}?as=${name}-2 and write <${name}-2>.`
	);
}
