/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Measured } from './measure';
import { writers } from './writers';

/** A smaller number is for a look: `FILES_ROWS=50000 npm run bench -- --only files`. */
const ROWS = Number(process.env.FILES_ROWS ?? 1_000_000);
const RUNS = Number(process.env.FILES_RUNS ?? 3);

async function measured(name: string): Promise<Measured> {
	const script = join(__dirname, 'measure.ts');
	const { stdout } = await promisify(execFile)(process.execPath, [
		'--expose-gc',
		'--import',
		'tsx',
		script,
		name,
		String(ROWS),
	]);
	return JSON.parse(stdout.trim().split('\n').at(-1)!) as Measured;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Writing a workbook: the section of docs/benchmarks.md. */
export async function filesSection(): Promise<string> {
	const runs = new Map<string, Measured[]>(Object.keys(writers).map((name) => [name, []]));
	for (let run = 0; run < RUNS; run++) for (const [name, all] of runs) all.push(await measured(name));
	const [floor] = [...runs.values()].map((all) => median(all.map(({ processorSeconds }) => processorSeconds)));
	const line = ([name, all]: [string, Measured[]]): string => {
		const of = (field: keyof Measured): number => median(all.map((one) => one[field]));
		const growth = Math.max(...all.map(({ grownMegabytes }) => grownMegabytes));
		const ratio = of('processorSeconds') / floor;
		return (
			`| ${name} | ${of('seconds').toFixed(1)} s | ${of('processorSeconds').toFixed(1)} s | ${ratio.toFixed(2)} | ` +
			`+${growth.toFixed(0)} MB | ${(of('bytes') / 1e6).toFixed(1)} MB |`
		);
	};
	return [
		'## Writing a workbook',
		'',
		`${ROWS.toLocaleString('en-US')} records of six fields, ids as texts and dates as dates, by each writer's way for ` +
			`long files, into nothing; each in a process of its own and warmed up, in turns, ${RUNS === 1 ? 'one run' : `the median of ${RUNS} runs`} and the ` +
			'largest growth of resident memory. The floor compresses the same bytes with `CompressionStream`, and does ' +
			'nothing else. Goals: twice the processor time of the floor, +50 MB, and faster than every other.',
		'',
		'| | time | processor time | of the floor | memory growth | file |',
		'|---|---|---|---|---|---|',
		...[...runs].map(line),
	].join('\n');
}
