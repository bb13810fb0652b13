const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

/** What tsc leaves behind: icons, codex files and output schemas, copied beside the compiled code. */
const copied = [
	'nodes/**/*.{svg,png}',
	'nodes/**/*.node.json',
	'nodes/**/__schema__/**/*.json',
	'credentials/**/*.svg',
];

exports.clean = () => rm('dist', { recursive: true, force: true });
exports.copy = () => src(copied, { base: '.', encoding: false }).pipe(dest('dist'));
