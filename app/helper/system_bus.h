// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/helper/event_loop.h"
#include "app/sdbus/sd_bus_pointers.h"

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace halfopen {

/// A method of somebody on the bus, or with the sender as `service` a signal.
struct BusMember {
    const char* service;
    const char* path;
    const char* interface;
    const char* name;
};

/// The helper's place on the system bus, by sd-bus(3); nothing here waits but what says so. Of the thread of its loop,
/// which outlives it.
class SystemBus {
public:
    using Append = std::function<int(sd_bus_message*)>; ///< appends the arguments; below 0 where that failed
    using Received = std::function<void(sd_bus_message*)>;

    static constexpr std::uint64_t kUsual = 0;         ///< time limit: 25 s
    static constexpr std::uint64_t kNone = UINT64_MAX; ///< no time limit

    /// Waits until the bus has let this process in. @return null where there is none
    static std::unique_ptr<SystemBus> open(const EventLoop& loop);
    SystemBus(const SystemBus&) = delete;
    SystemBus& operator=(const SystemBus&) = delete;

    /// @param answered   called once, with the answer or an error; null: nothing could be asked, and then at once
    /// @param timeLimit  in us
    void call(const BusMember& method, const Append& append, Received answered, std::uint64_t timeLimit = kUsual);
    /// Nobody waits for an answer.
    void send(const BusMember& method, const Append& append);
    /// Calls this with each such signal, as long as this lives. Waits for the bus.
    bool watch(const BusMember& signal, Received onSignal);

    bool takeName(const char* name);     ///< waits for the bus
    void giveNameBack(const char* name); ///< likewise

    sd_bus* get() const { return m_bus.get(); }

private:
    explicit SystemBus(SdBusPtr bus)
        : m_bus(std::move(bus)) {}
    SdBusMessage newCall(const BusMember& method, const Append& append) const;

    std::deque<Received> m_watchers;
    SdBusPtr m_bus; ///< goes first: it refers to the others
};

} // namespace halfopen
