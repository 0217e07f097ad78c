// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/held.h"

#include "core/format/duration.h"
#include "core/format/ended_connection_json.h"
#include "core/format/ended_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::size_t kMostNotes = 5;

std::string holders(const Certificate& certificate) {
    std::vector<std::string> names;
    for (const Owner& owner : certificate.holders)
        names.push_back(fmt::format("{} (pid {}{})", owner.name, owner.pid,
                                    owner.fd < 0 ? "" : fmt::format(", descriptor {}", owner.fd)));
    return names.empty() ? "its program" : fmt::format("{}", fmt::join(names, ", "));
}

std::string ago(const Instant& then, MonotonicTime now) {
    return longDuration(saturate(now - then.monotonic)) + " ago";
}

} // namespace

std::string heldSentence(const Certificate& c, MonotonicTime now) {
    if (!c.foundDead)
        return fmt::format("{} to {} ended {} ({}), but {} still has it open.", c.local.toString(c.interface),
                           c.remote.toString(c.interface), ago(c.ended, now), sentence(c), holders(c));
    const std::string heard =
        c.lastLife ? "its peer, no longer known, was last heard " + ago(*c.lastLife, now) : "its peer is not known";
    return fmt::format("{} had ended before Halfopen looked ({}), but {} still has it open.",
                       c.local.toString(c.interface), heard, holders(c));
}

std::vector<std::string> heldNotes(std::span<const CertificatePtr> held, MonotonicTime now) {
    std::vector<std::string> notes;
    if (held.empty())
        return notes;
    notes.push_back(
        held.size() == 1
            ? "One dead socket is not in the list: its program still has it open and may not know."
            : fmt::format("{} dead sockets are not in the list: their programs still have them open and may "
                          "not know.",
                          held.size()));
    for (const CertificatePtr& one : held.first(std::min(held.size(), kMostNotes)))
        notes.push_back(heldSentence(*one, now));
    return notes;
}

std::string heldJson(std::span<const CertificatePtr> held) {
    std::string json = "[";
    for (const CertificatePtr& one : held)
        json += (json.size() > 1 ? "," : "") + certificateJson(*one);
    return json + "]";
}

} // namespace halfopen
