/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

import { apiLimits } from '../core/limits';

const root = join(__dirname, '..');
const files = ['core', 'nodes', 'credentials'].flatMap((folder) =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.ts$/.test(name))
		.map((name) => join(folder, name)),
);

/** Every literal pattern of the source, by where it stands. */
function literals(): Map<string, RegExp> {
	const found = new Map<string, RegExp>();
	for (const file of files) {
		const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.ES2022, true);
		const visit = (node: ts.Node): void => {
			if (ts.isRegularExpressionLiteral(node)) {
				const [, body, flags] = /^\/(.*)\/(\w*)$/s.exec(node.text)!;
				found.set(`${file}: ${node.text}`, new RegExp(body, flags));
			}
			ts.forEachChild(node, visit);
		};
		visit(source);
	}
	return found;
}

/** Every pattern that is put together while the source is loaded. */
function made(): Map<string, RegExp> {
	const found = new Map<string, RegExp>();
	const Usual = globalThis.RegExp;
	globalThis.RegExp = new Proxy(Usual, {
		construct(target, given: [string, string?]) {
			const pattern = new target(...given);
			found.set(`made: /${pattern.source}/${pattern.flags}`, pattern);
			return pattern;
		},
	});
	jest.isolateModules(() => {
		for (const file of files.filter((name) => name.startsWith('core'))) jest.requireActual(join(root, file));
	});
	globalThis.RegExp = Usual;
	return found;
}

/** Characters of each kind that a pattern may wait for, and one that none does. */
const KINDS = [
	' ',
	'\n',
	'a',
	's',
	'A',
	'1',
	'0',
	'"',
	'<',
	'>',
	'{',
	'[',
	'.',
	'-',
	'_',
	'&',
	'\\',
	'/',
	'=',
	':',
	',',
	'\u0301',
];
const ENDINGS = ['', '\u0001'];

/** What is likely to keep a pattern busy: its own words and the characters that it waits for, over and over. */
function* worstTexts({ source }: RegExp, chars: number): Generator<string> {
	const plain = source.replace(/\\[bdswDSWBnrt]|\\p\{\w+\}/gi, ' ').replace(/\{\d+,?\d*\}/g, ' ');
	const words = [...new Set(plain.match(/[\w<"]{2,}/g) ?? [])].slice(0, 12);
	const fill = (piece: string): string => piece.repeat(Math.ceil(chars / piece.length)).slice(0, chars);
	for (const ending of ENDINGS) {
		for (const piece of [...KINDS, ...words, ...words.map((word) => `${word} `)]) yield fill(piece) + ending;
		for (const kind of KINDS) yield '§' + fill(kind) + ending;
		for (const word of words) for (const kind of [' ', '1', 'a']) yield word + fill(kind) + ending;
		for (const [one, other] of ['1 ', 'a ', '1,', 'a.', '</', '} ', '"a'].map((pair) => [...pair]))
			yield fill(one + other) + ending;
	}
}

/** Processor time, the best of five: a busy machine is not blamed on a pattern. */
function takesMs(pattern: RegExp, text: string): number {
	let bestMs = Infinity;
	for (let turn = 0; turn < 5 && bestMs > LIMIT_MS; turn++) {
		const started = process.cpuUsage();
		if (pattern.global) text.replace(pattern, '');
		else pattern.exec(text);
		const { user, system } = process.cpuUsage(started);
		bestMs = Math.min(bestMs, (user + system) / 1_000);
	}
	return bestMs;
}

const LIMIT_MS = 20;
/** What stands around the rows, a message or a page may be as long; more is refused by name before any pattern sees it. */
const LONGEST = apiLimits.maxEnvelopeBytes;

const patterns = [...literals(), ...made()];

test('the patterns of the source are found', () => {
	expect(patterns.length).toBeGreaterThan(130);
});

test('no pattern takes more than 20 ms for the longest text that it may be given, whatever stands in it', () => {
	const slow: string[] = [];
	for (const [name, pattern] of patterns) {
		// Short ones first: what goes back over and over would take minutes for a long one.
		sizes: for (const chars of [apiLimits.seenChars, 16_000, LONGEST]) {
			for (const text of worstTexts(pattern, chars)) {
				const ms = takesMs(pattern, text);
				if (ms <= LIMIT_MS) continue;
				slow.push(`${name}: ${Math.round(ms)} ms for ${chars} of ${JSON.stringify(text.slice(0, 20))}`);
				break sizes;
			}
		}
	}
	expect(slow).toEqual([]);
}, 120_000);
