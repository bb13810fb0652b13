const quietLineEveryMs = 15_000;

/** @param {number} ms @returns {string} as in `12 s` or `2 min 05 s` */
export function duration(ms) {
	const seconds = Math.round(ms / 1000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/**
 * One step of a command: a line that lives while the work goes on in a terminal,
 * and a line now and then where the output is a file.
 *
 * @template Result
 * @param {string} title
 * @param {(update: (detail: string) => void) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function step(title, work) {
	const startedAt = Date.now();
	const live = process.stdout.isTTY;
	let detail = '';
	let printedAt = startedAt;
	const line = () => `  … ${title}${detail && `: ${detail}`} (${duration(Date.now() - startedAt)})`;
	const beat = setInterval(
		() => {
			if (live) process.stdout.write(`\r\x1b[K${line().slice(0, process.stdout.columns - 1)}`);
			else if (Date.now() - printedAt >= quietLineEveryMs) {
				console.log(line());
				printedAt = Date.now();
			}
		},
		live ? 500 : 1_000,
	);
	let mark = '✗';
	try {
		const result = await work((text) => (detail = text));
		mark = '✓';
		return result;
	} finally {
		clearInterval(beat);
		if (live) process.stdout.write('\r\x1b[K');
		console.log(`  ${mark} ${title} (${duration(Date.now() - startedAt)})`);
	}
}
