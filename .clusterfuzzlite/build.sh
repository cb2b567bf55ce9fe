#!/bin/bash -eu
# Builds every fuzz target into $OUT, each with its seeds, its options and the dictionary that they name. ClusterFuzzLite
# and OSS-Fuzz run it in their image; scripts/check-clusterfuzz runs it without one.

cd "$SRC/sealproof"
cargo fuzz build -O --debug-assertions

built=fuzz/target/x86_64-unknown-linux-gnu/release
for source in fuzz/fuzz_targets/*.rs; do
    target=$(basename "$source" .rs)
    case $target in
        baseline_* | port) continue ;; # measured only; fuzzed only with a port linked
    esac
    cp "$built/$target" "$OUT/"
    cp "fuzz/options/$target.options" "$OUT/"
    seeds=$(mktemp -d)
    count=0
    while read -r line; do
        count=$((count + 1))
        base64 -d <<<"$line" >"$seeds/$count"
    done <"fuzz/corpus/$target.b64"
    find "$seeds" "fuzz/regress/$target" -type f 2>/dev/null | zip -q -j -@ "$OUT/${target}_seed_corpus.zip"
    rm -r "$seeds"
done
cp fuzz/dict/*.dict "$OUT/"
