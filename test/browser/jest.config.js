const endToEnd = require('../e2e/jest.config.js');

/** The editor and the report in a real browser; started by `npm run test:browser`. @type {import('jest').Config} */
module.exports = { ...endToEnd, testMatch: ['<rootDir>/test/browser/**/*.test.ts'], testTimeout: 3 * 60_000 };
