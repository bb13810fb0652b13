/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { memoryInN8n } from './analysisMemory';
import { extractionSection } from './extraction/section';
import { filesSection } from './files/section';
import { compareInN8n } from './inN8n';
import { planningSection } from './planning/section';
import { readerSection } from './reader/section';

/** `npm run bench [-- --only planning,reader]`: measures, and writes docs/benchmarks.md; what was not measured now stays. */
const page = join(__dirname, '../../docs/benchmarks.md');

const sections: Record<string, () => Promise<string>> = {
	async planning() {
		const { text, figures } = planningSection();
		await writeFile(join(__dirname, 'planning/committed.json'), `${JSON.stringify(figures, null, '\t')}\n`);
		return text;
	},
	reader: readerSection,
	files: filesSection,
	extraction: extractionSection,
	n8n: compareInN8n,
	memory: memoryInN8n,
};

const intro = `# Benchmarks

Made by \`npm run bench\`, not by hand. Each section names the machine that it was measured on.`;

const marked = (name: string): RegExp => new RegExp(`<!-- ${name} -->\n([\\s\\S]*?)\n<!-- end -->`);
const machine = (): string =>
	`*Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0].model}, ` +
	`${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}.*`;

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { only: { type: 'string', default: Object.keys(sections).join() } } });
	const measured = new Map<string, string>();
	for (const [name, measure] of Object.entries(sections)) {
		if (!values.only.split(',').includes(name)) continue;
		console.log(`${name} …`);
		measured.set(name, `${await measure()}\n\n${machine()}`);
	}
	// Read late: measuring takes long, and another may write meanwhile.
	const before = await readFile(page, 'utf8').catch(() => '');
	const texts = Object.keys(sections).map((name) => ({
		name,
		text: measured.get(name) ?? marked(name).exec(before)?.[1],
	}));
	const parts = [
		intro,
		...texts.flatMap(({ name, text }) => (text === undefined ? [] : [`<!-- ${name} -->\n${text}\n<!-- end -->`])),
	];
	await writeFile(page, `${parts.join('\n\n')}\n`);
	console.log(`Written: ${page}`);
}

void main();
