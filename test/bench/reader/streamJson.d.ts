/** The parts of stream-json that are used here; the package brings no types. */
declare module 'stream-json' {
	export function parser(): import('node:stream').Duplex;
}
declare module 'stream-json/filters/Pick' {
	export function pick(options: { filter: string }): import('node:stream').Duplex;
}
declare module 'stream-json/streamers/StreamArray' {
	export function streamArray(): import('node:stream').Duplex;
}
