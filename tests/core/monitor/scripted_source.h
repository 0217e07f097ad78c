// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/source.h"

#include <algorithm>
#include <atomic>
#include <utility>
#include <vector>

namespace halfopen::test {

/// A source that plays one list of connections after the other and then repeats the last.
class ScriptedSource : public Source {
public:
    explicit ScriptedSource(std::vector<Result<std::vector<Connection>>> script)
        : m_script(std::move(script)) {}

    Result<SampleSummary> sample(const SampleRequest& request, ConnectionSink& sink) override {
        lastDetail = request.detailCookie;
        lastCongestion = request.congestion;
        const auto& now = m_script[std::min(m_position++, m_script.size() - 1)];
        if (!now)
            return tl::unexpected(now.error());
        SampleSummary summary;
        summary.start = MonotonicClock::now();
        for (Connection connection : *now) {
            connection.sampled = summary.start;
            sink.add(connection);
        }
        summary.end = MonotonicClock::now();
        return summary;
    }
    bool live() const override { return true; }
    bool isStillThere(const Connection& connection) override {
        return std::ranges::find(hidden, connection.cookie) != hidden.end();
    }

    std::atomic<std::uint64_t> lastDetail = 0;
    std::atomic<bool> lastCongestion = false;
    std::vector<std::uint64_t> hidden; ///< cookies that are there whatever the dump lacks

private:
    std::vector<Result<std::vector<Connection>>> m_script;
    std::size_t m_position = 0;
};

} // namespace halfopen::test
