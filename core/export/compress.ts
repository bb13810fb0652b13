/** Compresses as it is read; what comes next is made while the last is worked on. What the source throws, this throws. */
export async function* compress(
	format: 'gzip' | 'deflate-raw',
	source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
	const compression = new CompressionStream(format);
	const writer = compression.writable.getWriter();
	const pumped = pump(source, writer);
	const reader = compression.readable.getReader();
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) break;
			yield value;
		}
	} finally {
		await reader.cancel();
		await pumped;
	}
}

async function pump(source: AsyncIterable<Uint8Array>, writer: WritableStreamDefaultWriter<Uint8Array>): Promise<void> {
	try {
		let written: Promise<void> | undefined;
		for await (const bytes of source) {
			await written;
			written = writer.write(bytes);
			// Awaited in the next turn, or by close.
			written.catch(() => {});
		}
		await writer.close();
	} catch (error) {
		// The reading side throws it; where that side has gone already, nobody waits for it.
		await Promise.allSettled([writer.abort(error)]);
	}
}
