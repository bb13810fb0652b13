/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console */
import { createOperation, type RawRow } from '../../simulator';
import { defaultOptions } from '../../simulator/defaults';
import { watchGrowth } from '../resident';
import { type WriterName, writers } from './writers';

/** What one writer cost, in a process of its own. */
export interface Measured {
	readonly seconds: number;
	readonly processorSeconds: number;
	readonly grownMegabytes: number;
	readonly bytes: number;
}

/** Rows that are there before anything is measured: far more than deflate looks back over. */
const POOL = 20_000;

function poolOf(): RawRow[] {
	const operation = createOperation({ ...defaultOptions(), rowsPerDay: POOL * 2 });
	const pool: RawRow[] = [];
	for (const row of operation.rowsOf({ from: '2024-05-01', to: '2024-05-31' })) if (pool.push(row) === POOL) break;
	return pool;
}

async function main(name: WriterName, rows: number): Promise<void> {
	const pool = poolOf();
	let bytes = 0;
	const task = { pool, rows, onBytes: (more: number) => void (bytes += more) };
	await writers[name]({ ...task, rows: POOL });
	bytes = 0;
	const growth = watchGrowth();
	const startedMs = performance.now();
	const before = process.cpuUsage();
	await writers[name](task);
	const { user, system } = process.cpuUsage(before);
	const measured: Measured = {
		seconds: (performance.now() - startedMs) / 1_000,
		processorSeconds: (user + system) / 1e6,
		grownMegabytes: growth(),
		bytes,
	};
	console.log(JSON.stringify(measured));
}

void main(process.argv[2] as WriterName, Number(process.argv[3]));
