/** Understanding: what was typed becomes a command, a reset with its possible readings, or a reason why it is none. Pure. */
export { cleanText } from './clean-text.ts';
export { parseCommand } from './parse-command.ts';
