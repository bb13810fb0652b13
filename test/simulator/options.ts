import type { Fault, FaultPlan } from './faults';
import type { GatewayOptions } from './gateway';

/** A moment of the operation's wall clock: `YYYY-MM-DD HH:MM:SS`, or seconds as `wallSeconds` gives them. */
export type Moment = string | number;

/** Half-open: `from` belongs to it, `to` does not. */
export interface Range {
	from: Moment;
	to: Moment;
	/** A campaign's number; every campaign when absent or `all`. */
	campaign?: string;
}

/** The six texts of a record, as served. */
export interface RawRow {
	customer_id: string;
	campaign_id: string;
	file_name: string;
	telephone: string;
	result: string;
	date: string;
}

export interface Campaign {
	id: string;
	name: string;
	/** Its part of the rows, relative to the other campaigns. */
	share: number;
	type?: 'predictive' | 'preview';
	status?: 'Started' | 'Stopped';
	/** The voice file its rows carry. */
	file?: string;
	/** Has rows and answers by id, but the list of campaigns leaves it out. */
	hidden?: boolean;
}

export type Shape = 'callCentre' | 'bursty' | 'flat' | 'step' | 'sparse';

/** What is there: all of it decides the truth. */
export interface DataOptions {
	seed: number;
	rowsPerDay: number;
	/**
	 * How rows spread over time. Totals of a day: `flat` rowsPerDay; `callCentre` and `bursty`
	 * rowsPerDay from Monday to Friday, half on Saturday, 2 % on Sunday; `step` 0.1 to 4 times, a new
	 * level every three days; `sparse` all of it in one hour of fifty. Each second is a Poisson draw.
	 */
	shape: Shape;
	/** No rows before; null: there always were. */
	dataFrom: Moment | null;
	/** No rows from here on; null: rows keep coming. Nothing exists later than `now` in any case. */
	dataTo: Moment | null;
	/** The operation's wall clock, fractions of a second allowed. Default: the real clock in `timezone`. */
	now: () => Moment;
	/** IANA zone of the default clock. */
	timezone: string;
	/** Stretches without rows, such as an hour that a DST night leaves out. */
	quiet: Array<{ from: Moment; to: Moment }>;
	/** Exactly so many rows in one second, instead of what the density draws there. */
	spikes: Array<{ at: Moment; rows: number; campaign?: string }>;
	campaigns: Campaign[];
	/** How many persons are dialled; attempts repeat among them. */
	contacts: number;
	/** Part of the rows that has an identical, equally real twin in the same second. */
	duplicateShare: number;
	/** `share` of the rows become visible that many seconds after their own date. */
	lateSeconds: { min: number; max: number; share: number };
	/** Shown date minus the time that the window filters, drawn row by row. */
	filterSkewSeconds: number | { min: number; max: number };
	resultCase: 'upper' | 'lower' | 'title';
	/** Values beside machine and human, on 3 % of the rows. */
	otherResults: string[];
	dateForm: DateForm;
	/** Part of the rows whose date is `''` or `0000-00-00 00:00:00`. */
	unreadableDateShare: number;
	/** Rows carry `22109 - NAME` instead of `22109`. */
	campaignIdWithName: boolean;
	/** One bad list, one bad hour, a list that ages, ids with leading zeros: an operation with something to find. */
	story: boolean;
}

export type DateForm =
	| 'YYYY-MM-DD HH:MM:SS'
	| 'YYYY-MM-DD HH:MM'
	| 'YYYY-MM-DD HH:MM:00'
	| 'YYYY-MM-DD HH'
	| 'YYYY-MM-DD-HH'
	| 'YYYY-MM-DD HH:00:00'
	| 'YYYY-MM-DDTHH:MM:SS'
	| 'YYYY/MM/DD HH:MM:SS'
	| 'DD/MM/YYYY HH:MM:SS'
	| 'DD-MM-YYYY HH:MM:SS'
	| 'YYYYMMDDHHMMSS';

/** What becomes of an answer with more rows than the cap. */
export type OverCap = 'cutNewest' | 'cutOldest' | 'cutRandom' | 'grouped' | 'error400' | 'error500' | 'notFound';

/** How the operation answers: none of it changes the truth. */
export interface AnswerOptions {
	capRecords: number;
	/**
	 * `cutNewest` keeps the oldest rows, `cutOldest` the newest, `cutRandom` any, `grouped` goes
	 * campaign by campaign until full; the others are errors.
	 */
	overCap: OverCap;
	/** Whether `msg` of a cut answer counts what is served or what there is. */
	msgOverCap: 'served' | 'true';
	order: 'ascending' | 'descending' | 'shuffled' | 'grouped';
	/** `endToMinute` reads `date_end` down to its minute, `toMinute` both bounds. */
	bounds: 'closed' | 'fromOpen' | 'toOpen' | 'open' | 'endToMinute' | 'toMinute';
	codeAs: 'text' | 'number';
	emptyAs: '404' | '[]' | 'null' | '{}' | 'absent';
	/** `dataFirst` puts `data` before `msg`; `bareArray` is a top-level array; `dataObject` numbers the rows in an object. */
	envelope: 'contract' | 'dataFirst' | 'bareArray' | 'dataObject';
	keyOrder: 'contract' | 'reversed' | 'mixed';
	/** Fields that no page names, one of them nested. */
	extraFields: boolean;
	/** So many bytes more in every row, in a field of its own. */
	padBytes: number;
	msgLeadingSpace: boolean;
	prettyPrint: boolean;
	/** `\u00f3` and `\/` as PHP writes them by default. */
	escapeUnicode: boolean;
	bomAtStart: boolean;
	latin1: boolean;
	/** When the client accepts it. */
	gzip: boolean;
	/** ids in the list of campaigns. */
	campaignIdsAs: 'text' | 'number';
	/** What a report says of a campaign that the operation does not have. */
	unknownCampaignAs: 'refusal' | 'empty';
	/** What report 6 counts, or that there is no such report. */
	accumulates: 'records' | 'machines' | 'absent';
	maxSpanSeconds: number;
	overSpanAs: Misfit;
	badDatesAs: Misfit;
}

/** Answers to what nobody knows the answer of. */
export type Misfit = '404' | '400' | 'html' | '500';

/** Who may ask, how often, how fast. */
export interface ServiceOptions {
	/** 0 takes a free port. */
	port: number;
	/** Empty: about 52 hexadecimal digits from the seed. */
	token: string;
	serverCode: string;
	/** The day's quota is this times 1,000, for all tokens together. */
	licences: number;
	/** What the operation's other tokens have spent today. */
	usedByOtherTokens: number;
	maxInFlight: number;
	busyAs: '403' | '429';
	/** Whether a request that is refused as one too many at once counts in the day's quota. */
	busyCounts: boolean;
	/** Sent with busy answers and with 503; null: no such header, as seen so far. */
	retryAfter: { seconds: number; as: 'seconds' | 'date' } | null;
	/** Nightly, `HH:MM:SS` of the operation's clock, `to` not included; null: never. */
	backup: { from: string; to: string } | null;
	latencyMs: number;
	/** Infinity: as fast as this machine. */
	rowsPerSecond: number;
	/** Whether the service's time passes before the head or over the body. */
	pace: 'head' | 'body';
	tooSlowAfterMs: number;
	tooSlowAs: 'html504' | 'cut' | 'stall';
	faults: FaultPlan;
	/** What stands before it and limits the pace; null: nothing does. */
	gateway: GatewayOptions | null;
	/** Asked first, before `faults`; for scripted tests. */
	onRequest?: (entry: RequestLogEntry) => Fault | undefined;
}

export interface SimulatorOptions extends DataOptions, AnswerOptions, ServiceOptions {}

/** What happened to one request. */
export interface RequestLogEntry {
	index: number;
	path: string;
	query: Record<string, string>;
	headers: Record<string, string>;
	/** Epoch milliseconds. */
	at: number;
	/** Epoch milliseconds; null while it runs. */
	endedAt: number | null;
	/** 0 when no head was sent. */
	status: number;
	/** Rows that matched, before any cap; null where that was never looked up. */
	matched: number | null;
	/** Rows written. */
	served: number;
	/** Bytes of body handed to the socket, compressed if it was. */
	bytes: number;
	/** `whole`, `cut`, `empty`, `busy`, …, or the fault's name. */
	outcome: string;
	/** The client hung up before the answer was out. */
	clientClosed: boolean;
}
