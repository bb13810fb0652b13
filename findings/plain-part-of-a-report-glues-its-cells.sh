#!/usr/bin/env bash
# nodemailer-html-to-text makes the plain part of a mail from its HTML, and glues the cells of a table whose
# markup has no blanks: the telephone 573000000000 with 12 calls is 57300000000012.
# Who reads the plain part, a person or a program, dials a number that is not in the table.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact nodemailer@10.6.1 nodemailer-html-to-text@3.2.0 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { createTransport } = require('nodemailer');
const { htmlToText } = require('nodemailer-html-to-text');

const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
transport.use('compile', htmlToText());
const html = '<table><tr><td>573000000000</td><td>12</td></tr></table>';
transport.sendMail({ from: 'a@example.com', to: 'b@example.com', subject: 'Lunes', html }).then(({ message }) => {
	const guessed = '573000000000 12';
	const seen = message.toString().match(/Content-Type: text\/plain[\s\S]*?\n\n(.*)/)[1].trim();
	console.log('guessed:', guessed);
	console.log('seen:   ', seen);
	require('node:assert/strict').equal(seen, '57300000000012');
});
JS
TZ=UTC node look.cjs
