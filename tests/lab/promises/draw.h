// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <random>

namespace halfopen::promises {

/// Everything that is left to chance in one scenario, so that its seed gives it again.
class Draw {
public:
    explicit Draw(std::uint64_t seed)
        : m_engine(seed) {}

    /// One of its own for a connection that draws while others do.
    Draw fork() { return Draw(next()); }
    int number(int low, int high) {
        return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1));
    }
    std::chrono::milliseconds ms(int low, int high) { return std::chrono::milliseconds(number(low, high)); }
    std::chrono::seconds seconds(int low, int high) { return std::chrono::seconds(number(low, high)); }
    bool oneIn(int cases) { return number(1, cases) == 1; }
    template <class T>
    T of(std::initializer_list<T> choices) {
        return *(choices.begin() + number(0, static_cast<int>(choices.size()) - 1));
    }

private:
    std::uint64_t next() { return m_engine() >> 8; } // distributions differ between standard libraries

    std::mt19937_64 m_engine;
};

} // namespace halfopen::promises
