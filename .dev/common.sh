# What the chores share: how they speak, and stages that all run before the failures are named. Sourced by bash.

say() { if [ -t 1 ]; then printf '\033[1m•\033[0m %s\n' "$*"; else printf '• %s\n' "$*"; fi; }
stop() { printf 'hookbell: %s\n' "$*" >&2; exit 1; }

# Where somebody watches, cargo shows what it builds; a log gets the outcome alone.
# One word or none, so it stands unquoted.
quiet=--quiet
[ ! -t 2 ] || quiet=

took() { # seconds
  if [ "$1" -lt 60 ]; then printf '%d s' "$1"; else printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); fi
}

stages=()
failed=0
# Runs a command and goes on when it fails, so that one failure does not hide the next.
stage() { # name, command...
  local name=$1 began=$SECONDS outcome=passed
  shift
  say "$name"
  "$@" || outcome=FAILED
  [ $outcome = passed ] || failed=1
  stages+=("$(printf '%-6s  %12s  %s' "$outcome" "$(took $((SECONDS - began)))" "$name")")
}
skip() { # name, why
  say "$1: skipped, because $2"
  stages+=("$(printf '%-6s  %12s  %s' skipped - "$1")")
}

# Names every stage with its outcome and its time, and ends with 1 if one of them failed.
report() { # what was run
  printf '\n'
  printf '%s\n' "${stages[@]}"
  if [ $failed = 0 ]; then say "$1 passed in $(took $SECONDS)"; else say "$1 FAILED after $(took $SECONDS)"; fi
  exit $failed
}
