/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Release {
	readonly version: string;
	readonly manifest: Record<string, unknown>;
	readonly tarball: Buffer;
}

/** A registry of one package on the loopback, as npm asks one: its versions, and their tarballs. */
export async function startRegistry(
	name: string,
	releases: Release[],
): Promise<{ url: string; close(): Promise<void> }> {
	let url = '';
	const versionsOf = () =>
		releases.map(({ version, manifest, tarball }) => {
			const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
			const address = `${url}/${name}/-/${name}-${version}.tgz`;
			return [version, { ...manifest, name, version, dist: { tarball: address, integrity } }] as const;
		});
	const server = createServer((request, response) => {
		const release = releases.find(({ version }) => request.url === `/${name}/-/${name}-${version}.tgz`);
		if (release) return void response.end(release.tarball);
		if (request.url !== `/${name}`) return void response.writeHead(404).end('{}');
		const latest = releases.at(-1)!.version;
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ name, 'dist-tags': { latest }, versions: Object.fromEntries(versionsOf()) }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return { url, close: async () => await new Promise<void>((resolve) => void server.close(() => resolve())) };
}
