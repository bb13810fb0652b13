/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { FIELDS } from '../../core/api/record';
import { apiLimits } from '../../core/limits';
import { type RawRow, compactSeconds, createOperation, wallSeconds } from '../simulator';
import type { SimulatorOptions } from '../simulator/options';

/** An operation whose rows are written once, ahead: what is measured is the client, not the making of rows. */
export interface QuickServer {
	readonly url: string;
	readonly records: number;
	requests: number;
	close(): Promise<void>;
}

const SEPARATOR = ',\n';

/** Answers as the contract tells, over the rows of a range; past the cap it cuts the newest in silence. */
export async function startQuickServer(
	data: Partial<SimulatorOptions>,
	range: { from: string; to: string },
): Promise<QuickServer> {
	const { rows, starts, dates } = render(createOperation(data).rowsOf(range));
	const lowerBound = (second: number): number => {
		let [low, high] = [0, dates.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (dates[middle] < second) low = middle + 1;
			else high = middle;
		}
		return low;
	};
	const server = createServer((request, response) => {
		quick.requests++;
		const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
		if (query.get('api') !== 'campaign_7')
			return void response.end(
				JSON.stringify({
					code: '200',
					error: '',
					msg: '1 records were found',
					data: [{ available_consumption_options: '100000' }],
				}),
			);
		const first = lowerBound(compactSeconds(query.get('date_ini') ?? '') ?? 0);
		const end = lowerBound((compactSeconds(query.get('date_end') ?? '') ?? 0) + 1);
		const last = Math.min(end, first + apiLimits.capRecords);
		if (last <= first) {
			response.statusCode = 404;
			return void response.end(
				'{\n    "code": "404",\n    "error": "Not Found",\n    "msg": "Validate dates entered"\n}',
			);
		}
		response.setHeader('content-type', 'application/json; charset=UTF-8');
		response.write(
			`{\n    "code": "200",\n    "error": "",\n    "msg": "${last - first} records were found",\n    "data": [\n`,
		);
		response.write(rows.subarray(starts[first], last < dates.length ? starts[last] - SEPARATOR.length : rows.length));
		response.end('\n    ]\n}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const quick: QuickServer = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		records: dates.length,
		requests: 0,
		close: () => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()),
	};
	return quick;
}

/** The rows as the vendor prints them, in order of time, with where each starts. */
function render(rows: Iterable<RawRow>): { rows: Buffer; starts: number[]; dates: number[] } {
	const pieces: Buffer[] = [];
	const starts: number[] = [];
	const dates: number[] = [];
	let [text, bytes] = ['', 0];
	const write = (): void => {
		pieces.push(Buffer.from(text));
		text = '';
	};
	for (const row of rows) {
		starts.push(bytes);
		dates.push(wallSeconds(row.date));
		const fields = FIELDS.map((field) => `            "${field}": ${JSON.stringify(row[field])}`).join(',\n');
		const next = `        {\n${fields}\n        }${SEPARATOR}`;
		text += next;
		bytes += Buffer.byteLength(next);
		if (text.length > 1_000_000) write();
	}
	write();
	const all = Buffer.concat(pieces);
	return { rows: all.subarray(0, all.length - SEPARATOR.length), starts, dates };
}
