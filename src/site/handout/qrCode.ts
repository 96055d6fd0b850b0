import { encode } from 'uqr';

/** Modules of white around a code that readers need. */
const QUIET = 4;

const SVG = 'http://www.w3.org/2000/svg';

/**
 * A QR code of an address as a drawing, black on white in every theme.
 * @throws where the address is longer than a code can hold, which is 2,331 bytes
 */
export function qrCode(address: string, label: string): SVGSVGElement {
	const { data, size } = encode(address, { ecc: 'M', border: QUIET });
	const runs = data.flatMap((row, y) =>
		blackRuns(row).map(([x, to]) => `M${x} ${y}H${to}v1H${x}z`)
	);
	const svg = document.createElementNS(SVG, 'svg');
	svg.setAttribute('class', 'qr');
	svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
	svg.setAttribute('role', 'img');
	svg.setAttribute('aria-label', label);
	svg.setAttribute('shape-rendering', 'crispEdges');
	svg.append(path(`M0 0H${size}V${size}H0z`, '#fff'), path(runs.join(''), '#000'));
	return svg;
}

/** Start and end of each run of black modules. */
function blackRuns(row: readonly boolean[]): [from: number, to: number][] {
	const runs: [number, number][] = [];
	row.forEach((black, x) => {
		if (black && row[x - 1]) runs[runs.length - 1][1] = x + 1;
		else if (black) runs.push([x, x + 1]);
	});
	return runs;
}

function path(d: string, fill: string): SVGPathElement {
	const element = document.createElementNS(SVG, 'path');
	element.setAttribute('d', d);
	element.setAttribute('fill', fill);
	return element;
}
