/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A company's own certificate authority, and what it signed for all servers of Wolkvox. */
export interface Certificates {
	readonly key: Buffer;
	readonly cert: Buffer;
	/** The file that NODE_EXTRA_CA_CERTS would name. */
	readonly authorityFile: string;
	remove(): void;
}

/** Makes them anew, by the openssl command. */
export function makeCertificates(): Certificates {
	const folder = mkdtempSync(join(tmpdir(), 'own-ca-'));
	const at = (name: string): string => join(folder, name);
	const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { stdio: 'pipe' });
	const key = ['-newkey', 'rsa:2048', '-nodes'];
	openssl(
		'req',
		'-x509',
		...key,
		'-days',
		'2',
		'-subj',
		'/CN=Own Authority',
		'-keyout',
		at('ca.key'),
		'-out',
		at('ca.pem'),
	);
	openssl('req', ...key, '-subj', '/CN=*.wolkvox.com', '-keyout', at('host.key'), '-out', at('host.csr'));
	writeFileSync(at('names'), 'subjectAltName=DNS:*.wolkvox.com\n');
	const signing = [
		'-CA',
		at('ca.pem'),
		'-CAkey',
		at('ca.key'),
		'-CAcreateserial',
		'-days',
		'2',
		'-extfile',
		at('names'),
	];
	openssl('x509', '-req', '-in', at('host.csr'), ...signing, '-out', at('host.pem'));
	return {
		key: readFileSync(at('host.key')),
		cert: readFileSync(at('host.pem')),
		authorityFile: at('ca.pem'),
		remove: () => rmSync(folder, { recursive: true }),
	};
}
