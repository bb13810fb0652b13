import type { BodyEnd, Exchange, Reply } from '../../core/api/ports';
import type { AmdRecord } from '../../core/api/record';
import { type Answer, readReport } from '../../core/api/response';

/** An answer as a transport hands it over: its bytes in pieces, and how they end. */
export function answer(
	status: number,
	body: string | Uint8Array,
	{
		headers = {},
		end = 'complete',
		pieceBytes = 1_000,
	}: { headers?: Record<string, string>; end?: BodyEnd; pieceBytes?: number } = {},
): Reply {
	const bytes = Buffer.from(body);
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		async read(onBytes) {
			for (let at = 0; at < bytes.length; at += pieceBytes)
				if (!onBytes(bytes.subarray(at, at + pieceBytes))) return 'stopped';
			return end;
		},
	};
}

export const row = {
	customer_id: '1032456789',
	campaign_id: '22109',
	file_name: 'mensaje.wav',
	telephone: '91573223189873',
	result: 'MACHINE',
	date: '2024-05-06 09:00:00',
};

/** A body as production sends it: keys in this order, four spaces, slashes and accents as PHP escapes them. */
export function envelope(changes: Record<string, unknown> = {}, count = 1): string {
	const data = Array.from({ length: count }, () => row);
	return JSON.stringify({ code: '200', error: '', msg: `${count} records were found`, data, ...changes }, null, 4);
}

const CAP = 60_000;

/** What an answer to a report means, and the records that it brought. */
export async function read(
	reply: Exchange,
	sink: { capRecords?: number; readToEnd?: boolean } = {},
): Promise<{ means: Answer<number>; records: AmdRecord[] }> {
	const records: AmdRecord[] = [];
	const means = await readReport(reply, { capRecords: CAP, ...sink, take: (more) => void records.push(...more) });
	return { means, records };
}

export const meaning = async (
	reply: Exchange,
	sink?: { capRecords?: number; readToEnd?: boolean },
): Promise<Answer<number>> => (await read(reply, sink)).means;

/** A body that says no. */
export const refusal = (code: string, msg: string, error = ''): string => JSON.stringify({ code, error, msg }, null, 4);
