import type { Chunk } from './envelope';

/** How an answer ends badly. `at` is the part of its rows that goes out first. */
export interface Ending {
	how: 'cut' | 'cutGzip' | 'reset' | 'stall';
	at: number;
}

/** What to send. */
export interface Answer {
	status: number;
	headers?: Record<string, string>;
	/** Parts that are made as they are sent. */
	body: Iterable<Chunk>;
	rows: number;
	outcome: string;
	/** Rows that matched, where that was looked up. */
	matched?: number;
	/** None: as it should. */
	ending?: Ending;
	html?: boolean;
}

/** A body of one part. */
export function small(status: number, text: string, outcome: string, headers: Record<string, string> = {}): Answer {
	return { status, body: [{ text, rows: 0 }], rows: 0, outcome, headers };
}

/** A page of a proxy in between, as large as such pages are. */
export function page(status: number, title: string, outcome: string): Answer {
	const text = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
	return { ...small(status, text, outcome), html: true };
}

/** The parts up to a share of the rows, the last of them cut in its middle. */
export function* cutShort(body: Iterable<Chunk>, rows: number): Generator<Chunk> {
	let passed = 0;
	for (const chunk of body) {
		if (passed + chunk.rows > rows || chunk.rows === 0) {
			yield { text: chunk.text.slice(0, Math.floor(chunk.text.length / 2)), rows: Math.floor(chunk.rows / 2) };
			return;
		}
		passed += chunk.rows;
		yield chunk;
	}
}
