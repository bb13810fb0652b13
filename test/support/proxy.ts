/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Agent, type IncomingMessage, type ServerResponse, createServer, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, type Socket, connect } from 'node:net';
import type { Duplex } from 'node:stream';

import type { Certificates } from './certificates';

/** What a proxy does with what it is asked for; `drop` hangs up before a word. */
export type ProxyManner = 'forward' | 'needsLogin' | 'forbids' | 'drop' | 'badGateway';

export interface Proxy {
	readonly url: string;
	/** By host; a host that is not named is forwarded. */
	readonly manners: Record<string, ProxyManner>;
	/** What it was asked for, in order: `CONNECT wv0022.wolkvox.com:443`, or `GET http://127.0.0.1:…`. */
	readonly asked: string[];
	close(): Promise<void>;
}

const REFUSALS = {
	needsLogin: ['407 Proxy Authentication Required', 'Proxy-Authenticate: Basic realm="squid"', 'Cache Access Denied'],
	forbids: ['403 Forbidden', 'X-Squid-Error: ERR_ACCESS_DENIED 0', 'ERROR: The requested URL could not be retrieved'],
	badGateway: ['502 Bad Gateway', 'X-Squid-Error: ERR_CONNECT_FAIL 110', 'Connection to 10.0.0.1 failed'],
} as const;

/**
 * A real proxy on this machine. Whatever host is named: it leads to `upstream`, an address over http. TLS it opens itself,
 * with a certificate of its own authority, as companies do to look inside.
 */
export async function startProxy(upstream: string, certificates?: Certificates): Promise<Proxy> {
	const sockets = new Set<Socket>();
	const target = new URL(upstream);
	// n8n replaces Node's own agent by one that goes by the environment: that would lead back here.
	const direct = new Agent();
	const pass = (from: IncomingMessage, to: ServerResponse): void => {
		const path = from.url?.replace(/^https?:\/\/[^/]+/, '');
		const onward = request(
			{ host: target.hostname, port: target.port, method: from.method, path, headers: from.headers, agent: direct },
			(answer) => {
				to.writeHead(answer.statusCode ?? 500, answer.headers);
				answer.pipe(to);
			},
		);
		onward.on('error', () => to.destroy());
		to.on('close', () => onward.destroy());
		from.pipe(onward);
	};
	const inside = certificates && createTlsServer({ key: certificates.key, cert: certificates.cert }, pass);
	await new Promise<void>((resolve) => (inside ? inside.listen(0, '127.0.0.1', resolve) : resolve()));

	const refuse = (socket: Duplex, host: string): boolean => {
		const manner = proxy.manners[host] ?? 'forward';
		if (manner === 'drop') socket.destroy();
		if (manner in REFUSALS) {
			const [status, header, title] = REFUSALS[manner as keyof typeof REFUSALS];
			const body = `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
			socket.end(
				`HTTP/1.1 ${status}\r\n${header}\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
			);
		}
		return manner !== 'forward';
	};
	const server = createServer((from, to) => {
		proxy.asked.push(`${from.method} ${from.url}`);
		if (!refuse(from.socket, new URL(from.url!).host)) pass(from, to);
	});
	server.on('connect', (from: IncomingMessage, socket: Duplex) => {
		proxy.asked.push(`CONNECT ${from.url}`);
		socket.on('error', () => {});
		if (refuse(socket, from.url!.replace(/:443$/, ''))) return;
		const onward = connect((inside!.address() as AddressInfo).port, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			onward.pipe(socket).pipe(onward);
		});
		sockets.add(onward);
		onward.on('error', () => socket.destroy());
	});
	server.on('connection', (socket) => sockets.add(socket));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const proxy: Proxy = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		manners: {},
		asked: [],
		async close() {
			for (const socket of sockets) socket.destroy();
			inside?.closeAllConnections();
			inside?.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return proxy;
}
