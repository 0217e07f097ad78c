// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"

#include <tl/expected.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace halfopen {

/// Why something that needs rights was not done.
enum class PrivilegeErrorKind : std::uint8_t {
    OutOfRange,     ///< a value outside the sane range; refused before anybody is asked
    NotAuthorized,  ///< polkit said no, or the person could not prove who they are
    Dismissed,      ///< the person closed the dialog: say nothing, keep the edit
    NoAgent,        ///< a dialog was wanted and allowed, and no authentication agent is there to show it
    NoAuthority,    ///< polkit is not installed, not running, or does not know the action
    WrongNamespace, ///< the caller looks at another network namespace than the one that would be changed
    NoSuchConnection,
    NotSupported,        ///< this kernel has no such setting
    Busy,                ///< too many requests at once; later
    WriteFailed,         ///< the kernel or the file system refused; everything is as it was
    InteractionRequired, ///< a dialog would be needed and the caller allowed none
    TrialOver,           ///< the values on trial were kept, taken back, or changed by somebody else before
    NotInstalled,        ///< client only: the helper is not there, or cannot be started
    NoBus,               ///< client only: no system bus
    HelperGone,          ///< client only: the helper ended before it answered
};

/// A refusal as a value.
struct PrivilegeError {
    PrivilegeErrorKind kind = PrivilegeErrorKind::WriteFailed;
    Sentence sentence;   ///< never empty; ends without leading to the command, which may be shown apart from it
    std::string command; ///< a command to copy that does the same or removes the obstacle; may be empty
};

template <class T>
using Outcome = tl::expected<T, PrivilegeError>;

inline std::string inEnglish(const PrivilegeError& error) {
    return inEnglish(error.sentence);
}

/// Shorthand for the failing side of an Outcome.
inline tl::unexpected<PrivilegeError> refusal(PrivilegeErrorKind kind, Sentence sentence, std::string command = {}) {
    return tl::unexpected<PrivilegeError>(PrivilegeError{kind, std::move(sentence), std::move(command)});
}

/// The error's name on the bus: "org.halfopen.Error.OutOfRange", ...; D-Bus's own name for InteractionRequired. Empty
/// for the kinds that only a client knows.
std::string_view busName(PrivilegeErrorKind kind);

/// The inverse of busName(); nullopt for every other name.
std::optional<PrivilegeErrorKind> kindOfBusName(std::string_view name);

/// For those who speak in exit codes: the kind as ErrorCode, the sentence, and what leads to the command.
Error toError(const PrivilegeError& error);

/// What went wrong in core, as a kind of refusal: Usage is OutOfRange, NotPermitted stays a matter of rights.
PrivilegeError toPrivilegeError(const Error& error);

} // namespace halfopen
