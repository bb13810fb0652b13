import { createHash } from 'crypto';

/** What a memory is of: with another server, campaign or zone it says nothing. Holds no secret. */
export const fingerprintOf = (host: string, campaign: string, zone: string): string =>
	createHash('sha256')
		.update(JSON.stringify([host, campaign, zone]))
		.digest('hex')
		.slice(0, 16);

/** A name for a batch that no other batch of a trigger has. @param random uniform in [0, 1) */
export const newBatchName = (random: () => number): string =>
	Math.floor(random() * 2 ** 48)
		.toString(16)
		.padStart(12, '0');
