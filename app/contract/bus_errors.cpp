// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contract/bus_errors.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <optional>
#include <utility>

namespace halfopen {
namespace {

using Kind = PrivilegeErrorKind;

constexpr auto kNotInstalled =
    Sentence::mark("Halfopen's helper is not installed (the package halfopen-helper, or sudo cmake --install build "
                   "--prefix /usr).");
constexpr auto kNoBus = Sentence::mark("There is no system bus here, so the helper cannot be asked.");
constexpr auto kNoPolkit = Sentence::mark("polkit is not installed or not running, so nobody can be authenticated.");
constexpr auto kBroken = Sentence::mark("Halfopen's helper could not be started; its installation is broken.");
constexpr auto kNoConfiguration =
    Sentence::mark("The bus does not let anybody talk to the helper; its bus configuration is missing.");
constexpr auto kGone = Sentence::mark("The helper ended before it answered; look at the values before you try again.");
constexpr auto kOtherVersion =
    Sentence::mark("The helper is of another version than this program; install both from one package.");

/// An error of the bus itself, by the end of "org.freedesktop.DBus.Error.".
struct BusError {
    std::string_view name;
    Kind kind;
    Template<0> sentence;
};

constexpr std::array kBusErrors{
    BusError{"ServiceUnknown", Kind::NotInstalled, kNotInstalled},
    BusError{"NameHasNoOwner", Kind::NotInstalled, kNotInstalled},
    BusError{"AccessDenied", Kind::NotInstalled, kNoConfiguration},
    BusError{"TimedOut", Kind::NotInstalled,
             kBroken}, // 25 s after the activation of a helper that never takes its name
    BusError{"Timeout", Kind::NotInstalled, kBroken},
    BusError{"FileNotFound", Kind::NoBus, kNoBus},
    BusError{"NoServer", Kind::NoBus, kNoBus},
    BusError{"Disconnected", Kind::NoBus, kNoBus},
    BusError{"NoReply", Kind::HelperGone, kGone},
    BusError{"UnknownObject", Kind::HelperGone, kGone},
    BusError{"UnknownMethod", Kind::NotSupported, kOtherVersion},
    BusError{"UnknownInterface", Kind::NotSupported, kOtherVersion},
};

bool helpsWithSudo(Kind kind) {
    return kind == Kind::NotInstalled || kind == Kind::NoBus || kind == Kind::NoAuthority ||
           kind == Kind::NotAuthorized;
}

PrivilegeError make(Kind kind, Sentence sentence, const ClientSituation& situation) {
    return {kind, std::move(sentence), helpsWithSudo(kind) ? situation.command : std::string()};
}

std::optional<PrivilegeError> explainBusError(std::string_view name, const ClientSituation& situation) {
    constexpr std::string_view kPrefix = "org.freedesktop.DBus.Error.";
    if (!name.starts_with(kPrefix))
        return std::nullopt;
    const std::string_view ending = name.substr(kPrefix.size());
    if (ending.starts_with("Spawn."))
        return make(Kind::NotInstalled, Sentence::tr(kBroken), situation);
    for (const BusError& error : kBusErrors)
        if (ending == error.name)
            return make(error.kind, Sentence::tr(error.sentence), situation);
    return std::nullopt;
}

PrivilegeError noAgent(const ClientSituation& situation) {
    return {Kind::NoAgent,
            Sentence::tr("No authentication agent is running in this session, so no dialog can be shown."),
            fmt::format("pkttyagent --process {}", situation.pid)};
}

PrivilegeError explainKind(Kind kind, const Sentence& said, const ClientSituation& situation) {
    if (kind == Kind::InteractionRequired && situation.allowedDialog)
        return noAgent(situation); // polkit's answer is the same; we know that a dialog was allowed
    if (kind == Kind::NotAuthorized && situation.remoteSession)
        return make(kind,
                    Sentence::tr("This session is not local, and the policy allows the change only to local ones."),
                    situation);
    if (kind == Kind::NoAuthority)
        return make(kind, Sentence::tr(kNoPolkit), situation);
    return make(kind, said, situation);
}

} // namespace

ClientSituation situationHere(std::string command, bool allowedDialog) {
    return {std::move(command), ::getpid(), allowedDialog, std::getenv("SSH_CONNECTION") != nullptr};
}

PrivilegeError explain(std::string_view name, const Sentence& said, const ClientSituation& situation) {
    if (const auto kind = kindOfBusName(name))
        return explainKind(*kind, said, situation);
    if (auto error = explainBusError(name, situation))
        return *std::move(error);
    return make(Kind::HelperGone, Sentence::tr("The helper could not be asked: {0} ({1}).", said, name), situation);
}

PrivilegeError explainNoBus(const ClientSituation& situation) {
    return make(Kind::NoBus, Sentence::tr(kNoBus), situation);
}

tl::unexpected<PrivilegeError> netnsNotOpened(std::uint64_t netns) {
    return refusal(
        PrivilegeErrorKind::WrongNamespace,
        Sentence::tr("The helper was not asked to look into network namespace {0}: show it in full first.", netns));
}

tl::unexpected<PrivilegeError> otherVersion() {
    return refusal(Kind::NotSupported, Sentence::tr(kOtherVersion));
}

} // namespace halfopen
