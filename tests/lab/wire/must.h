// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"

#include <stdexcept>
#include <utility>

namespace halfopen::test {

/// Throws the error's sentence.
template <class T>
T must(Result<T> result) {
    if (!result)
        throw std::runtime_error(inEnglish(result.error()));
    return std::move(*result);
}
inline void must(Result<void> result) {
    if (!result)
        throw std::runtime_error(inEnglish(result.error()));
}

} // namespace halfopen::test
