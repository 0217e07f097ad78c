// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/sample_log.h"

#include "core/kernel/bpf/exact_source.h"
#include "core/kernel/diag/netlink_source.h"
#include "tests/lab/wire/must.h"

#include <cstdlib>
#include <string_view>

namespace halfopen::promises {

using namespace std::chrono_literals;

namespace {

Query everything() {
    Query query;
    const char* const chosen = std::getenv("HALFOPEN_INTERVAL");
    query.interval = std::chrono::milliseconds(chosen != nullptr ? std::atoi(chosen) : 300);
    return query;
}

std::unique_ptr<Source> liveSource() {
    if (!readsExactly())
        return test::must(NetlinkSource::open());
    static const ExactProgramsPtr programs = test::must(ExactPrograms::load());
    return test::must(ExactSource::open(programs));
}

} // namespace

bool readsExactly() {
    const char* const chosen = std::getenv("HALFOPEN_SOURCE");
    return chosen != nullptr && std::string_view(chosen) == "bpf";
}

SampleLog::SampleLog()
    : m_sampler(std::make_unique<Sampler>(liveSource(), Monitor::Config{}, everything(),
                                          [this](const FramePtr& frame) { take(*frame); })) {}

SampleLog::~SampleLog() {
    m_sampler.reset();
}

void SampleLog::take(const Frame& frame) {
    const std::lock_guard lock(m_mutex);
    m_ownGrades = {frame.forecasts, frame.brokenPromises};
    for (const auto& row : frame.rows)
        if (row.change != Change::Closed && !row.missed && row.connection.state != State::Listen)
            m_rows[row.connection.cookie].push_back({row, row.connection.sampled - frame.started});
}

/// With m_mutex held.
const std::vector<SampleLog::Sampled>* SampleLog::find(const Which& which) const {
    if (which.cookie != 0) {
        const auto found = m_rows.find(which.cookie);
        return found == m_rows.end() ? nullptr : &found->second;
    }
    for (const auto& [cookie, rows] : m_rows)
        if (rows.front().row.connection.remote == which.remote)
            return &rows;
    return nullptr;
}

std::vector<SampleLog::Sampled> SampleLog::all(const Which& which) {
    const std::lock_guard lock(m_mutex);
    const auto* rows = find(which);
    return rows ? *rows : std::vector<Sampled>();
}

std::vector<SampleLog::Sampled> SampleLog::toPort(std::uint16_t port) {
    const std::lock_guard lock(m_mutex);
    for (const auto& [cookie, rows] : m_rows)
        if (rows.front().row.connection.remote.port == port)
            return rows;
    return {};
}

std::optional<Row> SampleLog::newest(const Which& which) {
    const std::lock_guard lock(m_mutex);
    const auto* rows = find(which);
    return rows ? std::optional(rows->back().row) : std::nullopt;
}

OwnGrades SampleLog::ownGrades() {
    const std::lock_guard lock(m_mutex);
    return m_ownGrades;
}

} // namespace halfopen::promises
