// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/dead_sockets.h"

#include "core/format/duration.h"
#include "core/format/ended_connection_json.h"
#include "core/format/ended_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::size_t kMostNotes = 5;

std::string ownersText(const EndedConnection& record) {
    std::vector<std::string> names;
    for (const Owner& owner : record.owners)
        names.push_back(describe(owner));
    return names.empty() ? "its program" : fmt::format("{}", fmt::join(names, ", "));
}

std::string ago(const Instant& then, MonotonicTime now) {
    return longDuration(saturate(now - then.monotonic)) + " ago";
}

} // namespace

std::string deadSocketSentence(const EndedConnection& c, MonotonicTime now) {
    if (!c.foundDead)
        return fmt::format("{} to {} ended {} ({}), but {} still has it open.", c.local.toString(c.interface),
                           c.remote.toString(c.interface), ago(c.ended, now), sentence(c), ownersText(c));
    const std::string heard =
        c.lastLife ? "its peer, no longer known, was last heard " + ago(*c.lastLife, now) : "its peer is not known";
    return fmt::format("{} had ended before Halfopen looked ({}), but {} still has it open.",
                       c.local.toString(c.interface), heard, ownersText(c));
}

std::vector<std::string> deadSocketNotes(std::span<const EndedConnectionPtr> dead, MonotonicTime now) {
    std::vector<std::string> notes;
    if (dead.empty())
        return notes;
    notes.push_back(
        dead.size() == 1
            ? "One dead socket is not in the list: its program still has it open and may not know."
            : fmt::format("{} dead sockets are not in the list: their programs still have them open and may "
                          "not know.",
                          dead.size()));
    for (const EndedConnectionPtr& one : dead.first(std::min(dead.size(), kMostNotes)))
        notes.push_back(deadSocketSentence(*one, now));
    return notes;
}

std::string deadSocketsJson(std::span<const EndedConnectionPtr> dead) {
    std::string json = "[";
    for (const EndedConnectionPtr& one : dead)
        json += (json.size() > 1 ? "," : "") + endedConnectionJson(*one);
    return json + "]";
}

} // namespace halfopen
