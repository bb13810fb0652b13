#!/usr/bin/env bash
# dateparser, told that the language is Spanish, reads 2025-03-04 10:17:23 as 3 April; not told, as 4 March.
# Texts of a Spanish call centre and dates of an API meet in one column. From the 13th of a month on both are
# right.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download python3-dateparser=1.1.6-1 python3-regex python3-tzlocal python3-tz python3-dateutil python3-six >apt.log 2>&1
for package in *.deb; do dpkg -x "$package" .; done
dpkg-deb --show python3-dateparser_*.deb
export PYTHONPATH="$folder/usr/lib/python3/dist-packages"
seen=$(/usr/bin/python3 -c '
import dateparser
text = "2025-03-04 10:17:23"
print(dateparser.parse(text), "and", dateparser.parse(text, languages=["es"]))
' 2>warnings.log)
echo 'guessed: 2025-03-04 10:17:23 and 2025-03-04 10:17:23'
echo "seen:    $seen"
[ "$seen" = '2025-03-04 10:17:23 and 2025-04-03 10:17:23' ]
