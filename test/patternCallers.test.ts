import { askCampaigns, askUsage, campaignNumbers } from '../core/api/information';
import { noticeIn } from '../core/api/json/notices';
import { numberOf } from '../core/api/json/values';
import type { Exchange } from '../core/api/ports';
import { campaignNumberOf, detectionOf, nameWithin } from '../core/api/record';
import { type Connection, nothingSpent } from '../core/api/request';
import { readReport } from '../core/api/response';
import { readServer } from '../core/api/server';
import { openLane } from '../core/api/tokenLane';
import { isStandIn } from '../core/analysis/standIns';
import { compare } from '../core/analysis/order';
import { observer } from '../core/analysis/observation';
import { readCallingHours } from '../core/country/callingHours';
import { isUsual, readTelephone, telephoneKey } from '../core/country/telephones';
import { isPlain } from '../core/export/xlsx/texts';
import { apiLimits } from '../core/limits';
import { explain } from '../core/messages';
import { isZone, parseRowDate, readMoment } from '../core/time/wallClock';
import { noReply } from '../nodes/shared/connection/toExchange';
import { unforeseenWords } from '../nodes/shared/output/errors';
import { folded, isNothing } from '../nodes/shared/tool/asWritten';
import { campaignNamed } from '../nodes/shared/tool/campaignByName';
import { answer, row } from './support/exchanges';
import { VirtualWorld } from './support/virtualWorld';

const CHARS = 8 * 1024 * 1024;
/** What a pattern may be given; `patterns.test.ts` holds that none takes longer than 20 ms for so much. */
const LONGEST = apiLimits.maxEnvelopeBytes;

type Caller = (text: string) => unknown;

const read =
	(body: (text: string) => string, status = 200, headers: Record<string, string> = {}): Caller =>
	async (text) => {
		const exchange = answer(status, body(text), { pieceBytes: 65_536, headers });
		const said = await readReport(exchange, { capRecords: 60_000, take: () => {} });
		return said.kind === 'whole' || said.kind === 'empty' ? said : explain(said, '0022');
	};

async function informed(text: string, ask: (connection: Connection) => Promise<unknown>): Promise<unknown> {
	const world = new VirtualWorld();
	const data = JSON.stringify([{ campaign_id: text, token_limit: text }]);
	const transport = async (): Promise<Exchange> =>
		await Promise.resolve(answer(200, `{"code":"200","error":"","msg":"","data":${data}}`, { pieceBytes: 65_536 }));
	const lane = openLane(world, 'patterns', 'token', { parallel: 1 });
	const signal = new AbortController().signal;
	return await ask({ world, transport, lane, spending: nothingSpent(), signal });
}

const quoted = (text: string): string => JSON.stringify(text);

/** Whoever matches a text that comes over the line or that a person or a model wrote; lists of values may be long. */
const CALLERS: Record<string, Caller> = {
	parseRowDate,
	readMoment: (text) => readMoment(text, 'America/Bogota'),
	isZone,
	campaignNumberOf,
	nameWithin,
	detectionOf: (result) => detectionOf({ ...row, result }),
	observer: (text) => observer()({ ...row, result: text, telephone: text, customer_id: text, campaign_id: text }),
	numberOf,
	noticeIn,
	readServer,
	isStandIn,
	compare: (text) => compare(text, text),
	readCallingHours,
	readTelephone: (text) => readTelephone(text, 'CO'),
	telephoneKey: (text) => telephoneKey(text, 'CO'),
	isUsual: (text) => isUsual(text, 'CO'),
	isPlain,
	folded,
	isNothing,
	campaignNamed: (text) => campaignNamed(text, new Map([['1', 'one']])),
	noReply: (text) => noReply(Object.assign(new Error(text), { code: text }), 'https://wv0022.wolkvox.com'),
	unforeseenWords: (text) => unforeseenWords(Object.assign(new Error(text), { stack: text }), text),
	'a body': read((text) => text),
	'a page': read((text) => text, 502, { 'content-type': 'text/html' }),
	'a refusal': read((text) => text, 403),
	msg: read((text) => `{"code":"200","error":"","msg":${quoted(text)},"data":[]}`),
	'msg of a refusal': read((text) => `{"code":"403","error":"","msg":${quoted(text)}}`, 403),
	code: read((text) => `{"code":${quoted(text)},"error":"","msg":"","data":[]}`),
	error: read((text) => `{"code":"200","error":${quoted(text)},"msg":"","data":[]}`),
	'a field': read((text) => `{"code":"200","error":"","msg":"","data":[${quoted(text)}]}`),
	'behind the rows': read((text) => `{"code":"200","error":"","msg":"","data":[{"a":1}]}${text}`),
	'Retry-After': async (text) => await read(() => '{}', 503, { 'retry-after': text })(text),
	askCampaigns: async (text) => await informed(text, askCampaigns),
	campaignNumbers: async (text) => await informed(text, campaignNumbers),
	askUsage: async (text) => await informed(text, askUsage),
};

const KINDS = [' ', '\n', 'a', '1', '"', '<', '{', '1,', '<br ', '[1', 'a.', '\u0301'];

class Uncut extends Error {}

test.each(Object.entries(CALLERS))('%s cuts 8 MB before a pattern sees them', async (_, caller) => {
	const own = Object.getOwnPropertyDescriptor(RegExp.prototype, 'exec')!;
	const usual = own.value as RegExp['exec'];
	const uncut = new Set<string>();
	const watched = function (this: RegExp, text: string): RegExpExecArray | null {
		if (text.length <= LONGEST) return usual.call(this, text);
		uncut.add(`/${this.source}/`);
		throw new Uncut();
	};
	for (const kind of KINDS) {
		const text = kind.repeat(Math.ceil(CHARS / kind.length));
		Object.defineProperty(RegExp.prototype, 'exec', { ...own, value: watched });
		try {
			await caller(text);
		} catch (error) {
			expect(error).toBeInstanceOf(Uncut);
		} finally {
			Object.defineProperty(RegExp.prototype, 'exec', own);
		}
	}
	expect([...uncut]).toEqual([]);
});
