import { resolve } from '$app/paths';

/** Addresses of a widget's own page and of its code, relative to the page that is being made. */
export function figureLinks(name: string) {
	return {
		embed: resolve(`/embed/${name}/`),
		code: resolve(`/code/${name}/`)
	};
}
