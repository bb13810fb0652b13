import * as fc from 'fast-check';

import { triggerLimits } from '../../../../core/limits';
import { advance, startAt } from '../../../../core/trigger/memory/cursor';
import { fingerprintOf, newBatchName } from '../../../../core/trigger/memory/names';
import { remember } from '../../../../core/trigger/memory/overlap';
import { type State, readState, settled, writeState } from '../../../../core/trigger/memory/state';

const at = 1_717_400_000;
const rows = (from: number, n: number) =>
	Array.from({ length: n }, (_, i) => ({
		at: from + i,
		hash: (from * 1_000 + i).toString(16).padStart(16, '0'),
		copy: 1,
	}));
const memoryOf = (from: number, n: number) => ({ dated: remember(rows(from, n)), undated: new Map() });

const state: State = {
	fingerprint: 'f00d',
	batch: 'b1',
	proven: { ...startAt(at, 1_717_418_000_000), memory: memoryOf(at, 5) },
	pending: {
		readTo: at + 300,
		passMs: 1_717_418_300_000,
		isThrough: false,
		knownFrom: at - 20,
		lastAt: at + 299,
		grainSeconds: 60,
		holes: [{ from: at, to: at + 1, sinceMs: 5 }],
		added: memoryOf(at + 100, 3),
	},
};
const stored = () => JSON.parse(JSON.stringify(writeState(state)));

test('what was written is read again, as plain JSON', () => {
	expect(readState(stored())).toEqual(state);
	expect(readState({ ...stored(), pending: null })).toEqual({ ...state, pending: null });
});

test('a batch that counts as emitted is remembered with what came before it', () => {
	const { memory, ...place } = settled(state);
	expect(memory.dated).toEqual(remember([...rows(at, 5), ...rows(at + 100, 3)]));
	expect(place).toMatchObject({ readTo: at + 300, isThrough: false, grainSeconds: 60 });
	expect(settled({ ...state, pending: null })).toBe(state.proven);
});

test('what lies behind is forgotten, but for the minutes of what is still unproven', () => {
	const step = { ...state.pending!, knownFrom: at + 1_000 };
	const minutes = (holes: typeof step.holes) => [
		...advance(state.proven, { ...step, holes }, triggerLimits.stateMaxBytes).memory.dated.keys(),
	];
	expect(minutes([])).toEqual([]);
	expect(minutes(step.holes)).toEqual([Math.floor(at / 60)]);
});

test.each([
	['nothing that is an object', 'text', 'it is no object'],
	['a version of the future', { ...stored(), version: 2 }, 'its version is “2”, not 1'],
	['no version', {}, 'its version is missing, not 1'],
	['no names', { ...stored(), batch: 7 }, 'its names are missing'],
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

test('a fingerprint follows server, campaign and zone, and nothing else; batches have names of their own', () => {
	const fingerprints = [
		['a', 'all', 'UTC-5'],
		['b', 'all', 'UTC-5'],
		['a', '7', 'UTC-5'],
		['a', 'all', 'UTC-4'],
	].map(([host, campaign, zone]) => fingerprintOf(host, campaign, zone));
	expect(new Set(fingerprints).size).toBe(4);
	expect(fingerprintOf('a', 'all', 'UTC-5')).toBe(fingerprints[0]);
	expect(newBatchName(() => 0)).toBe('000000000000');
	expect(newBatchName(Math.random)).toMatch(/^[0-9a-f]{12}$/);
});
