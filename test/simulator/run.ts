/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console */
import { optionsFrom } from './commandLine';
import { help } from './help';
import { startSimulator, wallSeconds, wallText, type SimulatorOptions } from './index';

/*
 * The simulator by itself, until Ctrl-C:
 * npm run simulator -- --port 8080 --seed 7 --rows-per-day 14000 --shape callCentre
 * Every option of SimulatorOptions goes, in kebab case; objects as JSON. --help lists them.
 */

async function run(options: Partial<SimulatorOptions>): Promise<void> {
	const simulator = await startSimulator(options);
	const day = wallText(wallSeconds(simulator.options.now()) - 86400).slice(0, 10);
	const compact = day.replace(/-/g, '');
	const { count } = simulator.truth({ from: `${day} 00:00:00`, to: wallSeconds(day) + 86400 });
	console.log(`Server  ${simulator.url}`);
	console.log(`Token   ${simulator.token}`);
	console.log(`Rows of ${day}: ${count}\n`);
	console.log(
		`curl --compressed -H 'wolkvox-token: ${simulator.token}' ` +
			`'${simulator.url}/api/v2/reports_manager.php?api=campaign_7&campaign_id=all&date_ini=${compact}090000&date_end=${compact}090059'\n`,
	);
	console.log('Ctrl-C ends it.');
	const end = () => void simulator.close().then(() => process.exit(0));
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
}

const words = process.argv.slice(2);
const asksForHelp = words.some((word) => word === '--help' || word === '-h');
const options = asksForHelp ? {} : optionsFrom(words);
if (asksForHelp) console.log(help());
else if (typeof options === 'string') {
	console.error(options);
	process.exitCode = 2;
} else {
	run(options).catch((reason: Error) => {
		console.error(`The simulator could not start: ${reason.message}`);
		process.exitCode = 1;
	});
}
