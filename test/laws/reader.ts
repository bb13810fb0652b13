/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { isDeepStrictEqual } from 'util';

import { RowReader } from '../../core/api/json/rowReader';
import { type Body, pieces } from './readerCases';

interface Heard {
	readonly rows: unknown[];
	readonly envelope: Record<string, unknown> | null;
}

/** What the reader makes of bytes: its rows, and its envelope when it took the body as whole. */
export function read(bytes: Uint8Array, { sizes, chunkBytes }: Omit<Body, 'text'>): Heard {
	const rows: unknown[] = [];
	const reader = new RowReader(
		(more) => {
			for (const row of more) rows.push(row);
		},
		'utf-8',
		chunkBytes,
	);
	for (const piece of pieces(bytes, sizes)) if (!reader.push(piece)) break;
	const end = reader.end();
	return { rows, envelope: end.closed ? end.envelope : null };
}

/** The same, as `JSON.parse` reads it; null for what it refuses or what is no response at all. */
function parsed(text: string): Heard | null {
	let value: unknown;
	try {
		value = JSON.parse(text.replace(/^\ufeff/, ''));
	} catch {
		return null;
	}
	if (typeof value !== 'object' || value === null) return null;
	if (Array.isArray(value)) return { rows: value, envelope: {} };
	const { data, ...envelope } = value as Record<string, unknown>;
	if (Array.isArray(data)) return { rows: data, envelope };
	return { rows: [], envelope: 'data' in value ? { ...envelope, data } : envelope };
}

/** Every valid body reads as `JSON.parse` reads it. */
export function readsAsParsed(body: Body): string[] {
	const { text } = body;
	const [heard, truth] = [read(Buffer.from(text), body), parsed(text)];
	if (truth === null) return ['the case itself is not JSON'];
	if (heard.envelope === null) return [`refused: ${text}`];
	return isSame(heard, truth) ? [] : [`read as ${JSON.stringify(heard)} instead of ${JSON.stringify(truth)}`];
}

/** No damaged body is taken as whole, unless it is valid JSON all the same. */
export function takesNothingBroken({ body, at, as }: { body: Body; at: number; as: string | null }): string[] {
	const whole = Buffer.from(body.text);
	const place = at % Math.max(1, whole.length);
	const bytes =
		as === null
			? whole.subarray(0, place)
			: Buffer.concat([whole.subarray(0, place), Buffer.from(as), whole.subarray(place + 1)]);
	const heard = read(bytes, body);
	if (heard.envelope === null) return [];
	const truth = isUtf8(bytes) ? parsed(bytes.toString()) : null;
	return truth !== null && isSame(heard, truth) ? [] : [`taken as whole: ${bytes.toString()}`];
}

/** Rows of an object with keys come as its values. */
function isSame({ rows, envelope }: Heard, truth: Heard): boolean {
	if (isDeepStrictEqual({ rows, envelope: { ...envelope } }, { rows: truth.rows, envelope: { ...truth.envelope } }))
		return true;
	const { data, ...rest } = truth.envelope ?? {};
	return (
		typeof data === 'object' &&
		data !== null &&
		isDeepStrictEqual(sorted(rows), sorted(Object.values(data))) &&
		isDeepStrictEqual({ ...envelope }, rest)
	);
}

const sorted = (values: readonly unknown[]): string[] => values.map((value) => JSON.stringify(value)).sort();

function isUtf8(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}
