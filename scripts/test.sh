#!/bin/sh
# Runs the tests that are built; what failed is said once more at the end, where it is found. Arguments go to swift test.
cd "$(dirname "$0")/.."
log=.build/tests.log
{ swift test --skip-build "$@" 2>&1; echo $? > .build/tests.status; } | tee "$log"
status=$(cat .build/tests.status)
if [ "$status" != 0 ]; then
  echo
  echo "What failed (all of it is in $log):"
  grep -E 'recorded an issue|^↳ |error: ' "$log" | cut -c 1-600 | tail -n 60
fi
exit "$status"
