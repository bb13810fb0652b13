/** The process's clock, moved on by hand; time goes on by itself from there. */
export function movableClock(): { moveOn(ms: number): void } {
	const realNow = Date.now.bind(Date);
	let offsetMs = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => realNow() + offsetMs);
	return {
		moveOn(ms) {
			offsetMs += ms;
		},
	};
}
