import * as fc from 'fast-check';

import { triggerLimits } from '../../../../core/limits';
import { type Step, advance, startAt } from '../../../../core/trigger/memory/cursor';
import { newBatchName } from '../../../../core/trigger/memory/names';
import { remember } from '../../../../core/trigger/memory/overlap';
import { type Deliveries, fitting, handOver, settle } from '../../../../core/trigger/memory/deliveries';
import { type State, readState, writeState } from '../../../../core/trigger/memory/state';

const at = 1_717_400_000;
const rows = (from: number, n: number) =>
	Array.from({ length: n }, (_, i) => ({
		at: from + i,
		hash: (from + i).toString(16).padStart(16, '0'),
		copy: 1,
	}));
const memoryOf = (from: number, n: number) => ({ dated: remember(rows(from, n)), undated: new Map() });

const state: State = {
	batch: 'b1',
	scopes: [
		{ campaign: '7', from: 0 },
		{ campaign: 'all', from: at - 50 },
	],
	startFrom: '2024-06-03',
	polledMs: 1_717_418_300_000,
	sent: null,
	proven: { ...startAt(at, 1_717_418_000_000), memory: memoryOf(at, 5) },
	pending: {
		readTo: at + 300,
		passMs: 1_717_418_300_000,
		isThrough: false,
		knownFrom: at - 20,
		lastAt: at + 299,
		grainSeconds: 60,
		holes: [{ from: at, to: at + 1, sinceMs: 5, askedMs: 5, asks: 1 }],
		added: memoryOf(at + 100, 3),
	},
};
const stored = () => JSON.parse(JSON.stringify(writeState(state)));

test('what was written is read again, as plain JSON', () => {
	expect(readState(stored())).toEqual(state);
	expect(readState({ ...stored(), pending: null })).toEqual({ ...state, pending: null });
});

test('what lies behind is forgotten, but for the minutes of what is still unproven', () => {
	const step = { ...state.pending!, knownFrom: at + 1_000 };
	const minutes = (holes: typeof step.holes) => [...advance(state.proven, { ...step, holes }).memory.dated.keys()];
	expect(minutes([])).toEqual([]);
	expect(minutes(step.holes)).toEqual([Math.floor(at / 60)]);
});

describe('a batch', () => {
	const step = (readTo: number, from: number, n: number): Step => ({
		...state.pending!,
		readTo,
		holes: [],
		added: memoryOf(from, n),
	});
	const start: Deliveries = { proven: state.proven, sent: null, pending: null };
	const first = step(at + 300, at + 100, 10);
	/** The same records once more, and five that are new. */
	const again = step(at + 600, at + 100, 15);
	const rowsKnown = ({ proven }: Deliveries) => [...proven.memory.dated.values()].flatMap((minute) => minute);

	test('that arrived is remembered with what came before it', () => {
		const { proven, sent, pending } = settle(handOver(start, first, true), true);
		expect(proven.memory.dated).toEqual(remember([...rows(at, 5), ...rows(at + 100, 10)]));
		expect([proven.readTo, sent, pending]).toEqual([at + 300, null, null]);
		expect(settle(start, true)).toEqual(start);
	});

	test('of which nobody knows is due once more, and then counts as well', () => {
		const lost = settle(handOver(start, first, true), false);
		expect(lost).toEqual({ proven: state.proven, sent: first, pending: null });
		const lostAgain = settle(handOver(lost, again, true), false);
		expect(lostAgain.proven.readTo).toBe(at + 300);
		expect(lostAgain.proven.memory.dated).toEqual(remember([...rows(at, 5), ...rows(at + 100, 10)]));
		expect(lostAgain.sent?.added.dated).toEqual(remember(rows(at + 110, 5)));
		const last = settle(handOver(lostAgain, step(at + 900, at + 110, 8), true), true);
		expect(last).toMatchObject({ proven: { readTo: at + 900 }, sent: null, pending: null });
		expect(last.proven.memory.dated).toEqual(remember([...rows(at, 5), ...rows(at + 100, 18)]));
	});

	test('that is due once more in parts counts part by part', () => {
		const lost = settle(handOver(start, again, true), false);
		const part = handOver(lost, first, true);
		for (const hasArrived of [true, false]) {
			const left = settle(part, hasArrived);
			expect(left.proven.readTo).toBe(at + 300);
			expect(left.sent).toMatchObject({ readTo: at + 600 });
			expect(left.sent?.added.dated).toEqual(remember(rows(at + 110, 5)));
		}
	});

	test('of which nothing is left to hand over is done with', () => {
		const lost = settle(handOver(start, first, true), false);
		expect(handOver(lost, again, false)).toMatchObject({ proven: { readTo: at + 600 }, sent: null, pending: null });
		expect(rowsKnown(handOver(lost, again, false))).toHaveLength(rowsKnown(start).length + 1);
	});

	test('is kept in no more room than n8n shall write, whatever it holds', () => {
		const huge = (from: number): Step => step(from, at, 20_000);
		const full = {
			proven: { ...state.proven, memory: memoryOf(at - 9_000, 9_000) },
			sent: huge(at + 300),
			pending: huge(at + 600),
		};
		const text = JSON.stringify(writeState({ ...state, ...fitting(full) }));
		expect(text.length).toBeLessThan(triggerLimits.stateMaxBytes);
		expect(fitting(handOver(start, first, true))).toEqual(handOver(start, first, true));
	});
});

test.each([
	['nothing that is an object', 'text', 'it is no object'],
	['a version of the future', { ...stored(), version: 3 }, 'its version is “3”, not 2'],
	['no version', {}, 'its version is missing, not 2'],
	['no names', { ...stored(), batch: 7 }, 'its names are missing'],
	['no start', { ...stored(), startFrom: undefined }, 'its names are missing'],
	['no last poll', { ...stored(), polledMs: '1' }, 'its last poll is no moment'],
	['no campaigns', { ...stored(), scopes: [] }, 'its campaigns are missing'],
	['half a campaign', { ...stored(), scopes: [{ campaign: 'all' }] }, 'its campaigns are missing'],
	['half of what was sent', { ...stored(), sent: {} }, 'sent: it is missing'],
	['no place', { ...stored(), proven: undefined }, 'proven: it is missing'],
	[
		'half a moment',
		{ ...stored(), proven: { ...stored().proven, readTo: 1.5 } },
		'proven: a moment is no whole number',
	],
	[
		'an unclear end',
		{ ...stored(), pending: { ...stored().pending, isThrough: 'yes' } },
		'pending: its place is unclear',
	],
	[
		'a hole of no length',
		{ ...stored(), pending: { ...stored().pending, holes: [{ from: 2, to: 2, sinceMs: 1 }] } },
		'pending: its list of unproven windows',
	],
	[
		'a hole that is none',
		{ ...stored(), pending: { ...stored().pending, holes: [null] } },
		'pending: its list of unproven windows',
	],
	[
		'no list of holes',
		{ ...stored(), proven: { ...stored().proven, holes: 'none' } },
		'proven: its list of unproven windows',
	],
	[
		'a memory cut short',
		{ ...stored(), proven: { ...stored().proven, memory: { dated: 'AAA', undated: '' } } },
		'proven: its memory of rows',
	],
	['no memory', { ...stored(), proven: { ...stored().proven, memory: { dated: 1 } } }, 'proven: its memory of rows'],
])('%s is told, and never taken for a beginning', (_, damaged, damage) => {
	expect(readState(damaged)).toEqual({ damage });
});

test('whatever stands there, reading it never throws', () => {
	fc.assert(fc.property(fc.anything(), (any) => void readState(any)));
	fc.assert(
		fc.property(
			fc.anything(),
			fc.constantFrom(...Object.keys(stored())),
			(any, key) => void readState({ ...stored(), [key]: any }),
		),
	);
});

test('batches have names of their own', () => {
	expect(newBatchName(() => 0)).toBe('000000000000');
	expect(newBatchName(Math.random)).toMatch(/^[0-9a-f]{12}$/);
});
