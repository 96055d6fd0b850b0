/**
 * The port from `--port 8080` or PORT; ends the process with a sentence where it will not do.
 * @param {string[]} args
 * @param {number} usual
 */
export function choosePort(args, usual) {
	const at = args.findIndex((arg) => arg === '--port' || arg.startsWith('--port='));
	const text = at < 0 ? process.env.PORT : (args[at].split('=')[1] ?? args[at + 1]);
	if (text === undefined || text === '') return usual;
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65536) return port;
	console.error(
		`“${text}” is no port: choose a number from 1 to 65535, as in npm start -- --port 8080`
	);
	process.exit(1);
}
