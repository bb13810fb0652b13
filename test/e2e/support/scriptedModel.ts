/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A tool as a model is told of it. */
export interface SentTool {
	readonly name: string;
	readonly description: string;
	readonly parameters: { properties: Record<string, { type: string; description?: string }>; required?: string[] };
}

interface Message {
	role: string;
	content?: unknown;
}

export interface ScriptedModel {
	readonly url: string;
	/** What it calls next, and what it was sent for it. */
	script(tool: string, args: object): void;
	readonly tools: SentTool[];
	/** What its calls were answered with, in order. */
	readonly answers: string[];
	close(): Promise<void>;
}

/** A server like OpenAI's, whose model calls one tool as told and then says that it is done. */
export async function startScriptedModel(): Promise<ScriptedModel> {
	let next: { name: string; arguments: string } | undefined;
	const tools: SentTool[] = [];
	const answers: string[] = [];
	const server = createServer((request, response) => {
		void bodyOf(request).then((body) => {
			const messages = (body.messages ?? []) as Message[];
			const sent = ((body.tools ?? []) as Array<{ function: SentTool }>).map((tool) => tool.function);
			if (sent.length > 0) tools.splice(0, tools.length, ...sent);
			const last = messages.at(-1);
			if (last?.role === 'tool') answers.push(textOf(last.content));
			const call = last?.role === 'tool' ? undefined : next;
			const message = call
				? {
						role: 'assistant',
						content: null,
						tool_calls: [{ id: 'call_1', type: 'function', function: call, index: 0 }],
					}
				: { role: 'assistant', content: 'Done.' };
			const finish = call ? 'tool_calls' : 'stop';
			const about = {
				id: 'c',
				created: 1,
				model: 'scripted',
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			};
			if (body.stream) {
				response.writeHead(200, { 'content-type': 'text/event-stream' });
				const chunk = {
					...about,
					object: 'chat.completion.chunk',
					choices: [{ index: 0, delta: message, finish_reason: finish }],
				};
				response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
				return;
			}
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(
				JSON.stringify({
					...about,
					object: 'chat.completion',
					choices: [{ index: 0, message, finish_reason: finish }],
				}),
			);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		script(name, args) {
			next = { name, arguments: JSON.stringify(args) };
		},
		tools,
		answers,
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
	const pieces: Buffer[] = [];
	for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
	const text = Buffer.concat(pieces).toString();
	return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

const textOf = (content: unknown): string =>
	Array.isArray(content) ? content.map(({ text }: { text?: string }) => text ?? '').join('') : String(content ?? '');
