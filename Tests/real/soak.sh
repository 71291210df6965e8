#!/usr/bin/env bash
# deploy/soak is interrupted, killed and continued: every seed is counted once, nothing is left behind. Last line: N passed, N failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

SOAK=$(mktemp -d)
SIMULATE=${SIMULATE:-$PWD/.build/debug/simulate}
export SOAK SIMULATE
good=0
bad=0
trap 'rm -rf "$SOAK"' EXIT

check() {
    local name=$1
    shift
    if "$@"; then
        good=$((good + 1))
        echo "  ok    $name"
    else
        bad=$((bad + 1))
        echo "  FAIL  $name: $(tail -n 6 "$SOAK/out" | cut -c 1-120 | tr '\n' '|')"
    fi
}

readonly words=(--first 1 -- --steps 20 --draw first --departments 3)
readonly place=$SOAK/--steps-20---draw-first---departments-3

taken() { if [[ -e $place/taken.txt ]]; then wc -l <"$place/taken.txt"; else echo 0; fi; }

# during SIGNAL: a run that gets a signal while it works; its exit code is $code.
during() {
    local before tries
    before=$(taken)
    # A background job of a script that has no job control would be deaf to INT, and so is all that such a job starts.
    set -m
    env --default-signal=INT,TERM deploy/soak 1 "${words[@]}" >"$SOAK/out" 2>&1 &
    local soak=$!
    set +m
    for ((tries = 0; tries < 600; tries++)); do
        (($(taken) < before + 3)) || break
        sleep 0.1
    done
    kill -"$1" "$soak"
    code=0
    # What the shell has to say of a killed job is no news.
    { wait "$soak" || code=$?; } 2>/dev/null
}

# Whether nobody simulates any more for this script.
are_gone() {
    local tries found
    for ((tries = 0; tries < 60; tries++)); do
        found=$(grep -lszxF "SOAK=$SOAK" /proc/[0-9]*/environ | sed 's/environ$/exe/' | xargs -r readlink || true)
        grep -qxF "$(realpath "$SIMULATE")" <<<"$found" || return 0
        sleep 0.5
    done
    return 1
}

agreed() { sed -nE 's/^seeds agreed: ([0-9]+), failed: 0;.*/\1/p' "$place/summary.txt"; }

during INT
check "Ctrl-C ends it with its summary" eval '((code == 130)) && grep -qE "^[0-9]+ passed, 0 failed$" "$SOAK/out" && [[ -n "$(agreed)" ]]'
check "and leaves nobody behind" are_gone
during TERM
check "so does kill" eval '((code == 143)) && grep -qE "^[0-9]+ passed, 0 failed$" "$SOAK/out"'
check "and leaves nobody behind" are_gone
during KILL
check "kill -9 ends it" eval '((code == 137))'
check "those who worked for it end with their block" are_gone
before=$(taken)

deploy/soak 0.002 "${words[@]}" >"$SOAK/out" 2>&1
check "a run after these does what they left" eval '[[ -z "$(sort -n "$place/taken.txt" | sed "s/\$/ /" |
    awk "FILENAME == ARGV[1] {done[\$1]; next} !(\$1 in done)" "$place/blocks.txt" -)" ]]'
check "and goes on behind them" eval '(($(taken) >= before))'
check "every block is counted once, none is left out" eval '[[ "$(cut -d" " -f1 "$place/blocks.txt" | sort -n | tr "\n" " ")" == \
    "$(seq 1 50 $(($(wc -l <"$place/blocks.txt") * 50)) | tr "\n" " ")" ]]'
check "the summary has all seeds and what was counted" eval '(($(agreed) == $(wc -l <"$place/blocks.txt") * 50)) && grep -q "^outcome accepted: [0-9]" "$place/summary.txt"'
check "the count is the last line" eval '[[ "$(tail -n 1 "$SOAK/out")" == "$(agreed) passed, 0 failed" ]]'
deploy/soak 0 "${words[@]}" >"$SOAK/again" 2>&1
check "zero hours print the summary alone" eval '[[ "$(head -n 1 "$SOAK/again")" == "$(head -n 1 "$place/summary.txt")" ]]'

# Every seed of these takes longer than its limit.
code=0
deploy/soak 1 --first 1 -- --steps 1000000 --departments 3 --limit 1 >"$SOAK/out" 2>&1 &
soak=$!
for ((tries = 0; tries < 300; tries++)); do
    grep -qs '^seed 1: status 3' "$SOAK"/--steps-1000000*/failures.txt && break
    sleep 0.1
done
kill -TERM "$soak"
wait "$soak" || code=$?
check "a seed over its limit is a failure with the command that runs it again" \
    grep -qs '^  again: simulate 1 --steps 1000000 --departments 3 --trace' "$SOAK"/--steps-1000000*/failures.txt
check "and is counted" eval 'grep -qE "^0 passed, [1-9][0-9]* failed$" "$SOAK/out"'

echo "$good passed, $bad failed"
((bad == 0))
