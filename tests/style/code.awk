# code.awk - prints FILE:LINE:CODE of C files, with the comments and what is between quotes left out, so that checks don't
# stumble over words.   SPDX-License-Identifier: MIT
FNR == 1 { comment = 0 }
{
    code = ""
    rest = $0
    while (rest != "") {
        if (comment) {
            at = index(rest, "*/")
            comment = !at
            rest = at ? substr(rest, at + 2) : ""
        } else if (match(rest, /\/\*|\/\/|"([^"\\]|\\.)*"|'([^'\\]|\\.)+'/)) {
            code = code substr(rest, 1, RSTART - 1)
            opening = substr(rest, RSTART, 2)
            if (opening == "//") break
            comment = opening == "/*"
            code = code (comment ? " " : substr(opening, 1, 1) substr(opening, 1, 1))
            rest = substr(rest, RSTART + (comment ? 2 : RLENGTH))
        } else {
            code = code rest
            rest = ""
        }
    }
    print FILENAME ":" FNR ":" code
}
