import type { WallSeconds, Window } from '../time/window';

/** What was asked for from a moment on. */
export interface Scope {
	/** A campaign's number, several with commas, or `all`. */
	readonly campaign: string;
	readonly from: WallSeconds;
}

/** Changes that are remembered: late records of each may still come. */
const MAX_SCOPES = 12;

export const alwaysScope = (campaign: string): Scope[] => [{ campaign, from: 0 }];

/** The scopes after the campaign was set to another one: what is dated before the change still belongs to the old one. */
export function rescoped(scopes: readonly Scope[], campaign: string, changedAt: WallSeconds): readonly Scope[] {
	if (scopes.at(-1)?.campaign === campaign) return scopes;
	const before = scopes.filter(({ from }) => from < changedAt);
	const after = before.at(-1)?.campaign === campaign ? before : [...before, { campaign, from: changedAt }];
	return after.slice(-MAX_SCOPES);
}

/** A window cut where another campaign begins. */
export function scopedParts(
	scopes: readonly Scope[],
	{ from, to }: Window,
): Array<Window & { readonly campaign: string }> {
	return scopes
		.map(({ campaign, from: start }, index) => ({
			campaign,
			from: index === 0 ? from : Math.max(from, start),
			to: Math.min(to, scopes[index + 1]?.from ?? to),
		}))
		.filter((part) => part.from < part.to);
}

/** Without those that no reading reaches any more. */
export const nearScopes = (scopes: readonly Scope[], from: WallSeconds): readonly Scope[] =>
	scopes.filter((_, index) => (scopes[index + 1]?.from ?? Infinity) > from);
