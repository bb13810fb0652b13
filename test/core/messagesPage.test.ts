/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bound, Failure, Fault, Refusal } from '../../core/failures';
import { explain } from '../../core/messages';
import { FAULTY } from '../../core/messages/faults';
import { REFUSED } from '../../core/messages/refusals';

/** `docs/messages.md` is made of the messages themselves. */
const SERVER = 'wv0022.wolkvox.com';
const BOUNDS: Bound[] = ['maxRequests', 'quota', 'watchdog', 'retries', 'budget'];

const groups: Record<string, Failure[]> = {
	'Wolkvox, or something before it, refuses': Object.keys(REFUSED).map((why) => ({
		kind: 'refused',
		why: why as Refusal,
		said: '',
		status: 418,
	})),
	'It does not answer, or not whole': Object.keys(FAULTY).map((why) => ({
		kind: 'transient',
		why: why as Fault,
		said: '',
		status: 500,
	})),
	'It is busy, closed, or holds too much': [
		{ kind: 'busy', said: '' },
		{ kind: 'closed', said: '' },
		{ kind: 'tooMany', why: 'capReached' },
		{ kind: 'tooMany', why: 'tooSlow' },
		{ kind: 'skewed', marginSeconds: 900 },
		{ kind: 'skewed', marginSeconds: 900, isFixed: true },
	],
	'The run ended early': [
		...BOUNDS.map((why): Failure => ({ kind: 'bounded', why, limit: 50 })),
		{ kind: 'cancelled' },
	],
};

const tables = Object.entries(groups).map(([title, failures]) => {
	const lines = failures
		.map((failure) => explain(failure, SERVER))
		.map(({ message, description }) => `| ${message} | ${description} |`);
	return [`## ${title}`, '', '| message | what to do |', '|---|---|', ...new Set(lines)].join('\n');
});

const intro = `# Messages

What Wolkvox AMD and its trigger say when something is not right, and what to do. Where Wolkvox, a proxy or the operating
system has words of its own, the message quotes them behind a colon or in brackets. The token is in none of them.
`;

it('the page of messages holds each of them, as they are (WRITE_PAGES=1 writes it)', () => {
	const file = join(__dirname, '../../docs/messages.md');
	const page =
		[intro, ...tables]
			.join('\n')
			.replace(/\n## /g, '\n\n## ')
			.replace(/\n{3,}/g, '\n\n') + '\n';
	if (process.env.WRITE_PAGES) writeFileSync(file, page);
	expect(readFileSync(file, 'utf8')).toBe(page);
});
