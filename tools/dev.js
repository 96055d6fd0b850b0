import { join } from 'node:path';
import { choosePort } from './port.js';
import { install, startTool } from './run.js';

process.chdir(join(import.meta.dirname, '..'));
install();
startTool('vite', ['dev', '--port', String(choosePort(process.argv.slice(2), 5173))]);
