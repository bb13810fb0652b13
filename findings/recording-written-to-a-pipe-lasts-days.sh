#!/usr/bin/env bash
# node-wav gives a recording of ten seconds as 268,435 seconds when its header holds the length that is
# written where it is not known yet; music-metadata gives ten.
# A recorder that writes to a pipe cannot go back to fill the length in. The samples behind the sound are made
# up.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact node-wav@0.0.2 music-metadata@11.16.1 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { decode } = require('node-wav');

const sound = Buffer.alloc(8000 * 2 * 10);
const header = Buffer.alloc(44);
header.write('RIFF', 0);
header.writeUInt32LE(0xffffffff, 4);
header.write('WAVEfmt ', 8);
[[16, 4, 16], [1, 2, 20], [1, 2, 22], [8000, 4, 24], [16000, 4, 28], [2, 2, 32], [16, 2, 34]].forEach(([value, bytes, at]) =>
	header.writeUIntLE(value, at, bytes),
);
header.write('data', 36);
header.writeUInt32LE(0xffffffff, 40);
const file = Buffer.concat([header, sound]);
(async () => {
	const { parseBuffer } = await import('music-metadata');
	const { sampleRate, channelData } = decode(file);
	const { format } = await parseBuffer(file, { mimeType: 'audio/wav' }, { duration: true });
	const guessed = { 'node-wav': 10, 'music-metadata': 10 };
	const seen = { 'node-wav': Math.round(channelData[0].length / sampleRate), 'music-metadata': format.duration };
	console.log('guessed:', guessed);
	console.log('seen:   ', seen);
	require('node:assert/strict').deepEqual(seen, { 'node-wav': 268435, 'music-metadata': 10 });
})();
JS
TZ=UTC node look.cjs
