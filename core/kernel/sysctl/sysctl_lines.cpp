// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/sysctl_lines.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <cerrno>
#include <cstdlib>

namespace halfopen {
namespace {

/// sysctl.d(5): if the first separator is a dot, dots and slashes change places.
std::string slashed(std::string_view key) {
    std::string path(key);
    const auto first = path.find_first_of("./");
    if (first == std::string::npos || path[first] == '/')
        return path;
    for (char& letter : path)
        letter = letter == '.' ? '/' : letter == '/' ? '.' : letter;
    return path;
}

} // namespace

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const auto begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::optional<SysctlLine> parseSysctlLine(std::string_view line) {
    line = trimmed(line);
    if (line.empty() || line.front() == '#' || line.front() == ';')
        return std::nullopt;
    const bool dash = line.front() == '-'; // with a "=": a failure to set it is ignored; it is set all the same
    if (dash)
        line.remove_prefix(1);
    const auto equals = line.find('=');
    if (equals != std::string_view::npos)
        return SysctlLine{slashed(trimmed(line.substr(0, equals))), std::string(trimmed(line.substr(equals + 1))),
                          false};
    if (dash)
        return SysctlLine{slashed(trimmed(line)), {}, true};
    return std::nullopt;
}

std::optional<std::int32_t> kernelNumber(const std::string& text) {
    char* end = nullptr;
    errno = 0;
    const long long value = std::strtoll(text.c_str(), &end, 0);
    if (text.empty() || text.front() == '+' || *end != '\0' || errno != 0 || value < INT32_MIN || value > INT32_MAX)
        return std::nullopt;
    return static_cast<std::int32_t>(value);
}

bool isPattern(const std::string& key) {
    return key.find_first_of("*?[") != std::string::npos;
}

bool concerns(const SysctlLine& line, const SettingInfo& info) {
    const std::string name = settingPath(info.id);
    return isPattern(line.key) ? ::fnmatch(line.key.c_str(), name.c_str(), FNM_PATHNAME) == 0 : line.key == name;
}

} // namespace halfopen
