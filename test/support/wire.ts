import type { BodyEnd, Exchange, HttpRequest, Reply, Transport, World } from '../../core/api/ports';
import { apiLimits } from '../../core/limits';
import { Access } from '../simulator/access';
import { type Answer, cutShort, page, small } from '../simulator/answer';
import { withDefaults } from '../simulator/defaults';
import { refusal } from '../simulator/envelope';
import { type Fault, FaultSource } from '../simulator/faults';
import { Gateway } from '../simulator/gateway';
import { campaignList, tokenInfo } from '../simulator/information';
import { instead, lieOf, retryAfter, spoil } from '../simulator/misfortune';
import { Operation } from '../simulator/operation';
import type { SimulatorOptions } from '../simulator/options';
import { asked, report } from '../simulator/report';

/** What was asked over a wire, and when. */
export interface Sent {
	readonly atMs: number;
	readonly query: Readonly<Record<string, string>>;
	endedMs: number | null;
	outcome: string;
	served: number;
	/** A Retry-After that this answer carried. */
	retryAfterMs: number | null;
}

/** The simulator without sockets: the same answers, byte for byte, at the speed of its world's clock. */
export interface Wire {
	readonly transport: Transport;
	readonly operation: Operation;
	readonly options: SimulatorOptions;
	readonly sent: Sent[];
	readonly peakInFlight: () => number;
}

/** Bytes of one piece of body, by its running number. */
type PieceBytes = (piece: number) => number;

export function wireTo(world: World, given: Partial<SimulatorOptions>, pieceBytes: PieceBytes = () => 64 * 1024): Wire {
	const options = withDefaults(given);
	const operation = new Operation(options);
	const [access, faults, gateway] = [new Access(), new FaultSource(), new Gateway()];
	const sent: Sent[] = [];
	let peakInFlight = 0;

	const transport: Transport = async (request) => {
		const entry: Sent = {
			atMs: world.now(),
			query: request.query,
			endedMs: null,
			outcome: 'running',
			served: 0,
			retryAfterMs: null,
		};
		sent.push(entry);
		const kept = gateway.answer(options.gateway, world.now());
		if (kept) {
			entry.outcome = kept.outcome;
			return reply(kept, {
				request,
				entry,
				untilMs: Infinity,
				done: () => (entry.endedMs = world.now()),
			});
		}
		const { denial, leave } = access.enter(options, options.token);
		peakInFlight = Math.max(peakInFlight, access.inFlight);
		const done = (): void => {
			entry.endedMs = world.now();
			leave();
		};
		const untilMs = world.now() + request.timeoutMs;
		const answer = denial
			? small(
					denial.status,
					refusal(options, denial.status, denial.msg),
					denial.outcome,
					denial.outcome === 'busy' ? retryAfter(options) : {},
				)
			: answerTo(request);
		entry.outcome = typeof answer === 'string' ? answer : answer.outcome;
		const serviceMs = typeof answer === 'string' ? (answer === 'refuse' ? 0 : Infinity) : serviceOf(answer);
		const headMs = Math.min(request.timeoutMs, request.headTimeoutMs ?? Infinity);
		await world.sleep(Math.min(serviceMs, headMs), request.signal);
		const none = noReply(request.signal, serviceMs > headMs, answer);
		if (none) {
			done();
			return none;
		}
		return reply(typeof answer === 'string' ? page(500, answer, answer) : answer, { request, entry, untilMs, done });
	};

	function answerTo({ path, query }: HttpRequest): Answer | 'refuse' | 'stallHead' {
		if (path === 'information.php')
			return query.api === 'campaigns'
				? campaignList(options, query.campaign)
				: tokenInfo(options, access.usedToday(options.now()));
		const meaning = asked(options, query);
		const window = 'from' in meaning ? meaning : null;
		const fault: Fault | undefined = faults.next(options.faults, options.seed, window);
		if (fault?.name === 'refuse' || fault?.name === 'stallHead') return fault.name;
		const honest = (): Answer => ('from' in meaning ? report(options, operation, meaning, lieOf(fault)) : meaning);
		const answer = (fault && instead(options, fault)) ?? honest();
		const spoiled = fault ? spoil(answer, fault) : answer;
		return isTooSlow(spoiled) ? tooSlow(spoiled) : spoiled;
	}

	const serviceOf = (answer: Answer): number =>
		answer.outcome === 'tooSlow'
			? options.tooSlowAfterMs
			: options.latencyMs + (answer.rows / options.rowsPerSecond) * 1_000;
	const isTooSlow = (answer: Answer): boolean => serviceOf(answer) > options.tooSlowAfterMs;
	const tooSlow = (answer: Answer): Answer =>
		options.tooSlowAs === 'html504'
			? page(504, '504 Gateway Time-out', 'tooSlow')
			: { ...answer, outcome: 'tooSlow', ending: { how: options.tooSlowAs, at: 0.5 } };

	interface Sending {
		readonly request: HttpRequest;
		readonly entry: Sent;
		readonly untilMs: number;
		done(): unknown;
	}

	function reply(answer: Answer, { request, entry, untilMs, done }: Sending): Reply {
		const charset = options.latin1 ? '' : '; charset=utf-8';
		const headers = {
			'content-type': answer.html ? 'text/html' : `application/json${charset}`,
			date: new Date().toUTCString(),
			...answer.headers,
		};
		const wait = headers['retry-after' as keyof typeof headers];
		if (wait !== undefined)
			entry.retryAfterMs = /^\d+$/.test(wait) ? Number(wait) * 1_000 : Date.parse(wait) - Date.parse(headers.date);
		return {
			status: answer.status,
			headers,
			async read(onBytes) {
				const end = await pour(answer, entry, onBytes, async (delayMs) => {
					await world.sleep(Math.min(delayMs, untilMs - world.now()), request.signal);
					return request.signal.aborted ? 'cancelled' : world.now() >= untilMs ? 'timedOut' : 'stalled';
				});
				done();
				return request.signal.aborted && end !== 'complete' ? 'cancelled' : end;
			},
		};
	}

	async function pour(
		answer: Answer,
		entry: Sent,
		onBytes: (bytes: Uint8Array) => boolean,
		stall: (delayMs: number) => Promise<BodyEnd>,
	): Promise<BodyEnd> {
		const how = answer.ending?.how ?? 'whole';
		const body =
			how === 'whole' ? answer.body : cutShort(answer.body, Math.floor(answer.rows * (answer.ending?.at ?? 1)));
		let piece = 0;
		if (options.bomAtStart && !answer.html) onBytes(Buffer.from('\ufeff'));
		for (const { text, rows } of body) {
			const bytes = Buffer.from(text, options.latin1 ? 'latin1' : 'utf8');
			entry.served += rows;
			for (let at = 0, size = 0; at < bytes.length; at += size) {
				size = Math.max(1, pieceBytes(piece++));
				if (!onBytes(bytes.subarray(at, at + size))) return 'stopped';
			}
		}
		if (how === 'stall') return await stall(apiLimits.idleTimeoutMs);
		return how === 'whole' || how === 'cut' ? 'complete' : 'cut';
	}

	return { transport, operation, options, sent, peakInFlight: () => peakInFlight };
}

function noReply(signal: AbortSignal, isLate: boolean, answer: Answer | string): Exchange | null {
	if (signal.aborted) return { status: null, why: 'cancelled', code: 'ABORT_ERR' };
	if (answer === 'refuse') return { status: null, why: 'reset', code: 'ECONNRESET' };
	return isLate || answer === 'stallHead' ? { status: null, why: 'timedOut', code: 'ETIMEDOUT' } : null;
}
