/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console */
import { watchGrowth } from '../resident';
import { type ContenderName, contenders } from './contenders';

/** What one contender cost, in a process of its own. */
export interface Measured {
	readonly seconds: number;
	readonly rows: number;
	readonly grownMegabytes: number;
	readonly stalledMs: number;
}

/** The longest time for which nothing else could run. */
function watchStalls(): () => number {
	let longestMs = 0;
	let lastMs = performance.now();
	const tick = setInterval(() => {
		const now = performance.now();
		longestMs = Math.max(longestMs, now - lastMs - 1);
		lastMs = now;
	}, 1);
	return () => {
		clearInterval(tick);
		return Math.max(longestMs, performance.now() - lastMs - 1);
	};
}

async function main(name: ContenderName, file: string, warmUp: string): Promise<void> {
	let rows = 0;
	const count = (row: unknown): void => void (rows += row === null ? 0 : 1);
	await contenders[name](warmUp, count);
	rows = 0;
	const growth = watchGrowth();
	const stalls = watchStalls();
	const startedMs = performance.now();
	await contenders[name](file, count);
	const seconds = (performance.now() - startedMs) / 1_000;
	const measured: Measured = {
		seconds,
		rows,
		grownMegabytes: growth(),
		stalledMs: stalls(),
	};
	console.log(JSON.stringify(measured));
}

void main(process.argv[2] as ContenderName, process.argv[3], process.argv[4]);
