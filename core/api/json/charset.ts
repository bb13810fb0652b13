/** A decoder that refuses what is not valid in a charset, never mangles it; UTF-8 where the charset is unknown. */
export function decoderOf(charset: string): InstanceType<typeof TextDecoder> {
	try {
		return new TextDecoder(charset, { fatal: true, ignoreBOM: true });
	} catch {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	}
}
