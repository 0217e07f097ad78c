// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netns/nsfs_mounts.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

namespace halfopen {

namespace {

constexpr std::size_t kMostText = 16 * 1024 * 1024; // a machine with 100,000 mounts
constexpr std::size_t kRootAt = 3;                  // of the fields of a line
constexpr std::size_t kPathAt = 4;

/// "\040" as " ": blanks, tabs, line feeds and backslashes are written so (lib/string_helpers.c, ESCAPE_OCTAL).
std::string unescape(std::string_view field) {
    std::string plain;
    const auto digit = [&](std::size_t at) { return at < field.size() ? static_cast<unsigned>(field[at] - '0') : 8U; };
    for (std::size_t at = 0; at < field.size(); ++at) {
        const bool escaped = field[at] == '\\' && digit(at + 1) < 4 && digit(at + 2) < 8 && digit(at + 3) < 8;
        plain += escaped ? static_cast<char>(digit(at + 1) * 64 + digit(at + 2) * 8 + digit(at + 3)) : field[at];
        at += escaped ? 3 : 0;
    }
    return plain;
}

std::string_view fieldOf(std::string_view line, std::size_t number) {
    for (; number > 0; --number)
        line.remove_prefix(std::min(line.find(' '), line.size() - 1) + 1);
    return line.substr(0, line.find(' '));
}

/// "net:[4026531840]". @return 0 where it is anything else
NetnsId inodeOf(std::string_view root) {
    constexpr std::string_view kBegin = "net:[";
    NetnsId inode = 0;
    if (!root.starts_with(kBegin))
        return 0;
    const char* const end = root.data() + root.size();
    const auto [after, error] = std::from_chars(root.data() + kBegin.size(), end, inode);
    return error == std::errc() && after + 1 == end && *after == ']' ? inode : 0;
}

} // namespace

std::vector<NsfsMount> parseNsfsMounts(std::string_view mountinfo) {
    std::vector<NsfsMount> mounts;
    while (!mountinfo.empty()) {
        const std::size_t end = std::min(mountinfo.find('\n'), mountinfo.size());
        const std::string_view line = mountinfo.substr(0, end);
        mountinfo.remove_prefix(std::min(end + 1, mountinfo.size()));
        const std::size_t fields = static_cast<std::size_t>(std::ranges::count(line, ' ')) + 1;
        if (fields <= kPathAt || line.find(" - nsfs ") == std::string_view::npos)
            continue;
        if (const NetnsId inode = inodeOf(fieldOf(line, kRootAt)); inode != 0)
            mounts.emplace_back(inode, unescape(fieldOf(line, kPathAt)));
    }
    return mounts;
}

NsfsMounts::NsfsMounts(const std::string& file)
    : m_file(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {}

/// POLLPRI once after each change of the mount namespace (fs/proc_namespace.c, mounts_poll()).
bool NsfsMounts::changed() const {
    pollfd events{m_file.get(), POLLPRI, 0};
    return m_file && ::poll(&events, 1, 0) > 0;
}

std::vector<NsfsMount> NsfsMounts::read() {
    std::string text;
    std::array<char, 16 * 1024> piece;
    if (::lseek(m_file.get(), 0, SEEK_SET) != 0)
        return {};
    while (text.size() < kMostText) {
        const ssize_t size = ::read(m_file.get(), piece.data(), piece.size());
        if (size <= 0)
            break;
        text.append(piece.data(), static_cast<std::size_t>(size));
    }
    return parseNsfsMounts(text);
}

} // namespace halfopen
