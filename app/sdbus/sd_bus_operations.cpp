// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sdbus/sd_bus_operations.h"

#include "app/contract/bus_exact.h"
#include "app/contract/bus_guard.h"
#include "app/contract/bus_keepalive.h"
#include "core/actions/guard_file.h"
#include "core/kernel/netns/netns_access.h"
#include "core/kernel/netns/netns_id.h"

#include <fcntl.h>

#include <string_view>
#include <utility>

namespace halfopen {
namespace {

Outcome<KeepaliveDefaults> inEffectOf(const SdBusMessage& answer) {
    KeepaliveDefaults values;
    if (sd_bus_message_has_signature(answer.get(), "(iii)") <= 0 ||
        sd_bus_message_read(answer.get(), "(iii)", &values.time, &values.interval, &values.probes) <= 0)
        return otherVersion();
    return values;
}

int readGuard(sd_bus_message* message, BusGuard& guard) {
    const char* unit = "";
    const int there =
        sd_bus_message_read(message, "(siiiutttt)", &unit, &guard.idle, &guard.interval, &guard.probes,
                            &guard.userTimeout, &guard.active, &guard.passive, &guard.asked, &guard.failed);
    guard.unit = unit;
    return there;
}

Outcome<std::vector<GuardState>> statesOf(const SdBusMessage& answer) {
    return listOf<BusGuard>(answer, "(siiiutttt)", readGuard).map([](const std::vector<BusGuard>& guards) {
        std::vector<GuardState> states;
        for (const BusGuard& one : guards)
            states.push_back(fromBus(one));
        return states;
    });
}

Outcome<void> nothingOf(const Outcome<SdBusMessage>& answer) {
    return answer ? Outcome<void>() : tl::unexpected(answer.error());
}

} // namespace

/// A call about one network namespace, which core knows by its inode and the helper by its cookie alone.
Outcome<SdBusMessage> SdBusOperations::callIn(std::uint64_t netns, HelperCall call) {
    const std::uint64_t cookie = netns == ownNetns() ? ownNetnsCookie() : 0;
    if (cookie == 0)
        return netnsNotOpened(netns);
    call.append = [cookie, rest = std::move(call.append)](sd_bus_message* message) {
        const int failed = sd_bus_message_append(message, "t", cookie);
        return failed < 0 || !rest ? failed : rest(message);
    };
    return m_bus.call(call);
}

RequestToken SdBusOperations::setKeepaliveDefaults(const KeepaliveChange& change,
                                                   Operations::Done<KeepaliveDefaults> done) {
    const auto append = [&change](sd_bus_message* message) {
        return sd_bus_message_append(message, "iiib", change.values.time, change.values.interval, change.values.probes,
                                     change.persist ? 1 : 0);
    };
    const auto answer = callIn(change.netns, {"SetKeepaliveDefaults", append, commandFor(change), true});
    if (answer)
        done(inEffectOf(*answer));
    else if (answer.error().kind == PrivilegeErrorKind::HelperGone)
        done(lookAgain(change, answer.error()));
    else
        done(tl::unexpected(answer.error()));
    return 0;
}

RequestToken SdBusOperations::forgetKeepaliveDefaults(std::uint64_t netns, Operations::Done<void> done) {
    done(nothingOf(callIn(netns, {"ForgetKeepaliveDefaults", {}, commandToForget(), true})));
    return 0;
}

RequestToken SdBusOperations::setGuard(const GuardRule& rule, bool persist, GuardOperations::Done<void> done) {
    if (auto checked = checkRule(rule); !checked) {
        done(tl::unexpected(toPrivilegeError(checked.error())));
        return 0;
    }
    const auto append = [&rule, persist](sd_bus_message* message) {
        return sd_bus_message_append(message, "siiiub", std::string(guardedName(rule.unit)).c_str(), rule.idle,
                                     rule.interval, rule.probes, static_cast<std::uint32_t>(rule.userTimeout),
                                     persist ? 1 : 0);
    };
    done(nothingOf(m_bus.call({"SetGuard", append, commandToGuard(rule, persist), true})));
    return 0;
}

RequestToken SdBusOperations::forgetGuard(const std::string& unit, GuardOperations::Done<void> done) {
    const auto append = [&unit](sd_bus_message* message) {
        return sd_bus_message_append(message, "s", std::string(guardedName(unit)).c_str());
    };
    done(nothingOf(m_bus.call({"ForgetGuard", append, commandToForgetGuard(unit), true})));
    return 0;
}

RequestToken SdBusOperations::listGuards(GuardOperations::Done<GuardList> done) {
    const auto answer = m_bus.call({"ListGuards", {}, {}, false});
    const auto states = answer ? statesOf(*answer) : tl::unexpected(answer.error());
    auto kept = readGuardFile().map_error(toPrivilegeError);
    if (kept)
        done(listedGuards(std::move(*kept), states.map_error(toError)));
    else
        done(tl::unexpected(kept.error()));
    return 0;
}

Outcome<ExactProgramsPtr> SdBusOperations::openExactSource() {
    const auto answer = m_bus.call({"OpenExactSource", {}, std::string(kCommandToReadExactly), true});
    if (!answer)
        return tl::unexpected(answer.error());
    int sockets = -1;
    int owners = -1;
    std::uint32_t version = 0;
    std::uint32_t size = 0;
    sd_bus_message* const message = answer->get();
    if (sd_bus_message_has_signature(message, kExactAnswer.data()) <= 0 ||
        sd_bus_message_read(message, "hhuu", &sockets, &owners, &version, &size) <= 0 ||
        sd_bus_message_enter_container(message, SD_BUS_TYPE_ARRAY, "h") <= 0)
        return otherVersion();
    const auto copyOf = [](int fd) { return UniqueFd(::fcntl(fd, F_DUPFD_CLOEXEC, 3)); };
    std::vector<UniqueFd> ends;
    for (int fd = -1; sd_bus_message_read(message, "h", &fd) > 0;)
        ends.push_back(copyOf(fd));
    std::uint64_t netns = 0;
    if (sd_bus_message_exit_container(message) < 0 || sd_bus_message_read(message, "t", &netns) <= 0)
        return otherVersion();
    return programsFrom(copyOf(sockets), copyOf(owners), version, size, std::move(ends), netns);
}

} // namespace halfopen
