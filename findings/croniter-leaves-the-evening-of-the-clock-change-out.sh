#!/usr/bin/env bash
# croniter, daily at 23:30 in Santiago: the run of 5 April 2026, the day after clocks go back, comes at 00:30
# of the 6th, beside that of the 6th itself.
# A nightly *today* then reads a day that has hardly begun, and the whole 5th is read by nobody.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download python3-croniter=1.3.5-3 python3-dateutil python3-six >apt.log 2>&1
for package in *.deb; do dpkg -x "$package" .; done
dpkg-deb --show python3-croniter_*.deb
export PYTHONPATH="$folder/usr/lib/python3/dist-packages"
seen=$(/usr/bin/python3 -c '
from datetime import datetime
from zoneinfo import ZoneInfo
from croniter import croniter
runs = croniter("30 23 * * *", datetime(2026, 4, 3, 12, tzinfo=ZoneInfo("America/Santiago")))
print(*[runs.get_next(datetime).strftime("%d %H:%M") for _ in range(4)], sep=", ")
')
echo 'guessed: 03 23:30, 04 23:30, 05 23:30, 06 23:30'
echo "seen:    $seen"
[ "$seen" = '03 23:30, 04 23:30, 06 00:30, 06 23:30' ]
