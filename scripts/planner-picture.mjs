// Draws docs/images/planner.svg: every request of one run, as core/ makes them against the simulator.
// Run with `npx tsx scripts/planner-picture.mjs`.
import { writeFileSync } from 'node:fs';

import { apiLimits } from '../core/limits.ts';
import { parseRowDate } from '../core/wallClock.ts';
import { between, runToEnd } from '../test/support/runs.ts';
import { VirtualWorld } from '../test/support/virtualWorld.ts';
import { wireTo } from '../test/support/wire.ts';

const DAY = 86_400;
const range = between('2026-03-02', '2026-03-12');
const world = new VirtualWorld(1);
const wire = wireTo(world, {
	seed: 3,
	rowsPerDay: 100_000,
	duplicateShare: 0,
	rowsPerSecond: 3_000,
	now: () => '2026-06-01 00:00:00',
});
const { report } = await runToEnd({ world, transport: wire.transport }, { range });

const asked = wire.sent
	.filter(({ query }) => query.api === 'campaign_7')
	.map(({ query, outcome, served }) => ({
		from: parseRowDate(query.date_ini).at,
		to: parseRowDate(query.date_end).at,
		// The simulator calls a cut answer by the way it was cut.
		kind: outcome === 'whole' ? 'filled' : outcome === 'empty' ? 'empty' : 'saturated',
		share: Math.min(1, served / apiLimits.capRecords),
	}));

const [left, top, width, row] = [44, 56, 820, 15];
const height = asked.length * row;
const x = (at) => left + ((at - range.from) / (range.to - range.from)) * width;
const days = Array.from({ length: (range.to - range.from) / DAY }, (_, day) => range.from + day * DAY);
const name = (at) =>
	new Date(at * 1_000).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', timeZone: 'UTC' });
const colours = { filled: '#3b82a0', empty: '#9aa5ad', saturated: '#d1573f' };

const bars = asked.map(({ from, to, kind, share }, index) => {
	const [x0, x1, y] = [Math.max(left, x(from)), Math.min(left + width, x(to)), top + index * row + 2];
	const w = Math.max(2, x1 - x0);
	const fill =
		kind === 'filled'
			? `<rect x="${x0.toFixed(1)}" y="${y}" width="${(w * share).toFixed(1)}" height="${row - 4}" fill="${colours.filled}"/>`
			: '';
	return (
		`<rect x="${x0.toFixed(1)}" y="${y}" width="${w.toFixed(1)}" height="${row - 4}" ` +
		`fill="${kind === 'filled' ? '#cfe1e8' : colours[kind]}"/>${fill}`
	);
});
const grid = days.map(
	(at) =>
		`<line x1="${x(at)}" x2="${x(at)}" y1="${top - 6}" y2="${top + height}" ` +
		`stroke="#d7dde1"/><text x="${x(at) + 4}" y="${top - 10}">${name(at)}</text>`,
);
const legend = [
	['#3b82a0', `whole: the dark part is how full it was (of ${apiLimits.capRecords.toLocaleString('en')})`],
	[colours.saturated, 'saturated: its half is asked next'],
	[colours.empty, 'empty: asked twice'],
].map(
	([colour, text], index) =>
		`<rect x="${left + [0, 350, 600][index]}" y="${top + height + 16}" width="12" height="11" ` +
		`fill="${colour}"/><text x="${left + [0, 350, 600][index] + 18}" y="${top + height + 26}">${text}</text>`,
);

const title =
	`${asked.length} requests for ${report.records.toLocaleString('en')} records of ` +
	`ten days (at least ${Math.ceil(report.records / (apiLimits.capRecords - 1))} are needed)`;
writeFileSync(
	new URL('../docs/images/planner.svg', import.meta.url),
	`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 60} ${top + height + 44}" role="img" aria-labelledby="t" font-family="system-ui, sans-serif" font-size="11" fill="#33414a">
<title id="t">${title}</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="${left}" y="22" font-size="15" font-weight="600">${title}</text>
${grid.join('\n')}
${bars.join('\n')}
<text x="12" y="${top + height / 2}" transform="rotate(-90 16 ${top + height / 2})" text-anchor="middle">requests, one after another</text>
${legend.join('\n')}
</svg>
`,
);
