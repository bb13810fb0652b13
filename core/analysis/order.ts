/** Numbers by value before texts by code unit, null last: the order of every grouped output. */
export function compare(a: string | number | null, b: string | number | null): number {
	if (a === b) return 0;
	if (a === null || b === null) return a === null ? 1 : -1;
	const [x, y] = [numberOf(a), numberOf(b)];
	if (x !== null && y !== null && x !== y) return x - y;
	if ((x === null) !== (y === null)) return x === null ? 1 : -1;
	return String(a) < String(b) ? -1 : 1;
}

const numberOf = (value: string | number): number | null =>
	typeof value === 'number' ? value : /^\d{1,15}$/.test(value) ? Number(value) : null;

/** The first difference decides. */
export function compareEach(
	a: ReadonlyArray<string | number | null>,
	b: ReadonlyArray<string | number | null>,
): number {
	for (let i = 0; i < a.length; i++) {
		const order = compare(a[i], b[i]);
		if (order !== 0) return order;
	}
	return 0;
}
