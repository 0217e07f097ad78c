// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/stream/clock_map.h"
#include "core/stream/conversation.h"
#include "core/stream/far_command.h"
#include "core/stream/far_machine.h"
#include "core/stream/limits.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace halfopen::stream {

/// The line to another machine, on a thread of its own: it asks for the clocks there, reads what is told, and begins
/// again where the line is lost, without asking anybody. Thread-safe.
class RemoteLink {
public:
    /// What is run for a connection. @param shared  see farCommand()
    using Command = std::function<std::vector<std::string>(const std::string& nonce, Asking asking, bool shared,
                                                           FarProgram program)>;

    /// Connects at once. @param asking  how ssh may ask at first; later it never does
    RemoteLink(FarRequest request, Asking asking, Command command = {}, TimeLimits limits = {});
    ~RemoteLink();
    RemoteLink(const RemoteLink&) = delete;
    RemoteLink& operator=(const RemoteLink&) = delete;

    /// What the line told last.
    struct News {
        FarDumpPtr dump;            ///< null: there was none yet
        std::optional<Error> error; ///< why there is none newer: the line is lost, or the dump could not be had
        Hello hello;
        std::uint32_t host = 0; ///< HostContext::host: another one where it has booted since
        ClockMap::Mapping clocks;
        MonotonicTime heard{}; ///< when something was heard last, by this machine's clock
    };
    /// Waits for a dump after this one, or an error, or until nothing was heard for some seconds: then the dump is none
    /// after this one.
    /// @param after  FarDump::number; 0: any, for as long as it takes. The numbers go on over a lost line
    News waitAfter(std::uint64_t after);

    /// How often a dump is wanted from now on; the other side learns it with the next question, within kPingEvery.
    void setInterval(std::chrono::milliseconds interval);
    /// Nobody wants more of it: whoever waits is answered with an error. Does not wait for the end of the connection,
    /// as the destructor does for some hundred milliseconds.
    void end();

    // What has come since the call before.
    std::vector<ToldSocket> takeTold();
    std::vector<DestroyEvent> takeEvents();
    std::uint64_t takeLost();
    /// Readable for poll(2) where there are events to be taken.
    int eventDescriptor() const { return m_eventsCame.get(); }

    const FarRequest& request() const { return m_request; }

private:
    void run(const std::stop_token& stop);
    Result<Conversation::Outcome> converse();
    std::optional<std::chrono::milliseconds> firstWordWithin() const;
    void begin();
    std::chrono::milliseconds interval() const;
    void lose(const Error& why, std::chrono::seconds again);
    void giveUp(const Error& why);
    std::optional<Error> refusal() const;
    void sleep(std::chrono::seconds time) const;
    Result<void> take(Message&& message, ByteView raw);
    void meet(const Hello& hello);
    bool owesAnswer() const;
    void answer(const std::vector<Clocks>& pongs);
    void publish();

    FarRequest m_request; ///< its interval guarded by m_mutex
    Asking m_asking;
    Command m_command;
    TimeLimits m_limits;
    UniqueFd m_wake;                                ///< eventfd(2): it is time to stop
    UniqueFd m_eventsCame;                          ///< likewise: there are events to be taken
    FarProgram m_program = FarProgram::Halfopenctl; ///< of the thread alone
    bool m_shared = true;                           ///< of the thread alone: a connection of another ssh may be taken
    std::size_t m_failures = 0;                     ///< likewise: since a dump came

    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    FarMachine m_machine; ///< guarded by m_mutex, as all below
    ClockMap m_clocks;
    std::deque<MonotonicTime> m_asked; ///< when the questions were sent that have no answer yet
    News m_news;
    std::string m_bootId;
    bool m_final = false; ///< it is over
    std::jthread m_thread;
};

} // namespace halfopen::stream
