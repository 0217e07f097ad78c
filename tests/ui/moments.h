// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/forecast.h"

#include <chrono>

namespace halfopen::test {

inline Moment exactly(std::chrono::milliseconds at) {
    return {saturate(at), saturate(at), saturate(at)};
}

inline Moment between(std::chrono::milliseconds earliest, std::chrono::milliseconds latest) {
    return {saturate(earliest), saturate(earliest), saturate(latest)};
}

} // namespace halfopen::test
