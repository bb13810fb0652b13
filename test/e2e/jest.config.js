const unit = require('../../jest.config.js');

/** The slow suites, against a real n8n; started by `npm run test:e2e`, which sets n8n up first. @type {import('jest').Config} */
module.exports = {
	...unit,
	rootDir: '../..',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	moduleFileExtensions: ['ts', 'mjs', 'js', 'json', 'node'],
	testTimeout: 15 * 60_000,
	maxWorkers: 1,
};
