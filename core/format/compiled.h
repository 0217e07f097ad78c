// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/compile.h>
#include <fmt/format.h>

#include <string>

namespace halfopen {

/// Appends by a pattern that the compiler has read, FMT_COMPILE("{} s"): a list of 200,000 sockets has two million
/// cells, and reading their patterns again and again was half of their cost.
template <class Pattern, class... Args>
void put(std::string& to, const Pattern& pattern, const Args&... args) {
    fmt::basic_memory_buffer<char, 64> text;
    fmt::format_to(fmt::appender(text), pattern, args...);
    to.append(text.data(), text.size());
}

/// The same as a text of its own.
template <class Pattern, class... Args>
std::string compiled(const Pattern& pattern, const Args&... args) {
    std::string text;
    put(text, pattern, args...);
    return text;
}

} // namespace halfopen
