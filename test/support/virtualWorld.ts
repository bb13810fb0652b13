/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { World } from '../../core/api/ports';

interface Timer {
	readonly atMs: number;
	readonly wake: () => void;
}

/**
 * A world whose clock jumps to the next timer as soon as nothing else can happen: an hour of patience costs no time.
 * Everything that runs in it must wait by its `sleep` alone.
 */
export class VirtualWorld implements World {
	private timers: Timer[] = [];
	private isPumping = false;
	private state: number;

	constructor(
		seed = 1,
		private nowMs = Date.UTC(2024, 5, 1, 17),
	) {
		this.state = seed >>> 0;
	}

	now(): number {
		return this.nowMs;
	}

	/** Uniform in [0, 1), the same sequence for the same seed (mulberry32). */
	random(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	}

	sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) return Promise.resolve();
		return new Promise((resolve) => {
			const timer: Timer = {
				atMs: this.nowMs + Math.max(0, delayMs),
				wake: () => {
					signal?.removeEventListener('abort', timer.wake);
					this.timers = this.timers.filter((one) => one !== timer);
					resolve();
				},
			};
			signal?.addEventListener('abort', timer.wake, { once: true });
			this.timers.push(timer);
			this.pump();
		});
	}

	/** Timers that nobody has woken yet. */
	get sleeping(): number {
		return this.timers.length;
	}

	private pump(): void {
		if (this.isPumping) return;
		this.isPumping = true;
		setImmediate(() => {
			this.isPumping = false;
			if (this.timers.length === 0) return;
			const next = this.timers.reduce((earliest, timer) => (timer.atMs < earliest.atMs ? timer : earliest));
			this.nowMs = Math.max(this.nowMs, next.atMs);
			next.wake();
			this.pump();
		});
	}
}
