/**
 * The first key that stands twice in one object of a JSON text, which JSON.parse would pass over in
 * silence, taking the last; undefined where there is none. Keys count by what they mean: "a" and
 * "\u0061" are the same.
 *
 * Cost: O(text). The text must be JSON already.
 * Worked value: {"a": {"b": 1}, "b": 2, "a": 3} gives "a".
 */
export function repeatedKey(json: string): string | undefined {
	const open: Set<string>[] = [];
	for (let at = 0; at < json.length; at++) {
		if (json[at] === '{') open.push(new Set());
		else if (json[at] === '}') open.pop();
		else if (json[at] === '"') {
			const start = at;
			for (at++; json[at] !== '"'; at++) if (json[at] === '\\') at++;
			let next = at + 1;
			while (' \t\n\r'.includes(json[next])) next++;
			if (json[next] !== ':') continue;
			const key: string = JSON.parse(json.slice(start, at + 1));
			const keys = open[open.length - 1];
			if (keys.has(key)) return key;
			keys.add(key);
		}
	}
	return undefined;
}
