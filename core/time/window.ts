/** Seconds of the operation's wall clock, counted as if it were UTC: no zone and no DST touches them. */
export type WallSeconds = number;

/** Half-open interval `[from, to)` of wall-clock seconds. */
export interface Window {
	readonly from: WallSeconds;
	readonly to: WallSeconds;
}

export const secondsOf = (window: Window): number => window.to - window.from;

export const contains = (window: Window, at: WallSeconds): boolean => window.from <= at && at < window.to;

export const overlaps = (a: Window, b: Window): boolean => a.from < b.to && b.from < a.to;

/** Splits at `at`, which must lie inside the window. */
export function cut({ from, to }: Window, at: WallSeconds): [Window, Window] {
	return [
		{ from, to: at },
		{ from: at, to },
	];
}

/** Tiles a window with pieces of at most `maxSeconds`, in order of time. */
export function tile({ from, to }: Window, maxSeconds: number): Window[] {
	const tiles: Window[] = [];
	for (let at = from; at < to; at += maxSeconds) {
		tiles.push({ from: at, to: Math.min(at + maxSeconds, to) });
	}
	return tiles;
}

/** The same seconds in as few windows as possible, in order of time. */
export function join(windows: readonly Window[]): Window[] {
	const joined: Window[] = [];
	for (const window of [...windows].sort((a, b) => a.from - b.from)) {
		if (secondsOf(window) <= 0) continue;
		const last = joined.at(-1);
		if (last && window.from <= last.to) {
			joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, window.to) };
		} else {
			joined.push(window);
		}
	}
	return joined;
}

/** The seconds of `from` that no window of `taken` covers. */
export function subtract(from: readonly Window[], taken: readonly Window[]): Window[] {
	return join(taken).reduce<Window[]>(
		(left, hole) =>
			left.flatMap((window) =>
				overlaps(window, hole)
					? [
							{ from: window.from, to: Math.max(window.from, hole.from) },
							{ from: Math.min(window.to, hole.to), to: window.to },
						].filter((rest) => secondsOf(rest) > 0)
					: [window],
			),
		join(from),
	);
}

export const totalSeconds = (windows: readonly Window[]): number =>
	windows.reduce((sum, window) => sum + secondsOf(window), 0);
