import type { AnswerOptions, RawRow } from './options';

/** A part of a body and how many rows it holds. */
export interface Chunk {
	text: string;
	rows: number;
}

const CHUNK_ROWS = 500;

const reasons: Record<number, string> = {
	400: 'Bad Request',
	401: 'Unauthorized',
	403: 'Forbidden',
	404: 'Not Found',
	429: 'Too Many Requests',
	500: 'Internal Server Error',
};

type Style = Pick<AnswerOptions, 'codeAs' | 'prettyPrint' | 'escapeUnicode'>;

/** An answer that says no: code, error, msg, and no data. */
export function refusal(options: Style, status: number, msg: string): string {
	return php({ code: codeOf(options, status), error: reasons[status] ?? '', msg }, options);
}

/** An answer of the small endpoints. */
export function listing(options: Style, msg: string, data: unknown[]): string {
	return php({ code: codeOf(options, 200), error: '', msg, data }, options);
}

/** A value as PHP's json_encode writes it, with its escapes of slashes and of what is not ASCII. */
export function php(value: unknown, { prettyPrint, escapeUnicode }: Omit<Style, 'codeAs'>): string {
	const text = JSON.stringify(value, null, prettyPrint ? 4 : 0);
	return escapeUnicode ? escape(text) : text;
}

export function escape(text: string): string {
	return text
		.replace(/\//g, '\\/')
		.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function codeOf({ codeAs }: Style, code: number): string | number {
	return codeAs === 'text' ? String(code) : code;
}

/** The count's wording, the same for one row. */
export function countMessage({ msgLeadingSpace }: AnswerOptions, count: number): string {
	return `${msgLeadingSpace ? ' ' : ''}${count} records were found`;
}

/** A 200 without rows, in the forms that other endpoints show. The form `404` is a refusal. */
export function emptyBody(options: AnswerOptions): string {
	const head = { code: codeOf(options, 200), error: '', msg: countMessage(options, 0) };
	switch (options.emptyAs) {
		case 'null':
			return php({ ...head, data: null }, options);
		case '{}':
			return php({ ...head, data: {} }, options);
		case 'absent':
			return php(head, options);
		default:
			return php({ ...head, data: [] }, options);
	}
}

/** What a row may look like instead of a whole one. */
export type RowDamage = 'rowNotObject' | 'rowMissingKey';

/** The body of a report, in parts, so that none is ever held whole. The middle row takes the damage. */
export function* reportBody(
	options: AnswerOptions,
	rows: Iterable<RawRow>,
	count: number,
	msg: string,
	damage?: RowDamage,
): Generator<Chunk> {
	const { before, after, indent } = frame(options, msg);
	const newline = options.prettyPrint ? '\n' : '';
	const middle = Math.floor(count / 2);
	let text = before + newline;
	let held = 0;
	let index = 0;
	for (const row of rows) {
		if (index > 0) text += `,${newline}`;
		const key = options.envelope === 'dataObject' ? `"${index}":${options.prettyPrint ? ' ' : ''}` : '';
		text += indent + key + rowText(options, row, indent, index === middle ? damage : undefined);
		index++;
		if (++held === CHUNK_ROWS) {
			yield { text, rows: held };
			text = '';
			held = 0;
		}
	}
	if (held > 0) yield { text, rows: held };
	yield { text: newline + after, rows: 0 };
}

/** What stands before and after the rows. */
function frame(options: AnswerOptions, msg: string): { before: string; after: string; indent: string } {
	const { prettyPrint, envelope } = options;
	if (envelope === 'bareArray') return { before: '[', after: ']', indent: prettyPrint ? '    ' : '' };
	const head = { code: codeOf(options, 200), error: '' };
	const whole = php(envelope === 'dataFirst' ? { ...head, data: 0, msg } : { ...head, msg, data: 0 }, options);
	const at = whole.lastIndexOf('"data":') + (prettyPrint ? 8 : 7);
	const [open, close] = envelope === 'dataObject' ? ['{', '}'] : ['[', ']'];
	return {
		before: whole.slice(0, at) + open,
		after: `${prettyPrint ? '    ' : ''}${close}${whole.slice(at + 1)}`,
		indent: prettyPrint ? '        ' : '',
	};
}

const plain = /^[ !#-.0-[\]-~]*$/;

function quote(text: string, escapeUnicode: boolean): string {
	if (plain.test(text)) return `"${text}"`;
	return escapeUnicode ? escape(JSON.stringify(text)) : JSON.stringify(text);
}

function rowText(options: AnswerOptions, row: RawRow, indent: string, damage?: RowDamage): string {
	if (damage === 'rowNotObject') return 'null';
	const { prettyPrint: pretty, keyOrder, extraFields, padBytes, escapeUnicode } = options;
	if (pretty && keyOrder === 'contract' && !extraFields && padBytes === 0 && !damage)
		return contractRow(row, indent, escapeUnicode);
	const fields = Object.entries(row).map(([key, value]: [string, string]) => [key, quote(value, escapeUnicode)]);
	if (damage === 'rowMissingKey') fields.splice(3, 1);
	if (extraFields)
		fields.push(['agent_id', 'null'], ['duration', '12'], ['detail', '{"tries":[1,2],"note":"a \\"quoted\\" ]}"}']);
	if (padBytes > 0) fields.push(['padding', `"${'x'.repeat(padBytes)}"`]);
	if (keyOrder === 'reversed') fields.reverse();
	if (keyOrder === 'mixed') fields.push(...fields.splice(0, (row.telephone.charCodeAt(13) || 0) % fields.length));
	if (!pretty) return `{${fields.map(([key, value]) => `"${key}":${value}`).join()}}`;
	const inner = `${indent}    `;
	return `{\n${fields.map(([key, value]) => `${inner}"${key}": ${value}`).join(',\n')}\n${indent}}`;
}

/** The usual case without detours: a body of 60,000 rows should cost no more than the network would. */
function contractRow(row: RawRow, indent: string, escapeUnicode: boolean): string {
	const line = `,\n${indent}    "`;
	const value = (text: string) => quote(text, escapeUnicode);
	return (
		`{\n${indent}    "customer_id": ${value(row.customer_id)}${line}campaign_id": ${value(row.campaign_id)}${line}file_name": ` +
		`${value(row.file_name)}${line}telephone": ${value(row.telephone)}${line}result": ` +
		`${value(row.result)}${line}date": ${value(row.date)}\n${indent}}`
	);
}
