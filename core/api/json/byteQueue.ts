/** Bytes that wait to be read, side by side in memory that is used again and again; one byte is spare on each side of them. */
export class ByteQueue {
	private memory: Buffer;
	private start = 1;
	private end = 1;

	constructor(capacityBytes: number) {
		this.memory = Buffer.allocUnsafe(capacityBytes + 2);
	}

	/** What waits; valid until the next call of `append`. */
	get bytes(): Buffer {
		return this.memory.subarray(this.start, this.end);
	}

	append(bytes: Uint8Array): void {
		if (this.end + bytes.length >= this.memory.length) this.makeRoom(bytes.length);
		this.memory.set(bytes, this.end);
		this.end += bytes.length;
	}

	/** Forgets the first bytes. */
	drop(count: number): void {
		this.start += count;
	}

	/** Gives `use` the bytes from `from` to `to` between two others, without a copy of them. */
	between<T>(open: number, from: number, to: number, close: number, use: (bytes: Buffer) => T): T {
		const [first, last] = [this.start + from - 1, this.start + to];
		const [before, after] = [this.memory[first], this.memory[last]];
		this.memory[first] = open;
		this.memory[last] = close;
		try {
			return use(this.memory.subarray(first, last + 1));
		} finally {
			this.memory[first] = before;
			this.memory[last] = after;
		}
	}

	private makeRoom(count: number): void {
		const waiting = this.bytes;
		const needed = waiting.length + count + 2;
		const memory =
			needed <= this.memory.length ? this.memory : Buffer.allocUnsafe(Math.max(needed, 2 * this.memory.length));
		memory.set(waiting, 1);
		[this.memory, this.start, this.end] = [memory, 1, 1 + waiting.length];
	}
}
