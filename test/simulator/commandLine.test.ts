import { optionsFrom } from './commandLine';
import { defaultOptions } from './defaults';
import { help } from './help';

test('options in kebab case, in the type of their default', () => {
	const words =
		'--port 8080 --rows-per-day=300 --shape bursty --gzip false --data-from 2024-01-01 --retry-after {"seconds":5,"as":"date"}'.split(
			' ',
		);
	expect(optionsFrom(words)).toEqual({
		port: 8080,
		rowsPerDay: 300,
		shape: 'bursty',
		gzip: false,
		dataFrom: '2024-01-01',
		retryAfter: { seconds: 5, as: 'date' },
	});
	expect(optionsFrom([])).toEqual({});
});

test.each([
	[['--colour', 'red'], /^Unknown argument --colour\. --help tells what each does\. Known: .*--rows-per-day/],
	[['8080'], /^Unknown argument 8080/],
	[['--now', '5'], /^Unknown argument --now/],
	[['--port', 'x'], /^--port cannot be x/],
	[['--gzip', 'maybe'], /^--gzip cannot be maybe/],
	[['--port'], /^--port cannot be undefined/],
	[['--shape', 'round'], /^--shape is one of callCentre/],
])('%j is told', (words, message) => {
	expect(optionsFrom(words)).toMatch(message);
});

test('--help says of every switch what it does', () => {
	const lines = help().split('\n');
	const names = Object.entries(defaultOptions()).filter(([, value]) => typeof value !== 'function');
	for (const [name] of names) {
		const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
		expect([name, lines.filter((line) => line.startsWith(`  ${flag} `)).length]).toEqual([name, 1]);
	}
	for (const line of lines) expect(line.length).toBeLessThanOrEqual(140);
});
