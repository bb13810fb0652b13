import { type AmdRecord, detectionOf } from '../../core/api/record';
import type { Country } from '../../core/country/countries';
import { telephoneKey } from '../../core/country/telephones';
import type { Filters } from './form/filters';
import type { WantedResult } from './form/parameters';
import { OtherWords } from './output/otherWords';

/** Chooses records while they are read, and knows why none may be left. */
export class Selection {
	private readonly words = new OtherWords();
	private readonly customers: ReadonlySet<string>;
	private readonly telephones: ReadonlySet<string>;
	private readonly files: ReadonlySet<string>;

	constructor(
		private readonly result: WantedResult,
		filters: Filters,
		private readonly country: Country,
	) {
		this.customers = new Set(filters.customer);
		this.telephones = new Set(filters.telephone.map((telephone) => telephoneKey(telephone, country)));
		this.files = new Set(filters.fileName);
	}

	wants(record: AmdRecord): boolean {
		if (!isOneOf(this.customers, record.customer_id.trim())) return false;
		if (!isOneOf(this.files, record.file_name.trim())) return false;
		if (this.telephones.size > 0 && !this.telephones.has(telephoneKey(record.telephone, this.country))) return false;
		const detection = detectionOf(record);
		if (detection === 'other') this.words.take(record);
		return this.result === 'all' || detection === this.result;
	}

	/** @param kept how many records were wanted */
	warnings(kept: number): string[] {
		const emptied = this.result !== 'all' && kept === 0 && this.words.records > 0;
		return [
			...this.words.warnings(),
			...(emptied
				? [
						`Result leaves no record, since none says in a known word that a ${this.result} answered. ` +
							'Set it to All to see how Wolkvox writes it in this operation.',
					]
				: []),
		];
	}
}

const isOneOf = (wanted: ReadonlySet<string>, value: string): boolean => wanted.size === 0 || wanted.has(value);
