import { formatCompact } from '../time/wallClock';
import type { Window } from '../time/window';

const DAY = 86_400;

/** A range for a file's name: `20240501-20240531`, `20240501` for a single day, with times where it is not whole days. */
function rangeName({ from, to }: Window): string {
	const last = to - 1;
	if (from % DAY === 0 && to % DAY === 0) {
		const [first, end] = [formatCompact(from).slice(0, 8), formatCompact(last).slice(0, 8)];
		return first === end ? first : `${first}-${end}`;
	}
	return [from, last].map((at) => formatCompact(at).replace(/^\d{8}/, '$&T')).join('-');
}

/** `amd-all-20240501-20240531`, for a campaign's number or `all`. */
export const defaultName = (campaign: string, range: Window): string => `amd-${campaign}-${rangeName(range)}`;

/** Bytes of a name, without what is added for a part: file systems take 255 (OURS, with room for a downloader's own addition). */
const MAX_BYTES = 200;

/**
 * A file's name from what a user gave, made safe for any file system: no folders, no invisible characters, at most 200
 * bytes of UTF-8, and the endings that its content has, each once.
 */
export function fileName(given: string, endings: readonly string[]): string {
	const safe = given.replace(/[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}]+/gu, '-').replace(/^[.\s-]+|(?<![.\s])[.\s]+$/g, '');
	const full = endings.map((ending) => `.${ending}`).join('');
	const stem = safe.replace(/(?:\.(?:csv|ndjson|xlsx|gz))+$/i, '');
	return `${shortened(stem, MAX_BYTES - full.length) || 'amd'}${full}`;
}

/** As many whole characters as fit. */
function shortened(text: string, maxBytes: number): string {
	let short = '';
	let bytes = 0;
	for (const character of text) {
		bytes += Buffer.byteLength(character);
		if (bytes > maxBytes) break;
		short += character;
	}
	return short.trimEnd();
}

/** The name of one part of several: `amd-all-20240501-part-002.csv`. */
export function partName(name: string, part: number, endings: readonly string[]): string {
	const full = endings.map((ending) => `.${ending}`).join('');
	return `${name.slice(0, name.length - full.length)}-part-${String(part).padStart(3, '0')}${full}`;
}
