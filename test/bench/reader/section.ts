/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { createOperation } from '../../simulator';
import { defaultOptions } from '../../simulator/defaults';
import { countMessage, reportBody } from '../../simulator/envelope';
import { contenders } from './contenders';
import type { Measured } from './measure';

const RUNS = 5;
const SIZES = [35, 250];
const ROWS_PER_MEGABYTE = 4_050;

/** A body of about so many megabytes, as the simulator writes it. */
async function bodyFile(folder: string, megabytes: number): Promise<string> {
	const options = { ...defaultOptions(), rowsPerDay: 1_000_000, shape: 'flat' as const };
	const operation = createOperation(options);
	const count = megabytes * ROWS_PER_MEGABYTE;
	function* rows() {
		let left = count;
		for (const row of operation.rowsOf({ from: '2024-05-01', to: '2024-05-31' })) {
			if (left-- === 0) return;
			yield row;
		}
	}
	const file = join(folder, `${megabytes}.json`);
	const out = createWriteStream(file);
	for (const { text } of reportBody(options, rows(), count, countMessage(options, count)))
		if (!out.write(text)) await once(out, 'drain');
	out.end();
	await once(out, 'finish');
	return file;
}

async function measured(name: string, file: string, warmUp: string): Promise<Measured> {
	const { stdout } = await promisify(execFile)(process.execPath, [
		'--expose-gc',
		'--import',
		'tsx',
		join(__dirname, 'measure.ts'),
		name,
		file,
		warmUp,
	]);
	return JSON.parse(stdout) as Measured;
}

/** Each contender in a process of its own, warmed up, in turns: the median time, the largest growth and stall. */
async function compare(file: string, warmUp: string): Promise<Map<string, Measured>> {
	const runs = new Map<string, Measured[]>(Object.keys(contenders).map((name) => [name, []]));
	for (let run = 0; run < RUNS; run++) for (const [name, all] of runs) all.push(await measured(name, file, warmUp));
	return new Map(
		[...runs].map(([name, all]) => [
			name,
			{
				rows: all[0].rows,
				seconds: median(all.map(({ seconds }) => seconds)),
				grownMegabytes: Math.max(...all.map(({ grownMegabytes }) => grownMegabytes)),
				stalledMs: median(all.map(({ stalledMs }) => stalledMs)),
			},
		]),
	);
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Reading a body: the section of docs/benchmarks.md. */
export async function readerSection(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'reader-'));
	try {
		const tables: string[] = [];
		const warmUp = await bodyFile(folder, 5);
		for (const megabytes of SIZES) {
			const file = await bodyFile(folder, megabytes);
			const all = await compare(file, warmUp);
			const base = all.get('whole body, then JSON.parse')?.seconds ?? NaN;
			const size = ((await stat(file)).size / 2 ** 20).toFixed(0);
			tables.push(
				[
					`| ${size} MB, ${megabytes * ROWS_PER_MEGABYTE} rows | time | speed | against JSON.parse | memory growth | longest stall |`,
					'|---|---|---|---|---|---|',
					...[...all].map(
						([name, { seconds, grownMegabytes, stalledMs }]) =>
							`| ${name} | ${seconds.toFixed(2)} s | ${(Number(size) / seconds).toFixed(0)} MB/s | ` +
							`${(base / seconds).toFixed(2)} × | +${grownMegabytes.toFixed(0)} MB | ${stalledMs.toFixed(0)} ms |`,
					),
				].join('\n'),
			);
		}
		return [
			'## Reading a body',
			'',
			'Bodies as the API writes them, read from a file in pieces of 64 KB, each contender in a process of its ' +
				`own and warmed up; the median of ${RUNS} runs, the largest growth of resident memory. Goals: twice the ` +
				'speed of whole-body parsing at 250 MB, not slower at 35 MB, +80 MB at most, no stall over 50 ms.',
			'',
			tables.join('\n\n'),
		].join('\n');
	} finally {
		await rm(folder, { recursive: true });
	}
}
