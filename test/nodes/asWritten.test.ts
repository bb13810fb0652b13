import fc from 'fast-check';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { operations } from '../../nodes/WolkvoxAmd/actions/registry';
import { asForm, folded, isNothing } from '../../nodes/shared/tool/asWritten';
import { campaignNamed, isEvery, isNumbered } from '../../nodes/shared/tool/campaignByName';

const lists = operations.flatMap(({ resource, operation, properties }) =>
	properties
		.filter(({ type }) => type === 'options' || type === 'multiOptions')
		.map((property): [string, INodeProperties] => [`${resource} ${operation} ${property.name}`, property]),
);

describe('choices', () => {
	test.each(lists)('%s: each is known by its value and its label, and no two are alike', (_, { options = [] }) => {
		const choices = options as INodePropertyOptions[];
		const words = choices.flatMap(({ name, value }) => [...new Set([folded(name), folded(value)])]);
		expect(new Set(words).size).toBe(words.length);
	});

	test('are read in any case, with any signs between their words', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...lists.map(([, property]) => property)),
				fc.nat(),
				fc.constantFrom(' ', '_', '-', '  '),
				fc.constantFrom('', ' ', '"', '.'),
				fc.boolean(),
				(property, nth, between, around, isUpper) => {
					const choices = property.options as INodePropertyOptions[];
					const { name, value } = choices[nth % choices.length];
					const label = `${around}${name.replaceAll(' ', between)}${around}`;
					const written = isUpper ? label.toUpperCase() : label.toLowerCase();
					const one = { ...property, type: 'options' as const };
					expect(asForm(one, written)).toBe(value);
				},
			),
		);
	});
});

test.each([undefined, null, '', '  ', 'none', 'None', 'NULL', '"null"', '[]', 'n/a', '-', [], ['']])(
	'%j is nothing',
	(value) => expect(isNothing(value)).toBe(true),
);
test.each(['2025-03-04', '0', 0, false, '7', 'nobody', ['campaign']])('%j is something', (value) =>
	expect(isNothing(value)).toBe(false),
);

test.each([
	['yes', true],
	['Sí', true],
	['TRUE', true],
	['no', false],
	['Off', false],
	['perhaps', 'perhaps'],
])('the switch %j is %j', (value, read) =>
	expect(asForm({ displayName: '', name: 'x', type: 'boolean', default: false }, value)).toBe(read),
);

describe('a campaign by its name', () => {
	const names = new Map([
		['7', 'Encuesta'],
		['22109', 'Cobranza Móvil Mayo'],
		['22110', 'Cobranza Móvil Junio'],
		['9', ''],
	]);

	test.each([
		['encuesta', '7'],
		['ENCUESTAS', '7'],
		['cobranza movil mayo', '22109'],
		['junio', '22110'],
		['22109 - otro nombre', '22109'],
	])('%j is %s', (text, id) => expect(campaignNamed(text, names)).toEqual({ ok: true, value: id }));

	test.each([
		[
			'cobranza',
			'Several campaigns are called like “cobranza”',
			'22109 Cobranza Móvil Mayo; 22110 Cobranza Móvil Junio. Or all.',
		],
		[
			'ventas',
			'No campaign is called “ventas”',
			'7 Encuesta; 22109 Cobranza Móvil Mayo; 22110 Cobranza Móvil Junio; 9. Or all.',
		],
	])('%j is answered with the candidates', (text, message, listed) =>
		expect(campaignNamed(text, names)).toMatchObject({
			failure: { message, description: `Give the number of one of: ${listed}` },
		}),
	);

	test('of many campaigns the first are told, and how many more there are', () => {
		const many = new Map(Array.from({ length: 40 }, (_, at) => [String(at), `Campaña ${at}`]));
		const found = campaignNamed('nadie', many);
		expect(found).toMatchObject({ failure: { description: expect.stringContaining('; and 25 more. Or all.') } });
	});

	test.each(['7', ' 22109 ', '7, 22109', '7;9'])('%j is numbers', (value) => expect(isNumbered(value)).toBe(true));
	test.each(['all', 'ALL', 'All Campaigns', 'todas las campañas', '', 'none', 'any'])('%j is every one', (value) =>
		expect(isEvery(value)).toBe(true),
	);
	test.each(['Allianz', 'Anyelo', 'Todo Riesgo', 'Encuesta'])('%j is a name', (value) =>
		expect([isEvery(value), isNumbered(value)]).toEqual([false, false]),
	);
});
