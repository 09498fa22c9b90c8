#!/bin/sh
# 2,000 random nights with the real library, the sandbox's program, real HR files and real kills, and what was broken on the way: kills,
# faults by kind, requests against the bound. They mostly wait; on two idle cores it takes about 20 minutes.
#   sh benches/nights.sh                          the seeds 1001 to 3000
#   sh benches/nights.sh --count 500 --first 7001
# A night that fails is printed with its seed; FINAUT_NIGHTS_SEED=SEED sh tests/nights.sh runs it again.
set -eu
exec sh "$(dirname "$0")/../tests/nights.sh" --random-only --quiet --first 1001 --count 2000 "$@"
