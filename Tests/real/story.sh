#!/usr/bin/env bash
# The story of deploy/demo with real processes, in its short form; the last line says: N passed, N failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
program=${KARTOTEKA:-$(swift build --show-bin-path)/kartoteka}
exec python3 deploy/story.py --short --kartoteka "$program"
