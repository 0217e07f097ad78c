// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/told_so_far.h"

#include "core/model/no_owner.h"

#include <utility>

namespace halfopen::stream {

namespace {

constexpr std::uint32_t kSweepEvery = 64; // frames

/// Options that `known` does not have; those that are not exact are in doubt until they are.
bool takeOptions(const KeepaliveOptions& options, std::optional<KeepaliveOptions>& known) {
    if (!options.exact()) {
        known.reset();
        return false;
    }
    if (known == options)
        return false;
    known = options;
    return true;
}

} // namespace

bool ToldSoFar::isNews(const Row& row, const Frame& frame, Known& known) {
    bool news = takeOptions(row.options, known.told.options);
    if (known.told.why != row.ownerUnknown || known.told.unread != row.unread) {
        known.told.why = row.ownerUnknown;
        known.told.unread = row.unread;
        news = true;
    }
    const std::uint32_t inode = std::exchange(known.inode, row.connection.inode);
    if (known.owners == frame.owners && inode == row.connection.inode)
        return news;
    known.owners = frame.owners;
    static const std::vector<Owner> none;
    const auto& owners = row.ownerUnknown == OwnerUnknown::Known ? frame.ownersOf(row) : none;
    if (known.told.owners == owners)
        return news;
    known.told.owners = owners;
    return true;
}

Told ToldSoFar::newsOf(const Frame& frame) {
    Told news;
    ++m_frame;
    for (const Row& row : frame.rows) {
        if (row.change == Change::Closed || row.connection.cookie == 0)
            continue;
        const auto [at, isNew] = m_known.try_emplace(row.connection.cookie);
        Known& known = at->second;
        if (isNew) // what the other side takes it for by itself
            known.told = {
                .cookie = row.connection.cookie, .options = {}, .owners = {}, .why = whyNoOwner(row.connection)};
        known.frame = m_frame;
        if (!isNews(row, frame, known))
            continue;
        news.sockets.push_back(known.told);
    }
    if (m_frame % kSweepEvery == 0)
        std::erase_if(m_known, [this](const auto& one) { return m_frame - one.second.frame > kSweepEvery; });
    return news;
}

void ToldSoFar::forgetOptions() {
    for (auto& [cookie, known] : m_known)
        known.told.options.reset();
}

} // namespace halfopen::stream
