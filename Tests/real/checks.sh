# Checks of a bash script, for scripts that source this: each is counted, and shows what was said if it fails.
#
#     check NAME COMMAND…     whether the command holds; $out is the file with what the tried program printed
#     begin COMMAND…          the tried program in the background, its output in $out
#     strike SIGNAL           it gets a signal; its exit code is $code
#     count                   the closing count; fails if a check did

good=0
bad=0

check() {
    local name=$1
    shift
    if "$@"; then
        good=$((good + 1))
        echo "  ok    $name"
    else
        bad=$((bad + 1))
        echo "  FAIL  $name: $(tail -n 8 "$out" | cut -c 1-120 | tr '\n' '|')"
    fi
}

# A background job of a script that has no job control would be deaf to INT, and so is all that such a job starts.
begin() {
    set -m
    env --default-signal=INT,TERM,HUP "$@" >"$out" 2>&1 &
    tried=$!
    set +m
}

strike() {
    kill -"$1" "$tried"
    code=0
    # What the shell has to say of a killed job is no news.
    { wait "$tried" || code=$?; } 2>/dev/null
}

count() {
    echo "$good passed, $bad failed"
    ((bad == 0))
}
