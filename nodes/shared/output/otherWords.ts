import type { AmdRecord } from '../../../core/api/record';

/** Words that are remembered, and named in a sentence: a result has a handful of them. */
const REMEMBERED = 1_000;
const NAMED = 5;

/** Results that are neither a machine nor a human, each with its number. */
export class OtherWords {
	records = 0;
	private readonly counts = new Map<string, number>();

	take({ result }: AmdRecord): void {
		this.records++;
		const word = result.trim();
		if (this.counts.has(word) || this.counts.size < REMEMBERED) this.counts.set(word, (this.counts.get(word) ?? 0) + 1);
	}

	warnings(): string[] {
		if (this.records === 0) return [];
		const words = [...this.counts].sort(([, a], [, b]) => b - a);
		const named = words
			.slice(0, NAMED)
			.map(
				([word, count]) =>
					`${count.toLocaleString('en-US')} ${word === '' ? 'without a word' : `“${word.slice(0, 50)}”`}`,
			);
		const more = words.length > NAMED ? ` and ${words.length - NAMED} more words` : '';
		const [subject, verb] =
			this.records === 1 ? ['1 record', 'is'] : [`${this.records.toLocaleString('en-US')} records`, 'are'];
		return [`${subject} ${verb} neither machine nor human, and counted as other: ${named.join(', ')}${more}.`];
	}
}
