import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { timeLimits } from '../../core/limits';
import { type Result, invalid, ok, shown } from '../../core/failures';
import type { Country } from '../../core/country/countries';
import { isZone, readMoment } from '../../core/time/wallClock';
import type { WallSeconds } from '../../core/time/window';
import { ADDED_FIELDS, USUAL_FIELDS } from '../shared/output/addedFields';
import { readCountry } from '../shared/form/country';
import { allValid, readCampaign } from '../shared/form/parameters';
import { readChoice, readChoices, readWhole } from '../shared/form/values';

const TRIGGER_FIELDS = [...ADDED_FIELDS, 'missing'] as const;
export type TriggerField = (typeof TRIGGER_FIELDS)[number];

/** What a user set. */
export interface Settings {
	/** A campaign's number, several with commas in their order, or `all`. */
	readonly campaign: string;
	readonly zone: string;
	readonly country: Country;
	readonly addFields: readonly TriggerField[];
	readonly afterRestart: 'repeat' | 'skip';
	readonly minMinutesBetweenReads: number;
	readonly overlapMinutes: number;
	readonly result: 'all' | 'human' | 'machine';
	/** The moment, and its text as it is set; null where it is empty. */
	readonly startFrom: { readonly text: string; readonly at: WallSeconds } | null;
}

/** Reads the parameters; what cannot be used is told by the parameter's name, before any request. */
export function readSettings(context: IPollFunctions): Result<Settings> {
	const given: unknown = context.getNodeParameter('options', {});
	const options: IDataObject = typeof given === 'object' && given !== null ? { ...given } : {};
	const zone = readZone(options.timezone ?? 'America/Bogota');
	return allValid<Settings>({
		campaign: readCampaign(context.getNodeParameter('campaign', 'all', { extractValue: true })),
		zone,
		country: readCountry(options),
		addFields: readChoices('addFields', 'Add Fields', options.addFields ?? USUAL_FIELDS, TRIGGER_FIELDS),
		afterRestart: readChoice('afterRestart', 'If n8n Was Killed', options.afterRestart ?? 'repeat', ['repeat', 'skip']),
		minMinutesBetweenReads: readWhole(
			'minMinutesBetweenReads',
			'Ask Wolkvox Every (Minutes)',
			options.minMinutesBetweenReads ?? 5,
			1,
			1_440,
		),
		overlapMinutes: readWhole(
			'overlapMinutes',
			'Look Back for Late Records (Minutes)',
			options.overlapMinutes ?? 60,
			5,
			1_440,
		),
		result: readChoice('result', 'Result', options.result ?? 'all', ['all', 'human', 'machine']),
		startFrom: zone.ok ? readStart(options.startFrom, startText(context), zone.value) : ok(null),
	});
}

function readZone(value: unknown): Result<string> {
	const zone = String(value).trim();
	return isZone(zone)
		? ok(zone)
		: invalid(
				'timezone',
				`Timezone is unknown: “${zone.slice(0, 100)}”`,
				'Enter a name such as America/Bogota, America/Mexico_City or America/Santiago.',
			);
}

/** Start From as it is set: of an expression its text, since what it gives may be another moment with every poll. */
function startText(context: IPollFunctions): unknown {
	const { options } = context.getNode().parameters;
	return typeof options === 'object' && options !== null && 'startFrom' in options ? options.startFrom : undefined;
}

function readStart(value: unknown, text: unknown, zone: string): Result<Settings['startFrom']> {
	if (value === undefined || value === null || value === '') return ok(null);
	const moment = readMoment(value, zone);
	if (moment && moment.at >= timeLimits.earliestWallSeconds) return ok({ text: shown(text ?? value), at: moment.at });
	const fault = moment ? 'is before the year 2000' : 'is not a date';
	return invalid(
		'startFrom',
		`Start From ${fault}: “${shown(value)}”`,
		'Enter a date such as 2025-01-31 08:00:00, or leave it empty to begin now.',
	);
}
