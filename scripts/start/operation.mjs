import { atEnd } from '../setup/command.mjs';
import { tryPort } from '../setup/ports.mjs';

/** The same on every start, so that a credential that somebody made to practise stays right. */
const usualPort = 8022;

/** Dense enough to need several requests for a week, small enough for the editor to show. */
const rowsPerDay = 3_000;
const zoneOffsetMs = -5 * 3_600_000;
const dayMs = 86_400_000;

/**
 * @typedef {object} Operation
 * @property {string} server what goes in the credential
 * @property {string} token
 * @property {() => { count: number, digest: string }} [truth] the records of the last 7 whole days; only a simulator knows
 * @property {(rows: object[]) => { count: number, digest: string }} [digestOf]
 */

/** The simulator of Wolkvox, in this process: it ends when this process does. @returns {Promise<Operation>} */
export async function simulatedOperation() {
	const { tsImport } = await import('tsx/esm/api');
	const { startSimulator, digestOf } = await tsImport('../../test/simulator/index.ts', import.meta.url);
	const simulator = await startSimulator({ rowsPerDay, story: true, port: (await tryPort(usualPort)) ?? 0 });
	atEnd(() => simulator.close());
	return { server: simulator.url, token: simulator.token, truth: () => simulator.truth(lastSevenDays()), digestOf };
}

/** The range of the preset `last7Days`, on the clock of the simulated operation (UTC-5 all year). */
export function lastSevenDays() {
	const day = (/** @type {number} */ back) =>
		`${new Date(Date.now() + zoneOffsetMs - back * dayMs).toISOString().slice(0, 10)} 00:00:00`;
	return { from: day(7), to: day(0) };
}
