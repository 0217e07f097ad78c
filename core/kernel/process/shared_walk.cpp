// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/shared_walk.h"

#include <algorithm>
#include <future>
#include <span>

namespace halfopen {

SharedWalk::SharedWalk(std::uint32_t threads) {
    for (std::uint32_t part = 0; part < threads; ++part)
        m_parts.emplace_back(WalkShare{part, threads});
}

bool SharedWalk::Part::goOn(MonotonicTime until) {
    constexpr int kTableSteps = 64;
    while (!done && MonotonicClock::now() < until) {
        for (int i = 0; i < kTableSteps && !done; ++i) {
            done = !walk.step();
            if (!done && walk.inode() != 0)
                seen.push_back({walk.inode(), walk.owner()});
        }
    }
    return done;
}

bool SharedWalk::goOn(MonotonicTime until) {
    std::vector<std::future<bool>> others; // where no thread can be had, get() does it
    for (std::size_t part = 1; part < m_parts.size(); ++part)
        others.push_back(std::async(std::launch::async | std::launch::deferred,
                                    [this, part, until] { return m_parts[part].goOn(until); }));
    bool done = m_parts.front().goOn(until);
    for (auto& other : others)
        done = other.get() && done;
    return done;
}

void SharedWalk::tell(const std::function<void(std::int32_t pid)>& process,
                      const std::function<void(Seen& seen)>& socket) {
    std::vector<std::span<Seen>> processes;
    const auto another = [](const Seen& one, const Seen& next) { return one.owner.pid != next.owner.pid; };
    for (Part& part : m_parts) {
        for (auto at = part.seen.begin(); at != part.seen.end();) {
            auto end = std::ranges::adjacent_find(at, part.seen.end(), another);
            end = end == part.seen.end() ? end : end + 1;
            processes.emplace_back(at, end);
            at = end;
        }
    }
    std::ranges::stable_sort(processes, {}, [](std::span<Seen> one) { return one.front().owner.pid; });
    for (const std::span<Seen> sockets : processes) {
        process(sockets.front().owner.pid);
        std::ranges::for_each(sockets, socket);
    }
}

WalkObstacles SharedWalk::obstacles() const {
    WalkObstacles all;
    for (const Part& part : m_parts)
        all.add(part.walk.obstacles());
    return all;
}

} // namespace halfopen
