// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/far_machine.h"

#include "core/kernel/diag/event_source.h"
#include "core/stream/far_reader.h"
#include "core/stream/limits.h"

#include <algorithm>
#include <utility>

namespace halfopen::stream {

namespace {

Error outOfOrder(const std::string& host) {
    return noSense(host, Sentence::tr("it is out of order"));
}

template <class Map>
void merge(Map& to, Map&& from) {
    for (auto& [number, name] : from)
        to.insert_or_assign(number, std::move(name));
}

} // namespace

Result<void> FarMachine::take(Message&& message, ByteView raw) {
    return std::visit([&](auto&& one) { return add(std::forward<decltype(one)>(one), raw); }, std::move(message));
}

Result<void> FarMachine::add(Hello&& hello, ByteView) {
    m_hello = std::move(hello);
    m_begun = nullptr;
    m_facts = std::make_shared<const FarFacts>(); // all of it is told again
    m_told.clear();
    return {};
}

Result<void> FarMachine::add(Begin&& begin, ByteView) {
    if (m_begun) // the time for it would begin anew
        return tl::unexpected(outOfOrder(m_host));
    if (begin.bytes > kMostDump)
        return tl::unexpected(tooMuch(m_host));
    m_begun = std::make_shared<FarDump>();
    m_begun->begin = begin;
    return {};
}

Result<void> FarMachine::add(BatchMark&& mark, ByteView raw) {
    if (!m_begun)
        return tl::unexpected(outOfOrder(m_host));
    if (m_begun->bytes.size() + raw.size() > kMostDump)
        return tl::unexpected(tooMuch(m_host));
    m_begun->batches.push_back(mark);
    m_begun->bytes.insert(m_begun->bytes.end(), raw.begin(), raw.end());
    return {};
}

/// What nobody takes is not kept for ever; then ends are told by the dumps.
Result<void> FarMachine::add(EventsMark&& mark, ByteView raw) {
    m_lost += mark.lost;
    if (m_events.size() >= kMostEvents) {
        m_events.clear();
        ++m_lost;
    }
    m_lost += decodeDestroyEvents(raw, mark.received, m_events);
    return {};
}

Result<void> FarMachine::add(Pong&& pong, ByteView) {
    if (m_pongs.size() >= kMostEvents)
        return tl::unexpected(tooMuch(m_host));
    m_pongs.push_back(pong.clocks);
    return {};
}

/// A copy that may be changed until a dump publishes it.
FarFacts& FarMachine::changed() {
    auto copy = std::make_shared<FarFacts>(*m_facts);
    FarFacts& mine = *copy;
    m_facts = std::move(copy);
    return mine;
}

Result<void> FarMachine::add(TcpSysctls&& sysctls, ByteView) {
    changed().sysctls = sysctls;
    return {};
}

Result<void> FarMachine::add(TickClock&& clock, ByteView) {
    changed().clock = clock;
    return {};
}

Result<void> FarMachine::add(Names&& names, ByteView) {
    Names& known = changed().names;
    merge(known.users, std::move(names.users));
    merge(known.interfaces, std::move(names.interfaces));
    merge(known.units, std::move(names.units));
    if (known.users.size() + known.interfaces.size() + known.units.size() > kMostNames)
        return tl::unexpected(tooMuch(m_host));
    return {};
}

Result<void> FarMachine::add(Told&& told, ByteView) {
    for (ToldSocket& socket : told.sockets)
        m_told.insert_or_assign(socket.cookie, std::move(socket));
    if (m_told.size() > kMostSockets)
        return tl::unexpected(tooMuch(m_host));
    return {};
}

Result<void> FarMachine::add(End&& end, ByteView) {
    if (!m_begun)
        return tl::unexpected(outOfOrder(m_host));
    m_begun->end = std::move(end);
    m_begun->facts = m_facts;
    m_begun->number = ++m_number;
    m_dump = std::move(m_begun);
    m_begun = nullptr;
    m_failed.reset();
    return {};
}

Result<void> FarMachine::add(Failed&& failed, ByteView) {
    m_begun = nullptr;
    m_failed = std::move(failed);
    return {};
}

std::vector<ToldSocket> FarMachine::takeTold() {
    std::vector<ToldSocket> told;
    told.reserve(m_told.size());
    for (auto& [cookie, socket] : std::exchange(m_told, {}))
        told.push_back(std::move(socket));
    return told;
}

std::vector<DestroyEvent> FarMachine::takeEvents() {
    return std::exchange(m_events, {});
}

std::uint64_t FarMachine::takeLost() {
    return std::exchange(m_lost, 0);
}

std::vector<Clocks> FarMachine::takePongs() {
    return std::exchange(m_pongs, {});
}

void FarMachine::beginAgain() {
    m_begun = nullptr;
    m_failed.reset();
    m_pongs.clear();
    m_lost = std::max<std::uint64_t>(m_lost, 1); // however often it was tried
}

} // namespace halfopen::stream
