/** The environment of this process without what belongs to another n8n, to npm or jest, or to an operation. */
export function inheritedEnvironment() {
	const foreign = /^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|npm_|WOLKVOX_|JEST_|NODE_OPTIONS$|NODE_ENV$)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/**
 * Settings of an n8n that keeps to itself: on this machine only, telling nobody, asking nobody.
 *
 * @param {{ port: number, brokerPort: number, userFolder: string, filesFolders: string[] }} settings
 *   `filesFolders`: where Read/Write Files from Disk may go
 */
export function quietEnvironment({ port, brokerPort, userFolder, filesFolders }) {
	return {
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RESTRICT_FILE_ACCESS_TO: filesFolders.join(';'),
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		GENERIC_TIMEZONE: 'America/Bogota',
	};
}
