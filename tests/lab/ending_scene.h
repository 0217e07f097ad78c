// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"
#include "core/lab/laboratory.h"
#include "core/model/ended_connection.h"
#include "core/monitor/monitor.h"

#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace halfopen::test {

/// A laboratory with a peer that listens, and a monitor that samples ten times a second and keeps records.
class EndingScene {
public:
    static constexpr const char* kPeer = "198.51.100.7";
    static constexpr std::uint16_t kPort = 5432;

    explicit EndingScene(lab::Laboratory laboratory)
        : lab(std::move(laboratory)) {}

    /// Makes the peer and its listener. @return "" or what went wrong
    std::string begin();
    /// Begins to sample and to keep records. @return "" or what went wrong
    std::string look();

    Result<lab::Connected> connect(const lab::SocketOptions& options = {});
    void sample();
    /// It was not looked at ten times a second, or an end's event came after the samples that lacked the socket, as it
    /// does where the kernel has thousands to free: what is told of an end goes by less than the test expects.
    bool wasLate() const { return m_late || missedAnEvent(); }
    /// Samples every 100 ms, taking events in between as the sampler does.
    void watch(std::chrono::milliseconds time);
    /// Watches until the options of this socket have been read, at most five seconds.
    void learn(std::uint64_t cookie);
    /// The record of this socket, at most `within` later; else null.
    EndedConnectionPtr await(std::uint64_t cookie, std::chrono::milliseconds within);

    lab::Laboratory lab;
    IpAddress peer = *IpAddress::parse(kPeer);
    UniqueFd listener;
    HistoryPtr history;
    std::unique_ptr<Monitor> monitor;
    FramePtr frame;

private:
    bool missedAnEvent() const;

    MonotonicTime m_sampled{};
    bool m_late = false;
};

/// Plays in a scene of its own, in a child, as `uid` where one is given; once more, twice at most, where something is
/// wrong and the scene was late. @return "" or what is wrong
std::string inScene(const std::function<std::string(EndingScene&)>& play, std::optional<uid_t> uid = std::nullopt);

/// "reset certain"; "no record".
std::string wordsOf(const EndedConnectionPtr& record);
/// "" where it is told as expected; else what was told, and why.
std::string differs(const EndedConnectionPtr& record, const std::string& expected);

/// SO_ERROR: what the program is told, once.
int errorOf(int socket);
/// What the program is told against what the record says; a record that does not know says nothing.
std::string errorDiffers(const EndedConnectionPtr& record, int error);

} // namespace halfopen::test
