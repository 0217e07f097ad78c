// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/destroy_event.h"
#include "core/stream/messages.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace halfopen::stream {

/// What the numbers of a machine mean, and its settings and tick. Immutable once published.
struct FarFacts {
    TcpSysctls sysctls;
    TickClock clock;
    Names names;
};

/// One dump of another machine, with what it was told with. Immutable.
struct FarDump {
    std::uint64_t number = 0; ///< rising, from 1 on
    Begin begin;
    std::vector<BatchMark> batches; ///< in the order of the kernel
    std::vector<std::byte> bytes;   ///< of all of them, one after the other
    End end;
    std::shared_ptr<const FarFacts> facts; ///< never null
};
using FarDumpPtr = std::shared_ptr<const FarDump>;

/// Puts together what another machine tells; no more of it than the limits allow. Not thread-safe.
class FarMachine {
public:
    /// @param host  by whose name it is told what is wrong
    explicit FarMachine(std::string host)
        : m_host(std::move(host)) {}

    /// @return Unreadable: it tells more than can be true, or in an order that makes no sense
    Result<void> take(Message&& message, ByteView raw);

    const Hello& hello() const { return m_hello; }
    /// A dump that has not ended yet.
    bool isInDump() const { return m_begun != nullptr; }
    /// The last whole one; null: there was none yet.
    const FarDumpPtr& dump() const { return m_dump; }
    /// Why the last one could not be had; nullopt: it could.
    const std::optional<Failed>& failed() const { return m_failed; }

    // What has come since the call before.
    std::vector<ToldSocket> takeTold();
    std::vector<DestroyEvent> takeEvents();
    std::uint64_t takeLost();
    std::vector<Clocks> takePongs();
    bool hasEvents() const { return !m_events.empty() || m_lost != 0; }

    /// The line was lost and another one is there: what was told of the dump at hand is void, and ends in between were
    /// not heard.
    void beginAgain();

private:
    Result<void> add(Hello&& hello, ByteView);
    Result<void> add(Begin&& begin, ByteView);
    Result<void> add(BatchMark&& mark, ByteView raw);
    Result<void> add(EventsMark&& mark, ByteView raw);
    Result<void> add(Pong&& pong, ByteView);
    Result<void> add(TcpSysctls&& sysctls, ByteView);
    Result<void> add(TickClock&& clock, ByteView);
    Result<void> add(Names&& names, ByteView);
    Result<void> add(Told&& told, ByteView);
    Result<void> add(End&& end, ByteView);
    Result<void> add(Failed&& failed, ByteView);
    Result<void> add(std::monostate, ByteView) { return {}; }
    FarFacts& changed();

    std::string m_host;
    Hello m_hello;
    std::shared_ptr<FarDump> m_begun;
    FarDumpPtr m_dump;
    std::optional<Failed> m_failed;
    std::shared_ptr<const FarFacts> m_facts = std::make_shared<const FarFacts>();
    std::unordered_map<std::uint64_t, ToldSocket> m_told; ///< by cookie, not taken yet
    std::vector<DestroyEvent> m_events;
    std::vector<Clocks> m_pongs;
    std::uint64_t m_lost = 0;
    std::uint64_t m_number = 0;
};

} // namespace halfopen::stream
