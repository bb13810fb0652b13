import { currentVersion } from '../../../scripts/n8n/install.mjs';
import { startSimulator, wallSeconds, wallText, type Simulator } from '../../simulator';
import { n8nUnderTest, type N8nUnderTest } from '../n8nUnderTest';

/** The node that reads, as workflows name its type. */
export const amdNode = 'n8n-nodes-wolkvox.wolkvoxAmd';

const day = 86_400;

/** The day of a moment of the operation's clock: `YYYY-MM-DD`. */
export const dayText = (seconds: number): string => wallText(seconds).slice(0, 10);

/** An operation and an n8n that knows it. */
export class ExampleWorld {
	private constructor(
		readonly n8n: N8nUnderTest,
		readonly simulator: Simulator,
	) {}

	static async start(): Promise<ExampleWorld> {
		return new ExampleWorld(
			await n8nUnderTest(currentVersion),
			await startSimulator({ rowsPerDay: 3_000, contacts: 2_000 }),
		);
	}

	/** Makes a credential and gives it as a node names it. */
	async save(type: string, data: Record<string, unknown>): Promise<{ type: string; id: string; name: string }> {
		const { id, name } = await this.n8n.client.saveCredential({ name: type, type, data });
		return { type, id, name };
	}

	/** The operation's own credential. */
	async wolkvox(): Promise<{ type: string; id: string; name: string }> {
		const { url, token } = this.simulator;
		return await this.save('wolkvoxApi', { server: url, token });
	}

	/** Seconds of the operation's clock. */
	now(): number {
		return wallSeconds(this.simulator.options.now());
	}

	/** Whole days of the operation: so many before today, up to so many before today. */
	days(from: number, to: number): { from: number; to: number } {
		const today = Math.floor(this.now() / day) * day;
		return { from: today - from * day, to: today - to * day };
	}

	async close(): Promise<void> {
		await this.n8n.remove();
		await this.simulator.close();
	}
}

/** Opens one for a file of tests, with the operation's credential, and closes it behind the last. */
export function openExampleWorld() {
	const opened = {} as { world: ExampleWorld; wolkvox: Awaited<ReturnType<ExampleWorld['wolkvox']>> };
	beforeAll(async () => {
		opened.world = await ExampleWorld.start();
		opened.wolkvox = await opened.world.wolkvox();
	});
	afterAll(async () => await opened.world?.close());
	return opened;
}
