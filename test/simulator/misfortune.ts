import { page, small, type Answer } from './answer';
import { messages } from './access';
import type { Chunk } from './envelope';
import { refusal } from './envelope';
import type { Fault } from './faults';
import type { SimulatorOptions } from './options';
import type { Lie } from './report';

/** Faults that change what the report says, not how it is sent. */
export function lieOf(fault: Fault | undefined): Lie | undefined {
	switch (fault?.name) {
		case 'falseEmpty':
		case 'wrongCount':
		case 'rowNotObject':
		case 'rowMissingKey':
			return fault.name;
		default:
			return undefined;
	}
}

/** Faults that stand in place of the answer; null where the answer itself is still made. */
export function instead(options: SimulatorOptions, { name, location }: Fault): Answer | null {
	switch (name) {
		case 'http500':
			return page(500, '500 Internal Server Error', name);
		case 'http502':
		case 'html502':
			return page(502, '502 Bad Gateway', name);
		case 'http503':
			return { ...page(503, '503 Service Temporarily Unavailable', name), headers: retryAfter(options) };
		case 'http504':
			return page(504, '504 Gateway Time-out', name);
		case 'html200':
			return page(200, 'Sitio en mantenimiento', name);
		case 'busy':
			return small(
				Number(options.busyAs),
				refusal(options, Number(options.busyAs), messages.busy),
				name,
				retryAfter(options),
			);
		case 'otherCode200':
			return { ...small(500, refusal(options, 500, 'Internal server error'), name), status: 200 };
		case 'emptyBody':
			return small(200, '', name);
		case 'noticeInstead':
			return small(
				200,
				'<br />\n<b>Fatal error</b>:  Allowed memory size exhausted in <b>/var/www/r.php</b> on line <b>7</b>',
				name,
			);
		case 'redirect':
			return small(302, '', name, { location: location ?? 'https://login.example.com/' });
		default:
			return null;
	}
}

/** Faults of the sending. */
export function spoil(answer: Answer, { name, at = 0.5 }: Fault): Answer {
	switch (name) {
		case 'cutBody':
			return { ...answer, outcome: name, ending: { how: 'cut', at } };
		case 'cutGzip':
			return { ...answer, outcome: name, ending: { how: 'cutGzip', at } };
		case 'reset':
			return { ...answer, outcome: name, ending: { how: 'reset', at } };
		case 'noticeBefore':
			return { ...answer, outcome: name, body: around(NOTICE, answer.body, '') };
		case 'noticeBehind':
			return { ...answer, outcome: name, body: around('', answer.body, NOTICE) };
		case 'stallBody':
			return { ...answer, outcome: name, ending: { how: 'stall', at } };
		default:
			return answer;
	}
}

const NOTICE =
	'\nDeprecated: Function strftime() is deprecated in /var/www/html/api/v2/reports_manager.php on line 12\n';

function* around(before: string, body: Iterable<Chunk>, behind: string): Generator<Chunk> {
	if (before) yield { text: before, rows: 0 };
	yield* body;
	if (behind) yield { text: behind, rows: 0 };
}

/** As configured; the API has never been seen to send it. */
export function retryAfter({ retryAfter: wait }: SimulatorOptions): Record<string, string> {
	if (!wait) return {};
	return {
		'retry-after':
			wait.as === 'seconds' ? String(wait.seconds) : new Date(Date.now() + wait.seconds * 1000).toUTCString(),
	};
}
