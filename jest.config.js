/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/test/browser/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.n8n-home/', '<rootDir>/.cache/'],
	transform: {
		'^.+\\.(?:ts|mjs)$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } }, module: { type: 'commonjs' } },
		],
	},
	// A reader of spreadsheets that comes as modules alone.
	transformIgnorePatterns: ['/node_modules/(?!hucre/)'],
	collectCoverageFrom: ['core/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageThreshold: { './core/': { branches: 100 } },
	testTimeout: 60_000,
	// On two cores jest would take one: it keeps one for itself, which has little to do.
	maxWorkers: '100%',
};
