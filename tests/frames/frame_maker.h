// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/source.h"
#include "core/model/frame.h"
#include "core/model/row.h"
#include "tests/frames/scripted.h"

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace halfopen {
class Monitor;
}

namespace halfopen::test {

/// HZ 250 and its phase known, the kernel's default settings, user 1000 called alice.
MachineFacts usualMachine();

/// Another network namespace of the machine, and its sample.
struct ScriptedNetns {
    NetnsId netns = 77;
    std::string name = "web";
    NetnsTier tier = NetnsTier::Mine;
    NetnsInside inside{};
    std::vector<Scripted> connections;
};

/// What a sample tells beside its connections.
struct SampleScript {
    std::vector<Scripted> connections;
    std::vector<std::uint8_t> detail; ///< tcp_info as it came for Query::selected
    std::vector<Sentence> notes;
    NetnsId netns = kNetns;
    std::vector<ScriptedNetns> others{}; ///< those that were in the sample before and are not in this one are gone
};

/// Frames of one run of the program, one after the other: made by a Monitor whose source plays what a test says, the
/// machine included. Nothing of the machine that runs the test goes in, neither its settings nor its clock.
class FrameSeries {
public:
    explicit FrameSeries(MachineFacts machine = usualMachine(), bool live = true);
    ~FrameSeries();
    FrameSeries(FrameSeries&&) noexcept;

    /// The next frame. Its dump lasts from the first to the last `sampled` of its connections; without any, a second
    /// has passed.
    FramePtr next(SampleScript script, const Query& query = {.sort = SortKey::Kernel});
    FramePtr next(std::vector<Scripted> connections) { return next(SampleScript{std::move(connections), {}, {}}); }
    /// The next sample fails.
    FramePtr fail(Error error);
    /// The settings, the tick and the names from the next sample on.
    MachineFacts& machine();

private:
    struct Stage;
    class StageSource;
    Monitor& monitor();
    void play(Stage& stage, SampleScript script);
    void playOthers(const std::vector<ScriptedNetns>& others);

    std::unique_ptr<Stage> m_stage;
    std::map<NetnsId, std::unique_ptr<Stage>> m_others;
    std::unique_ptr<Monitor> m_monitor; ///< made with the first sample, which its run begins with
};

/// Puts one frame together: the first of a run, in the order in which connections were added.
class FrameMaker {
public:
    FrameMaker() = default;
    FrameMaker(std::initializer_list<Scripted> connections)
        : script{connections, {}, {}} {}
    explicit FrameMaker(std::vector<Scripted> connections)
        : script{std::move(connections), {}, {}} {}

    FrameMaker& add(Scripted connection);
    /// One more owner of a connection that was added.
    FrameMaker& owner(const Scripted& connection, Owner owner);
    /// Moves the sample to this moment.
    FrameMaker& at(MonotonicTime sampled);
    /// Samples the same connections so much later (or earlier): ages and timers run, and nothing else happens.
    FrameMaker& after(std::chrono::nanoseconds time);

    FramePtr build() const;

    SampleScript script;
    MachineFacts machine = usualMachine();
    Query query{.sort = SortKey::Kernel};
    bool live = true; ///< false: a recording
};

/// A frame of its own, to be changed by whoever tests what other threads add to one.
inline Frame makeFrame(std::vector<Scripted> connections) {
    return *FrameMaker(std::move(connections)).build();
}

/// The row that core makes of one connection.
inline Row makeRow(Scripted connection) {
    return FrameMaker{std::move(connection)}.build()->rows.front();
}

} // namespace halfopen::test
