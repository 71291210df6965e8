#!/usr/bin/env bash
# deploy/soak is interrupted, killed and continued: every seed is counted once, nothing is left behind. Last line: N passed, N failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

SOAK=$(mktemp -d)
SIMULATE=${SIMULATE:-$PWD/.build/debug/simulate}
export SOAK SIMULATE
out=$SOAK/out
source Tests/real/checks.sh
trap 'rm -rf "$SOAK"' EXIT

readonly words=(--first 1 -- --steps 20 --draw first --departments 3)
readonly place=$SOAK/--steps-20---draw-first---departments-3

taken() { if [[ -e $place/taken.txt ]]; then wc -l <"$place/taken.txt"; else echo 0; fi; }

# during SIGNAL: a run that gets a signal while it works; its exit code is $code.
during() {
    local before tries
    before=$(taken)
    begin deploy/soak 1 "${words[@]}"
    for ((tries = 0; tries < 600; tries++)); do
        (($(taken) < before + 3)) || break
        sleep 0.1
    done
    strike "$1"
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
check "Ctrl-C ends it with its summary" eval '((code == 130)) && grep -qE "^[0-9]+ passed, 0 failed$" "$out" && [[ -n "$(agreed)" ]]'
check "and leaves nobody behind" are_gone
during TERM
check "so does kill" eval '((code == 143)) && grep -qE "^[0-9]+ passed, 0 failed$" "$out"'
check "and leaves nobody behind" are_gone
during KILL
check "kill -9 ends it" eval '((code == 137))'
check "those who worked for it end with their block" are_gone
before=$(taken)

deploy/soak 0.002 "${words[@]}" >"$out" 2>&1
check "a run after these does what they left" eval '[[ -z "$(sort -n "$place/taken.txt" | sed "s/\$/ /" |
    awk "FILENAME == ARGV[1] {done[\$1]; next} !(\$1 in done)" "$place/blocks.txt" -)" ]]'
check "and goes on behind them" eval '(($(taken) >= before))'
check "every block is counted once, none is left out" eval '[[ "$(cut -d" " -f1 "$place/blocks.txt" | sort -n | tr "\n" " ")" == \
    "$(seq 1 50 $(($(wc -l <"$place/blocks.txt") * 50)) | tr "\n" " ")" ]]'
check "the summary has all seeds and what was counted" eval '(($(agreed) == $(wc -l <"$place/blocks.txt") * 50)) && grep -q "^outcome accepted: [0-9]" "$place/summary.txt"'
check "the count is the last line" eval '[[ "$(tail -n 1 "$out")" == "$(agreed) passed, 0 failed" ]]'
deploy/soak 0 "${words[@]}" >"$SOAK/again" 2>&1
check "zero hours print the summary alone" eval '[[ "$(head -n 1 "$SOAK/again")" == "$(head -n 1 "$place/summary.txt")" ]]'

# Every seed of these takes longer than its limit.
begin deploy/soak 1 --first 1 -- --steps 1000000 --departments 3 --limit 1
for ((tries = 0; tries < 300; tries++)); do
    grep -qs '^seed 1: status 3' "$SOAK"/--steps-1000000*/failures.txt && break
    sleep 0.1
done
strike TERM
check "a seed over its limit is a failure with the command that runs it again" \
    grep -qs '^  again: simulate 1 --steps 1000000 --departments 3 --trace' "$SOAK"/--steps-1000000*/failures.txt
check "and is counted" eval 'grep -qE "^0 passed, [1-9][0-9]* failed$" "$out"'

count
