/* Loads TypeScript as jest does, in a plain process: `node --require` this. */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

// Before JSON: a node's description stands beside it under the same name.
const { '.json': readJson } = require.extensions;
delete require.extensions['.json'];
require.extensions['.ts'] = (module, filename) => {
	const { code } = transformSync(readFileSync(filename, 'utf8'), {
		filename,
		jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } },
		module: { type: 'commonjs' },
	});
	module._compile(code, filename);
};
require.extensions['.json'] = readJson;
