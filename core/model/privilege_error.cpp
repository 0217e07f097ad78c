// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/privilege_error.h"

#include <array>

namespace halfopen {
namespace {

struct Named {
    PrivilegeErrorKind kind;
    std::string_view name;
    ErrorCode code;
};

constexpr std::array<Named, 15> kKinds{{
    {PrivilegeErrorKind::OutOfRange, "org.halfopen.Error.OutOfRange", ErrorCode::Usage},
    {PrivilegeErrorKind::NotAuthorized, "org.halfopen.Error.NotAuthorized", ErrorCode::NotPermitted},
    {PrivilegeErrorKind::Dismissed, "org.halfopen.Error.Dismissed", ErrorCode::NotPermitted},
    {PrivilegeErrorKind::NoAgent, "org.halfopen.Error.NoAgent", ErrorCode::NotPermitted},
    {PrivilegeErrorKind::NoAuthority, "org.halfopen.Error.NoAuthority", ErrorCode::NotPermitted},
    {PrivilegeErrorKind::WrongNamespace, "org.halfopen.Error.WrongNamespace", ErrorCode::NotPermitted},
    {PrivilegeErrorKind::NoSuchConnection, "org.halfopen.Error.NoSuchConnection", ErrorCode::NotFound},
    {PrivilegeErrorKind::NotSupported, "org.halfopen.Error.NotSupported", ErrorCode::NotSupported},
    {PrivilegeErrorKind::Busy, "org.halfopen.Error.Busy", ErrorCode::SomeFailed},
    {PrivilegeErrorKind::WriteFailed, "org.halfopen.Error.WriteFailed", ErrorCode::SomeFailed},
    {PrivilegeErrorKind::InteractionRequired, "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired",
     ErrorCode::NotPermitted},
    {PrivilegeErrorKind::TrialOver, "org.halfopen.Error.TrialOver", ErrorCode::NotFound},
    {PrivilegeErrorKind::NotInstalled, "", ErrorCode::NotPermitted},
    {PrivilegeErrorKind::NoBus, "", ErrorCode::NotPermitted},
    {PrivilegeErrorKind::HelperGone, "", ErrorCode::SomeFailed},
}};

const Named& named(PrivilegeErrorKind kind) {
    return kKinds[static_cast<std::size_t>(kind)];
}

PrivilegeErrorKind kindOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::Usage:
        return PrivilegeErrorKind::OutOfRange;
    case ErrorCode::NotPermitted:
        return PrivilegeErrorKind::NotAuthorized;
    case ErrorCode::NotSupported:
        return PrivilegeErrorKind::NotSupported;
    case ErrorCode::SomeFailed:
    case ErrorCode::Unreadable:
    case ErrorCode::NotFound:
        break;
    }
    return PrivilegeErrorKind::WriteFailed;
}

} // namespace

std::string_view busName(PrivilegeErrorKind kind) {
    return named(kind).name;
}

std::optional<PrivilegeErrorKind> kindOfBusName(std::string_view name) {
    for (const Named& one : kKinds)
        if (!one.name.empty() && one.name == name)
            return one.kind;
    return std::nullopt;
}

Error toError(const PrivilegeError& error) {
    if (error.command.empty())
        return {named(error.kind).code, error.sentence};
    return {named(error.kind).code,
            error.sentence + (error.kind == PrivilegeErrorKind::NoAgent
                                  ? Sentence::tr("Start one, or run this in a terminal: {0}", error.command)
                                  : Sentence::tr("With sudo it goes like this: {0}", error.command))};
}

PrivilegeError toPrivilegeError(const Error& error) {
    return {kindOf(error.code), error.sentence, {}};
}

} // namespace halfopen
