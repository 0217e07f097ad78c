// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/socket_count.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace halfopen {
namespace {

/// The number behind a word of a line ("inuse 12"). @return false where there is none
bool numberAfter(std::string_view line, std::string_view word, std::size_t& number) {
    const std::size_t at = line.find(word);
    if (at == std::string_view::npos)
        return false;
    const std::string_view rest = line.substr(at + word.size());
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    return error == std::errc();
}

/// The line goes on behind it.
std::string_view nextWord(std::string_view& line) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    const std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(word.size());
    return word;
}

UniqueFd statisticsOf(std::int32_t pid, const char* name) {
    return UniqueFd(::open(fmt::format("/proc/{}/net/{}", pid, name).c_str(), O_RDONLY | O_CLOEXEC));
}

} // namespace

bool addSockstat(std::string_view text, SocketCount& count) {
    for (const std::string_view title : {"TCP: ", "TCP6: "}) {
        const std::size_t begin = text.starts_with(title) ? 0 : text.find(title);
        if (begin == std::string_view::npos || (begin != 0 && text[begin - 1] != '\n'))
            continue;
        const std::string_view line = text.substr(begin, text.substr(begin).find('\n'));
        std::size_t inUse = 0;
        std::size_t timeWait = 0; // sockstat6 has none: they are counted together
        if (!numberAfter(line, " inuse ", inUse))
            return false;
        numberAfter(line, " tw ", timeWait);
        count.inUse += inUse;
        count.timeWait += timeWait;
        return true;
    }
    return false;
}

std::optional<bool> hadMptcp(std::string_view netstat) {
    constexpr std::string_view kTitle = "MPTcpExt:";
    const std::size_t names = netstat.find(kTitle);
    const std::size_t numbers = names == std::string_view::npos ? names : netstat.find(kTitle, names + kTitle.size());
    if (numbers == std::string_view::npos)
        return std::nullopt;
    std::string_view nameLine = netstat.substr(names, netstat.substr(names).find('\n'));
    std::string_view numberLine = netstat.substr(numbers, netstat.substr(numbers).find('\n'));
    std::optional<bool> had;
    while (!nameLine.empty() && !numberLine.empty()) {
        const std::string_view name = nextWord(nameLine);
        const std::string_view number = nextWord(numberLine);
        if (name == "MPCapableSYNACKRX" || name == "MPCapableACKRX") // the client's, the server's
            had = had.value_or(false) || number != "0";
    }
    return had;
}

SocketCounter::SocketCounter(std::int32_t pid)
    : m_files{statisticsOf(pid, "sockstat"), statisticsOf(pid, "sockstat6")}
    , m_netstat(statisticsOf(pid, "netstat")) {}

bool SocketCounter::mayHaveMptcp() const {
    std::array<char, 16384> text;
    const ssize_t size = m_netstat ? ::pread(m_netstat.get(), text.data(), text.size(), 0) : -1;
    return size <= 0 || hadMptcp({text.data(), static_cast<std::size_t>(size)}).value_or(true);
}

std::optional<SocketCount> SocketCounter::count() const {
    SocketCount all;
    for (const UniqueFd& file : m_files) {
        if (!file && &file != m_files)
            continue;
        std::array<char, 1024> text;
        const ssize_t size = ::pread(file.get(), text.data(), text.size(), 0);
        if (size <= 0 || !addSockstat({text.data(), static_cast<std::size_t>(size)}, all))
            return std::nullopt;
    }
    return all;
}

} // namespace halfopen
