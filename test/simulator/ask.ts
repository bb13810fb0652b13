import type { RawRow, Simulator } from './index';

/** What came back, or how the connection ended instead. */
export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	/** The connection broke before the body was whole. */
	broken: boolean;
}

/** A plain client for tests of the simulator itself. */
export async function ask(
	simulator: Simulator,
	path: string,
	headers: Record<string, string> = {},
	signal?: AbortSignal,
): Promise<Reply> {
	const nothing: Reply = { status: 0, headers: new Headers(), text: '', broken: true };
	const response = await fetch(`${simulator.url}/api/v2/${path}`, {
		headers: { 'wolkvox-token': simulator.token, ...headers },
		redirect: 'manual',
		signal,
	}).catch(() => null);
	if (!response) return nothing;
	const text = await response.text().catch(() => null);
	return { status: response.status, headers: response.headers, text: text ?? '', broken: text === null };
}

/** `YYYYmmddHHiiss` at both ends, as the API takes them. */
export function reportPath(from: string, to: string, campaign = 'all'): string {
	return `reports_manager.php?api=campaign_7&campaign_id=${campaign}&date_ini=${from}&date_end=${to}`;
}

interface Body {
	code: string | number;
	error: string;
	msg: string;
	data: RawRow[];
}

export async function report(
	simulator: Simulator,
	from: string,
	to: string,
	campaign?: string,
): Promise<Body & { status: number }> {
	const { status, text } = await ask(simulator, reportPath(from, to, campaign));
	const body: Body = JSON.parse(text);
	return { ...body, status };
}
