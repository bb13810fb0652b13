import type { Range, RawRow, RequestLogEntry, SimulatorOptions } from './options';

export type * from './options';
export type { Fault, FaultName, FaultPlan } from './faults';

export interface Simulator {
	/** `http://127.0.0.1:PORT`: what goes in the credential's `server`. */
	url: string;
	token: string;
	/** As they stand; change them with `configure`. */
	options: Readonly<SimulatorOptions>;
	/** From the next request on. */
	configure(changes: Partial<SimulatorOptions>): void;
	/** Every row dated in the range up to the operation's now, those not visible yet included. */
	truth(range: Range): { count: number; digest: string };
	/** The rows of `truth`, in order of time. */
	rows(range: Range): Iterable<RawRow>;
	requests: RequestLogEntry[];
	peakInFlight: number;
	/** Sockets open now. */
	connections(): number;
	close(): Promise<void>;
}
