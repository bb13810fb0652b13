import committed from './committed.json';
import { overall, planningRows } from './figures';
import { GATE_SEEDS } from './section';

/** No more than a tenth worse than the figures last committed with docs/benchmarks.md. */
const WORSE = 1.1;

describe('planning by simulation', () => {
	const rows = planningRows(31, GATE_SEEDS, ['planner', 'plannerTwoAtOnce', 'plannerToldCount']);

	test.each(['planner', 'plannerTwoAtOnce', 'plannerToldCount'] as const)(
		'%s over 31 days costs no more than it did',
		(way) => {
			const { time, requests } = overall(rows, way);
			expect(time).toBeLessThanOrEqual(WORSE * committed.gate[way].time);
			expect(requests).toBeLessThanOrEqual(WORSE * committed.gate[way].requests);
		},
	);

	test('over 31 days the goals are kept: 1.12 of the least time, 2.6 of the fewest requests, 0.6 with two at once', () => {
		expect(overall(rows, 'planner').time).toBeLessThanOrEqual(1.12);
		expect(overall(rows, 'planner').requests).toBeLessThanOrEqual(2.6);
		expect(overall(rows, 'plannerTwoAtOnce').time).toBeLessThanOrEqual(0.6);
	});
});
