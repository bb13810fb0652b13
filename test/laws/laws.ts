import * as fc from 'fast-check';

import type { SimulatorOptions } from '../simulator';
import { crowds, processes, shareAToken, takesTurns } from './crowd';
import { type Law, law } from './hold';
import { DAY, type Scenario, misfortune, refusals, retryAfters, scenarios, zeroedForms } from './scenario';
import { readsAsParsed, takesNothingBroken } from './reader';
import { bodies } from './readerCases';
import { stoppedAnywhere } from './stopped';
import { triggerLaw } from './trigger/law';
import { rhythmLaw } from './trigger/rhythm';
import { exact, toldAtLeast, whole, wholeButEdges } from './verdicts';

const smooth = fc.constant({});
const toTheSecond = { dateForm: 'YYYY-MM-DD HH:MM:SS' as const };
const switches = (
	some: Partial<{ [K in keyof SimulatorOptions]: fc.Arbitrary<SimulatorOptions[K]> }>,
): fc.Arbitrary<Partial<SimulatorOptions>> => fc.record(some);

/** What extraction promises, whatever the API does. */
export const laws: readonly Law[] = [
	law({ name: 'complete and exact, however the same truth is told', cases: scenarios(smooth), check: whole }),
	law({ name: 'exact, or unproven by name, under faults', cases: scenarios(misfortune), check: exact }),
	law({
		name: 'complete and exact where too many rows are refused in the words of an empty answer',
		cases: hiddenExcess(),
		check: whole,
	}),
	law({
		name: 'nothing is lost in silence, at true scale, where too much or too long is refused in the words of an empty answer',
		cases: hiddenAtScale(),
		check: exact,
		share: 0.2,
	}),
	law({ name: 'exact when seconds are more crowded than the cap', cases: crowdedSeconds(), check: exact }),
	law({
		name: 'complete but for the crowded seconds themselves where bounds are inclusive',
		cases: inclusiveCrowds(),
		check: whole,
		share: 0.5,
	}),
	law({ name: 'exact when the cap is lower than documented', cases: lowerCaps(), check: exact }),
	law({
		name: 'exact when dates are cut to the minute or the hour without showing it',
		cases: zeroedDates(),
		check: exact,
		share: 0.3,
	}),
	law({
		name: 'exact when some dates cannot be read',
		cases: scenarios(
			misfortune,
			switches({ unreadableDateShare: fc.constantFrom(0.001, 0.2, 1), bounds: fc.constant('closed') }),
		),
		check: exact,
	}),
	law({
		name: 'exact when some dates cannot be read and the server leaves out the seconds of its bounds',
		cases: scenarios(
			smooth,
			switches({
				unreadableDateShare: fc.constantFrom(0.001, 0.05, 0.2),
				bounds: fc.constantFrom('fromOpen', 'toOpen', 'open'),
				dateForm: fc.constant(toTheSecond.dateForm),
			}),
		),
		check: exact,
		share: 0.5,
	}),
	law({
		name: 'exact when the server reads date_end, or both bounds, down to the minute',
		cases: boundsToTheMinute(),
		check: exact,
		share: 0.5,
	}),
	law({
		name: 'complete and exact when every date lies as far beside the moment that is filtered',
		cases: shiftedDates(),
		check: wholeButEdges,
		share: 0.3,
	}),
	law({
		name: 'nothing doubled when dates stray row by row, and nothing that was seen lost without a word',
		cases: strayingDates(),
		check: toldAtLeast,
		share: 0.5,
	}),
	law({
		name: 'exact or unproven when the server is slow',
		cases: scenarios(
			misfortune,
			switches({
				rowsPerSecond: fc.constantFrom(20, 100, 1_000),
				tooSlowAs: fc.constantFrom('html504', 'cut', 'stall'),
			}),
		),
		check: exact,
	}),
	law({
		name: 'exact or unproven, and nothing asked before Retry-After, whatever it says',
		cases: scenarios(refusals, switches({ retryAfter: retryAfters, busyAs: fc.constantFrom('403', '429') })),
		check: exact,
		share: 0.5,
	}),
	law({
		name: 'the account is whole and no request follows, wherever a run is stopped',
		cases: fc.record({ scenario: scenarios(misfortune), awaits: fc.integer({ min: 0, max: 120 }) }),
		check: stoppedAnywhere,
	}),
	law({ name: 'runs on one token take turns, and all end', cases: crowds, check: takesTurns }),
	law({
		name: 'runs in processes of their own share a token, and all come whole',
		cases: processes,
		check: shareAToken,
		share: 0.15,
	}),
	law({ name: 'any chunking of any JSON reads as JSON.parse reads it', cases: bodies, check: readsAsParsed, share: 4 }),
	law({
		name: 'no body that is cut or damaged is taken as whole',
		cases: fc.record({
			body: bodies,
			at: fc.nat(2_000),
			as: fc.constantFrom(null, '"', '\\', '{', '}', ']', ',', ':', 'x', '\u0000', '\ufffd'),
		}),
		check: takesNothingBroken,
		share: 4,
	}),
	triggerLaw,
	rhythmLaw,
];

/** 1970-01-05 was a Monday. */
const MONDAY = 4 * DAY;

/**
 * Call centres of 300 to 300,000 records a day, and a quiet campaign of theirs, behind a server that says “Validate dates”
 * to more than 60,000 rows and to a span from a day on; from an hour on where each working hour has five rows or more.
 */
function hiddenAtScale(): fc.Arbitrary<Scenario> {
	return fc
		.record({
			seed: fc.nat(1_000_000),
			start: fc.integer({ min: 0, max: 20 * 24 }),
			rowsLog: fc.double({ min: 0, max: 1, noNaN: true }),
			days: fc.integer({ min: 1, max: 45 }),
			spanLog: fc.double({ min: 0, max: 1, noNaN: true }),
			hidesHours: fc.boolean(),
			campaign: fc.constantFrom('all', 'all', '22109', '7'),
			parallel: fc.constantFrom(1, 2),
		})
		.map(({ seed, start, rowsLog, days, spanLog, hidesHours, campaign, parallel }) => {
			const rowsPerDay = Math.round(300 * 1_000 ** rowsLog);
			const from = 4 * DAY + 2_829 * 7 * DAY + start * 3_600;
			const shortest = hidesHours && campaign === 'all' && rowsPerDay > 1_000 ? 3_600 : DAY;
			const maxSpanSeconds = Math.round(shortest * ((31 * DAY) / shortest) ** spanLog);
			const atMostDays = Math.max(1, Math.floor(150_000 / rowsPerDay));
			const api = {
				shape: 'callCentre' as const,
				rowsPerDay,
				overCap: 'notFound' as const,
				maxSpanSeconds,
				duplicateShare: 0,
			};
			const capRecords = 60_000;
			const to = from + Math.min(days, atMostDays) * DAY;
			return { seed, from, to, capRecords, believedCap: capRecords, parallel, campaign, pieceBytes: 65_536, api };
		});
}

/**
 * An empty answer is probed by ten minutes, a short range not at all: 60,000 rows in two hours are no call centre's. Nor are
 * so few that ten minutes of a busy hour hold none: what fills 31 days to the cap has 30 of them, and so it is here, with
 * caps that are a hundredth of Wolkvox's, on working days only: a hundredth of a Sunday would be nothing.
 */
function hiddenExcess(): fc.Arbitrary<Scenario> {
	return scenarios(smooth).map((scenario) => {
		const rowsPerDay = Math.min(Math.max(scenario.api.rowsPerDay ?? 0, 2_000), 4 * scenario.capRecords);
		const from = scenario.from - (scenario.from % (7 * DAY)) + MONDAY + (scenario.from % DAY);
		const days = Math.min((scenario.to - scenario.from) / DAY, 12_000 / rowsPerDay, 5 - (scenario.from % DAY) / DAY);
		const api: Scenario['api'] = {
			...scenario.api,
			...toTheSecond,
			overCap: 'notFound',
			shape: 'callCentre',
			rowsPerDay,
		};
		return { ...scenario, from, to: from + Math.max(1, Math.floor(days * DAY)), api };
	});
}

function crowdedSeconds(): fc.Arbitrary<Scenario> {
	return scenarios(smooth).chain((scenario) =>
		fc
			.array(
				fc.record({
					at: fc.integer({ min: scenario.from - 2, max: scenario.to + 1 }),
					rows: fc.integer({ min: 1, max: 9_000 }),
				}),
				{ minLength: 1, maxLength: 3 },
			)
			.map((spikes) => ({ ...scenario, api: { ...scenario.api, spikes } })),
	);
}

/** Crowded seconds of one campaign or of several, some side by side. */
function inclusiveCrowds(): fc.Arbitrary<Scenario> {
	return scenarios(
		smooth,
		switches({ bounds: fc.constant('closed'), dateForm: fc.constant(toTheSecond.dateForm) }),
	).chain((scenario) =>
		fc
			.record({
				at: fc.integer({ min: scenario.from - 1, max: scenario.to }),
				beside: fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 }),
				rows: fc.integer({ min: 601, max: 9_000 }),
				campaign: fc.constantFrom('22109', '22110', undefined),
			})
			.map(({ at, beside, rows, campaign }) => ({
				...scenario,
				api: { ...scenario.api, spikes: beside.map((seconds) => ({ at: at + seconds, rows, campaign })) },
			})),
	);
}

function lowerCaps(): fc.Arbitrary<Scenario> {
	return fc
		.tuple(scenarios(smooth), fc.constantFrom(500, 1_000, 1_500, 2_000))
		.map(([scenario, capRecords]) => ({ ...scenario, capRecords, believedCap: 60_000 }));
}

/** Ranges that end anywhere, of so few rows that no window is shorter than minutes, as with Wolkvox's own cap. */
function boundsToTheMinute(): fc.Arbitrary<Scenario> {
	const bounds = fc.constantFrom('endToMinute' as const, 'toMinute' as const);
	return scenarios(smooth, switches({ bounds, dateForm: fc.constant(toTheSecond.dateForm) })).map((scenario) => ({
		...scenario,
		capRecords: 60_000,
		believedCap: 60_000,
	}));
}

function zeroedDates(): fc.Arbitrary<Scenario> {
	return scenarios(smooth, switches({ dateForm: fc.constantFrom(...zeroedForms) })).map((scenario) => ({
		...scenario,
		from: scenario.from - (scenario.from % 3_600),
		to: scenario.to + 3_600 - (scenario.to % 3_600),
		pieceBytes: 65_536,
	}));
}

function shiftedDates(): fc.Arbitrary<Scenario> {
	const shifts = fc.constantFrom(-40_000, -18_000, -3_600, -61, -2, 1, 7, 90, 3_600, 36_000);
	return fc
		.tuple(scenarios(smooth), shifts, fc.integer({ min: 1, max: 3 }))
		.map(([scenario, filterSkewSeconds, days]) => {
			// A margin must not fill the answer by itself.
			const rowsPerDay = Math.min(9_000, (0.15 * scenario.capRecords * DAY) / Math.abs(filterSkewSeconds));
			const api: Scenario['api'] = { ...scenario.api, ...toTheSecond, filterSkewSeconds, rowsPerDay, shape: 'flat' };
			return { ...scenario, api, to: scenario.from + days * DAY, campaign: 'all', pieceBytes: 65_536 };
		});
}

function strayingDates(): fc.Arbitrary<Scenario> {
	const skew = fc
		.tuple(fc.integer({ min: -4_000, max: 4_000 }), fc.integer({ min: 0, max: 4_000 }))
		.map(([min, spread]) => ({ min, max: min + spread }));
	return scenarios(smooth, switches({ filterSkewSeconds: skew, dateForm: fc.constant(toTheSecond.dateForm) }));
}
