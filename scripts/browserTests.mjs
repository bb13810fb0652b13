import './setup/nodeVersion.mjs';
import { currentVersion, installN8n } from './n8n/install.mjs';
import { runCommand } from './setup/command.mjs';
import { runJest } from './setup/jest.mjs';
import { buildTarball, installDependencies } from './setup/prepare.mjs';

// The editor and the report in a real browser; PICTURES=docs/images renews the pictures of README and docs.
await runCommand(async () => {
	await installDependencies();
	await buildTarball();
	await installN8n(currentVersion);
	await runJest({
		name: 'browser',
		parameters: ['--config', 'test/browser/jest.config.js', '--verbose', ...process.argv.slice(2)],
	});
});
