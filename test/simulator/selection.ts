import type { Ref } from './operation';
import type { OverCap, SimulatorOptions } from './options';
import { uniform } from './random';
import { ALL, type Timeline } from './timeline';

const { floor, ceil, min, max } = Math;

const SALT = { choice: 31, shuffle: 32 };

interface Source {
	timeline: Timeline;
	first: number;
	last: number;
	seen(second: number, code: number): boolean;
	/** Every row of the stretch is seen: whole hours can be counted from memory. */
	settled: boolean;
	seed: number;
}

/** The rows that an answer with a cap carries, none where the answer is an error instead. */
export function pick(source: Source, campaign: number, matched: number, cap: number, overCap: OverCap): Ref[] {
	if (matched <= cap) return take(source, campaign, source.first, 0, matched);
	switch (overCap) {
		case 'cutNewest':
			return take(source, campaign, source.first, 0, cap);
		case 'cutOldest': {
			const [from, skip] = skipHours(source, campaign, matched - cap);
			return take(source, campaign, from, skip, cap);
		}
		case 'cutRandom':
			return sample(source, campaign, matched, cap);
		case 'grouped':
			return campaign === ALL ? byCampaign(source, cap) : take(source, campaign, source.first, 0, cap);
		default:
			return [];
	}
}

/** In the order that the operation gives its rows. */
export function arrange(refs: Ref[], order: SimulatorOptions['order'], timeline: Timeline, seed: number): Ref[] {
	if (order === 'descending') return refs.reverse();
	if (order === 'shuffled') {
		for (let i = refs.length - 1; i > 0; i--) {
			const j = floor(uniform(seed, i, refs.length, SALT.shuffle) * (i + 1));
			[refs[i], refs[j]] = [refs[j], refs[i]];
		}
	}
	if (order === 'grouped') {
		const keyed = refs.map((ref) => ({ ref, campaign: timeline.campaignOf(ref.second, ref.code) }));
		return keyed.sort((a, b) => a.campaign - b.campaign).map(({ ref }) => ref);
	}
	return refs;
}

function take({ timeline, last, seen }: Source, campaign: number, from: number, skip: number, limit: number): Ref[] {
	const refs: Ref[] = [];
	if (limit === 0) return refs;
	timeline.scan(from, last, campaign, (second, code) => {
		if (!seen(second, code) || skip-- > 0) return false;
		return refs.push({ second, code }) === limit;
	});
	return refs;
}

/** Where to start so that most of what is skipped need not be looked at, and how much is left to skip. */
function skipHours(
	{ timeline, first, last, settled }: Source,
	campaign: number,
	skip: number,
): [from: number, skip: number] {
	const start = max(first, timeline.from);
	if (!settled || !Number.isFinite(start)) return [first, skip];
	let hour = ceil(start / 3600);
	let passed = timeline.count(start, min(hour * 3600, last), campaign);
	if (passed > skip) return [first, skip];
	while (hour * 3600 + 3600 < last) {
		const rows = timeline.hourCount(hour, campaign);
		if (passed + rows > skip) break;
		passed += rows;
		hour++;
	}
	return [hour * 3600, skip - passed];
}

/** Any `cap` of the rows, each as likely as the other (Knuth's algorithm S). */
function sample({ timeline, first, last, seen, seed }: Source, campaign: number, matched: number, cap: number): Ref[] {
	const refs: Ref[] = [];
	let left = matched;
	timeline.scan(first, last, campaign, (second, code) => {
		if (!seen(second, code)) return false;
		if (uniform(seed, second, code, SALT.choice) * left-- < cap - refs.length) refs.push({ second, code });
		return refs.length === cap;
	});
	return refs;
}

function byCampaign(source: Source, cap: number): Ref[] {
	const refs: Ref[] = [];
	for (let campaign = 0; refs.length < cap && source.timeline.hasCampaign(campaign); campaign++) {
		for (const ref of take(source, campaign, source.first, 0, cap - refs.length)) refs.push(ref);
	}
	return refs;
}
