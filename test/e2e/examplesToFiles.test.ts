/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { digestOf, wallSeconds, wallText } from '../simulator';
import { csvRecords } from './readFiles';
import { importExample, runFrom } from './support/example';
import { amdNode, openExampleWorld } from './support/exampleWorld';

const at = openExampleWorld();

describe('the backfill', () => {
	const months = ['2024-01', '2024-02', '2024-03'];
	const rangeOf = (month: string) => {
		const [year, number] = month.split('-').map(Number);
		return {
			from: `${month}-01 00:00:00`,
			to: `${number === 12 ? year + 1 : year}-${String((number % 12) + 1).padStart(2, '0')}-01 00:00:00`,
		};
	};
	const fileOf = (month: string) => join(at.world.n8n.filesFolder, `amd-${month}.csv.gz`);
	const markOf = (month: string) => join(at.world.n8n.filesFolder, `amd-${month}.done`);
	const rowsOf = async (month: string) =>
		csvRecords(gunzipSync(await readFile(fileOf(month))).toString())
			.slice(1)
			.map(([customer_id, campaign_id, file_name, telephone, result, date]) => ({
				customer_id,
				campaign_id,
				file_name,
				telephone,
				result,
				date,
			}));

	test('writes every month whole, and goes on where it was stopped', async () => {
		at.world.simulator.configure({ rowsPerDay: 1_000 });
		const id = await importExample(at.world.n8n, 'backfill-a-year-to-files', {
			texts: { "'2024-12'": "'2024-03'" },
			credentials: { [amdNode]: at.wolkvox },
		});
		await runFrom(at.world.n8n, id, 'Start');
		for (const month of months) expect(digestOf(await rowsOf(month))).toEqual(at.world.simulator.truth(rangeOf(month)));
		expect((await readdir(at.world.n8n.filesFolder)).filter((name) => name.endsWith('.done')).sort()).toEqual(
			months.map((month) => `amd-${month}.done`),
		);

		await rm(markOf('2024-02'));
		await rm(fileOf('2024-02'));
		await rm(fileOf('2024-01'));
		at.world.simulator.requests.length = 0;
		await runFrom(at.world.n8n, id, 'Start');
		expect(digestOf(await rowsOf('2024-02'))).toEqual(at.world.simulator.truth(rangeOf('2024-02')));
		const asked = at.world.simulator.requests.map(({ query }) => query.date_ini.slice(0, 8));
		expect(asked.filter((date) => date < '20240131' || date > '20240301')).toEqual([]);
	});

	test('leaves out the running month, so that no later run takes it for done', async () => {
		const monthOf = (at: number) => wallText(at).slice(0, 7);
		const running = monthOf(at.world.now());
		const before = monthOf(wallSeconds(`${running}-01`) - 1);
		const id = await importExample(at.world.n8n, 'backfill-a-year-to-files', {
			texts: { "'2024-01'": `'${before}'`, "'2024-12'": `'${running}'` },
			credentials: { [amdNode]: at.wolkvox },
		});
		await runFrom(at.world.n8n, id, 'Start');
		const files = await readdir(at.world.n8n.filesFolder);
		expect(files.filter((name) => name.startsWith(`amd-${running}.`))).toEqual([]);
		// In the first hour of a month the one before waits too.
		if (monthOf(at.world.now() - 3_600) === running)
			expect(digestOf(await rowsOf(before))).toEqual(at.world.simulator.truth(rangeOf(before)));
	});

	test.each([
		['2024-04-01T05:59:59Z', 'America/Bogota', ['2024-01', '2024-02']],
		['2024-04-01T06:00:00Z', 'America/Bogota', ['2024-01', '2024-02', '2024-03']],
		['2024-04-01T06:00:00Z', 'America/Mexico_City', ['2024-01', '2024-02']],
	])('a month is over an hour after its end: at %s in %s', async (now, zone, expected) => {
		const texts = {
			'DateTime.now()': `DateTime.fromISO('${now}')`,
			"const zone = 'America/Bogota'": `const zone = '${zone}'`,
		};
		const id = await importExample(at.world.n8n, 'backfill-a-year-to-files', {
			texts,
			credentials: {},
			only: ['Start', 'Months'],
		});
		const items = (await runFrom(at.world.n8n, id, 'Start')).items('Months');
		expect(items.map(({ json }) => json.month)).toEqual(expected);
	});
});
