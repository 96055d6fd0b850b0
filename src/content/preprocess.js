export function lessonPreprocessors() {
	return [];
}
