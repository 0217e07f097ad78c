// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/frame_comparison.h"

#include "core/model/sentence.h"

#include <algorithm>
#include <array>
#include <utility>

namespace halfopen {

namespace {

constexpr std::array<std::string_view, kComparedFieldCount> kFields{
    Sentence::mark("state"),      Sentence::mark("diagnosis"),  Sentence::mark("keepalive"),
    Sentence::mark("unanswered"), Sentence::mark("recv-queue"), Sentence::mark("send-queue")};

/// The row of the same connection; nullptr: there is none.
const Row* sameIn(const Frame& frame, const Row& row) {
    for (std::size_t netns = 0; netns < frame.namespaces.size(); ++netns) {
        const Row* found = frame.find(row.connection.cookie, static_cast<std::uint16_t>(netns));
        if (found && found->change != Change::Closed && found->connection.local == row.connection.local &&
            found->connection.remote == row.connection.remote)
            return found;
    }
    return nullptr;
}

/// What is only assumed of one of them says nothing of a change.
bool sameKeepalive(const KeepaliveOptions& one, const KeepaliveOptions& other) {
    const auto same = [](bool equal, Provenance from, Provenance otherFrom) {
        return equal || std::max(from, otherFrom) >= Provenance::Assumed;
    };
    return same(one.enabled == other.enabled, one.enabledFrom, other.enabledFrom) &&
           same(one.idleSeconds == other.idleSeconds, one.idleFrom, other.idleFrom) &&
           same(one.intervalSeconds == other.intervalSeconds, one.intervalFrom, other.intervalFrom) &&
           same(one.probes == other.probes, one.probesFrom, other.probesFrom);
}

std::vector<ComparedField> fieldsOf(const Row& before, const Row& now) {
    std::vector<ComparedField> fields;
    const auto add = [&fields](ComparedField field, bool same) {
        if (!same)
            fields.push_back(field);
    };
    add(ComparedField::State, before.connection.state == now.connection.state);
    add(ComparedField::Diagnosis, before.diagnosis == now.diagnosis);
    add(ComparedField::Keepalive, sameKeepalive(before.options, now.options));
    add(ComparedField::Unanswered, before.forecast.unanswered == now.forecast.unanswered);
    add(ComparedField::RecvQueue, before.connection.receiveQueue == now.connection.receiveQueue);
    add(ComparedField::SendQueue, before.connection.sendQueue == now.connection.sendQueue);
    return fields;
}

std::uint32_t indexOf(const Frame& frame, const Row& row) {
    return static_cast<std::uint32_t>(&row - frame.rows.data());
}

} // namespace

std::string_view toString(ComparedField field) {
    return kFields[static_cast<std::size_t>(field)];
}

Comparison compareFrames(const Frame& before, const Frame& now) {
    Comparison result;
    std::vector<bool> isCompared(now.rows.size());
    const auto compare = [&](const Row& then, const Row& later) {
        isCompared[indexOf(now, later)] = true;
        auto fields = fieldsOf(then, later);
        if (fields.empty())
            ++result.alike;
        else
            result.changed.push_back({indexOf(before, then), indexOf(now, later), std::move(fields)});
    };
    for (const std::uint32_t index : now.shown) {
        if (now.rows[index].change == Change::Closed)
            continue; // still shown for a while, struck out
        if (const Row* then = sameIn(before, now.rows[index]))
            compare(*then, now.rows[index]);
        else
            result.appeared.push_back(index);
    }
    for (const std::uint32_t index : before.shown) {
        if (before.rows[index].change == Change::Closed)
            continue;
        const Row* later = sameIn(now, before.rows[index]);
        if (!later)
            result.gone.push_back(index);
        else if (!isCompared[indexOf(now, *later)])
            compare(before.rows[index], *later);
    }
    return result;
}

} // namespace halfopen
