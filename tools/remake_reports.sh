#!/usr/bin/env bash
# Make the committed reports anew: eval/reports/current (test split, with every other configuration beside),
# eval/reports/accept (1,680 questions by authors apart), eval/reports/wordings (25 questions in five wordings each) and
# eval/reports/lexical-half (dev split, with against without the lexical half). On a machine that does nothing else, since the
# reports hold times. An interrupted run goes on with the same command.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=.venv/bin/dudao
out=eval-out/reports
reports=eval/reports

"$bin" eval run --split test --out "$out/current"
"$bin" eval report "$out/current"
"$bin" eval run --questions eval/questions/wordings/wordings.jsonl --beside --out "$out/wordings"
"$bin" eval report "$out/wordings"
"$bin" eval run --split all --questions eval/questions/accept/*.jsonl --beside --out "$out/accept"
"$bin" eval report "$out/accept"
"$bin" eval run --split dev --config without-lexical --beside --out "$out/without"
"$bin" eval run --split dev --beside --out "$out/with"
"$bin" eval report "$out/with" --against "$out/without"

for pair in current:current wordings:wordings accept:accept with:lexical-half; do
    mkdir -p "$reports/${pair##*:}"
    cp "$out/${pair%%:*}/report.html" "$out/${pair%%:*}/summary.md" "$reports/${pair##*:}/"
done
