import './setup/nodeVersion.mjs';
import { runCommand } from './setup/command.mjs';
import { buildTarball, installDependencies } from './setup/prepare.mjs';

await runCommand(async () => {
	await installDependencies();
	console.log(`Ready: ${await buildTarball()}`);
});
