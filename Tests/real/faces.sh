#!/usr/bin/env bash
# Completion and man pages as shells and man take them: the scripts are read without an error, bash completes what the table says, the pages
# give groff and mandoc nothing to warn of. zsh, fish and mandoc only where they are installed (Debian: zsh fish mandoc).
set -uo pipefail
kartoteka=${KARTOTEKA:?"the program"}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# check WHAT COMMAND…: counts what a command says.
check() {
    local what=$1
    shift
    if "$@" >"$work/said" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "trouble: $what: $(head -c 300 "$work/said")"
    fi
}

# silent COMMAND…: ends well and says nothing.
silent() {
    local said
    said=$("$@" 2>&1) || { echo "$said"; return 1; }
    [[ -z $said ]] || { echo "$said"; return 1; }
}

# completes WORDS… :: EXPECTED…: what bash offers for the last word before `::`.
completes() {
    local words=() wanted=()
    while [[ $1 != :: ]]; do
        words+=("$1")
        shift
    done
    shift
    wanted=("$@")
    bash --norc --noprofile -c '
        source "$1"
        shift
        COMP_WORDS=(kartoteka "$@")
        COMP_CWORD=$#
        _kartoteka
        printf "%s\n" "${COMPREPLY[@]}"
    ' bash "$work/kartoteka.bash" "${words[@]}" | sort -u >"$work/offered"
    printf '%s\n' "${wanted[@]}" | sort -u >"$work/wanted"
    diff "$work/wanted" "$work/offered"
}

for language in uk en; do
    for shell in bash zsh fish; do
        check "$shell $language" "$kartoteka" completion "$shell" --lang "$language"
        cp "$work/said" "$work/kartoteka.$shell"
        [[ $shell == bash ]] && check "bash -n" silent bash -n "$work/kartoteka.bash"
        [[ $shell == zsh ]] && command -v zsh >/dev/null && check "zsh -n" silent zsh -n "$work/kartoteka.zsh"
        [[ $shell == fish ]] && command -v fish >/dev/null && check "fish -n" silent fish --no-execute "$work/kartoteka.fish"
    done
done

check "a first word" completes ans :: answer
check "a second word" completes answer a :: accept approve
check "a second word after help" completes help answer d :: dispatch draft
check "an option" completes answer dispatch К-1 --nu :: --number
check "codes of an option" completes answer dispatch К-1 --to "" :: applicant committee
check "codes after a sign" completes answer dispatch К-1 --to = :: applicant committee
check "codes of an operand" completes role grant petrenko cl :: clerk
check "a lone command" completes completion "z" :: zsh
check "no guess at what is typed" completes appeal note К-1 --text "" :: ""
touch "$work/letter.txt"
check "files" completes answer draft К-1 --text-file "$work/let" :: "$work/letter.txt"

check "man pages" "$kartoteka" manual "$work/man"
pages=0
for page in "$work"/man/man1/*.1 "$work"/man/uk/man1/*.1; do
    pages=$((pages + 1))
    check "groff $page" silent groff -k -ww -z -Tutf8 -man "$page"
    command -v mandoc >/dev/null && check "mandoc $page" silent mandoc -T lint -W error "$page"
done
check "as many pages as groups" test "$pages" -gt 60
if command -v man >/dev/null; then
    check "man finds a page" env MANPATH="$work/man" LANG=C.UTF-8 MANPAGER=cat MANROFFOPT=-ww man --warnings=all kartoteka-answer
fi
check "pages are for everybody" test "$(stat -c %a "$work/man/man1/kartoteka.1")" = 644

echo "$passed passed, $failed failed"
((failed == 0))
