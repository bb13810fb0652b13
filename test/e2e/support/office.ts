/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { csvRecords } from '../readFiles';

const run = promisify(execFile);

/** Whether LibreOffice is on this machine; where everything is checked it has to be. */
export async function hasOffice(): Promise<boolean> {
	const isThere = await run('soffice', ['--version']).then(
		() => true,
		() => false,
	);
	if (!isThere && process.env.CI) throw new Error('LibreOffice is missing: apt-get install libreoffice-calc-nogui');
	return isThere;
}

const SPANISH = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>es-CO</value></prop>
</item>
</oor:items>`;
/** Semicolon, double quotes, UTF-8, every cell as it is shown. */
const AS_SHOWN = 'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true';

/** What LibreOffice, set to the Spanish of Colombia, shows of the first sheet: every cell as a person reads it. */
export async function shownBySpanishOffice(workbook: Buffer): Promise<string[][]> {
	const folder = await mkdtemp(join(tmpdir(), 'office-'));
	try {
		await mkdir(join(folder, 'profile/user'), { recursive: true });
		await writeFile(join(folder, 'profile/user/registrymodifications.xcu'), SPANISH);
		await writeFile(join(folder, 'file.xlsx'), workbook);
		const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
		await run('soffice', [
			profile,
			'--headless',
			'--convert-to',
			AS_SHOWN,
			'--outdir',
			folder,
			join(folder, 'file.xlsx'),
		]);
		return csvRecords(await readFile(join(folder, 'file.csv'), 'utf8'), ';');
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
