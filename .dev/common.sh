# Shared by the scripts: output, and stages that all run before failures are listed. Sourced by bash.

say() { if [ -t 1 ]; then printf '\033[1m•\033[0m %s\n' "$*"; else printf '• %s\n' "$*"; fi; }
stop() { printf 'hookbell: %s\n' "$*" >&2; exit 1; }

# On a terminal, cargo shows what it builds; a log gets only the outcome. One word or none, so it stays unquoted.
quiet=--quiet
[ ! -t 2 ] || quiet=

took() { # seconds
  if [ "$1" -lt 60 ]; then printf '%d s' "$1"; else printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); fi
}

stages=()
failed=0
# Runs a command and continues if it fails, so that one failure doesn't hide the next.
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

# Lists every stage with its outcome and duration, and exits with 1 if one failed.
report() { # what was run
  printf '\n'
  printf '%s\n' "${stages[@]}"
  if [ $failed = 0 ]; then say "$1 passed in $(took $SECONDS)"; else say "$1 FAILED after $(took $SECONDS)"; fi
  exit $failed
}
