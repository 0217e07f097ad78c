# SPDX-License-Identifier: GPL-3.0-or-later
# The newest section of CHANGELOG.md as a Debian changelog.
#   awk -f debian-changelog.awk -v version=V -v maintainer=M -v date=SECONDS CHANGELOG.md
function flush() {
    if (item != "") print wrap(item)
    item = ""
}
# A bullet of at most 78 columns.
function wrap(text,    words, count, i, line, out) {
    count = split(text, words, " ")
    line = "  *"
    for (i = 1; i <= count; i++) {
        if (length(line) + 1 + length(words[i]) > 78) { out = out line "\n"; line = "   " }
        line = line " " words[i]
    }
    return out line
}
BEGIN { print "halfopen (" version ") unstable; urgency=medium\n" }
/^## / { if (++section > 1) exit; next }
section != 1 { next }
/^### / { flush(); next }
/^- / { flush(); item = substr($0, 3); next }
/^ +[^ ]/ { if (item != "") { sub(/^ +/, ""); item = item " " $0 } next }
END {
    flush()
    # strftime() is not in every awk; date(1) is everywhere.
    command = "LC_ALL=C date -u -R -d @" date
    command | getline stamp
    print "\n -- " maintainer "  " stamp
}
