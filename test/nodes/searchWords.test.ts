/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sublimeSearch } from '@n8n/utils/search/sublime-search';
import { WolkvoxAmd } from '../../nodes/WolkvoxAmd/WolkvoxAmd.node';
import { WolkvoxAmdTrigger } from '../../nodes/WolkvoxAmdTrigger/WolkvoxAmdTrigger.node';

interface Codex {
	readonly alias: readonly string[];
	readonly resources: object;
}

const codexOf = (name: string): Codex =>
	JSON.parse(readFileSync(join(__dirname, `../../nodes/${name}/${name}.node.json`), 'utf8')) as Codex;

/** The nodes as n8n's panel has them. */
const panel = [new WolkvoxAmd(), new WolkvoxAmdTrigger()].map(({ description: { displayName, name } }) => ({
	properties: { displayName, codex: codexOf(name[0].toUpperCase() + name.slice(1)) },
}));
const stranger = {
	properties: { displayName: 'Google Sheets', codex: { alias: ['CSV', 'Sheet', 'Spreadsheet', 'GS'] } },
};

const found = (typed: string): string[] =>
	sublimeSearch(typed.toLowerCase(), [...panel, stranger]).map(({ item }) => item.properties.displayName);

describe('the search of the nodes panel, n8n 2.41.1', () => {
	const words = {
		'voice mail': 'buzon, buzón, buzon de voz, buzón de voz, Buzón, voz buzón, correo de voz, voicemail, voice mail',
		machines:
			'maquina contestadora, máquina contestadora, contestador, contestadora, contestadora maquina, answering machine',
		work: 'llamada, llamadas, telefonia, telefonía, campaña, campañas, campana, contactabilidad, cobranza',
		'the report': 'amd, AMD detalle, detalle amd, amd report, reporte amd',
		'the dialler': 'marcador, marcador predictivo, predictivo marcador, dialer, dialler, predictive dialler',
		'the place': 'call center, call centre, callcenter, contact center, contact centre, centro de llamadas',
		'the maker':
			'wolkvox, Wolkvox, wolkbox, wolvox, wolkox, wokvox, wolkvoz, wolkvos, wolkwox, volkvox, wolcvox, walkvox, wolvkox',
	};
	test.each(Object.entries(words))('finds both by the words for %s', (_, typed) => {
		for (const word of typed.split(', '))
			expect([word, ...found(word).sort()]).toEqual([word, 'Wolkvox AMD', 'Wolkvox AMD Trigger']);
	});

	test('does not find them by what they are not about', () => {
		for (const word of ['spreadsheet', 'slack', 'invoice']) expect(found(word)).not.toContain('Wolkvox AMD');
	});

	test('both have resources, without which n8n drops their codex, and no alias twice', () => {
		for (const { properties } of panel) {
			expect(Object.keys(properties.codex.resources)).not.toEqual([]);
			expect(new Set(properties.codex.alias).size).toBe(properties.codex.alias.length);
		}
	});
});
