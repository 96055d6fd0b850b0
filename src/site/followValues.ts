import type { Outcome } from '$player/job';
import { spread } from '$player/spread';
import { formatNumber } from '$ui/numberFormat';

/** Puts a figure's numbers into the sentences that quote them. */
export function followValues(figure: string, outcome: Outcome): void {
	for (const place of document.querySelectorAll<HTMLElement>('[data-value]')) {
		const [id, name] = place.dataset.value!.split('.');
		if (id !== figure) continue;
		place.textContent = formatNumber(spread(outcome, name).middle, Number(place.dataset.digits));
	}
}
