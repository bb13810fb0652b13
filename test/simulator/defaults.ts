import type { Campaign, SimulatorOptions } from './options';
import { uniform, mix } from './random';
import { zoneClock } from './wallTime';

const campaigns: Campaign[] = [
	{ id: '22109', name: 'COBRANZA BOGOTÁ', share: 5, file: 'mensaje_cobranza.wav' },
	{ id: '22110', name: 'Ventas Medellín', share: 3, file: 'buzón ventas.mp3' },
	{ id: '26687', name: 'RENOVACIÓN 2024/25', share: 2, file: 'renovacion_v2.wav', status: 'Stopped' },
	{ id: '7', name: 'Encuesta', share: 0.5, type: 'preview', file: 'encuesta.gsm' },
	{ id: '31002', name: 'PRUEBA', share: 0, status: 'Stopped' },
];

/** The most likely reading of the contract; every switch beside it is a reading that it does not rule out. */
export function defaultOptions(timezone = 'America/Bogota'): SimulatorOptions {
	return {
		seed: 1,
		rowsPerDay: 14_000,
		shape: 'callCentre',
		dataFrom: null,
		dataTo: null,
		now: zoneClock(timezone),
		timezone,
		quiet: [],
		spikes: [],
		campaigns,
		contacts: 25_000,
		duplicateShare: 0.01,
		lateSeconds: { min: 0, max: 0, share: 0 },
		filterSkewSeconds: 0,
		resultCase: 'upper',
		otherResults: [],
		dateForm: 'YYYY-MM-DD HH:MM:SS',
		unreadableDateShare: 0,
		campaignIdWithName: false,
		story: false,

		capRecords: 60_000,
		overCap: 'cutNewest',
		msgOverCap: 'served',
		order: 'ascending',
		bounds: 'closed',
		codeAs: 'text',
		emptyAs: '404',
		envelope: 'contract',
		keyOrder: 'contract',
		extraFields: false,
		padBytes: 0,
		msgLeadingSpace: false,
		prettyPrint: true,
		escapeUnicode: true,
		bomAtStart: false,
		latin1: false,
		gzip: true,
		campaignIdsAs: 'text',
		unknownCampaignAs: 'refusal',
		accumulates: 'records',
		maxSpanSeconds: 31 * 86400,
		overSpanAs: '404',
		badDatesAs: '404',

		port: 0,
		token: '',
		serverCode: '0022',
		licences: 30,
		usedByOtherTokens: 0,
		maxInFlight: 2,
		busyAs: '403',
		busyCounts: false,
		retryAfter: null,
		backup: null,
		latencyMs: 0,
		rowsPerSecond: Infinity,
		pace: 'head',
		tooSlowAfterMs: 60_000,
		tooSlowAs: 'html504',
		faults: {},
		gateway: null,
	};
}

/** Options over the defaults; the default clock follows the zone. */
export function withDefaults(options: Partial<SimulatorOptions>): SimulatorOptions {
	const all = { ...defaultOptions(options.timezone), ...options };
	return all.token === '' ? { ...all, token: tokenOf(all.seed) } : all;
}

/** 52 hexadecimal digits. */
function tokenOf(seed: number): string {
	let token = '';
	for (let i = 0; token.length < 52; i++)
		token += mix(seed, i, uniform(seed, i) * 1e9, 7)
			.toString(16)
			.padStart(8, '0');
	return token.slice(0, 52);
}
