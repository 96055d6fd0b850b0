/** Properties that a drawing takes from the page's styles and must carry with it. */
const CARRIED = [
	'fill',
	'fill-opacity',
	'stroke',
	'stroke-width',
	'stroke-opacity',
	'stroke-dasharray',
	'stroke-linecap',
	'stroke-linejoin',
	'opacity',
	'paint-order',
	'font-family',
	'font-size',
	'font-style',
	'font-weight',
	'font-variant-numeric',
	'text-anchor',
	'dominant-baseline',
	'display',
	'visibility'
];

const SVG = 'http://www.w3.org/2000/svg';

function copyStyles(from: Element, to: Element): void {
	const style = getComputedStyle(from);
	to.removeAttribute('class');
	to.setAttribute(
		'style',
		CARRIED.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';')
	);
	for (let i = 0; i < from.children.length; i++) copyStyles(from.children[i], to.children[i]);
}

/**
 * All drawings of a figure as one SVG document that needs no style sheet, one above the other, on
 * the paper's colour.
 */
export function drawingsToSvg(container: Element): string {
	const drawings = [...container.querySelectorAll<SVGSVGElement>('svg[viewBox][role="img"]')];
	const document = globalThis.document.implementation.createDocument(SVG, 'svg');
	const root = document.documentElement;
	const width = Math.max(...drawings.map((drawing) => drawing.viewBox.baseVal.width));
	let height = 0;
	for (const drawing of drawings) {
		const copy = drawing.cloneNode(true) as SVGSVGElement;
		copyStyles(drawing, copy);
		const box = drawing.viewBox.baseVal;
		copy.setAttribute('x', '0');
		copy.setAttribute('y', String(height));
		copy.setAttribute('width', String(box.width));
		copy.setAttribute('height', String(box.height));
		root.append(document.importNode(copy, true));
		height += box.height;
	}
	const paper = document.createElementNS(SVG, 'rect');
	paper.setAttribute('width', '100%');
	paper.setAttribute('height', '100%');
	paper.setAttribute('fill', getComputedStyle(container).backgroundColor);
	root.prepend(paper);
	root.setAttribute('viewBox', `0 0 ${width} ${height}`);
	root.setAttribute('width', String(width));
	root.setAttribute('height', String(height));
	return new XMLSerializer().serializeToString(document);
}

/** The same drawing as pixels, twice as fine as its units. */
export async function svgToPng(svg: string): Promise<Blob> {
	const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
	try {
		const image = new Image();
		image.src = url;
		await image.decode();
		const canvas = document.createElement('canvas');
		canvas.width = image.naturalWidth * 2;
		canvas.height = image.naturalHeight * 2;
		canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
		return await new Promise((resolve, reject) =>
			canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture was made'))))
		);
	} finally {
		URL.revokeObjectURL(url);
	}
}

/** Offers a file for saving. */
export function save(name: string, content: Blob): void {
	const url = URL.createObjectURL(content);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), 1000);
}
