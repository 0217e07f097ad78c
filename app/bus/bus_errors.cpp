// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/bus_errors.h"

#include <fmt/format.h>

#include <array>
#include <optional>

namespace halfopen {
namespace {

using Kind = PrivilegeErrorKind;

constexpr const char* kNotInstalled = "Halfopen's helper is not installed (sudo cmake --install build --prefix /usr "
                                      "installs it). With sudo it goes like this:";
constexpr const char* kNoBus = "There is no system bus here, so the helper cannot be asked. As root it goes like this:";
constexpr const char* kNoPolkit =
    "polkit is not installed or not running, so nobody can be authenticated. With sudo it goes like this:";
constexpr const char* kBroken =
    "Halfopen's helper could not be started; its installation is broken. With sudo it goes like this:";
constexpr const char* kNoConfiguration =
    "The bus does not let anybody talk to the helper; its bus configuration is missing. With sudo it goes like this:";
constexpr const char* kGone = "The helper ended before it answered; look at the values before you try again.";
constexpr const char* kOtherVersion =
    "The helper is of another version than this program; install both from one package.";

/// An error of the bus itself, by the end of "org.freedesktop.DBus.Error.".
struct BusError {
    const char* name;
    Kind kind;
    const char* sentence;
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

PrivilegeError make(Kind kind, std::string sentence, const ClientSituation& situation) {
    return {kind, std::move(sentence), helpsWithSudo(kind) ? situation.command : std::string()};
}

std::optional<PrivilegeError> explainBusError(const QString& name, const ClientSituation& situation) {
    const QString prefix = QStringLiteral("org.freedesktop.DBus.Error.");
    if (!name.startsWith(prefix))
        return std::nullopt;
    const QString ending = name.mid(prefix.size());
    if (ending.startsWith(QLatin1String("Spawn.")))
        return make(Kind::NotInstalled, kBroken, situation);
    for (const BusError& error : kBusErrors)
        if (ending == QLatin1String(error.name))
            return make(error.kind, error.sentence, situation);
    return std::nullopt;
}

PrivilegeError noAgent(const ClientSituation& situation) {
    return {Kind::NoAgent,
            "No authentication agent is running in this session, so no dialog can be shown; start one, or run this in "
            "a terminal:",
            fmt::format("pkttyagent --process {}", situation.pid)};
}

PrivilegeError explainKind(Kind kind, const QString& message, const ClientSituation& situation) {
    if (kind == Kind::InteractionRequired && situation.allowedDialog)
        return noAgent(situation); // polkit's answer is the same; we know that a dialog was allowed
    if (kind == Kind::NotAuthorized && situation.remoteSession)
        return make(kind,
                    "This session is not local, and the policy allows the change only to local ones. With sudo it goes "
                    "like this:",
                    situation);
    if (kind == Kind::NoAuthority)
        return make(kind, kNoPolkit, situation);
    return make(kind, message.toStdString(), situation);
}

} // namespace

PrivilegeError explain(const QString& name, const QString& message, const ClientSituation& situation) {
    if (const auto kind = kindOfBusName(name.toStdString()))
        return explainKind(*kind, message, situation);
    if (auto error = explainBusError(name, situation))
        return *std::move(error);
    return make(Kind::HelperGone,
                fmt::format("The helper could not be asked: {} ({}).", message.toStdString(), name.toStdString()),
                situation);
}

PrivilegeError explain(HelperPresence presence, const ClientSituation& situation) {
    switch (presence) {
    case HelperPresence::NoBus:
        return make(Kind::NoBus, kNoBus, situation);
    case HelperPresence::NoPolkit:
        return make(Kind::NoAuthority, kNoPolkit, situation);
    case HelperPresence::NotInstalled:
    case HelperPresence::Ready:
        break;
    }
    return make(Kind::NotInstalled, kNotInstalled, situation);
}

} // namespace halfopen
