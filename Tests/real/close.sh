#!/usr/bin/env bash
# deploy/close in a checkout whose commands are made up: what it clones, runs, counts and prints. Last line: N passed, N failed.
set -euo pipefail
# Its own cases, whoever runs it.
unset CASES
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

place=$(mktemp -d)
out=$place/out
source Tests/real/checks.sh
trap 'rm -rf "$place"' EXIT
readonly tree=$place/tree

# command FILE LINE…: a script in the made-up checkout.
command_file() {
    mkdir -p "$(dirname "$1")"
    printf '%s\n' '#!/usr/bin/env bash' "${@:2}" >"$1"
    chmod +x "$1"
}

commit() {
    git -C "$tree" add -A
    git -C "$tree" -c user.name=a -c user.email=a@b commit -qm "$1"
}

close() {
    code=0
    PATH=$place/bin:$PATH bash "$tree/deploy/close" "$@" >"$out" 2>&1 || code=$?
}

said() { grep -qE "$1" "$out"; }
ends() { [[ "$(tail -n 1 "$out")" == "$1" && "$code" == "$2" ]]; }

mkdir -p "$tree/deploy" "$tree/.ci"
git -C "$tree" init -q
cp deploy/close deploy/step.sh deploy/shared.sh "$tree/deploy/"
echo .build/ >"$tree/.gitignore"
echo '{"figure":"a.perSecond","of":"b","parent":"x","ratio":0.5,"unit":"1/s","value":100}' >"$tree/.ci/figures.jsonl"
command_file "$tree/deploy/demo" 'echo "3 passed, 0 failed"'
command_file "$tree/deploy/test" 'test -f committed && ! test -f forgotten && echo "20 passed, 0 failed"'
echo x >"$tree/committed"
# The build is a made-up swift that makes a benchmark, which keeps one figure.
command_file "$place/bin/swift" 'mkdir -p .build/release' \
    'printf "%s\n" "#!/bin/sh" "cat $FIGURES >>.ci/figures.jsonl" >.build/release/benchmark' \
    'printf "%s\n" "#!/bin/sh" "echo it runs" >.build/release/kartoteka' 'chmod +x .build/release/*'
commit "a first one"
echo x >"$tree/forgotten"

figure() {
    export FIGURES=$place/figures
    echo "{\"figure\":\"a.perSecond\",\"of\":\"b\",\"parent\":\"x\",\"ratio\":$1,\"unit\":\"1/s\",\"value\":90}" >"$FIGURES"
}

figure 0.45
close
check "what passes in a clean clone passes" ends "25 passed, 0 failed" 0
check "the table names the commands" said '^\| demo \| `deploy/demo` \| 3 passed, 0 failed'
check "and the commit, and what was left out" said '^\| clone .*a first one; 1 changes that are not committed'
check "no cases were given" said '^\| cases \| \| none were given'
check "nothing is left in the checkout but logs" eval \
    '[[ "$(git -C "$tree" status --porcelain --ignored | sort | tr "\n" " ")" == "!! .build/ ?? forgotten " ]]'

figure 0.39
close --only benchmark
check "a rate that fell by more than a fifth is a failure" ends "1 passed, 1 failed" 1
check "the table names it" said '^\| benchmark .*a.perSecond 90 1/s \(0.39 of b\), -22%'
check "only what is asked for is run" eval '! said "deploy/demo"'

command_file "$tree/deploy/demo" 'echo "2 passed, 1 failed"; exit 1'
command_file "$tree/deploy/test" 'exit 3'
commit "a worse one"
mkdir "$place/cases"
command_file "$place/cases/run.sh" '"$KARTOTEKA" | grep -q "it runs" && test -f run.sh && echo "7 passed, 0 failed"'
figure 0.5
CASES=$place/cases close
check "it goes on after what failed, and says so" ends "11 passed, 2 failed" 1
check "the cases are run with the program of the clone" said '^\| cases \| `run.sh` \| 7 passed, 0 failed'

close --only rumour
check "a step that is none is refused" eval '((code == 64))'
CASES=$place/nowhere close
check "a folder without cases is refused" eval '((code == 64))'

count
