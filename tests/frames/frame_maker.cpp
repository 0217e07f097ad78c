// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"

#include "core/kernel/diag/path_source.h"
#include "core/monitor/monitor.h"
#include "core/query/order.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace halfopen::test {

using namespace std::chrono_literals;

/// What the source plays next, and what was given to the monitor already.
struct FrameSeries::Stage {
    MachineFacts machine;
    bool live = true;
    SampleScript script;
    std::optional<Error> error;
    MonotonicTime started = epoch();
    MonotonicTime ended = epoch();
    std::unordered_map<std::uint64_t, Path> paths;
    std::unordered_map<std::uint64_t, KeepaliveOptions> read;
    std::uint16_t place = 0; ///< in frames
};

namespace {

class ScriptedPaths final : public PathSource {
public:
    explicit ScriptedPaths(const std::unordered_map<std::uint64_t, Path>& paths)
        : m_paths(paths) {}
    void beginSample() override {}
    const Path* of(const Connection& connection) override {
        const auto found = m_paths.find(connection.cookie);
        return found == m_paths.end() ? nullptr : &found->second;
    }

private:
    const std::unordered_map<std::uint64_t, Path>& m_paths;
};

} // namespace

class FrameSeries::StageSource final : public Source {
public:
    explicit StageSource(const Stage& stage)
        : m_stage(stage) {}

    Result<SampleSummary> sample(const SampleRequest&, ConnectionSink& sink) override {
        if (m_stage.error)
            return tl::unexpected(*m_stage.error);
        sink.expect(m_stage.script.connections.size());
        for (const Scripted& one : m_stage.script.connections)
            sink.add(one.connection);
        SampleSummary summary;
        summary.start = m_stage.started;
        summary.end = m_stage.ended;
        summary.netns = m_stage.script.netns;
        summary.detail = m_stage.script.detail;
        summary.notes = m_stage.script.notes;
        return summary;
    }
    bool live() const override { return m_stage.live; }
    std::optional<MachineFacts> machineFacts() const override { return m_stage.machine; }
    MonotonicTime now() const override { return m_stage.started; }
    std::unique_ptr<PathSource> paths() const override { return std::make_unique<ScriptedPaths>(m_stage.paths); }

private:
    const Stage& m_stage;
};

namespace {

/// What looking further finds, as somebody tells the program who may look.
std::vector<SocketReading> readingsOf(const std::vector<Scripted>& connections,
                                      std::unordered_map<std::uint64_t, KeepaliveOptions>& before) {
    std::vector<SocketReading> readings;
    for (const Scripted& one : connections) {
        const std::uint64_t cookie = one.connection.cookie;
        SocketReading reading{cookie, tl::unexpected(PrivilegeError{}), one.owners};
        const auto known = before.find(cookie);
        if (one.options && (known == before.end() || !(known->second == *one.options))) {
            reading.options = *one.options;
            before[cookie] = *one.options;
        }
        if (reading.options && !reading.options->exact())
            throw std::logic_error("what is read from a socket is exact");
        if (reading.options || !reading.owners.empty())
            readings.push_back(std::move(reading));
    }
    return readings;
}

/// Looking in vain needs processes of other users and protected ones: what it would tell is put in by hand, and only
/// where core could tell it.
void tellRefusals(Frame& frame, const Scripted& one) {
    const auto row =
        std::ranges::find(frame.rows, one.connection.cookie, [](const Row& each) { return each.connection.cookie; });
    if (one.ownerUnknown) {
        if (row->ownerUnknown != OwnerUnknown::NotLookedUp)
            throw std::logic_error("nobody would look for its owner");
        row->ownerUnknown = *one.ownerUnknown;
    }
    if (one.unread != ReadRefusal::None) {
        if (row->ownerUnknown != OwnerUnknown::Known || row->options.exact())
            throw std::logic_error("nobody would have been refused to read it");
        row->unread = one.unread;
    }
}

bool isRefused(const Scripted& one) {
    return one.ownerUnknown || one.unread != ReadRefusal::None;
}

FramePtr withRefusals(const FramePtr& frame, const std::vector<Scripted>& connections) {
    if (std::ranges::none_of(connections, isRefused))
        return frame;
    auto told = std::make_shared<Frame>(*frame);
    for (const Scripted& one : connections)
        if (isRefused(one))
            tellRefusals(*told, one);
    arrange(*told);
    return told;
}

} // namespace

MachineFacts usualMachine() {
    MachineFacts machine;
    machine.clock = {.hz = 250, .offset = 4'294'892'503};
    machine.users = {{1000, "alice"}};
    machine.sysctls.localPortLow = 32768;
    machine.sysctls.localPortHigh = 60999;
    return machine;
}

FrameSeries::FrameSeries(MachineFacts machine, bool live)
    : m_stage(std::make_unique<Stage>()) {
    m_stage->machine = std::move(machine);
    m_stage->live = live;
}

FrameSeries::~FrameSeries() = default;
FrameSeries::FrameSeries(FrameSeries&&) noexcept = default;

MachineFacts& FrameSeries::machine() {
    return m_stage->machine;
}

Monitor& FrameSeries::monitor() {
    if (!m_monitor)
        m_monitor =
            std::make_unique<Monitor>(std::make_unique<StageSource>(*m_stage), Monitor::Config{.calibrate = false});
    return *m_monitor;
}

void FrameSeries::play(Stage& stage, SampleScript script) {
    stage.script = std::move(script);
    stage.error.reset();
    const auto& connections = stage.script.connections;
    stage.started = stage.ended = stage.ended + 1s;
    if (!connections.empty()) {
        const auto [first, last] =
            std::ranges::minmax_element(connections, {}, [](const Scripted& one) { return one.connection.sampled; });
        stage.started = first->connection.sampled;
        stage.ended = last->connection.sampled;
    }
    stage.paths.clear();
    for (const Scripted& one : connections)
        if (one.path)
            stage.paths.emplace(one.connection.cookie, *one.path);
    monitor().take(ReadingsOrder{stage.script.netns, readingsOf(connections, stage.read)});
}

void FrameSeries::playOthers(const std::vector<ScriptedNetns>& others) {
    std::erase_if(m_others, [&](const auto& known) {
        const bool gone = std::ranges::find(others, known.first, &ScriptedNetns::netns) == others.end();
        if (gone)
            monitor().unwatch(known.second->place);
        return gone;
    });
    for (const ScriptedNetns& other : others) {
        auto& stage = m_others[other.netns];
        if (!stage) {
            stage = std::make_unique<Stage>();
            stage->machine = m_stage->machine;
            stage->live = m_stage->live;
            stage->place = monitor().watch({.source = std::make_unique<StageSource>(*stage),
                                            .tier = other.tier,
                                            .name = other.name,
                                            .inside = other.inside});
        }
        play(*stage, {.connections = other.connections, .detail = {}, .notes = {}, .netns = other.netns});
    }
}

FramePtr FrameSeries::next(SampleScript script, const Query& query) {
    const auto others = script.others;
    auto all = script.connections;
    for (const ScriptedNetns& other : others)
        all.insert(all.end(), other.connections.begin(), other.connections.end());
    play(*m_stage, std::move(script));
    playOthers(others);
    return withRefusals(monitor().sample(query), all);
}

FramePtr FrameSeries::fail(Error error) {
    m_stage->error = std::move(error);
    m_stage->started += 1s;
    return monitor().sample({.sort = SortKey::Kernel});
}

FrameMaker& FrameMaker::add(Scripted connection) {
    script.connections.push_back(std::move(connection));
    return *this;
}

FrameMaker& FrameMaker::owner(const Scripted& connection, Owner owner) {
    const auto one = std::ranges::find(script.connections, connection.connection.cookie,
                                       [](const Scripted& each) { return each.connection.cookie; });
    if (one == script.connections.end())
        throw std::logic_error("not in this frame");
    one->owners.push_back(std::move(owner));
    return *this;
}

FrameMaker& FrameMaker::at(MonotonicTime sampled) {
    for (Scripted& one : script.connections)
        one.connection.sampled = sampled;
    return *this;
}

FrameMaker& FrameMaker::after(std::chrono::nanoseconds time) {
    for (Scripted& one : script.connections)
        one = later(std::move(one), time);
    return *this;
}

FramePtr FrameMaker::build() const {
    return FrameSeries(machine, live).next(script, query);
}

} // namespace halfopen::test
