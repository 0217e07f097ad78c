// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/stream/stream_reader.h"

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

namespace halfopen::test {

/// `halfopenctl stream` as a process of its own, and this test the other side of it.
class FarEnd {
public:
    /// @param words  behind "stream --nonce ab12"
    explicit FarEnd(const std::vector<std::string>& words);
    ~FarEnd();
    FarEnd(const FarEnd&) = delete;
    FarEnd& operator=(const FarEnd&) = delete;

    void say(std::string_view line) const;
    void closeInput() { m_input.reset(); }
    /// Reads until `enough` says so of a message (with its bytes), or the other side has closed.
    /// @return whether it said so
    bool readUntil(const std::function<bool(const stream::Message&, ByteView)>& enough);
    /// Waits for its end. @return its exit code; -1: a signal
    int exitCode();

    const stream::Hello& hello() const { return m_hello; }
    std::size_t bytes() const { return m_bytes; } ///< read so far

private:
    pid_t m_pid = 0;
    UniqueFd m_input;
    UniqueFd m_output;
    stream::StreamReader m_reader{"ab12", "far"};
    stream::Hello m_hello;
    std::size_t m_bytes = 0;
};

} // namespace halfopen::test
