import { openLane } from '../../../core/api/tokenLane';
import { SlabPool } from '../../../core/reading/packedRecords';
import { type WindowResult, readWindow } from '../../../core/reading/readWindow';
import type { DateKnowledge } from '../../../core/reading/askWindow';
import type { Reply } from '../../../core/api/ports';
import { type Connection, nothingSpent } from '../../../core/api/request';
import { formatCompact, formatWall, wallSeconds } from '../../../core/time/wallClock';
import { answer, envelope, refusal, row } from '../../support/exchanges';
import { VirtualWorld } from '../../support/virtualWorld';

const at = wallSeconds([2024, 5, 6, 9, 0, 0]) ?? 0;
const second = { from: at, to: at + 1 };
const CAP = 4;

interface Asked {
	readonly first: number;
	readonly last: number;
	readonly campaign: string;
}
type Host = (asked: Asked) => Reply;

const dated = (offset: number, campaign = '7') => ({ ...row, campaign_id: campaign, date: formatWall(at + offset) });
const rows = (...all: object[]): Reply =>
	all.length === 0
		? answer(404, refusal('404', 'Validate dates entered'))
		: answer(200, envelope({ msg: `${all.length} records were found`, data: all }));
const list = (ids: unknown[]): Reply =>
	answer(200, envelope({ msg: '', data: ids.map((campaign_id) => ({ campaign_id })) }));

let tokens = 0;
/** Proves a window against a host that answers by what it is asked; bounds are seconds after the window's own start. */
async function proving(
	host: Host,
	{
		window = second,
		campaigns = () => list(['7', '8']),
		reading: changes = {},
	}: { window?: typeof second; campaigns?: () => Reply; reading?: Partial<DateKnowledge> } = {},
): Promise<{ proof: WindowResult; asked: string[]; knowledge: DateKnowledge }> {
	const world = new VirtualWorld();
	const asked: string[] = [];
	const transport: Connection['transport'] = async ({ query }) => {
		if (query.api === 'campaigns') return campaigns();
		const [first, last] = [query.date_ini, query.date_end].map((text) =>
			Number(Object.keys(moments).find((offset) => moments[Number(offset)] === text)),
		);
		asked.push(`${first}..${last} ${query.campaign_id}`);
		return host({ first, last, campaign: query.campaign_id });
	};
	const lane = openLane(world, 'prove', String(tokens++), { parallel: 1 });
	const connection: Connection = {
		transport,
		world,
		lane,
		spending: nothingSpent(),
		signal: new AbortController().signal,
	};
	const knowledge: DateKnowledge = {
		campaign: 'all',
		capRecords: CAP,
		grainSeconds: 1,
		grainKnown: false,
		skewSeconds: 0,
		boundsInclusive: false,
		pool: new SlabPool(),
		...changes,
	};
	return { proof: await readWindow(connection, knowledge, window), asked, knowledge };
}
const moments = Object.fromEntries(
	Array.from({ length: 200 }, (_, index) => [index - 100, formatCompact(at + index - 100)]),
);

/** A server with inclusive bounds that holds so many rows at each moment, campaign 7 and 8 in turn, and cuts at the cap. */
const holding =
	(counts: Record<number, number>): Host =>
	({ first, last, campaign }) => {
		const all = Object.entries(counts).flatMap(([offset, count]) =>
			Number(offset) >= first && Number(offset) <= last
				? Array.from({ length: count }, (_, index) => dated(Number(offset), index % 2 ? '8' : '7'))
				: [],
		);
		return rows(...all.filter((one) => campaign === 'all' || one.campaign_id === campaign).slice(0, CAP));
	};

test('a window is asked one grain wider at each end', async () => {
	const { proof, asked } = await proving(holding({ [-1]: 1, 0: 1, 1: 1 }));
	expect(asked).toEqual(['-1..1 all']);
	expect(proof).toMatchObject({ kind: 'whole', served: 3, undated: 0 });
	expect(proof.kind === 'whole' && proof.records.length).toBe(1);
});

test('a crowded neighbour is no reason to give a second up: it is asked alone', async () => {
	const { proof, asked, knowledge } = await proving(holding({ 0: 2, 1: 9 }));
	expect(asked).toEqual(['-1..1 all', '0..0 all']);
	expect(proof).toMatchObject({ kind: 'whole', served: 2 });
	expect(knowledge.boundsInclusive).toBe(true);
});

test('an empty second between crowded ones is empty once a neighbour shows that the bounds are inclusive', async () => {
	expect(await proving(holding({ 1: 9 }))).toMatchObject({
		proof: { kind: 'empty' },
		asked: ['-1..1 all', '0..0 all', '1..1 all'],
	});
	expect(await proving(holding({ [-1]: 9 }))).toMatchObject({
		proof: { kind: 'empty' },
		asked: ['-1..1 all', '0..0 all', '1..1 all', '-1..-1 all'],
	});
});

test('where bounds are exclusive, nothing can be told of it', async () => {
	const exclusive: Host = ({ first, last, campaign }) =>
		holding({ [-1]: 0, 0: 0, 1: 9 })({ first, last: last - 1, campaign });
	const open: Host = (asked) => (asked.first === -1 ? holding({ 1: 9 })(asked) : exclusive(asked));
	expect((await proving(open)).proof).toMatchObject({ kind: 'tooMany' });
});

test('neighbours that only hang show nothing: the second is not called empty for them', async () => {
	const hanging: Host = (asked) => {
		if (asked.first !== asked.last) return holding({ 1: 9 })(asked);
		return asked.first === 0 ? rows() : answer(200, '', { end: 'timedOut' });
	};
	expect((await proving(hanging)).proof).toMatchObject({ kind: 'tooMany' });
});

describe('campaign by campaign', () => {
	const crowded = holding({ 0: 6 });

	test('a second is whole when its campaigns are, and their rows reach the cap', async () => {
		const { proof, asked } = await proving(crowded);
		expect(proof).toMatchObject({ kind: 'whole', served: 0, records: { length: 6 } });
		expect(asked.slice(-2)).toEqual(['0..0 7', '0..0 8']);
	});

	test('not when one that was seen is missing from the list', async () => {
		expect((await proving(crowded, { campaigns: () => list(['7']) })).proof).toMatchObject({ kind: 'tooMany' });
	});

	test('nor when their rows are fewer than what was told', async () => {
		const hiding: Host = (asked) => (asked.campaign === '8' ? rows() : crowded(asked));
		expect((await proving(hiding)).proof).toMatchObject({ kind: 'tooMany' });
	});

	test('nor when one alone is too many', async () => {
		expect((await proving(holding({ 0: 20 }))).proof).toMatchObject({ kind: 'tooMany' });
	});

	test('nor when one brings rows of another: they would come twice', async () => {
		const careless: Host = (asked) =>
			asked.campaign === '8' ? rows(dated(0, '7'), dated(0, '7'), dated(0, '7')) : crowded(asked);
		expect((await proving(careless)).proof).toMatchObject({ kind: 'tooMany' });
	});

	test('nor when a row has no date to place it by', async () => {
		const undated: Host = (asked) =>
			asked.campaign === '8' ? rows({ ...dated(0, '8'), date: '' }, dated(0, '8'), dated(0, '8')) : crowded(asked);
		expect((await proving(undated)).proof).toMatchObject({ kind: 'tooMany' });
	});

	test('a campaign that the list names and the report does not know has none', async () => {
		const gone: Host = (asked) =>
			asked.campaign === '9'
				? answer(404, refusal('404', 'Campaign_id 9 does not exist in your operation.'))
				: crowded(asked);
		expect((await proving(gone, { campaigns: () => list(['7', '9', '8', '7']) })).proof).toMatchObject({
			kind: 'whole',
			served: 0,
			records: { length: 6 },
		});
	});

	test('a refusal on the way ends it', async () => {
		const refused: Host = (asked) =>
			asked.campaign === '8' ? answer(403, refusal('403', 'TOKEN LIMIT EXCEEDED')) : crowded(asked);
		expect((await proving(refused)).proof).toMatchObject({ kind: 'refused', why: 'quotaSpent' });
		expect(
			(await proving(crowded, { campaigns: () => answer(403, refusal('403', 'TOKEN LIMIT EXCEEDED')) })).proof,
		).toMatchObject({ kind: 'refused', why: 'quotaSpent' });
	});

	test('a refusal of any question before it, too', async () => {
		for (const turn of [1, 2, 3]) {
			let turns = 0;
			const refusing: Host = (asked) => (++turns === turn ? answer(401, refusal('401', '')) : crowded(asked));
			expect((await proving(refusing)).proof).toMatchObject({ kind: 'refused', why: 'missingToken' });
		}
	});

	test('is not tried when the second was not crowded after all', async () => {
		let turns = 0;
		const settling: Host = (asked) => (++turns < 3 ? crowded(asked) : rows(dated(0)));
		expect((await proving(settling)).proof).toMatchObject({ kind: 'tooMany' });
	});
});

describe('rows without a date', () => {
	const half = { ...row, date: '' };

	test('are asked for again with the window’s own edges, and come first', async () => {
		const host: Host = ({ first }) => (first === -1 ? rows(half, half, dated(0)) : rows(half, dated(0)));
		const { proof, asked } = await proving(host);
		expect(asked).toEqual(['-1..1 all', '0..0 all']);
		expect(proof).toMatchObject({ kind: 'whole', undated: 1 });
		expect(proof.kind === 'whole' && [...proof.records].map(({ date }) => date)).toEqual(['', formatWall(at)]);
	});

	test('that lie beside the window only, are not its own', async () => {
		const host: Host = ({ first }) => (first === -1 ? rows(half, dated(0)) : rows(dated(0)));
		expect(await proving(host)).toMatchObject({
			proof: { kind: 'whole', undated: 0 },
			asked: ['-1..1 all', '0..0 all'],
		});
		const none: Host = ({ first }) => (first === -1 ? rows(half, dated(1)) : rows());
		expect(await proving(none)).toMatchObject({
			proof: { kind: 'whole', undated: 0 },
			asked: ['-1..1 all', '0..0 all', '0..0 all'],
		});
	});

	test('that get their date between the two answers are asked for anew, neither lost nor doubled', async () => {
		let turns = 0;
		const filling: Host = () => (++turns === 1 ? rows(half, half, dated(0)) : rows(half, dated(0), dated(0)));
		expect((await proving(filling)).proof).toMatchObject({ kind: 'whole', undated: 1, served: 3 });
		expect(turns).toBe(4);
	});

	test('are unproven where two answers never agree on the dated ones', async () => {
		let turns = 0;
		const fickle: Host = () => (++turns % 2 === 1 ? rows(half, dated(0), dated(0)) : rows(half, dated(0)));
		expect((await proving(fickle)).proof).toMatchObject({ kind: 'transient', why: 'notWhole' });
	});

	test.each<[string, Host, object]>([
		['first', ({ first }) => (first === -1 ? rows(half, dated(0)) : rows()), { first: true, last: false }],
		['last', ({ last }) => (last === 1 ? rows(half, dated(0)) : rows()), { first: false, last: true }],
	])('come where the %s second asked is no part of an answer, once that was found out', async (_, host, leftOut) => {
		const { proof, knowledge } = await proving(host);
		expect(proof).toMatchObject({ kind: 'whole', undated: 1 });
		expect(knowledge).toMatchObject({ leftOut, boundsInclusive: false });
	});

	test('make the window too many where its own edges hold too many', async () => {
		const host: Host = ({ first }) => (first === -1 ? rows(half, dated(0)) : rows(half, half, half, half));
		expect((await proving(host)).proof).toMatchObject({ kind: 'tooMany' });
	});

	test('keep a narrow window from being taken by its dated rows alone', async () => {
		const host: Host = ({ first, campaign }) =>
			campaign !== 'all' || first === -1 ? rows(...Array.from({ length: 4 }, () => dated(0))) : rows(half, dated(0));
		expect((await proving(host)).proof).toMatchObject({ kind: 'tooMany' });
	});
});

describe('dates', () => {
	const ten = { from: at, to: at + 10 };

	test('coarser than assumed: asked again on their grain, once', async () => {
		const host: Host = () => rows({ ...row, date: formatWall(at).slice(0, 16) });
		const { proof, knowledge } = await proving(host, { window: ten });
		expect(proof.kind).toBe('changed');
		expect(knowledge).toMatchObject({ grainSeconds: 60, grainKnown: true });
	});

	test('outside what was asked: the margin grows by a quarter more, in minutes', async () => {
		const { proof, knowledge } = await proving(() => rows(dated(60)), { window: ten });
		expect(proof).toMatchObject({ kind: 'changed', strays: new Set([at + 60]) });
		expect(knowledge.skewSeconds).toBe(120);
	});

	test('as far as no zone reaches: the window is not proven, and the stray is named', async () => {
		const { proof } = await proving(() => rows(dated(60_000)), { window: ten });
		expect(proof.kind === 'changed' && proof.strays.size).toBe(1);
	});
});
