/** What a model is told of every operation that reads a range: how to write the arguments, and what the answer says. */
const ARGUMENTS =
	'Arguments, where the tool has them: ' +
	'Campaign is its number, such as 22109, several with commas, its name, or all; a tool that lists campaigns has the numbers. ' +
	'From and To are days such as 2025-03-04, or moments such as 2025-03-04 08:30:00, on the clock of the call centre; ' +
	'with Z or an offset they are converted to it. A To without a time is that whole day. ';
const ANSWER =
	'All times in the answer are on that clock too. range says what was read, complete and missing whether that was everything, next ' +
	'what to call instead; a failure comes with advice.';

/** What a call is told of the rest, where not everything came. */
export const MORE = {
	records:
		'For counts and rates call a tool that summarizes, if you have one; for other records ask for a shorter range.',
	lines: 'For fewer lines group by less, or ask for a shorter range or one campaign.',
	contacts: 'For others ask for more calls, one campaign or a shorter range.',
	campaigns: 'A campaign that is not here can be asked for by its name.',
} as const;

/** The texts that are sent to a model, by operation. */
export const TOOL_DESCRIPTIONS = {
	getRecords:
		'Gets single calls of a Wolkvox call centre with the result of its answering machine detection (AMD): customer_id, campaign_id, ' +
		'file_name (the voice file that was played), telephone, result (HUMAN, MACHINE or another word), date. At most 100 come. For ' +
		'counts, totals and rates call a tool that summarizes instead, for people whom nobody has reached yet one that gets contacts ' +
		`that are hard to reach. ${ARGUMENTS}Result is all, human or machine. Limit is from 1 to 100. ${ANSWER}`,
	exportRecords:
		'Writes the calls of a Wolkvox call centre with their answering machine detection into a file. Only the name and size of the ' +
		'file come back, not what is in it: to answer a question call a tool that summarizes instead. ' +
		`${ARGUMENTS}Format is xlsx, csv or ndjson. ${ANSWER}`,
	summarize:
		'Counts the calls of a Wolkvox call centre by the result of its answering machine detection (AMD): records, human, machine, other, ' +
		'human_rate and machine_rate (fractions of humans and machines together, from 0 to 1). Use it for every question of how many, ' +
		'how often, which campaign, day or hour is best or worst, and for trends. ' +
		`${ARGUMENTS}Group By is any of campaign, day, hour (0 to 23), weekday (1 is Monday), fileName; nothing gives one total. ${ANSWER}`,
	hardToReach:
		'Gets the customers or telephones of a Wolkvox call centre that were called several times and never answered by a human, with ' +
		'their calls, the hours that were tried and the times to try next. ' +
		`${ARGUMENTS}One Row Per is customer or telephone. Min Calls is a whole number, usually 3. Limit is from 1 to 100. ${ANSWER}`,
	report:
		'Writes a report on the answering machine detection of a Wolkvox call centre: rates by day, hour and campaign, and what to try. ' +
		`Returns its text. For single numbers call a tool that summarizes instead. ${ARGUMENTS}Language is en or es.`,
	getCampaigns:
		'Lists the campaigns of a Wolkvox call centre: their numbers (campaign_id), names and settings. Call it to find the number of a ' +
		'campaign, or which campaigns there are. It takes no dates and counts no calls. Where it has a Limit, that is from 1 to 100.',
	getUsage:
		"Tells how many of today's requests to Wolkvox are used and left: description, daily_limit, used_today, " +
		'used_today_by_all_tokens, available. Costs one request.',
	diagnose:
		"Checks the connection to a Wolkvox call centre with at most 12 of the day's requests, and returns a text of what was found. " +
		'Call it only where other tools keep failing, or where somebody asks for it.',
} as const;
