// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/authority.h"

#include <string_view>
#include <utility>

namespace halfopen {
namespace {

constexpr BusMember authorityCall(const char* method) {
    return {"org.freedesktop.PolicyKit1", "/org/freedesktop/PolicyKit1/Authority",
            "org.freedesktop.PolicyKit1.Authority", method};
}

std::string cancellationId(std::uint64_t id) {
    return "halfopen-" + std::to_string(id);
}

/// (bba{ss}), of which only this counts.
struct Decision {
    bool authorized = false;
    bool challenge = false;
    bool dismissed = false;
};

/// Whether a dictionary of texts has this key.
int readHasKey(sd_bus_message* message, std::string_view wanted, bool& has) {
    int there = sd_bus_message_enter_container(message, SD_BUS_TYPE_ARRAY, "{ss}");
    while (there > 0) {
        const char* key = "";
        const char* value = "";
        there = sd_bus_message_read(message, "{ss}", &key, &value);
        has = has || (there > 0 && wanted == key);
    }
    return there < 0 ? there : sd_bus_message_exit_container(message);
}

bool readDecision(sd_bus_message* answer, Decision& decision) {
    return sd_bus_message_has_signature(answer, "(bba{ss})") > 0 &&
           sd_bus_message_enter_container(answer, SD_BUS_TYPE_STRUCT, "bba{ss}") > 0 &&
           read(answer, decision.authorized) > 0 && read(answer, decision.challenge) > 0 &&
           readHasKey(answer, "polkit.dismissed", decision.dismissed) >= 0;
}

Outcome<void> outcomeOf(const Decision& decision) {
    if (decision.authorized)
        return {};
    if (decision.challenge)
        return refusal(PrivilegeErrorKind::InteractionRequired,
                       Sentence::tr("This needs an administrator's authentication."));
    if (decision.dismissed)
        return refusal(PrivilegeErrorKind::Dismissed, Sentence::tr("The authentication dialog was dismissed."));
    return refusal(PrivilegeErrorKind::NotAuthorized,
                   Sentence::tr("The policy of this machine does not allow it, or the authentication failed."));
}

/// @param answer  null: polkit could not be asked
Outcome<void> outcomeOf(sd_bus_message* answer) {
    Decision decision;
    if (answer != nullptr && sd_bus_message_is_method_error(answer, nullptr) == 0 && readDecision(answer, decision))
        return outcomeOf(decision);
    return refusal(PrivilegeErrorKind::NoAuthority,
                   Sentence::tr("polkit did not answer: it is not installed, not running, or does not know Halfopen's "
                                "actions."));
}

} // namespace

void Authority::ask(std::uint64_t id, const Question& question, Answered answered) {
    const auto append = [&](sd_bus_message* call) {
        int done = sd_bus_message_append(call, "(sa{sv})s", "system-bus-name", 1, "name", "s", question.caller.c_str(),
                                         question.action.c_str());
        done = done < 0 ? done : halfopen::append(call, question.details);
        const std::uint32_t allowInteraction = question.interactive ? 1 : 0;
        return done < 0 ? done : sd_bus_message_append(call, "us", allowInteraction, cancellationId(id).c_str());
    };
    // A dialog may stay open for as long as its person wants.
    m_bus.call(
        authorityCall("CheckAuthorization"), append,
        [answered = std::move(answered)](sd_bus_message* answer) { answered(outcomeOf(answer)); }, SystemBus::kNone);
}

void Authority::withdraw(std::uint64_t id) {
    m_bus.send(authorityCall("CancelCheckAuthorization"),
               [id](sd_bus_message* call) { return sd_bus_message_append(call, "s", cancellationId(id).c_str()); });
}

} // namespace halfopen
