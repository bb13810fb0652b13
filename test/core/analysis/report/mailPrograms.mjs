import { caniemail } from 'caniemail';
import { convert } from 'html-to-text';

/** Reads an HTML page; writes what Gmail or the Outlooks lack of it, and the text that mail programs make of it, as JSON. */
let html = '';
for await (const chunk of process.stdin.setEncoding('utf8')) html += chunk;
const { issues } = caniemail({ clients: ['gmail.*', 'outlook.*'], html });
const lacking = [...issues.errors].flatMap(([client, found]) => found.map(({ title }) => `${client}: ${title}`));
process.stdout.write(JSON.stringify({ lacking: [...new Set(lacking)], text: convert(html, { wordwrap: false }) }));
