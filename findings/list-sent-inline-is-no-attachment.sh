#!/usr/bin/env bash
# letterparser: a CSV that a mail program attached inline, with its name, is no attachment but stands in the
# text of the mail.
# Some programs send every file inline. mailparser, beside it, hands over the file.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >npm.log
npm install --no-audit --no-fund --ignore-scripts --save-exact letterparser@0.1.8 mailparser@3.14.2 >>npm.log
npm ls --depth=0 | tail -n +2
cat >look.cjs <<'JS'
const { extract } = require('letterparser');
const { simpleParser } = require('mailparser');

const mail = [
	'From: a@example.com', 'To: b@example.com', 'Subject: Lista', 'MIME-Version: 1.0',
	'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '', 'Va la lista.',
	'--b', 'Content-Type: text/csv; name=lista.csv', 'Content-Disposition: inline; filename=lista.csv', '',
	'customer_id;telephone', '00123;573000000000', '--b--', '',
].join('\r\n');
(async () => {
	const other = await simpleParser(mail);
	const { text, attachments = [] } = extract(mail);
	const guessed = { text: 'Va la lista.', files: 1, mailparser: 1 };
	const seen = { text, files: attachments.length, mailparser: other.attachments.length };
	console.log('guessed:', guessed);
	console.log('seen:   ', seen);
	require('node:assert/strict').deepEqual(seen, {
		text: 'Va la lista.\ncustomer_id;telephone\n00123;573000000000',
		files: 0,
		mailparser: 1,
	});
})();
JS
TZ=UTC node look.cjs
