/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createReadStream } from 'node:fs';
import { parser } from 'stream-json';
import { pick } from 'stream-json/filters/Pick';
import { streamArray } from 'stream-json/streamers/StreamArray';

import { RowReader } from '../../../core/api/json/rowReader';

/** Reads the rows of a body in a file, as if it came from the network; hands each over. */
export type Contender = (file: string, onRow: (row: unknown) => void) => Promise<void>;

/** As large as a socket's pieces are. */
const PIECE_BYTES = 64 * 1024;
const piecesOf = (file: string): AsyncIterable<Buffer> => createReadStream(file, { highWaterMark: PIECE_BYTES });

export const contenders = {
	async 'this reader'(file, onRow) {
		const reader = new RowReader((rows) => {
			for (const row of rows) onRow(row);
		});
		for await (const piece of piecesOf(file)) reader.push(piece);
		if (!reader.end().closed) throw new Error('The body was not whole');
	},
	async 'whole body, then JSON.parse'(file, onRow) {
		const pieces: Buffer[] = [];
		for await (const piece of piecesOf(file)) pieces.push(piece);
		const { data } = JSON.parse(Buffer.concat(pieces).toString()) as { data: unknown[] };
		for (const row of data) onRow(row);
	},
	async 'stream-json'(file, onRow) {
		const rows = createReadStream(file, { highWaterMark: PIECE_BYTES })
			.pipe(parser())
			.pipe(pick({ filter: 'data' }))
			.pipe(streamArray());
		for await (const { value } of rows as AsyncIterable<{ value: unknown }>) onRow(value);
	},
} satisfies Record<string, Contender>;

export type ContenderName = keyof typeof contenders;
