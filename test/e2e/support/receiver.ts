/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A batch as a workflow delivered it. */
export interface Batch {
	at: number;
	keys: string[];
	/** What came beside the keys. */
	fields: Record<string, unknown>;
	headers: IncomingHttpHeaders;
}

export interface Receiver {
	url: string;
	/** What came, by the path it was sent to. */
	batches: Map<string, Batch[]>;
	close(): Promise<void>;
}

/** Where the workflows under test deliver to: takes any object and keeps it. */
export async function startReceiver(): Promise<Receiver> {
	const batches = new Map<string, Batch[]>();
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8');
		request.on('data', (text: string) => (body += text));
		request.on('end', () => {
			const { keys = [], ...fields } = JSON.parse(body) as { keys?: string[] };
			const path = request.url ?? '';
			batches.set(path, [...(batches.get(path) ?? []), { at: Date.now(), keys, fields, headers: request.headers }]);
			response.end('{}');
		});
		request.on('error', () => undefined);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		batches,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Nodes behind a trigger: they deliver the record ids of each batch at once. */
export const deliverTo = (url: string) => [
	{
		name: 'One Item',
		type: 'n8n-nodes-base.aggregate',
		version: 1,
		parameters: { aggregate: 'aggregateAllItemData' },
	},
	{
		name: 'Deliver',
		type: 'n8n-nodes-base.httpRequest',
		version: 4.2,
		parameters: {
			method: 'POST',
			url,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ JSON.stringify({ keys: $json.data.map((record) => record.record_id) }) }}',
		},
	},
];
