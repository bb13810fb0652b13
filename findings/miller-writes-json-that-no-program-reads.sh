#!/usr/bin/env bash
# Miller writes a CSV cell .5 or 0x1F into JSON as it stands, without quotes: jq and JSON.parse refuse the
# whole file.
# An id such as 0x1F, or a rate of a tool that leaves the zero out, is one cell in a thousand rows. 00123 and
# +57… are quoted as they should be.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download miller=6.6.0-2+b3 >apt.log 2>&1
for package in *.deb; do dpkg -x "$package" .; done
dpkg-deb --show miller_*.deb
printf 'customer_id,telephone,human_rate\n00123,+573000000001,.5\n' >calls.csv
seen=$(./usr/bin/mlr --icsv --ojsonl cat calls.csv)
echo 'guessed: {"customer_id": "00123", "telephone": "+573000000001", "human_rate": 0.5}'
echo "seen:    $seen"
[ "$seen" = '{"customer_id": "00123", "telephone": "+573000000001", "human_rate": .5}' ]
if node -e 'JSON.parse(process.argv[1])' "$seen" 2>error.log; then exit 1; fi
grep SyntaxError error.log
