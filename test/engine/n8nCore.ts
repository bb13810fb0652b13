/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';

/** n8n-core's own packages, wherever npm has put them. */
const own = createRequire(require.resolve('n8n-core'));

interface Services {
	get<T>(type: new (...dependencies: never[]) => T): T;
}

/** What n8n's log gets at level warn from now on, until the test ends. */
export function warningsOfLog(): string[] {
	const { Logger } = own('@n8n/backend-common') as { Logger: { prototype: { warn(line: string): void } } };
	const warnings: string[] = [];
	jest.spyOn(Logger.prototype, 'warn').mockImplementation((line) => void warnings.push(line));
	return warnings;
}

/** As n8n does at its start where a proxy stands in its environment: from then on every request goes by the environment. */
export function goByProxies(): () => void {
	const agents = [http.globalAgent, https.globalAgent] as const;
	(own('@n8n/backend-network') as { installGlobalProxyAgent(): void }).installGlobalProxyAgent();
	return () => void ([http.globalAgent, https.globalAgent] = agents);
}

/** Runs with n8n's protection of networks on, as N8N_SSRF_PROTECTION_ENABLED sets it. */
export async function protectedFromSsrf<T>(run: () => Promise<T>): Promise<T> {
	const { Container } = own('@n8n/di') as { Container: Services };
	const { SsrfProtectionConfig } = own('@n8n/config') as { SsrfProtectionConfig: new () => { enabled: boolean } };
	const config = Container.get(SsrfProtectionConfig);
	config.enabled = true;
	return await run().finally(() => (config.enabled = false));
}
