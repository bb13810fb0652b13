#!/usr/bin/env bash
# windows-iana gives no Windows name for America/Ciudad_Juarez, a city with clocks of its own since 2022, nor
# for America/Coyhaique; its neighbours have one.
# Invitations for Outlook are written with that name, and there the list of names comes out empty.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact windows-iana@5.1.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { findWindows } = require('windows-iana');

const zones = ['America/Ciudad_Juarez', 'America/Ojinaga', 'America/Coyhaique', 'America/Punta_Arenas', 'America/Bogota'];
const seen = zones.map((zone) => findWindows(zone)[0] ?? null);
console.log('guessed: a name for each of', zones);
console.log('seen:   ', seen);
require('node:assert/strict').deepEqual(seen, [
	null,
	'Mountain Standard Time',
	null,
	'Magallanes Standard Time',
	'SA Pacific Standard Time',
]);
JS
TZ=UTC node look.cjs
