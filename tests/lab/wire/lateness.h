// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/units.h"

#include <mutex>
#include <thread>
#include <vector>

namespace halfopen::test {

/// How late this machine is for a thread that does nothing but wake up: the load that others put on it. Fifty times a
/// second, from the constructor to the destructor.
class Lateness {
public:
    Lateness();

    /// The worst between two moments; 0 on a quiet machine. Any thread.
    std::chrono::nanoseconds worst(MonotonicTime from, MonotonicTime to) const;

private:
    struct Late {
        MonotonicTime at;
        std::chrono::nanoseconds by;
    };
    void watch(const std::stop_token& stop);

    mutable std::mutex m_mutex;
    std::vector<Late> m_late;
    std::jthread m_thread; ///< last: it uses the others
};

} // namespace halfopen::test
