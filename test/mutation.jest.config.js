const base = require('../jest.config.js');

/** The tests of the core and of what the core was found to promise in n8n's engine: what mutations of `core` must not survive. */
module.exports = {
	...base,
	rootDir: '..',
	testMatch: ['<rootDir>/test/core/**/*.test.ts'],
	coverageThreshold: undefined,
};
