// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sdbus/helper_bus.h"

#include "app/contract/bus_sentence.h"
#include "app/contract/helper_names.h"

#include <cerrno>
#include <cstdint>

namespace halfopen {
namespace {

constexpr std::uint64_t kNoTimeout = UINT64_MAX;

int keepAnswer(sd_bus_message* message, void* answer, sd_bus_error*) {
    static_cast<SdBusMessage*>(answer)->reset(sd_bus_message_ref(message));
    return 0;
}

/// Of an answer that is an error.
Sentence sentenceOf(sd_bus_message* message) {
    const char* english = "";
    const char* parts = "";
    sd_bus_message_rewind(message, 1);
    if (sd_bus_message_read(message, "s", &english) > 0)
        sd_bus_message_read(message, "s", &parts); // none from an older helper, nor from the bus
    return sentenceFrom(english, parts);
}

} // namespace

Outcome<SdBusMessage> HelperBus::call(const HelperCall& call) {
    auto answer = ask(call);
    if (answer && sd_bus_message_is_method_error(answer->get(), kUnknownObject.data()) > 0)
        answer = ask(call);
    const sd_bus_error* error = answer ? sd_bus_message_get_error(answer->get()) : nullptr;
    if (error == nullptr)
        return answer;
    return tl::unexpected(
        explain(error->name, sentenceOf(answer->get()), situationHere(call.command, call.interactive)));
}

/// Waits until the bus has let this process in.
bool HelperBus::connect() {
    if (m_bus && sd_bus_is_open(m_bus.get()) > 0)
        return true;
    sd_bus* bus = nullptr;
    if (sd_bus_open_system(&bus) < 0)
        return false;
    m_bus.reset(bus);
    const char* name = nullptr;
    return sd_bus_get_unique_name(bus, &name) >= 0;
}

/// @return the answer, which may be an error
Outcome<SdBusMessage> HelperBus::ask(const HelperCall& call) {
    if (!connect())
        return tl::unexpected(explainNoBus(situationHere(call.command, call.interactive)));
    sd_bus_message* made = nullptr;
    int failed =
        sd_bus_message_new_method_call(m_bus.get(), &made, kHelperName, kHelperObject, kHelperName, call.method);
    const SdBusMessage message(made);
    if (failed >= 0)
        failed = sd_bus_message_set_allow_interactive_authorization(made, call.interactive ? 1 : 0);
    if (failed >= 0 && call.append)
        failed = call.append(made);
    if (failed < 0)
        return refusal(PrivilegeErrorKind::WriteFailed, Sentence::tr("The helper could not be asked: {0} ({1}).",
                                                                     Errno{-failed}, std::string(call.method)));
    auto answer = wait(made);
    if (!answer)
        return tl::unexpected(explain(SD_BUS_ERROR_NO_REPLY, {}, situationHere(call.command, call.interactive)));
    return answer;
}

/// @return null where the bus has gone; who waits for an answer then is told so by sd-bus, as an error
SdBusMessage HelperBus::wait(sd_bus_message* message) {
    SdBusMessage answer;
    sd_bus_slot* slot = nullptr;
    int state = sd_bus_call_async(m_bus.get(), &slot, message, keepAnswer, &answer, kNoTimeout);
    const SdBusSlot waiting(slot);
    while (!answer && state >= 0) {
        state = sd_bus_process(m_bus.get(), nullptr);
        if (state == 0)
            state = sd_bus_wait(m_bus.get(), kNoTimeout);
        if (state == -EINTR)
            state = 0;
    }
    return answer;
}

} // namespace halfopen
