import { apiLimits } from '../limits';

/** Words that people write where an id is missing, without accents, blanks and signs. */
const WORDS = new Set(
	(
		'na nn ninguna ninguno none null undefined nan noaplica nodisponible noregistra notiene noid sn sd vacio ' +
		'desconocida desconocido unknown anonimo anonima anonymous particular cliente prueba test xxx x'
	).split(' '),
);
const WITHOUT = /^(?:sin|without|no)(?:id|identificacion|cedula|cc|documento|doc|dato|datos|nombre|numero|registro)$/;

/** Whether an id names nobody: blank, zeros, one digit repeated, or a word such as n/a or sin dato. */
export function isStandIn(id: string): boolean {
	if (id.trim().length > apiLimits.seenChars) return false;
	const bare = id
		.trim()
		.normalize('NFD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
	return bare === '' || /^0+$/.test(bare) || /^(\d)\1+$/.test(bare) || WORDS.has(bare) || WITHOUT.test(bare);
}
