import type { NumberForms } from '../../country/numbers';
import type { Language } from '../../country/words';

/** Everything that the report says, in one language. Numbers come written. */
interface Phrases {
	readonly title: string;
	readonly allCampaigns: string;
	readonly campaign: (id: string) => string;
	readonly nothing: string;
	readonly note: string;
	verdict(share: string, human: string, known: string): string;
	readonly verdictUnknown: string;
	change(points: string, isMore: boolean, isSame: boolean, before: string): string;
	reached(share: string, contacts: string): string;
	neverReached(contacts: string, calls: string, isOne: boolean): string;
	readonly whatToDo: string;
	callMore(from: string, to: string, share: string, rest: string, calls: string): string;
	callLess(from: string, to: string, share: string, rest: string, calls: string): string;
	lookAt(kind: 'campaign' | 'file', name: string, share: string, rest: string, calls: string): string;
	letRest(contacts: string, least: string, calls: string): string;
	readonly tiles: Record<'calls' | 'share' | 'contacts' | 'reached' | 'perContact' | 'never' | 'unknown', string>;
	perHour(calls: string, hours: string): string;
	readonly perHourUnit: string;
	readonly before: string;
	outsideLaw(calls: string, isOne: boolean): string;
	undated(calls: string, isOne: boolean): string;
	standsFor(id: string, telephones: string): string;
	nameless(calls: string, isOne: boolean): string;
	readonly hours: string;
	hoursNote(few: string): string;
	readonly hour: string;
	readonly allDays: string;
	readonly campaigns: string;
	readonly campaignHead: string;
	readonly calls: string;
	readonly share: string;
	readonly worstFirst: string;
	others(count: string): string;
	readonly byNumber: string;
	readonly byNumberNote: string;
	readonly numberHead: string;
	readonly reachedSoFar: string;
	andLater(number: string): string;
	readonly files: string;
	readonly fileHead: string;
	readonly noFile: string;
	readonly over: Record<'day' | 'week' | 'month' | 'year', string>;
	readonly overHead: Record<'day' | 'week' | 'month' | 'year', string>;
	axis(low: string, high: string): string;
	readonly contacts: string;
	contactsNote(shown: string, all: string): string;
	readonly contactHead: string;
	readonly customer: string;
	readonly callsHead: string;
	readonly whenHead: string;
	readonly noTimes: string;
	readonly or: string;
	made(at: string): string;
	incomplete(missing: string): string;
	readonly notCompared: string;
}

const plural = (isOne: boolean, one: string, many: string): string => (isOne ? one : many);

const en: Phrases = {
	title: 'Answering machine detection',
	allCampaigns: 'All campaigns',
	campaign: (id) => `Campaign ${id}`,
	nothing: 'There are no calls in this range.',
	note: 'Note',
	verdict: (share, human, known) => `A person answered ${share} of the calls that were answered (${human} of ${known})`,
	verdictUnknown: 'Of no call in this range is it known who answered',
	change: (points, isMore, isSame, before) =>
		isSame ? `, as before (${before})` : `, ${points} points ${isMore ? 'more' : 'less'} than before (${before})`,
	reached: (share, contacts) => `${share} of ${contacts} contacts were reached at least once`,
	neverReached: (contacts, calls, isOne) =>
		`${contacts} ${plural(isOne, 'was', 'were')} called ${calls} times or more and never reached`,
	whatToDo: 'What to do',
	callMore: (from, to, share, rest, calls) =>
		`Call more between ${from} and ${to}: a person answers ${share} of the calls there, ${rest} at other hours (${calls} calls).`,
	callLess: (from, to, share, rest, calls) =>
		`Call less between ${from} and ${to}: a person answers ${share} of the calls there, ${rest} at other hours (${calls} calls).`,
	lookAt: (kind, name, share, rest, calls) =>
		`Look at ${kind === 'campaign' ? 'campaign' : 'voice file'} ${name}: a person ` +
		`answers ${share} of its calls, ${rest} of the others (${calls} calls).`,
	letRest: (contacts, least, calls) =>
		`Let ${contacts} contacts rest: they were called ${least} times or more, ${calls} calls in all, and no person answered.`,
	tiles: {
		calls: 'Calls answered',
		share: 'By a person',
		contacts: 'Contacts',
		reached: 'Contacts reached',
		perContact: 'Calls per contact',
		never: 'Never reached',
		unknown: 'result unknown',
	},
	perHour: (calls, hours) => `${calls} per hour (${hours} h)`,
	perHourUnit: 'per hour',
	before: 'before',
	outsideLaw: (calls, isOne) =>
		`${calls} ${plural(isOne, 'call was', 'calls were')} answered outside the hours of Ley ` +
		`2300 (Monday to Friday 07:00 to 19:00, Saturday 08:00 to 15:00, no Sunday, no holiday).`,
	undated: (calls, isOne) =>
		`${calls} ${plural(isOne, 'call carries', 'calls carry')} no readable date: in the totals and in no table over time.`,
	standsFor: (id, telephones) =>
		`customer_id ${id} stands for ${telephones} telephones: its calls are told by telephone.`,
	nameless: (calls, isOne) =>
		`${calls} ${plural(isOne, 'call carries', 'calls carry')} neither a customer nor a telephone: in no contact.`,
	hours: 'When people answer',
	hoursNote: (few) => `Share of calls that a person answered; the darker, the more. Grey: fewer than ${few} calls.`,
	hour: 'Hour',
	allDays: 'All days',
	campaigns: 'Campaigns',
	campaignHead: 'Campaign',
	calls: 'Calls',
	share: 'Answered by a person',
	worstFirst: 'The lowest share first.',
	others: (count) => `${count} others together`,
	byNumber: 'When to stop dialling',
	byNumberNote: 'The first call to each contact in this range, the second, the third …',
	numberHead: 'Call',
	reachedSoFar: 'Contacts reached',
	andLater: (number) => `${number} and later`,
	files: 'Voice files',
	fileHead: 'Voice file',
	noFile: '(none)',
	over: { day: 'By day', week: 'By week', month: 'By month', year: 'By year' },
	overHead: { day: 'Day', week: 'Week from', month: 'Month', year: 'Year' },
	axis: (low, high) => `The bars begin at ${low} and end at ${high}.`,
	contacts: 'Contacts to try again',
	contactsNote: (shown, all) => `${shown} of ${all} with three to seven calls and no person, most calls first.`,
	contactHead: 'Telephone',
	customer: 'Customer',
	callsHead: 'Calls',
	whenHead: 'When to call',
	noTimes: 'too few calls to say',
	or: 'or',
	made: (at) => `Made ${at} from Wolkvox AMD records: calls that something answered, no others.`,
	incomplete: (missing) => `These figures are not complete. Missing: ${missing}`,
	notCompared: 'The period before could not be read: nothing is compared.',
};

const es: Phrases = {
	title: 'Detección de contestadores (AMD)',
	allCampaigns: 'Todas las campañas',
	campaign: (id) => `Campaña ${id}`,
	nothing: 'No hay llamadas en este rango.',
	note: 'Nota',
	verdict: (share, human, known) =>
		`Contestadas por persona: ${share} de las llamadas contestadas (${human} de ${known})`,
	verdictUnknown: 'De ninguna llamada de este rango se sabe quién contestó',
	change: (points, isMore, isSame, before) =>
		isSame ? `, igual que antes (${before})` : `, ${points} puntos ${isMore ? 'más' : 'menos'} que antes (${before})`,
	reached: (share, contacts) => `al ${share} de ${contacts} contactos se llegó al menos una vez`,
	neverReached: (contacts, calls, isOne) =>
		`${contacts} ${plural(isOne, 'fue llamado', 'fueron llamados')} ${calls} veces o más sin que contestara una persona`,
	whatToDo: 'Qué hacer',
	callMore: (from, to, share, rest, calls) =>
		`Llame más entre las ${from} y las ${to}: una persona contesta el ` +
		`${share} de las llamadas, a otras horas el ${rest} (${calls} llamadas).`,
	callLess: (from, to, share, rest, calls) =>
		`Llame menos entre las ${from} y las ${to}: una persona contesta el ` +
		`${share} de las llamadas, a otras horas el ${rest} (${calls} llamadas).`,
	lookAt: (kind, name, share, rest, calls) =>
		`Revise ${kind === 'campaign' ? 'la campaña' : 'el audio'} ${name}: una persona ` +
		`contesta el ${share} de sus llamadas, el ${rest} de las demás (${calls} llamadas).`,
	letRest: (contacts, least, calls) =>
		`Deje descansar a ${contacts} contactos: fueron llamados ${least} veces ` +
		`o más, ${calls} llamadas en total, y no contestó ninguna persona.`,
	tiles: {
		calls: 'Llamadas contestadas',
		share: 'Por persona',
		contacts: 'Contactos',
		reached: 'Contactos alcanzados',
		perContact: 'Llamadas por contacto',
		never: 'Nunca alcanzados',
		unknown: 'de resultado desconocido',
	},
	perHour: (calls, hours) => `${calls} por hora (${hours} h)`,
	perHourUnit: 'por hora',
	before: 'antes',
	outsideLaw: (calls, isOne) =>
		`${calls} ${plural(isOne, 'llamada fue contestada', 'llamadas fueron contestadas')} fuera del horario ` +
		`de la Ley 2300 (lunes a viernes de 07:00 a 19:00, sábado de 08:00 a 15:00, ni domingos ni festivos).`,
	undated: (calls, isOne) =>
		`${calls} ${plural(isOne, 'llamada no trae', 'llamadas no traen')} una ` +
		`fecha legible: cuenta en los totales y en ninguna tabla por tiempo.`,
	standsFor: (id, telephones) =>
		`customer_id ${id} aparece con ${telephones} teléfonos: sus llamadas se cuentan por teléfono.`,
	nameless: (calls, isOne) =>
		`${calls} ${plural(isOne, 'llamada no trae', 'llamadas no traen')} ni cliente ni teléfono: en ningún contacto.`,
	hours: 'Cuándo contestan las personas',
	hoursNote: (few) =>
		`Parte de las llamadas contestadas por persona; cuanto más oscuro, más. Gris: menos de ${few} llamadas.`,
	hour: 'Hora',
	allDays: 'Todos los días',
	campaigns: 'Campañas',
	campaignHead: 'Campaña',
	calls: 'Llamadas',
	share: 'Contestadas por persona',
	worstFirst: 'Primero la menor parte.',
	others: (count) => `${count} más, juntas`,
	byNumber: 'Cuándo dejar de marcar',
	byNumberNote: 'La primera llamada a cada contacto en este rango, la segunda, la tercera …',
	numberHead: 'Llamada',
	reachedSoFar: 'Contactos alcanzados',
	andLater: (number) => `${number} y siguientes`,
	files: 'Audios',
	fileHead: 'Audio',
	noFile: '(ninguno)',
	over: { day: 'Por día', week: 'Por semana', month: 'Por mes', year: 'Por año' },
	overHead: { day: 'Día', week: 'Semana desde', month: 'Mes', year: 'Año' },
	axis: (low, high) => `Las barras comienzan en ${low} y terminan en ${high}.`,
	contacts: 'Contactos por intentar de nuevo',
	contactsNote: (shown, all) =>
		`${shown} de ${all} con tres a siete llamadas y ninguna persona, primero los más llamados.`,
	contactHead: 'Teléfono',
	customer: 'Cliente',
	callsHead: 'Llamadas',
	whenHead: 'Cuándo llamar',
	noTimes: 'muy pocas llamadas para decirlo',
	or: 'o',
	made: (at) => `Hecho el ${at} con registros AMD de Wolkvox: solo llamadas que algo contestó.`,
	incomplete: (missing) => `Estas cifras no están completas. Falta: ${missing}`,
	notCompared: 'No se pudo leer el periodo anterior: no hay comparación.',
};

export const phrasesIn = (language: Language): Phrases => ({ en, es })[language];

/** How a page is written: its words and its numbers. */
export interface Style {
	readonly language: Language;
	readonly words: Phrases;
	readonly forms: NumberForms;
}
