/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

/** The container that n8n-core itself uses: two lines of n8n are installed here, each with its own. */
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
	Container: { get<T>(type: new (...args: never[]) => T): T };
};

export interface BinaryStorage {
	read(binary: IBinaryData): Promise<Buffer>;
	/** Sizes in bytes of all files that it holds. */
	files(): Promise<number>;
	close(): Promise<void>;
}

/** n8n's own store on the file system, as it is by default, in a folder of its own. */
export async function openFileStorage(): Promise<BinaryStorage> {
	const folder = await mkdtemp(join(tmpdir(), 'amd-binary-'));
	const config = Container.get(BinaryDataConfig);
	config.mode = 'filesystem';
	config.localStoragePath = folder;
	const service = Container.get(BinaryDataService);
	await service.init();
	return {
		read: async (binary) => await service.getAsBuffer(binary),
		files: async () =>
			(await readdir(folder, { recursive: true, withFileTypes: true })).filter(
				(entry) => entry.isFile() && !entry.name.endsWith('.metadata'),
			).length,
		close: async () => await rm(folder, { recursive: true, force: true }),
	};
}

/** A store whose disk is full: it throws after so many bytes of a file, as the file system does. */
export async function openFullStorage(
	mode: 'filesystem' | 'database',
	roomBytes: number,
	error: Error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
): Promise<BinaryStorage> {
	const service = Container.get(BinaryDataService);
	Container.get(BinaryDataConfig).mode = mode;
	await service.init();
	let stored = 0;
	const manager = {
		async store(_location: unknown, source: Buffer | AsyncIterable<Uint8Array>) {
			let bytes = 0;
			for await (const piece of Buffer.isBuffer(source) ? [source] : source) {
				bytes += piece.length;
				if (bytes > roomBytes) throw error;
			}
			return { fileId: `file-${stored++}`, fileSize: bytes };
		},
	};
	service.setManager(mode === 'filesystem' ? 'filesystem-v2' : mode, manager as unknown as Manager);
	return { read: async () => Buffer.of(), files: async () => stored, close: async () => {} };
}

type Manager = Parameters<BinaryDataService['setManager']>[1];

/** A store that takes a file whole or not at all, as n8n's database does: its own needs a database behind it. */
export async function openDatabaseStorage(): Promise<BinaryStorage> {
	const rows = new Map<string, Buffer>();
	const manager: Pick<Manager, 'store' | 'getAsBuffer'> = {
		async store(_location, whole) {
			if (!Buffer.isBuffer(whole)) throw new Error('The database takes a file whole');
			const fileId = `row-${rows.size}`;
			rows.set(fileId, whole);
			return { fileId, fileSize: whole.length };
		},
		getAsBuffer: async (fileId) => rows.get(fileId)!,
	};
	const service = Container.get(BinaryDataService);
	Container.get(BinaryDataConfig).mode = 'database';
	await service.init();
	service.setManager('database', manager as Manager);
	return {
		read: async (binary) => await service.getAsBuffer(binary),
		files: async () => rows.size,
		close: async () => {},
	};
}
