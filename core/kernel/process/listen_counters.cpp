// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/listen_counters.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

namespace halfopen {

namespace {

std::string_view takeLine(std::string_view& text) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line;
}

std::string_view takeWord(std::string_view& line) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    const auto word = line.substr(0, line.find(' '));
    line.remove_prefix(word.size());
    return word;
}

std::uint64_t counted(std::string_view word) {
    std::uint64_t value = 0;
    std::from_chars(word.data(), word.data() + word.size(), value);
    return value;
}

} // namespace

std::optional<ListenCounters> parseListenCounters(std::string_view text) {
    constexpr std::string_view kPrefix = "TcpExt:";
    while (!text.empty()) {
        std::string_view names = takeLine(text);
        if (!names.starts_with(kPrefix))
            continue;
        std::string_view values = takeLine(text);
        std::optional<std::uint64_t> overflows;
        std::optional<std::uint64_t> drops;
        while (!names.empty() && !values.empty()) {
            const auto name = takeWord(names);
            const auto value = counted(takeWord(values));
            if (name == "ListenOverflows")
                overflows = value;
            else if (name == "ListenDrops")
                drops = value;
        }
        return overflows && drops ? std::optional(ListenCounters{*overflows, *drops}) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<ListenCounters> readListenCounters(const std::string& path) {
    std::ifstream file(path);
    return parseListenCounters(std::string(std::istreambuf_iterator<char>(file), {}));
}

} // namespace halfopen
