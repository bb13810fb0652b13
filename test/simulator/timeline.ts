import { BLOCK_SECONDS, densityFactor } from './density';
import type { DataOptions } from './options';
import { mix, poisson, uniform } from './random';
import { wallSeconds } from './wallTime';

const { floor, ceil, min, max } = Math;

const SALT = { count: 1, twin: 2, campaign: 3 };

/** Every campaign. */
export const ALL = -1;

/** Told of each row by its second and its code: twice its index in that second, plus one for an identical twin. True ends the scan. */
export type Visit = (second: number, code: number) => boolean | void;

/** Which rows there are: a pure function of the seed and the second, so any stretch can be looked at directly. */
export class Timeline {
	readonly from: number;
	readonly to: number;
	private readonly spikes = new Map<number, { rows: number; campaign: number }>();
	private readonly quiet: Array<[from: number, to: number]>;
	private readonly shares: number[] = [];
	private readonly hourCounts = new Map<string, number>();
	private block = NaN;
	/** Null where nothing is dialled. */
	private sample: ((bits: number) => number) | null = null;

	constructor(private readonly options: DataOptions) {
		this.from = options.dataFrom === null ? -Infinity : wallSeconds(options.dataFrom);
		this.to = options.dataTo === null ? Infinity : wallSeconds(options.dataTo);
		this.quiet = options.quiet.map(({ from, to }) => [wallSeconds(from), wallSeconds(to)]);
		for (const { at, rows, campaign } of options.spikes) {
			this.spikes.set(wallSeconds(at), { rows, campaign: campaign === undefined ? ALL : this.campaignIndex(campaign) });
		}
		const total = options.campaigns.reduce((sum, { share }) => sum + share, 0);
		let sum = 0;
		for (const { share } of options.campaigns) this.shares.push((sum += share) / total);
	}

	/** -1 for `all`, -2 for a campaign that does not exist. */
	campaignIndex(id = 'all'): number {
		if (id.toLowerCase() === 'all') return ALL;
		const index = this.options.campaigns.findIndex((campaign) => campaign.id === id);
		return index < 0 ? -2 : index;
	}

	hasCampaign(index: number): boolean {
		return index < this.options.campaigns.length;
	}

	/** The row's campaign, as an index. */
	campaignOf(second: number, code: number): number {
		const spike = this.spikes.get(second);
		if (spike && spike.campaign >= 0) return spike.campaign;
		const draw = uniform(this.options.seed, second, this.contentOf(second, code), SALT.campaign);
		let index = 0;
		while (index < this.shares.length - 1 && draw >= this.shares[index]) index++;
		return index;
	}

	/** What the row's texts are drawn from: twins share it. */
	contentOf(second: number, code: number): number {
		const index = code >> 1;
		return index > 0 && this.spikes.has(second) && this.hasTwin(second, index) ? index - 1 : index;
	}

	/** All rows dated in `[from, to)`, in order of time. */
	scan(from: number, to: number, campaign: number, visit: Visit): void {
		const { duplicateShare } = this.options;
		const end = min(to, this.to);
		for (let second = ceil(max(from, this.from)); second < end; second++) {
			const drawn = this.drawn(second);
			if (drawn === 0) continue;
			const twins = duplicateShare > 0 && !this.spikes.has(second);
			for (let index = 0; index < drawn; index++) {
				const code = index * 2;
				if (campaign !== ALL && this.campaignOf(second, code) !== campaign) continue;
				if (visit(second, code)) return;
				if (twins && this.hasTwin(second, index) && visit(second, code + 1)) return;
			}
		}
	}

	/** How many rows are dated in `[from, to)`. */
	count(from: number, to: number, campaign: number): number {
		let count = 0;
		if (campaign === ALL && this.options.duplicateShare === 0) {
			const end = min(to, this.to);
			for (let second = ceil(max(from, this.from)); second < end; second++) count += this.drawn(second);
		} else this.scan(from, to, campaign, () => void count++);
		return count;
	}

	/** Rows of a whole hour, remembered. */
	hourCount(hour: number, campaign: number): number {
		const key = `${campaign} ${hour}`;
		let count = this.hourCounts.get(key);
		if (count === undefined) {
			count = this.count(hour * 3600, hour * 3600 + 3600, campaign);
			this.hourCounts.set(key, count);
		}
		return count;
	}

	private hasTwin(second: number, index: number): boolean {
		const { seed, duplicateShare } = this.options;
		return duplicateShare > 0 && uniform(seed, second, index, SALT.twin) < duplicateShare;
	}

	private isQuiet(second: number): boolean {
		return this.quiet.some(([from, to]) => second >= from && second < to);
	}

	private drawn(second: number): number {
		if (this.quiet.length > 0 && this.isQuiet(second)) return 0;
		if (this.spikes.size > 0) {
			const spike = this.spikes.get(second);
			if (spike) return spike.rows;
		}
		const block = floor(second / BLOCK_SECONDS);
		if (block !== this.block) {
			const { seed, shape, rowsPerDay, duplicateShare } = this.options;
			const mean = (rowsPerDay / 86400 / (1 + duplicateShare)) * densityFactor(shape, seed, block * BLOCK_SECONDS);
			this.sample = mean > 0 ? poisson(mean) : null;
			this.block = block;
		}
		return this.sample === null ? 0 : this.sample(mix(this.options.seed, second, 0, SALT.count));
	}
}
