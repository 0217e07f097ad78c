// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/connection.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace halfopen {

UpperLayer upperLayerOf(std::string_view name) {
    if (name.empty())
        return UpperLayer::None;
    if (name == "mptcp")
        return UpperLayer::Mptcp;
    if (name == "tls")
        return UpperLayer::Tls;
    return name == "smc" ? UpperLayer::Smc : UpperLayer::Other;
}

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

// jiffies start 5 min before they are 0, about when CLOCK_MONOTONIC starts; a slow start of the machine lies between.
constexpr std::chrono::seconds kJiffiesWereZero{300};
constexpr std::int32_t kStartSlackMs = 3000;

/// Whether `age` is what a stamp of 0 looks like. Ages are counted modulo 2^32 ms.
bool isOfZero(Millis age, MonotonicTime sampled) {
    const auto sinceZero =
        std::chrono::duration_cast<std::chrono::milliseconds>(sampled.time_since_epoch() - kJiffiesWereZero);
    const auto difference = static_cast<std::int32_t>(age.count() - static_cast<std::uint32_t>(sinceZero.count()));
    return difference >= -kStartSlackMs && difference <= kStartSlackMs;
}

/// @param nothing  the counters tell of nothing that would have set the stamp
std::optional<Millis> ageOf(const Connection& connection, Millis age, bool nothing) {
    switch (connection.state) {
    case State::SynSent:
    case State::Listen:
    case State::Bound:
        return std::nullopt;
    default:
        break;
    }
    if (!connection.info.present() || (nothing && isOfZero(age, connection.sampled)))
        return std::nullopt;
    return age;
}

std::optional<Millis> younger(std::optional<Millis> one, std::optional<Millis> other) {
    if (one && other)
        return std::min(*one, *other);
    return one ? one : other;
}

} // namespace

std::optional<Millis> Connection::sentAge() const {
    return ageOf(*this, info.lastDataSent, info.bytesAcked <= 1); // the SYN counts as one
}

std::optional<Millis> Connection::receivedAge() const {
    return ageOf(*this, info.lastDataReceived, info.bytesReceived <= 1); // the FIN counts as one
}

std::optional<Millis> Connection::ackAge() const {
    return ageOf(*this, info.lastAckReceived, info.bytesAcked == 0);
}

std::optional<Millis> Connection::lifeAge() const {
    return younger(receivedAge(), ackAge());
}

std::optional<Millis> Connection::idleAge() const {
    return younger(sentAge(), receivedAge());
}

namespace {

class CgroupIds {
public:
    std::uint32_t indexOf(std::uint64_t id) {
        const std::lock_guard lock(m_mutex);
        const auto [at, isNew] = m_indexes.try_emplace(id, static_cast<std::uint32_t>(m_ids.size()));
        if (!isNew)
            return at->second;
        constexpr std::size_t kMost = std::size_t{1} << 24;
        if (m_ids.size() >= kMost) {
            m_indexes.erase(at);
            return 0;
        }
        m_ids.push_back(id);
        return at->second;
    }
    std::uint64_t at(std::uint32_t index) {
        const std::lock_guard lock(m_mutex);
        return index < m_ids.size() ? m_ids[index] : 0;
    }

private:
    std::mutex m_mutex;
    std::vector<std::uint64_t> m_ids{0}; ///< by index
    std::unordered_map<std::uint64_t, std::uint32_t> m_indexes;
};

CgroupIds& cgroupIds() {
    static CgroupIds ids;
    return ids;
}

} // namespace

std::uint32_t internCgroup(std::uint64_t id) {
    if (id == 0)
        return 0;
    // The sockets of one program come one after the other, mostly.
    thread_local std::pair<std::uint64_t, std::uint32_t> last;
    if (last.first != id)
        last = {id, cgroupIds().indexOf(id)};
    return last.second;
}

std::uint64_t cgroupId(std::uint32_t index) {
    return cgroupIds().at(index);
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
