/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

import { laws } from './laws';

/** `npm run laws -- --seeds 10000 [--seed 1] [--law words] [--workers 2]`: the laws over more seeds than CI has time for. */
const { values } = parseArgs({
	options: {
		seeds: { type: 'string', default: '500' },
		seed: { type: 'string', default: String(Date.now() % 1_000_000) },
		law: { type: 'string', default: '' },
		workers: { type: 'string', default: String(availableParallelism()) },
	},
});

const chosen = laws.filter(({ name }) => name.includes(values.law));
/** Seeds that one process takes of every law; no two draw the same. */
const ROUND = 25;

void (process.send ? work() : lead());

async function work(): Promise<void> {
	for (const law of chosen) {
		const seconds = -performance.now() / 1_000;
		const held = await law.hold(Number(values.seeds), Number(values.seed));
		process.send?.({ name: law.name, seconds: seconds + performance.now() / 1_000, ...held });
	}
	process.disconnect();
}

interface Told {
	readonly name: string;
	readonly cases: number;
	readonly seconds: number;
	readonly broken: string | null;
}

async function lead(): Promise<void> {
	if (chosen.length === 0) return console.log(`No law's name holds “${values.law}”`);
	const rounds = Math.ceil(Number(values.seeds) / chosen.reduce((sum, { share }) => sum + share, 0) / ROUND);
	const tally = new Map(chosen.map(({ name }) => [name, { cases: 0, seconds: 0, broken: [] as string[] }]));
	let next = 0;
	const hear = ({ name, cases, seconds, broken }: Told): void => {
		const line = tally.get(name);
		if (!line) return;
		line.cases += cases;
		line.seconds += seconds;
		if (broken !== null) {
			line.broken.push(broken);
			console.log(`\n${name}\n${broken}\n`);
		}
	};
	const worker = async (): Promise<void> => {
		while (next < rounds) {
			const seed = Number(values.seed) + next++;
			const child = fork(__filename, ['--seeds', String(ROUND), '--seed', String(seed), '--law', values.law], {
				execArgv: process.execArgv,
			});
			child.on('message', (told) => hear(told as Told));
			const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
			if (code !== 0) throw new Error(`The laws ended with code ${code} at seed ${seed}`);
			console.log(`${Math.min(next, rounds)} of ${rounds} rounds`);
		}
	};
	console.log(`${chosen.length} laws, about ${values.seeds} seeds in all, from seed ${values.seed}`);
	await Promise.all(Array.from({ length: Math.min(rounds, Number(values.workers)) }, worker));
	for (const [name, { cases, seconds, broken }] of tally)
		console.log(
			`${broken.length === 0 ? 'holds ' : 'BROKEN'} ${String(cases).padStart(6)} seeds ${seconds.toFixed(0).padStart(5)} s  ${name}`,
		);
	if ([...tally.values()].some(({ broken }) => broken.length > 0)) process.exitCode = 1;
}
