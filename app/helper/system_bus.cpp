// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/system_bus.h"

#include <utility>

namespace halfopen {
namespace {

int onAnswer(sd_bus_message* answer, void* answered, sd_bus_error*) {
    (*static_cast<SystemBus::Received*>(answered))(answer);
    return 0;
}

int onSignalOf(sd_bus_message* signal, void* watcher, sd_bus_error*) {
    (*static_cast<SystemBus::Received*>(watcher))(signal);
    return 0; // others may have it, too
}

} // namespace

std::unique_ptr<SystemBus> SystemBus::open(const EventLoop& loop) {
    sd_bus* opened = nullptr;
    if (sd_bus_open_system(&opened) < 0)
        return nullptr;
    SdBusPtr bus(opened);
    const char* name = nullptr;
    if (sd_bus_get_unique_name(opened, &name) < 0 ||
        sd_bus_attach_event(opened, loop.get(), SD_EVENT_PRIORITY_NORMAL) < 0)
        return nullptr;
    return std::unique_ptr<SystemBus>(new SystemBus(std::move(bus)));
}

SdBusMessage SystemBus::newCall(const BusMember& method, const Append& append) const {
    sd_bus_message* made = nullptr;
    if (sd_bus_message_new_method_call(m_bus.get(), &made, method.service, method.path, method.interface, method.name) <
        0)
        return nullptr;
    SdBusMessage message(made);
    return append(made) < 0 ? nullptr : std::move(message);
}

void SystemBus::call(const BusMember& method, const Append& append, Received answered, std::uint64_t timeLimit) {
    const SdBusMessage message = newCall(method, append);
    auto waiting = std::make_unique<Received>(std::move(answered));
    sd_bus_slot* slot = nullptr;
    if (!message || sd_bus_call_async(m_bus.get(), &slot, message.get(), onAnswer, waiting.get(), timeLimit) < 0)
        return (*waiting)(nullptr);
    // It goes with its answer, or with the bus.
    const SdBusSlot ours(slot);
    sd_bus_slot_set_destroy_callback(slot, [](void* gone) { delete static_cast<Received*>(gone); });
    sd_bus_slot_set_floating(slot, 1);
    static_cast<void>(waiting.release());
}

void SystemBus::send(const BusMember& method, const Append& append) {
    const SdBusMessage message = newCall(method, append);
    if (message && sd_bus_message_set_expect_reply(message.get(), 0) >= 0)
        sd_bus_send(m_bus.get(), message.get(), nullptr);
}

bool SystemBus::watch(const BusMember& signal, Received onSignal) {
    m_watchers.push_back(std::move(onSignal));
    return sd_bus_match_signal(m_bus.get(), nullptr, signal.service, signal.path, signal.interface, signal.name,
                               onSignalOf, &m_watchers.back()) >= 0;
}

bool SystemBus::takeName(const char* name) {
    return sd_bus_request_name(m_bus.get(), name, 0) >= 0;
}

void SystemBus::giveNameBack(const char* name) {
    sd_bus_release_name(m_bus.get(), name);
}

} // namespace halfopen
