import * as fc from 'fast-check';

/** A promise: for every case, nothing is broken. */
export interface Promised<T> {
	readonly name: string;
	readonly cases: fc.Arbitrary<T>;
	/** What was broken, in words. */
	readonly check: (example: T) => Promise<string[]> | string[];
	/** Its part of the seeds, where a case costs more than others. */
	readonly share?: number;
}

export interface Law {
	readonly name: string;
	/** Its part of the seeds. */
	readonly share: number;
	/** Holds the law against its part of so many seeds; gives the first case that broke it, shrunk, with the reason, or null. */
	hold(seeds: number, seed: number): Promise<{ readonly cases: number; readonly broken: string | null }>;
}

export const law = <T>({ name, cases, check, share = 1 }: Promised<T>): Law => ({
	name,
	share,
	async hold(seeds, seed) {
		const property = fc.asyncProperty(cases, async (example) => {
			const broken = await check(example);
			if (broken.length > 0) throw new Error(broken.join('\n'));
		});
		const outcome = await fc.check(property, { numRuns: Math.max(1, Math.round(seeds * share)), seed });
		if (!outcome.failed) return { cases: outcome.numRuns, broken: null };
		const reason =
			outcome.errorInstance instanceof Error ? outcome.errorInstance.message : String(outcome.errorInstance);
		return { cases: outcome.numRuns, broken: `${reason}\n${JSON.stringify(outcome.counterexample?.[0])}` };
	},
});
