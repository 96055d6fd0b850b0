import { choosePort } from './port.js';
import { install, startTool } from './run.js';

process.chdir(new URL('..', import.meta.url).pathname);
install();
startTool('vite', ['dev', '--port', String(choosePort(process.argv.slice(2), 5173))]);
