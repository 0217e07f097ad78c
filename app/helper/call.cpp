// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/call.h"

#include "app/contract/bus_sentence.h"

#include <string_view>

namespace halfopen {
namespace {

/// Nobody can be told where that fails: the bus is gone, or the caller.
void sendReply(sd_bus_message* reply) {
    sd_bus_send(nullptr, reply, nullptr);
}

} // namespace

std::string Call::sender() const {
    const char* name = sd_bus_message_get_sender(m_message.get());
    return name == nullptr ? "" : name;
}

bool Call::allowsDialog() const {
    return sd_bus_message_get_allow_interactive_authorization(m_message.get()) > 0;
}

void Call::answer(const Answer& answer) const {
    sd_bus_message* made = nullptr;
    if (sd_bus_message_new_method_return(m_message.get(), &made) < 0)
        return;
    const SdBusMessage reply(made);
    if (append(made, answer) >= 0)
        return sendReply(made);
    // No descriptor was to be had for those that go along.
    refuse({PrivilegeErrorKind::Busy, Sentence::tr("The helper has too many files open."), {}});
}

void Call::refuse(const PrivilegeError& error) const {
    std::string name(busName(error.kind));
    if (name.empty()) // a kind that only clients know
        name = busName(PrivilegeErrorKind::WriteFailed);
    const sd_bus_error named{name.c_str(), nullptr, 0};
    sd_bus_message* made = nullptr;
    if (sd_bus_message_new_method_error(m_message.get(), &made, &named) < 0)
        return;
    const SdBusMessage reply(made);
    const std::string parts = partsOf(error.sentence);
    if (append(made, inEnglish(error)) >= 0 && (parts.empty() || append(made, parts) >= 0))
        sendReply(made);
}

} // namespace halfopen
