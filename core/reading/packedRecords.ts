import type { AmdRecord } from '../api/record';
import type { WallSeconds } from '../time/window';

/** Records in order of time, those without a date first. A loop over them makes each anew, and nobody keeps it. */
export interface Records extends Iterable<AmdRecord> {
	readonly length: number;
	/** Those that are dated at a moment. */
	datedAt(at: WallSeconds): Iterable<AmdRecord>;
	/** Gives the memory back for other records; these are gone then. */
	release(): void;
}

/** Memory outside of the engine's heap for the records of one answer. */
class Slab {
	bytes = Buffer.allocUnsafeSlow(FIRST_RECORDS * BYTES_PER_RECORD);
	places = new Uint32Array(FIRST_RECORDS * SLOTS);
	moments = new Float64Array(FIRST_RECORDS);

	roomForRecord(index: number): void {
		if (index < this.moments.length) return;
		const [places, moments] = [new Uint32Array(this.places.length * 2), new Float64Array(this.moments.length * 2)];
		places.set(this.places);
		moments.set(this.moments);
		[this.places, this.moments] = [places, moments];
	}

	roomForBytes(used: number, more: number): void {
		let length = this.bytes.length;
		while (length < used + more) length *= 2;
		if (length === this.bytes.length) return;
		const bytes = Buffer.allocUnsafeSlow(length);
		this.bytes.copy(bytes, 0, 0, used);
		this.bytes = bytes;
	}
}

/** Numbers of a record in `places`: where its own texts start and where each ends, then the numbers of the texts that many share. */
const SLOTS = 7;
/** In place of a start: the own texts are not plain ASCII and are kept as shared ones. */
const KEPT = 2 ** 32 - 1;
const FIRST_RECORDS = 1_024;
const BYTES_PER_RECORD = 48;

/** The memory of a run's answers, used again and again. */
export class SlabPool {
	private readonly free: Slab[] = [];
	take = (): Slab => this.free.pop() ?? new Slab();
	put = (slab: Slab): void => void this.free.push(slab);
}

/**
 * The records of one answer, packed. A window is held until its neighbours are known: as objects its 60,000 records would
 * outlive the engine's young generation each time, and n8n's memory would grow by what it reads (MEASURED: by 300 MB for a
 * million records).
 */
export class PackedRecords implements Records {
	private slab: Slab | null = null;
	private isReleased = false;
	private size = 0;
	private used = 0;
	private readonly shared: string[] = [];
	private readonly numbers = new Map<string, number>();
	private undated: readonly AmdRecord[] = [];
	private order: Uint32Array | null = null;
	private isSorted = true;
	private latest: WallSeconds = -Infinity;

	constructor(private readonly pool: SlabPool = new SlabPool()) {}

	get length(): number {
		return this.undated.length + this.size;
	}

	/** Takes the next record, dated at a moment. */
	add(record: AmdRecord, at: WallSeconds): void {
		const slab = this.held();
		slab.roomForRecord(this.size);
		const { places, moments } = slab;
		const slot = this.size * SLOTS;
		this.isSorted &&= at >= this.latest;
		this.latest = at;
		moments[this.size++] = at;
		const own = [record.customer_id, record.telephone, record.date];
		const text = record.customer_id + record.telephone + record.date;
		slab.roomForBytes(this.used, text.length * 3);
		const isPlain = slab.bytes.write(text, this.used) === text.length;
		places[slot] = isPlain ? this.used : KEPT;
		for (let i = 0; i < own.length; i++)
			places[slot + 1 + i] = isPlain ? (this.used += own[i].length) : this.numberOf(own[i]);
		places[slot + 4] = this.numberOf(record.campaign_id);
		places[slot + 5] = this.numberOf(record.file_name);
		places[slot + 6] = this.numberOf(record.result);
	}

	/** Ends the taking: puts them in order of time, those of one moment as they came, behind those without a date. */
	close(undated: readonly AmdRecord[] = []): this {
		this.undated = undated;
		if (this.isSorted || this.order) return this;
		const { moments } = this.held();
		this.order = Uint32Array.from({ length: this.size }, (_, index) => index).sort(
			(a, b) => moments[a] - moments[b] || a - b,
		);
		return this;
	}

	*datedAt(at: WallSeconds): Generator<AmdRecord> {
		const end = this.firstFrom(at + 1);
		for (let index = this.firstFrom(at); index < end; index++) yield this.read(this.order?.[index] ?? index);
	}

	*[Symbol.iterator](): Generator<AmdRecord> {
		yield* this.undated;
		for (let index = 0; index < this.size; index++) yield this.read(this.order?.[index] ?? index);
	}

	release(): void {
		if (this.slab) this.pool.put(this.slab);
		this.slab = null;
		this.isReleased = true;
	}

	/** The first in order that is dated at a moment or later. */
	private firstFrom(at: WallSeconds): number {
		const { moments } = this.held();
		let [low, high] = [0, this.size];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (moments[this.order?.[middle] ?? middle] < at) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	private read(index: number): AmdRecord {
		const { bytes, places } = this.held();
		const { shared } = this;
		const slot = index * SLOTS;
		const [start, customer, telephone, date] = [places[slot], places[slot + 1], places[slot + 2], places[slot + 3]];
		const own = start === KEPT ? null : bytes.toString('latin1', start, date);
		return {
			customer_id: own?.slice(0, customer - start) ?? shared[customer],
			campaign_id: shared[places[slot + 4]],
			file_name: shared[places[slot + 5]],
			telephone: own?.slice(customer - start, telephone - start) ?? shared[telephone],
			result: shared[places[slot + 6]],
			date: own?.slice(telephone - start) ?? shared[date],
		};
	}

	private numberOf(text: string): number {
		let number = this.numbers.get(text);
		if (number === undefined) {
			number = this.shared.push(text) - 1;
			this.numbers.set(text, number);
		}
		return number;
	}

	private held(): Slab {
		if (!this.isReleased) return (this.slab ??= this.pool.take());
		throw new Error('These records were given up when the ones behind them were asked for');
	}
}
