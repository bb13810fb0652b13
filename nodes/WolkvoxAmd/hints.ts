import type { NodeHint } from 'n8n-workflow';

const LONG_RANGES = ['custom', 'last30Days', 'previousMonth', 'thisMonth'];

/** What the editor shows before a run, while the form stands so. */
export const hints: NodeHint[] = [
	{
		message:
			'Every record of a long range as items costs n8n much memory: “Export to File” or “Summarize” take a fraction of it.',
		type: 'info',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition:
			'={{ $parameter["resource"] === "record" && $parameter["operation"] === "getAll" && $parameter["returnAll"] === true && ' +
			`${JSON.stringify(LONG_RANGES)}.includes($parameter["dateRange"]) }}`,
	},
];
