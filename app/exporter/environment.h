// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdlib.h>

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace halfopen::exporter {

/// A variable of the environment, which is forgotten: it was meant for this process and for none of its children.
inline std::string takeVariable(const char* name) {
    const char* value = ::getenv(name);
    std::string taken = value ? value : "";
    ::unsetenv(name);
    return taken;
}

/// A decimal number and nothing else.
template <class Number>
std::optional<Number> numberIn(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

} // namespace halfopen::exporter
