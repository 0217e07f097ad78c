// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/connection.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <string>

namespace halfopen {

bool Connection::isMini() const {
    if (state == State::TimeWait)
        return true;
    if (state == State::FinWait2)
        return timer.kind() == TimerKind::TimeWait;
    return state == State::SynRecv && !info.present();
}

bool Connection::isOrphan() const {
    if (inode != 0 || isMini())
        return false;
    return state == State::FinWait1 || state == State::FinWait2 || state == State::LastAck || state == State::Closing;
}

bool Connection::isNotAccepted() const {
    return inode == 0 && (state == State::Established || state == State::CloseWait);
}

namespace {

// A kernel has a dozen algorithms at most; names beyond 255 are not told.
struct CongestionNames {
    std::array<std::string, 256> names;
    std::atomic<std::size_t> count{1};
    std::mutex adding;

    std::uint8_t find(std::string_view name, std::size_t known) const {
        const auto end = names.begin() + static_cast<std::ptrdiff_t>(known);
        const auto it = std::find(names.begin(), end, name);
        return it == end ? 0 : static_cast<std::uint8_t>(it - names.begin());
    }
};

CongestionNames& congestionNames() {
    static CongestionNames names;
    return names;
}

} // namespace

std::uint8_t internCongestion(std::string_view name) {
    auto& table = congestionNames();
    if (name.empty())
        return 0;
    if (const auto index = table.find(name, table.count.load(std::memory_order_acquire)))
        return index;
    const std::lock_guard lock(table.adding);
    const std::size_t count = table.count.load(std::memory_order_relaxed);
    if (const auto index = table.find(name, count); index || count == table.names.size())
        return index;
    table.names[count] = name;
    table.count.store(count + 1, std::memory_order_release);
    return static_cast<std::uint8_t>(count);
}

std::string_view congestionName(std::uint8_t index) {
    const auto& table = congestionNames();
    return index < table.count.load(std::memory_order_acquire) ? std::string_view(table.names[index])
                                                               : std::string_view();
}

} // namespace halfopen
