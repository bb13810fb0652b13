import { identityOf } from '../../../core/api/record';
import { digestOf } from '../../simulator';
import { MINUTE, Runner } from './runner';

test('rows without a readable date come too, and each once', async () => {
	const runner = new Runner({ rowsPerDay: 6_000, unreadableDateShare: 0.1, duplicateShare: 0 });
	await runner.tick();
	const from = runner.wallNow();
	const { rows } = await runner.run(90);
	const came = rows.map(({ record }) => identityOf(record));
	const truth = (to: number) => [...runner.wire.operation.rowsOf({ from, to })].map(identityOf);
	expect(new Set(came).size).toBe(came.length);
	expect(truth(runner.wallNow() - 600).filter((row) => !came.includes(row))).toEqual([]);
	expect(truth(runner.wallNow())).toEqual(expect.arrayContaining(came));
	expect(rows.filter(({ isDated }) => !isDated).length).toBeGreaterThan(20);
});

test('while n8n still saves what was just emitted, an older state is not read from; later it is', async () => {
	const runner = new Runner({ rowsPerDay: 32_000 }, { minMs: 0 });
	await runner.tick();
	await runner.run(5);
	const older = runner.stored;
	const emitted = (await runner.run(1)).rows.map(({ recordId }) => recordId);
	expect(emitted.length).toBeGreaterThan(0);
	runner.stored = older;
	await runner.wait(29_000);
	expect(await runner.tick()).toMatchObject({ kind: 'notDue', requests: 0 });
	await runner.wait(2_000);
	expect((await runner.tick()).rows.map(({ recordId }) => recordId)).toEqual(expect.arrayContaining(emitted));
});

test(
	'a clock that is put back behind the start: nothing is asked or ' +
		'changed until it is there again, then each row comes once',
	async () => {
		const runner = new Runner({ rowsPerDay: 14_000 });
		await runner.tick();
		const from = runner.wallNow();
		const stored = JSON.stringify(runner.stored);
		runner.clockErrorMs = -15 * MINUTE;
		const before = await runner.run(14);
		expect(before.ticks.filter(({ kind }) => kind === 'read')).not.toEqual([]);
		expect(before.ticks.reduce((sum, { requests }) => sum + requests, 0)).toBe(0);
		expect(JSON.stringify(runner.stored)).toBe(stored);
		const { rows } = await runner.run(60);
		const to = runner.wallNow() - 25 * 60;
		expect(digestOf(rows.filter(({ at }) => at < to).map(({ record }) => record))).toEqual(
			runner.wire.operation.truth({ from, to }),
		);
	},
);

test('where n8n does not keep what the first read left, the start is remembered: the rows since then come', async () => {
	const runner = new Runner({ rowsPerDay: 14_000 });
	const from = runner.wallNow();
	await runner.tick();
	runner.stored = undefined;
	const { rows } = await runner.run(20);
	const to = runner.wallNow() - 600;
	expect(digestOf(rows.filter(({ at }) => at < to).map(({ record }) => record))).toEqual(
		runner.wire.operation.truth({ from, to }),
	);
});

test('a state that cannot be read is told, nothing is asked, and it stays as it is', async () => {
	const runner = new Runner({ rowsPerDay: 14_000 });
	await runner.tick();
	runner.stored = { ...(runner.stored as object), version: 1 };
	const stored = JSON.stringify(runner.stored);
	await runner.wait(10 * MINUTE);
	expect(await runner.tick()).toMatchObject({ kind: 'damaged', damage: 'its version is “1”, not 2', requests: 0 });
	expect(JSON.stringify(runner.stored)).toBe(stored);
});
