// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/monitor/sampler.h"
#include "tests/lab/promises/own_grades.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace halfopen::promises {

/// HALFOPEN_SOURCE=bpf: what root is told is graded; else what everybody is.
bool readsExactly();

/// What a window would have shown: a Sampler takes a sample every 0.3 s, or HALFOPEN_INTERVAL ms, in the network
/// namespace of the thread that made this, and all rows are kept. Any thread.
class SampleLog {
public:
    SampleLog();
    ~SampleLog();
    SampleLog(const SampleLog&) = delete;
    SampleLog& operator=(const SampleLog&) = delete;

    struct Sampled {
        Row row;
        std::chrono::nanoseconds doubt; ///< how much older than its stamp its numbers may be
    };
    /// Which connection: by its cookie, or by its remote end where that is 0.
    struct Which {
        std::uint64_t cookie = 0;
        Endpoint remote;
    };
    std::vector<Sampled> all(const Which& which);
    /// Of the first connection to a far port of its own.
    std::vector<Sampled> toPort(std::uint16_t port);
    std::optional<Row> newest(const Which& which);
    /// What the program's own grades have come to, and the promises that it itself saw broken.
    OwnGrades ownGrades();

private:
    void take(const Frame& frame);
    const std::vector<Sampled>* find(const Which& which) const;

    std::mutex m_mutex;
    std::map<std::uint64_t, std::vector<Sampled>> m_rows; ///< by cookie; guarded by m_mutex
    OwnGrades m_ownGrades;                                ///< of the newest frame; guarded by m_mutex
    std::unique_ptr<Sampler> m_sampler;                   ///< last: it uses the others
};

} // namespace halfopen::promises
