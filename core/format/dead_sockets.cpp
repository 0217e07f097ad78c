// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/dead_sockets.h"

#include "core/format/duration.h"
#include "core/format/ended_connection_json.h"
#include "core/format/ended_text.h"

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::size_t kMostNotes = 5;

Sentence ownersText(const EndedConnection& record) {
    std::vector<Sentence> names;
    for (const Owner& owner : record.owners)
        names.push_back(describe(owner));
    return names.empty() ? Sentence::tr("its program") : listOf(names);
}

Sentence since(const Instant& then, MonotonicTime now) {
    return durationSentence(saturate(now - then.monotonic));
}

} // namespace

Sentence deadSocketSentence(const EndedConnection& c, MonotonicTime now) {
    const std::string local = c.local.toString(c.interface);
    const std::string remote = c.remote.toString(c.interface);
    if (!c.foundDead)
        return Sentence::tr("{0} to {1} ended {2} ago ({3}), but {4} still has it open.", local, remote,
                            since(c.ended, now), sentence(c), ownersText(c));
    if (c.lastLife && c.remote.port != 0)
        return Sentence::tr("{0} to {1} had ended before Halfopen looked (its peer was last heard {2} ago), but {3} "
                            "still has it open.",
                            local, remote, since(*c.lastLife, now), ownersText(c));
    if (!c.lastLife)
        return Sentence::tr("{0} had ended before Halfopen looked (its peer is not known), but {1} still has it open.",
                            local, ownersText(c));
    return Sentence::tr("{0} had ended before Halfopen looked (its peer, no longer known, was last heard {1} ago), but "
                        "{2} still has it open.",
                        local, since(*c.lastLife, now), ownersText(c));
}

std::vector<Sentence> deadSocketNotes(std::span<const EndedConnectionPtr> dead, MonotonicTime now) {
    std::vector<Sentence> notes;
    if (dead.empty())
        return notes;
    notes.push_back(
        dead.size() == 1
            ? Sentence::tr("One connection has ended, and its program still has it open and may not know.")
            : Sentence::tr("{0} connections have ended, and their programs still have them open and may not know.",
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
