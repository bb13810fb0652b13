/** Analyses: what a list of contacts and a report say of calls (OURS). */
export const analysisLimits = {
	/** More telephones than one person has: such an id stands for nobody (half of it would split large families' accounts). */
	telephonesOfOne: 10,
	/** Answered calls from which on an hour of a weekday is suggested (half of it suggests luck, twice as many few hours) … */
	callsOfACell: 30,
	/** … and at which its own share weighs as much as its hour's: one lucky call changes little. */
	evidenceCalls: 20,
	/** Times suggested for the next calls to a contact: what fits a shift plan; and the weeks that the next is looked for in. */
	timesToTry: 3,
	weeksAhead: 4,
	/** Calls from which on a contact counts as never reached, and after which it is better left alone. */
	minCalls: 3,
	restAfterCalls: 8,
	/** Calls of a contact that are told apart by their number; later ones are one line. */
	callsByNumber: 6,
	/** A list of fewer than this share of all contacts gets a hint how to widen it. */
	fewContactsShare: 0.05,
} as const;

/** The report: what fits 90 kB, where Gmail does not clip, and from how many calls on it judges (OURS). */
export const reportLimits = {
	/** Campaigns, voice files and contacts with a line of their own; what is left of the first two is one more. */
	campaigns: 25,
	voiceFiles: 8,
	contacts: 20,
	/** Days up to which the period before is read too, where nobody chose. */
	comparedDays: 31,
	/** Days, weeks, months or years: the finest of which there are no more than this. */
	bars: 62,
	/** Bytes of a name, an id or telephone, and a warning; the rest is cut. */
	nameBytes: 60,
	idBytes: 24,
	warningBytes: 900,
	/** Answered calls below which a share is grey: at 30 its standard error is nine points. */
	fewCalls: 30,
	/** Answered calls from which on a report, and a part of it, is advised upon; contacts to rest that are worth a line. */
	adviseFrom: 200,
	adviseOnPartFrom: 100,
	contactsToRest: 10,
	/** How far a part lies from the rest to be named: in standard errors (one in a thousand by luck), and in share. */
	standardErrors: 3,
	hoursApart: 0.03,
	campaignsApart: 0.1,
} as const;
