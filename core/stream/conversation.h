// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stream/far_command.h"
#include "core/stream/far_process.h"
#include "core/stream/far_reader.h"
#include "core/stream/limits.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace halfopen::stream {

/// One connection to another machine, from its start to its end: reads what comes, asks for the clocks there, and ends
/// it where it takes too long. One thread.
class Conversation {
public:
    /// How it has ended.
    struct Outcome {
        std::optional<Error> cutOff;      ///< why no other one is tried: what it tells makes no sense
        bool begun = false;               ///< the first line came
        bool toldDump = false;            ///< and a dump
        bool silent = false;              ///< it was ended because nothing came in time
        std::chrono::nanoseconds took{0}; ///< from its start to its end
        bool stopped = false;             ///< it was ended because nobody wants more
        int status = 0;                   ///< wait status of its process
        std::string errorText;            ///< of its stderr, the last kMostErrorText
        std::string noise;                ///< before the first line, the last kMostErrorText
    };

    /// @param reader     of what that program says
    /// @param firstWord  within which it has to say anything; nullopt: ssh may be asking a person
    /// @param interval   how often a dump is wanted: what it is started with, and then asked before each question
    /// @param take       takes each message
    /// @param asked      called before each question, with the moment
    Conversation(FarProcess& process, FarProgram program, std::unique_ptr<FarReader> reader,
                 std::optional<std::chrono::milliseconds> firstWord, TimeLimits limits,
                 std::function<std::chrono::milliseconds()> interval, FarReader::Take take,
                 std::function<void(MonotonicTime)> asked);

    /// @param wake  readable when it is to end
    Outcome run(int wake);

private:
    bool wait(int wake);
    bool readOutput();
    void readErrors();
    Result<void> take(Message&& message, ByteView raw);
    void ask();
    std::optional<MonotonicTime> deadline() const;

    FarProcess& m_process;
    std::unique_ptr<FarReader> m_reader;
    FarProgram m_program;
    std::optional<std::chrono::milliseconds> m_firstWord;
    TimeLimits m_limits;
    std::function<std::chrono::milliseconds()> m_wanted;
    std::chrono::milliseconds m_interval; ///< as the other side knows it
    FarReader::Take m_take;
    std::function<void(MonotonicTime)> m_asked;
    Outcome m_outcome;
    MonotonicTime m_started;
    std::optional<MonotonicTime> m_firstByte;
    std::optional<MonotonicTime> m_hello;
    std::optional<MonotonicTime> m_dumpBegan; ///< that has not ended
    MonotonicTime m_dumpEnded{};
    MonotonicTime m_lastQuestion{};
    MonotonicTime m_nextQuestion{};
    int m_answers = 0;
};

} // namespace halfopen::stream
