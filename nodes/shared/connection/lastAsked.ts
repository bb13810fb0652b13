import type { Transport } from '../../../core/api/ports';
import type { N8nContext } from './transport';

/** By node and execution, what its latest request was for; the latest at the end, since nothing tells when one is over. */
const latest = new Map<string, string>();
const REMEMBERED = 200;

const keyOf = (context: N8nContext): string =>
	JSON.stringify([
		context.getWorkflow().id,
		context.getNode().id,
		'getExecuteData' in context ? context.getExecutionId() : '',
	]);

/** A transport that notes each request of a node: its number and its window, nothing of what came. */
export function noting(context: N8nContext, transport: Transport): Transport {
	const key = keyOf(context);
	let requests = 0;
	return async (request) => {
		const { date_ini: first, date_end: last, api } = request.query;
		latest.delete(key);
		latest.set(key, `request ${++requests}, ${first ? `window ${first} to ${last}` : api}`);
		const [oldest] = latest.keys();
		if (latest.size > REMEMBERED) latest.delete(oldest);
		return await transport(request);
	};
}

/** What the latest request of a node was for; null where none was made. */
export const lastAskedOf = (context: N8nContext): string | null => latest.get(keyOf(context)) ?? null;
