/** A name for a batch that no other batch of a trigger has. @param random uniform in [0, 1) */
export const newBatchName = (random: () => number): string =>
	Math.floor(random() * 2 ** 48)
		.toString(16)
		.padStart(12, '0');
