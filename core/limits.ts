/**
 * Every number that bounds this package, once, with its source; those of the analyses, all our own, stand in `analysis/limits`.
 * DOC: the vendor's pages. LIVE: seen in production. MEASURED: docs/planner.md. OURS: our own choice.
 */

/** Dates. */
export const timeLimits = {
	/** Earlier than 2000 nothing was recorded (OURS): such a date is an error, and reading from there would cost the day's quota. */
	earliestWallSeconds: 946_684_800,
} as const;

/** One request, and how long the API is waited for. */
export const apiLimits = {
	/** Rows in one response (DOC). An answer that reaches it may have been cut. */
	capRecords: 60_000,
	/** Seconds that one request may span (DOC: 31 days). */
	maxSpanSeconds: 31 * 86_400,
	/** Milliseconds that one request may take (DOC: 60 s). */
	requestTimeoutMs: 60_000,
	/**
	 * Milliseconds that a head may take at first, and after a try in vain, where nothing was ever answered (OURS: told within
	 * two minutes); later it follows what this host needed so far, never less than the third.
	 */
	firstHeadMs: 60_000,
	nextHeadMs: 28_000,
	leastHeadMs: 15_000,
	/** Requests without a head end the run where they are more than this share of it and took so long together (OURS). */
	hangingShare: 0.7,
	hangingMs: 30 * 60_000,
	/** Milliseconds without a byte after which a request counts as stalled (OURS: the slowest first byte seen was 5 s). */
	idleTimeoutMs: 30_000,
	/** Bytes of one response, inflated (DOC: 256 MB). */
	maxBodyBytes: 256 * 1024 * 1024,
	/**
	 * Bodies in a row that never close, or are larger, after which it is seen whether other windows are answered, and after
	 * which the run ends (OURS: twice as many are 3 GB for nothing; half of them leave no room for the look).
	 */
	endlessInARow: 3,
	endlessAtMost: 6,
	/** Bytes and entries of a list of campaigns, or of the token's information (OURS). */
	maxDocumentBytes: 8 * 1024 * 1024,
	maxDocumentEntries: 50_000,
	/** Bytes and keys that may stand around the rows, or in a message or page in their place (OURS: those seen take 100 and four). */
	maxEnvelopeBytes: 64 * 1024,
	maxEnvelopeKeys: 100,
	/** Characters of a text that are matched or shown; no pattern sees more (OURS: twice as many let a bad pattern stall n8n). */
	seenChars: 2_000,
	/** Bytes of one row; the rows seen take 300 (OURS). */
	maxRowBytes: 128 * 1024,
	/** Requests at once per token (DOC). */
	maxParallelRequests: 2,
	/** Tries of one request before it is given up (OURS). */
	maxTries: 6,
	/** First and longest backoff after a passing fault, full jitter (OURS). */
	backoffBaseMs: 1_000,
	backoffMaxMs: 60_000,
	/**
	 * Retries in a row that bring a run nothing, after which each further fault stands (OURS: nearly two questions' worth;
	 * twice as many hold up a run whose host is gone, half of them let an outage of seconds name windows).
	 */
	fruitlessRetries: 10,
	/** How long a busy or closed API is waited for, and between which delays (OURS: the backup and other users end by themselves). */
	busyPatienceMs: 15 * 60_000,
	busyMinMs: 2_000,
	busyMaxMs: 20_000,
	/**
	 * Requests in a row that brought not even a head, after which the host hangs whatever it is asked (OURS: a day
	 * halved down to minutes, the short ones asked twice) …
	 */
	hangsInARow: 16,
	/** … and as many of them end the run (OURS: three quarters of an hour; an outage of half an hour is sat out). */
	hangsAtMost: 2 * 16,
	/** Whatever Retry-After says, a request looks after so long whether it is still so (OURS: as long as anybody waits untold). */
	lookAgainMs: 15 * 60_000,
	/** How long a host that has let nothing through is asked again (OURS: gateways keep a client out for two minutes). */
	strangerPatienceMs: 3 * 60_000,
	/** Milliseconds of pauses that a run sits out in all (OURS: an hour; twice as many keep n8n busy with nothing). */
	pausesPerRunMs: 60 * 60_000,
	/** How long a request that was refused for the pace, perhaps, is left alone at least (OURS: the pace itself is found). */
	refusalPauseMs: 2_000,
	/** Requests by which the pace is judged, and for how long (OURS: so often a faster one is tried; half doubles the refusals). */
	rememberedRequests: 40,
	rememberedMs: 60 * 60_000,
} as const;

/** How windows are chosen. */
export const planningLimits = {
	/** Share of the time limit that a window may be planned to fill (MEASURED). */
	timeoutShare: 0.75,
	/** How many standard deviations of the forecast's own error a window keeps free below the cap (MEASURED). */
	safetyZ: 1.75,
	/** First window, in seconds: one day (MEASURED: an hour or a month both cost more). */
	firstWindowSeconds: 86_400,
	/** A window may be this many times the longest one proven (MEASURED). */
	maxGrowth: 4,
	/** Watchdog of a run: past `base + factor × lower bound` requests windows are bisected (MEASURED) … */
	watchdogBase: 64,
	watchdogFactor: 16,
	/** … and past this many times that, the run ends and names what is left (OURS). */
	watchdogEnd: 16,
	/** A count that is a multiple of this, or one less, may be a cap lower than the documented one (OURS) … */
	roundCount: 500,
	/** … so may one of this share of the cap or more (OURS: windows are planned to stay far below) … */
	nearCapShare: 0.98,
	/** … and one that an answer shortly before had, too (OURS: so often it is chance in one of a thousand windows). */
	repeatsWithin: 8,
	/**
	 * What came empty is probed by an hour, margins included (OURS: 60,000 rows need 17 a second to hide in it; half as
	 * long, a quiet campaign shows nothing in it) …
	 */
	probeSeconds: 3_600 - 2,
	/** … and by a day, which the shortest span that a server may refuse still holds (OURS: as for an hour). */
	longProbeSeconds: 86_400 - 2,
	/** A stretch is probed where a window of it is longer than this, and than any that came with rows (OURS). */
	probeFromSeconds: 3_600,
	/** Rows expected in an empty window from which it is cut or probed by itself (OURS: fewer are chance) … */
	surprisingRows: 10,
	/** … where it is longer than this: 100 rows a second would be needed to fill an answer (OURS). */
	shortProbeSeconds: 600,
	/** Probes of one stretch (OURS: eleven years of nothing stay below a third of a licence's day; half as many see half as much). */
	probesAtMost: 44,
	/** Broken places of a run that are narrowed down to the second; each further one to a minute, four minutes, and so on (OURS). */
	finePlaces: 12,
	/** What a doubtful API is asked to see whether it answers at all (OURS). */
	controlSeconds: 600,
} as const;

/** What one window may need. */
export const readingLimits = {
	/** On a window longer than this the second fault in mid-work is the window's own, on a shorter one the third (OURS). */
	heavyWindowSeconds: 3_600,
	/** A window as long is asked to the end of its last minute, however crowded minutes are: a tenth more (OURS). */
	manyMinutesSeconds: 600,
	/** Rows dated this far outside what was asked are covered in silence; past it the run says so (OURS). */
	quietMarginSeconds: 60,
	/** Past this the date is not what the window filters at all, and nothing can be proven (OURS: every UTC offset fits in it). */
	maxMarginSeconds: 15 * 3_600,
} as const;

/** A whole run. */
export const extractionLimits = {
	/** A range that came wholly empty is asked again so much later (OURS: at once, a passing fault would answer both times). */
	secondLookAfterMs: 3_000,
	/** Records younger than this may still be joined by late ones (LIVE: 15 min 20 s seen, doubled). */
	settledAfterSeconds: 30 * 60,
	/** The day's quota is asked for before this request of a run … (OURS) */
	quotaCheckAt: 20,
	/** … and so many of its calls are left to the operation's other users (OURS). */
	quotaReserve: 20,
} as const;

/** The trigger: one poll, and what it remembers. */
export const triggerLimits = {
	/** Milliseconds that a tick of the trigger may take where n8n does not say (OURS: n8n gives a poll up after 45 s) … */
	pollBudgetMs: 35_000,
	/** … and so many of them are kept for handing over what was read. */
	pollReserveMs: 2_000,
	/** A tick this much early counts as due: cron ticks jitter (OURS). */
	dueJitterMs: 30_000,
	/**
	 * New records after which a tick reads no further (MEASURED: an item costs 0.4 kB, and 2.9 kB where its execution is
	 * saved, so these 145 MB; with fewer a daily poll does not keep up with a busy operation).
	 */
	tickRecords: 50_000,
	/** The first window of a reading that has many to come (OURS: one that is cut at the cap costs 20 s of a poll's 35). */
	firstWindowSeconds: 90 * 60,
	/** Bytes of the saved state, past which the oldest minutes are kept as digests (OURS: n8n writes it with each batch). */
	stateMaxBytes: 192_000,
	/**
	 * A tick looks back to the latest row seen, but no further than this (OURS: fits in a first window, and is
	 * longer than any error of a zone).
	 */
	rereadSeconds: 86_400 - 900,
	/** Silence past which the latest row no longer says where a pass begins (OURS: a month, else a quiet year is read each time). */
	longestSilenceSeconds: 31 * 86_400,
	/** Longest windows of what one tick takes on (OURS: eight of nothing cost 30 to 40 requests of a poll’s 35 s). */
	windowsPerTick: 8,
	/** Steps of the clock that the overlap is widened by, and larger ones that are answered by reading again (OURS). */
	stepToleranceSeconds: 60,
	/**
	 * An empty answer is believed at once while no longer stretch than this was never looked at before (OURS: 60,000
	 * rows in it would need 5.7 million a day).
	 */
	unseenSeconds: 900,
	/** A hole as short as this is what was narrowed down: it is asked for after so long, then twice as long, … (OURS) */
	narrowHoleSeconds: 60,
	holePauseMs: 5 * 60_000,
	/** … up to 160 minutes (OURS: twelve hours of a broken second cost no more than ten polls). */
	holeDoublings: 5,
	/** How long an unproven stretch is asked for again (OURS). */
	holePatienceMs: 86_400_000,
	/** How many of them are kept at most, and asked for in one tick (OURS). */
	maxHoles: 40,
	holesPerTick: 3,
	/** Records of a manual run of the trigger (OURS). */
	sampleRecords: 10,
} as const;

/** What is handed to n8n. */
export const outputLimits = {
	/** Items past which the run warns what they cost n8n (MEASURED: +1.15 GB and a blocked n8n at 400,000 saved items). */
	manyItems: 100_000,
	/** Bytes of one file where n8n's storage takes files whole (MEASURED: n8n takes several times as much while it stores one). */
	partBytes: 8 * 1024 * 1024,
	/** Bytes of one workbook, where the next begins (DOC of ZIP and Node: past 2 GiB nothing reads it; the rest is room to end it). */
	workbookBytes: 2_000_000_000,
} as const;

/** Files. */
export const exportLimits = {
	/** Characters gathered before they become bytes (OURS: the size of a file system's read-ahead, small against a window). */
	chunkCharacters: 64 * 1024,
	/** Rows of a sheet, its head included (DOC of Excel: more are not shown). */
	sheetRows: 1_048_576,
	/** Bytes of a sheet's XML (MEASURED: SheetJS, in n8n too, gives no sheet of more than 536,870,888 characters, and says nothing). */
	sheetBytes: 500_000_000,
	/** Characters of a cell, in UTF-16 units (DOC of Excel: a file with more is refused). */
	cellUnits: 32_767,
} as const;

/** Countries: telephones, calendars, numbers. */
export const countryLimits = {
	/**
	 * Digits that a route before a number without its calling code may have (OURS: those seen have one to three; with twice
	 * as many an id of 19 digits ends in somebody's mobile, with half as many 901 + 3… is nobody's).
	 */
	longestBareRoute: 4,
} as const;

/** A person's look at what nobody knows of a live operation. */
export const diagnosisLimits = {
	/** Requests (OURS: little beside the day's thousand; more would find nothing more). */
	maxRequests: 12,
	/** Characters of a body that are looked at as text (OURS: the list of report 6 holds a line for each campaign). */
	headChars: 64 * 1024,
} as const;

/** A call by a language model. */
export const toolLimits = {
	/** Milliseconds for an answer (MEASURED: MCP clients leave after 60 s without telling; an agent's user waits no longer either). */
	budgetMs: 50_000,
	/** Items of an answer … (OURS: 8 kB of records; more are counted by Summarize) */
	items: 100,
	/** … and characters of them as JSON (OURS: a fifth of what the smaller models hold). */
	answerCharacters: 60_000,
} as const;
