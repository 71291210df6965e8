# Steps of a check, for scripts that source this: each has a time limit, whatever it started ends with it, and it is counted.
#
#     step NAME SECONDS COMMAND…     a function too; its output is $logs/NAME.log
#     finish BUDGET                  the closing count; ends the script
#
# A step may end with a line "N passed, M failed" (or the same in Ukrainian); without one it is one check. What it printed behind "trouble: ",
# else the end of its log, is shown if it failed. A step that is over its limit is killed with its children and counts as failed: TIMEOUT NAME.
# All steps together end within $whole seconds, however many of them hang; who is asked to end has $grace seconds for it.

source "$(dirname "${BASH_SOURCE[0]}")/shared.sh"

: "${logs:=.build/test-logs}" "${whole:=5400}" "${grace:=10}"
passed=0
failed=0
timeouts=()
child=
mkdir -p "$logs"

# What a step started says so in its environment, also if it left the group of processes or lost its parent.
marked() { grep -lszF "/$mark/" /proc/[0-9]*/environ | cut -d/ -f3; }

is_alive() { kill -0 -- "-$child" 2>/dev/null || [[ -n "$(marked)" ]]; }

# Ends what there is of a step: asks, waits, kills.
end_step() {
    [[ -n "$child" ]] || return 0
    local signal tries
    for signal in TERM KILL; do
        for ((tries = 0; tries < grace * 10; tries++)); do
            is_alive || break 2
            # NB: in the middle once more, for whoever began meanwhile.
            ((tries % (grace * 5) > 0)) || kill -"$signal" -- "-$child" $(marked) 2>/dev/null || true
            sleep 0.1
        done
    done
    # What the shell has to say of a killed job is no news.
    { wait "$child" || true; } 2>/dev/null
    child=
}
trap end_step EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# How far a log has come; a script may have a better one.
glance() { tail -n 1 "$2" | tr '\r' '\n' | tail -n 1 | cut -c 1-100; }

# Gives 1 if the step failed.
step() {
    local name=$1 limit=$2 log=$logs/$1.log begun=$SECONDS shown=$SECONDS status=0 isLate=0 summary good bad
    shift 2
    ((limit <= whole - SECONDS)) || limit=$((whole - SECONDS))
    mark=$$.$RANDOM$RANDOM.$name
    set -m
    {
        export KARTOTEKA_STEP=${KARTOTEKA_STEP:-}/$mark/
        "$@"
    } >"$log" 2>&1 </dev/null &
    child=$!
    set +m
    while kill -0 "$child" 2>/dev/null; do
        if ((SECONDS - begun >= limit)); then
            isLate=1
            break
        fi
        sleep 0.2
        if ((SECONDS - shown >= 20)); then
            shown=$SECONDS
            say "  … $name: $(glance "$name" "$log")"
        fi
    done
    ((isLate)) || wait "$child" || status=$?
    end_step
    summary=$(sed -nE -e 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' \
        -e 's/^Перевірки: ([0-9]+) пройдено, ([0-9]+) не пройдено\.$/\1 \2/p' "$log" | tail -n 1)
    read -r good bad <<<"${summary:-$((status == 0 && !isLate)) 0}"
    ((status == 0 || bad > 0)) || bad=1
    if ((isLate)); then
        bad=$((bad + 1))
        timeouts+=("$name")
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
    if ((bad > 0)); then
        if grep -q '^trouble: ' "$log"; then
            sed -n 's/^trouble: /  /p' "$log" | cut -c 1-240 | top 200
        else
            tail -n 40 "$log" | cut -c 1-240 | sed 's/^/  /'
        fi
        say "FAILED $name: $good passed, $bad failed ($((SECONDS - begun)) s); see $log"
        ((!isLate)) || say "TIMEOUT $name: ended after $limit s"
        return 1
    fi
    say "$name: $good passed ($((SECONDS - begun)) s)"
}

finish() {
    local name
    for name in "${timeouts[@]}"; do echo "TIMEOUT $name"; done
    say "time: $SECONDS s of a budget of $1 s; logs are in $logs"
    echo "$passed passed, $failed failed"
    ((failed == 0 && passed > 0)) || exit 1
    exit 0
}
