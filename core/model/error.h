// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sentence.h"

#include <tl/expected.hpp>

#include <cstdint>
#include <utility>

namespace halfopen {

/// What kind of failure it was.
enum class ErrorCode : std::uint8_t {
    SomeFailed,   ///< exit 1: some targets failed, or writing the output failed
    Usage,        ///< exit 2: the words or values given make no sense
    NotPermitted, ///< exit 3: EPERM, EACCES, a seccomp filter or an LSM said no
    NotSupported, ///< exit 4: this kernel, or this installation, has no such thing
    Unreadable,   ///< exit 5: the answer (of the kernel, or a recording) could not be read
    NotFound,     ///< exit 1: no such connection, file or process
};

/// A failure as a value: what failed, on what, why, and what to do about it, in one or two sentences.
struct Error {
    ErrorCode code = ErrorCode::SomeFailed;
    Sentence sentence;
};

inline std::string inEnglish(const Error& error) {
    return inEnglish(error.sentence);
}

template <class T>
using Result = tl::expected<T, Error>;

/// Shorthand for the failing side of a Result.
inline tl::unexpected<Error> failure(ErrorCode code, Sentence sentence) {
    return tl::unexpected<Error>(Error{code, std::move(sentence)});
}

} // namespace halfopen
