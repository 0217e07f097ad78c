// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"

namespace halfopen {

/// The exit code of both programs for a kind of failure: 1 failed or not found, 2 usage, 3 not permitted, 4 not
/// supported, 5 unreadable.
constexpr int exitCode(ErrorCode code) {
    switch (code) {
    case ErrorCode::Usage:
        return 2;
    case ErrorCode::NotPermitted:
        return 3;
    case ErrorCode::NotSupported:
        return 4;
    case ErrorCode::Unreadable:
        return 5;
    case ErrorCode::SomeFailed:
    case ErrorCode::NotFound:
        break;
    }
    return 1;
}

} // namespace halfopen
