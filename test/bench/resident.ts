/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync, writeFileSync } from 'node:fs';

const megabytesOf = (field: 'VmRSS' | 'VmHWM'): number =>
	Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1_024;

/** By how many megabytes this process has grown at most since it was called. */
export function watchGrowth(): () => number {
	globalThis.gc?.();
	// Linux starts the peak anew from here.
	writeFileSync('/proc/self/clear_refs', '5');
	const before = megabytesOf('VmRSS');
	return () => megabytesOf('VmHWM') - before;
}
