#!/usr/bin/env bash
# Steps of deploy/test: passed, failed, over their limit, left behind, interrupted. The last line says: N passed, N failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

place=$(mktemp -d)
out=$place/out
source Tests/real/checks.sh
trap 'rm -rf "$place"' EXIT

# script LINE…: a script of steps in a directory of its own; its output is in $out, its exit code $code.
script() {
    {
        echo 'set -euo pipefail'
        echo "logs=$place/logs"
        printf '%s\n' "$@"
    } >"$place/script"
    code=0
    bash "$place/script" >"$out" 2>&1 || code=$?
}

said() { grep -qE "$1" "$out"; }
ends() { [[ "$(tail -n 1 "$out")" == "$1" && "$code" == "$2" ]]; }

# Whether nobody runs any more of those whose ids a step wrote down.
are_gone() {
    local tries pid
    for ((tries = 0; tries < 40; tries++)); do
        for pid in $(cat "$place"/pids*); do
            # One that has ended and is not yet fetched by its new parent is gone too.
            if [[ -e /proc/$pid ]] && ! grep -q '^State:.Z' "/proc/$pid/status" 2>/dev/null; then
                sleep 0.1
                continue 2
            fi
        done
        return 0
    done
    return 1
}

readonly source='grace=1; source deploy/step.sh'

script "$source" 'step one 20 true' 'step two 20 echo "7 passed, 0 failed"' 'finish 10'
check "steps that pass are counted, by their own count if they have one" ends "8 passed, 0 failed" 0

script "$source" 'many() { echo "trouble: this one"; echo other; echo "5 passed, 2 failed"; return 1; }' \
    'step many 20 many || echo went on' 'step plain 20 false || true' 'step nobody 20 true' 'finish 10'
check "steps that fail are counted, the others go on" ends "6 passed, 3 failed" 1
check "what a step calls trouble is shown" said '^  this one'
check "a step says whether it failed" said '^went on'

script "$source" 'step silent 20 bash -c "echo 3 passed, 0 failed; exit 9" || true' 'finish 10'
check "a step that ends badly is a failure whatever it counted" ends "3 passed, 1 failed" 1

script "$source" 'step early 20 bash -c "exit 124" || true' 'finish 10'
check "only what was over its limit is a timeout" said '^0 passed, 1 failed'
check "and is named so" eval '! said TIMEOUT'

# Children in groups and sessions of their own, without a parent, deaf to being asked.
cat >"$place/nest" <<'TEXT'
trap '' TERM
echo $$ >"$1/pids.1"
setsid bash -c 'echo $$ >"$1/pids.2"; sleep 300' bash "$1" &
(setsid bash -c 'trap "" TERM; echo $$ >"$1/pids.3"; while :; do sleep 300; done' bash "$1" &)
sleep 300
TEXT
begun=$SECONDS
script "$source" "step slow 2 bash $place/nest $place || true" 'step next 20 true' 'finish 10'
check "a step over its limit is a failure, and the next one runs" ends "1 passed, 1 failed" 1
check "the closing count names it" said '^TIMEOUT slow$'
check "it ends soon after its limit" eval '((SECONDS - begun < 20))'
check "its children end with it, also those that left its group" are_gone
check "all of them had begun" eval '[[ "$(cat "$place"/pids* | wc -l)" == 3 ]]'

rm -f "$place"/pids*
script "$source" "step leaves 20 bash -c 'setsid sleep 300 & echo \$! >$place/pids.1' || true" 'finish 10'
check "what a step leaves behind is ended" are_gone
check "and does not hold it up" ends "1 passed, 0 failed" 0

script 'whole=3' "$source" 'for name in a b c; do step $name 60 sleep 300 || true; done' 'finish 10'
check "all steps together have an end" ends "0 passed, 3 failed" 1

for signal in INT TERM HUP; do
    rm -f "$place"/pids*
    printf '%s\n' "logs=$place/logs" "$source" "step slow 60 bash $place/nest $place" >"$place/script"
    begin bash "$place/script"
    for ((tries = 0; tries < 100; tries++)); do
        [[ ! -e $place/pids.3 ]] || break
        sleep 0.1
    done
    strike "$signal"
    check "a script that gets $signal ends its step" are_gone
    check "and says so by its exit code" eval '((code == 128 + $(kill -l "$signal")))'
done

count
