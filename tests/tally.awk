# tally.awk - reads Meson's testlog.json: prints what failing tests said to standard error, and "PASSED FAILED SKIPPED" last.
#
# A program that speaks TAP counts each of its tests, any other counts as one. A program that dies counts the tests it
# owes; one that fails after its last test (a leak, say) counts as one failure more.   SPDX-License-Identifier: MIT

# The string that belongs to a key, still escaped.
function text_of(key, at, rest) {
    at = index($0, "\"" key "\": \"")
    if (!at) return ""
    rest = substr($0, at + length(key) + 5)
    match(rest, /^([^"\\]|\\.)*/)
    return substr(rest, 1, RLENGTH)
}

function plain(escaped) {
    gsub(/\\n/, "\n", escaped)
    gsub(/\\t/, "\t", escaped)
    gsub(/\\u001b\[[0-9;]*m/, "", escaped)
    gsub(/\\"/, "\"", escaped)
    gsub(/\\\\/, "\\", escaped)
    return escaped
}

# Counts what a TAP program said; `said` becomes what it said of its failures.
function count_tap(out, n, line, i, planned, seen, failing) {
    n = split(out, line, "\n")
    said = ""
    for (i = 1; i <= n; i++) {
        if (line[i] ~ /^1\.\.[0-9]+/) planned = substr(line[i], 4) + 0
        if (line[i] ~ /^(not )?ok/) {
            seen++
            failing = line[i] ~ /^not ok/ && line[i] !~ /# (SKIP|TOD[O])/
            if (failing) failed_here++
            else if (line[i] ~ /# SKIP/) skipped++
            else passed++
        } else if (line[i] !~ /^[ \t]/) failing = 0
        if (failing) said = said line[i] "\n"
    }
    if (planned > seen) {
        failed_here += planned - seen
        said = said planned - seen " tests did not report\n"
    }
}

/^\{/ {
    name = plain(text_of("name"))
    sub(/^[^:]*:/, "", name)
    result = text_of("result")
    said = plain(text_of("stdout"))
    good = result ~ /^(OK|EXPECTEDFAIL|SKIP)$/
    failed_here = 0
    if (said ~ /^(TAP version|1\.\.[0-9])/) count_tap(said)
    else if (result == "SKIP") skipped++
    else if (good) passed++
    if (!good && !failed_here) failed_here = 1
    failed += failed_here
    if (!good)
        printf "\n---- %s: %s\n%s%s", name, result, said, plain(text_of("stderr")) > "/dev/stderr"
}

END { print passed + 0, failed + 0, skipped + 0 }
