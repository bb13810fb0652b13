/** What happened, and how to get unstuck: what a person reads. Plain text; who shows it makes it ready for where it stands. */
export interface Words {
	readonly message: string;
	readonly description: string;
}

/** Puts one kind of failure in words; `server` is the host that was asked. */
export type Say = (failure: { readonly said: string; readonly status?: number }, server: string) => Words;

export const TRY_AGAIN = 'Run it again in some minutes. Nothing is lost: the same range gives the same records.';

export const quoted = (said: string): string => (said ? `: “${said}”` : '');

/** The word of the operating system or the client, in brackets. */
export const coded = (said: string): string => (said ? ` (${said})` : '');
