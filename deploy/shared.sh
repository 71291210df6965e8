# What the scripts here share; for scripts that source this.

# The first lines of its input; reads all of it, since a broken pipe would end the script.
top() { awk -v most="$1" 'NR <= most'; }

say() { printf '%02d:%02d  %s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }

# The Debian packages of the build that this machine lacks.
missing_packages() {
    local package
    # The second line is what the Swift toolchain itself needs, to start and to link.
    for package in libssl-dev libsqlite3-dev libcurl4-openssl-dev libinih-dev libqrencode-dev zlib1g-dev pkg-config \
        libcairo2-dev libpango1.0-dev libqpdf-dev \
        libncurses6 libxml2 binutils libc6-dev libstdc++-12-dev; do
        [[ "$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)" == "install ok installed" ]] || echo "$package"
    done
    command -v python3 >/dev/null || echo python3
    command -v openssl >/dev/null || echo openssl
}
