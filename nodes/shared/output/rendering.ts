import type { NodeExecutionHint } from 'n8n-workflow';

import { formatWall } from '../../../core/time/wallClock';
import { nameWindow } from './missing';
import type { RunSummary } from './runSummary';

/** What a run has to say, in plain text. */
export interface Told {
	/** What must not be overlooked. */
	readonly warnings: readonly string[];
	/** Where records may still be added: no fault, but wrong to rely on in a nightly run. */
	readonly young: readonly string[];
	/** How it went. */
	readonly notes: string;
}

/** Accounts told in full; of more input items only what must not be overlooked. */
const TOLD_ACCOUNTS = 5;

/** The accounts of all input items as one: the same sentence once. `repeated`: items that asked what another had asked. */
export function tellOf(summaries: readonly RunSummary[], repeated = 0): Told {
	const accounts = summaries.slice(0, TOLD_ACCOUNTS).flatMap(({ notes, cost }) => [...notes, cost]);
	const more = summaries.length > TOLD_ACCOUNTS ? [`And ${summaries.length - TOLD_ACCOUNTS} more input items.`] : [];
	return {
		warnings: [...new Set(summaries.flatMap((one) => one.warnings)), ...executeOnce(repeated)],
		young: [...new Set(summaries.flatMap(youngOf))],
		notes: [...accounts, ...more].join(' '),
	};
}

const executeOnce = (repeated: number): string[] =>
	repeated > 0
		? [
				`${repeated.toLocaleString('en-US')} of the input items asked the same as another: Wolkvox was asked once, and each ` +
					'got the same records. To get them once, switch on Execute Once in the settings of this node.',
			]
		: [];

const youngOf = ({ young }: RunSummary): string[] =>
	young
		? [
				`Records of ${nameWindow(young.window)} may still be added, since Wolkvox shows some up to half an hour late. ` +
					`Read this range after ${formatWall(young.settledAt)} to have all of them.`,
			]
		: [];

/** For the editor: each warning a hint of its own, before the quiet rest. */
export const hintsOf = ({ warnings, young, notes }: Told): NodeExecutionHint[] => [
	...warnings.map((message) => hint(message, 'warning')),
	...[...young, notes].filter((message) => message !== '').map((message) => hint(message, 'info')),
];

const hint = (message: string, type: 'warning' | 'info'): NodeExecutionHint => ({
	message: asHtml(message),
	type,
	location: 'outputPane',
});

/** For the log: one line, and one more for each thing that a nightly run must not overlook. */
export const logOf = ({
	warnings,
	young,
	notes,
}: Told): { readonly warn: readonly string[]; readonly info: string } => ({
	warn: [...warnings, ...young],
	info: notes,
});

/** Plain text for where the editor draws HTML: hints, descriptions of errors. A `>` alone opens no tag. */
export const asHtml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Plain text for where it is drawn now as text, now as HTML: an error's message in its panel, and in a toast. */
export const asEither = (text: string): string => text.replace(/</g, '‹').replace(/>/g, '›');
