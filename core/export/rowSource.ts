import { exportLimits } from '../limits';

/** What a cell may hold. */
export type Cell = string | number | boolean | null;

/** A row of a file, by column. */
export type Row = Readonly<Record<string, Cell>>;

/** The rows of a run, one file after another taking up where the one before it ended. */
export class RowSource {
	private atHand: Iterator<Row> = [].values();
	private ahead: Row | undefined;

	constructor(private readonly batches: AsyncIterator<Iterable<Row>>) {}

	/** Whether a row is left; waits for it. */
	async hasNext(): Promise<boolean> {
		while (this.ahead === undefined) {
			this.ahead = this.take();
			if (this.ahead) break;
			const batch = await this.batches.next();
			if (batch.done) return false;
			this.atHand = batch.value[Symbol.iterator]();
		}
		return true;
	}

	/** The next of the rows that are there already. */
	take(): Row | undefined {
		const row = this.ahead ?? this.atHand.next().value;
		this.ahead = undefined;
		return row as Row | undefined;
	}

	/** Tells whoever makes the rows that no more are wanted. */
	async end(): Promise<void> {
		await this.batches.return?.();
	}
}

/** The rows of one file: those of its source up to where it is told to end. */
export class Portion {
	/** How many rows were taken. */
	rows = 0;
	private isEnded = false;

	constructor(private readonly source: RowSource) {}

	async hasNext(): Promise<boolean> {
		return !this.isEnded && (await this.source.hasNext());
	}

	take(): Row | undefined {
		const row = this.isEnded ? undefined : this.source.take();
		if (row) this.rows++;
		return row;
	}

	/** The file gets no more rows; those that are left are another's. */
	end(): void {
		this.isEnded = true;
	}
}

/** Rows as text, whole rows in each piece; waits for more rows only when the piece before is taken. */
export async function* textOf(
	rows: Portion,
	lineOf: (row: Row) => string,
	hasRoom: () => boolean = () => true,
): AsyncGenerator<string, void> {
	while (hasRoom() && (await rows.hasNext())) {
		let text = '';
		while (text.length < exportLimits.chunkCharacters && hasRoom()) {
			const row = rows.take();
			if (!row) break;
			text += lineOf(row);
		}
		yield text;
	}
}
