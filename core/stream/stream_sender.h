// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/destroy_events.h"
#include "core/kernel/process/machine_watch.h"
#include "core/monitor/monitor.h"
#include "core/stream/compression.h"
#include "core/stream/messages.h"
#include "core/stream/told_so_far.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace halfopen::stream {

/// The machine that is looked at: one sample after the other of the calling thread's network namespace, as messages.
/// What was found out about the sockets, and the settings, are told where they are news. One thread.
class StreamSender {
public:
    struct Options {
        std::string nonce;     ///< isNonce()
        bool owners = false;   ///< look for owners and options, and tell them
        bool zstd = false;     ///< compress, where both sides can
        bool calibrate = true; ///< open a connection of its own where the tick cannot be read otherwise
    };

    /// @return the errors of NetlinkSource::open()
    static Result<std::unique_ptr<StreamSender>> open(const Options& options);
    ~StreamSender();
    /// What is said instead of a stream where none can be opened.
    static std::vector<std::byte> refusal(const std::string& nonce, const Error& why);

    // Each appends to what takeOutput() gives.
    void sayHello();
    /// Takes a sample and tells it. @param interval  between two of them. @return false where it failed, which is told
    bool sample(std::chrono::milliseconds interval);
    /// The answer to a '.'.
    void answerPing();
    /// The destroy events that have come; to be called soon after eventDescriptor() is readable.
    void tellEvents();
    /// For poll(2); -1 where the kernel tells none.
    int eventDescriptor() const { return m_events ? m_events->descriptor() : -1; }

    /// Looks for owners and options for about so long. @return true when the next sample will show something new
    bool lookUp(std::chrono::nanoseconds budget) { return m_monitor->lookUp(budget); }
    bool settled() const { return m_monitor->settled(); }
    bool idle() const { return m_monitor->idle(); }

    /// What is to be written, in this order.
    std::vector<std::byte> takeOutput();

private:
    class TappedSource;

    explicit StreamSender(const Options& options);
    void put(const std::vector<std::byte>& messages);
    void tellDump(const Clocks& clocks);
    void tellFacts(const Frame& frame);
    End endOf(const Frame& frame) const;

    Options m_options;
    Hello m_hello;
    std::unique_ptr<DestroyEvents> m_events; ///< null where the kernel tells none
    std::unique_ptr<Monitor> m_monitor;
    TappedSource* m_source = nullptr; ///< of m_monitor
    std::unique_ptr<Compressor> m_compressor;
    std::vector<std::byte> m_waiting; ///< to be compressed, until it is known how large a dump is
    std::vector<std::byte> m_output;
    ToldSoFar m_told;
    std::optional<TcpSysctls> m_sysctls; ///< as told last
    std::optional<TickClock> m_clock;
    Names m_names;
    bool m_first = true;
};

} // namespace halfopen::stream
