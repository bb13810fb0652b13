/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type AddressInfo } from 'node:net';

export interface Mail {
	from: string;
	to: string[];
	/** The message as it was sent, headers and all. */
	source: string;
}

export interface MailServer {
	port: number;
	mails: Mail[];
	close(): Promise<void>;
}

/** A mail server that keeps what it is given (RFC 5321, the few commands that a sender needs; no encryption, no login). */
export async function startMailServer(): Promise<MailServer> {
	const mails: Mail[] = [];
	const server = createServer((socket) => {
		const say = (line: string) => socket.write(`${line}\r\n`);
		let mail: Mail = { from: '', to: [], source: '' };
		let pending = '';
		let isBody = false;
		const command = (line: string) => {
			const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
			const verb = line.slice(0, 4).toUpperCase();
			if (verb === 'MAIL') mail = { from: address, to: [], source: '' };
			if (verb === 'RCPT') mail.to.push(address);
			isBody = verb === 'DATA';
			say(isBody ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 mail.test');
			if (verb === 'QUIT') socket.end();
		};
		say('220 mail.test');
		socket.setEncoding('latin1');
		socket.on('error', () => undefined);
		socket.on('data', (chunk) => {
			pending += String(chunk);
			for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
				const line = pending.slice(0, end);
				pending = pending.slice(end + 2);
				if (!isBody) command(line);
				else if (line === '.') {
					isBody = false;
					mails.push(mail);
					say('250 kept');
				} else mail.source += `${line.replace(/^\./, '')}\r\n`;
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { port, mails, close: async () => await new Promise((resolve) => server.close(() => resolve())) };
}
