/**
 * Every number that bounds this package, once, with its source.
 * DOC: the vendor's pages. LIVE: seen in production. MEASURED: docs/planner.md. OURS: our own choice.
 */

/** Rows in one response (DOC). An answer that reaches it may have been cut. */
export const CAP_RECORDS = 60_000;
/** Seconds that one request may span (DOC: 31 days). */
export const MAX_SPAN_SECONDS = 31 * 86_400;
/** Milliseconds that one request may take (DOC: 60 s). */
export const REQUEST_TIMEOUT_MS = 60_000;
/** Milliseconds without a byte after which a request counts as stalled (OURS: the slowest first byte seen was 5 s). */
export const IDLE_TIMEOUT_MS = 30_000;
/** Bytes of one response, inflated (DOC: 256 MB). */
export const MAX_BODY_BYTES = 256 * 1024 * 1024;
/** Bytes of an answer that carries no rows: a message, a page of a proxy, a list of campaigns (OURS). */
export const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;
/** Bytes of one row; the rows seen take 300 (OURS). */
export const MAX_ROW_BYTES = 1024 * 1024;
/** Earlier than 2000 nothing was recorded (OURS): such a date is an error, and reading from there would cost the day's quota. */
export const EARLIEST_WALL_SECONDS = 946_684_800;
/** Requests at once per token (DOC). */
export const MAX_PARALLEL_REQUESTS = 2;

/** Share of the time limit that a window may be planned to fill (MEASURED). */
export const TIMEOUT_SHARE = 0.75;
/** How many standard deviations of the forecast's own error a window keeps free below the cap (MEASURED). */
export const SAFETY_Z = 1.75;
/** First window, in seconds: one day (MEASURED: an hour or a month both cost more). */
export const FIRST_WINDOW_SECONDS = 86_400;
/** A window may be this many times the longest one proven (MEASURED). */
export const MAX_GROWTH = 4;
/** Watchdog of a run: past `base + factor × lower bound` requests windows are bisected (MEASURED) … */
export const WATCHDOG_BASE = 64;
export const WATCHDOG_FACTOR = 16;
/** … and past this many times that, the run ends and names what is left (OURS). */
export const WATCHDOG_END = 16;

/** Tries of one request before it is given up (OURS). */
export const MAX_TRIES = 6;
/** First and longest backoff after a passing fault, full jitter (OURS). */
export const BACKOFF_BASE_MS = 1_000;
export const BACKOFF_MAX_MS = 60_000;
/** Retries of a run: a share of its requests, and a few for a short run (OURS). */
export const RETRY_SHARE = 0.2;
export const RETRY_FLOOR = 10;
/** How long a busy or closed API is waited for, and between which delays (OURS: the backup and other users end by themselves). */
export const BUSY_PATIENCE_MS = 15 * 60_000;
export const BUSY_MIN_MS = 2_000;
export const BUSY_MAX_MS = 20_000;
/** Requests in a row that brought not even a head, after which the host hangs whatever it is asked (OURS: a day halved down to minutes, the short ones asked twice) … */
export const HANGS_IN_A_ROW = 16;
/** … and as many of them end the run (OURS: three quarters of an hour; an outage of half an hour is sat out). */
export const HANGS_AT_MOST = 2 * HANGS_IN_A_ROW;
/** A longer pause is an error of whoever asks for it, such as a date in place of seconds (OURS). */
export const LONGEST_PAUSE_MS = 86_400_000;
/** Faults in mid-work on a window longer than this mean that it is too heavy (OURS). */
export const HEAVY_WINDOW_SECONDS = 3_600;

/** Rows dated this far outside what was asked are covered in silence; past it the run says so (OURS). */
export const QUIET_MARGIN_SECONDS = 60;
/** Past this the date is not what the window filters at all, and nothing can be proven (OURS: every UTC offset fits in it). */
export const MAX_MARGIN_SECONDS = 15 * 3_600;
/** Records younger than this may still be joined by late ones (LIVE: 15 min 20 s seen, doubled). */
export const SETTLED_AFTER_SECONDS = 30 * 60;
/** A count that is a multiple of this may be a cap lower than the documented one (OURS). */
export const ROUND_COUNT = 500;

/** An empty window is probed by so many seconds of it (OURS: 100 rows a second would be needed to fill an answer) … */
export const PROBE_SECONDS = 600;
/** … when it is as long as this and nothing is known yet, or a day otherwise … (OURS) */
export const PROBE_FROM_SECONDS = 2 * 3_600;
/** … or when so many rows were expected in it (OURS). */
export const SURPRISING_ROWS = 10;

/** The day's quota is asked for before this request of a run … (OURS) */
export const QUOTA_CHECK_AT = 20;
/** … and so many of its calls are left to the operation's other users (OURS). */
export const QUOTA_RESERVE = 20;

/** Items past which the run warns what they cost n8n (MEASURED: +1.15 GB and a blocked n8n at 400,000 saved items). */
export const MANY_ITEMS = 100_000;
/** Bytes of rows in one file where n8n's storage takes files whole (MEASURED: n8n takes several times as much while it stores one). */
export const PART_BYTES = 8 * 1024 * 1024;

/** Milliseconds that a tick of the trigger may take where n8n does not say (OURS: n8n gives a poll up after 45 s) … */
export const POLL_BUDGET_MS = 35_000;
/** … and so many of them are kept for handing over what was read. */
export const POLL_RESERVE_MS = 2_000;
/** A tick this much early counts as due: cron ticks jitter (OURS). */
export const DUE_JITTER_MS = 30_000;
/** New records after which a tick reads no further (MEASURED: an item costs 0.4 kB, and 2.9 kB where its execution is saved). */
export const TICK_RECORDS = 10_000;
/** Bytes of the trigger's memory up to which a tick may add what it finds; past it, a third of what is there (OURS). */
export const STATE_SOFT_BYTES = 60_000;
/** Bytes past which the oldest minutes of the memory are kept as digests (OURS: n8n writes the state with each batch). */
export const STATE_MAX_BYTES = 192_000;
/** A tick looks back to the latest row seen, but no further than this (OURS: fits in a first window, and is longer than any error of a zone). */
export const REREAD_SECONDS = 86_400 - 900;
/** Steps of the clock that the overlap is widened by, and larger ones that are answered by reading again (OURS). */
export const STEP_TOLERANCE_SECONDS = 60;
/** An empty answer is believed at once while no longer stretch than this was never looked at before (OURS: 60,000 rows in it would need 5.7 million a day). */
export const UNSEEN_SECONDS = 900;
/** How long an unproven stretch is asked for again with every tick (OURS). */
export const HOLE_PATIENCE_MS = 86_400_000;
/** How many of them are kept at most, and asked for in one tick (OURS). */
export const MAX_HOLES = 40;
export const HOLES_PER_TICK = 3;
/** Records of a manual run of the trigger (OURS). */
export const SAMPLE_RECORDS = 10;
