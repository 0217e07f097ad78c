// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stream/far_reader.h"
#include "core/stream/first_line.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace halfopen::stream {

/// What the shell over there is to run where there is no halfopenctl: for each line that it reads it tells what ss(8)
/// of iproute2 knows, between two readings of /proc/uptime. Nothing of a person is in it.
/// @param nonce  isNonce()
std::string ssCommand(std::string_view nonce);

/// What that says: the kernel's messages as `ss --diag` writes them, without owners, options and ends. Its clock is
/// /proc/uptime, that is CLOCK_BOOTTIME in steps of 10 ms: End::stampError. Its tick is what its kernel was built with,
/// or else what all its timers are whole multiples of.
class SsReader final : public FarReader {
public:
    /// @param host  by whose name it is told what is missing or wrong
    SsReader(std::string_view nonce, std::string host);

    Result<void> feed(ByteView bytes, const Take& take) override;
    bool begun() const override { return m_firstLine.found(); }
    const std::string& noise() const override { return m_firstLine.noise(); }

private:
    /// What comes next.
    enum class At : std::uint8_t { Hello, Round, Uptime, Settings, Sockets, UptimeAfter };

    Result<bool> step(const Take& take);
    Result<void> takeLine(const std::string& line, const Take& take);
    Result<void> sayHello(const Take& take);
    Result<void> begin(std::string_view uptime, const Take& take);
    Result<bool> takeSocket(const Take& take);
    void learnTick(ByteView socket);
    Result<void> end(std::string_view uptime, const Take& take);
    Result<void> tellFacts(const Take& take);
    ByteView rest() const { return ByteView(m_bytes).subspan(m_taken); }

    std::string m_host;
    FirstLine m_firstLine;
    At m_at = At::Hello;
    std::vector<std::byte> m_bytes; ///< not taken yet
    std::size_t m_taken = 0;        ///< of m_bytes
    std::vector<std::string> m_hello;
    std::unordered_map<std::string, std::string> m_files; ///< of this round, below /proc/sys
    MonotonicTime m_before{};
    std::vector<std::byte> m_sockets; ///< of this round
    std::vector<std::uint32_t> m_batches;
    bool m_batchEnds = false; ///< the last one is of a dump that is complete, and nothing is read behind it
    int m_dumps = 0;          ///< of this round, that are complete: one of each family
    TcpSysctls m_toldSysctls;
    TickClock m_clock;
    bool m_tickBuilt = false;        ///< m_clock is what its kernel was built with
    std::uint32_t m_tickDivisor = 0; ///< ms, of all timers
    int m_timers = 0;                ///< that it is known by
    bool m_toldFacts = false;
};

} // namespace halfopen::stream
