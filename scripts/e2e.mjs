import './setup/nodeVersion.mjs';
import { currentVersion, installN8n, oldestVersion } from './n8n/install.mjs';
import { runCommand } from './setup/command.mjs';
import { runJest } from './setup/jest.mjs';
import { buildTarball, installDependencies } from './setup/prepare.mjs';

await runCommand(async () => {
	await installDependencies();
	await buildTarball();
	for (const version of [currentVersion, oldestVersion]) await installN8n(version);
	await runJest({
		name: 'e2e',
		parameters: ['--config', 'test/e2e/jest.config.js', '--verbose', ...process.argv.slice(2)],
	});
});
