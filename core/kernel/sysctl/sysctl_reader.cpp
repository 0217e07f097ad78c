// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/sysctl_reader.h"

#include "core/kernel/port_range.h"
#include "core/kernel/sysctl/sysctl_lines.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <tuple>
#include <utility>

namespace halfopen {
namespace {

tl::unexpected<Error> notRead(const std::string& path, int error, bool optional) {
    if (error == EACCES || error == EPERM)
        return failure(ErrorCode::NotPermitted, Sentence::tr("{0} may not be read: {1}.", path, Errno{error}));
    if (error == ENOENT && optional)
        return failure(ErrorCode::NotSupported, Sentence::tr("This kernel has no {0}.", path));
    return failure(ErrorCode::Unreadable,
                   Sentence::tr("{0} could not be read: {1}. Is /proc mounted?", path, Errno{error}));
}

Result<std::int32_t> readFile(Setting id, KeptFile& file) {
    std::array<char, 64> buffer{};
    const ssize_t size = file.read(buffer);
    if (size < 0)
        return notRead(file.path(), static_cast<int>(-size), settingInfo(id).optional);
    auto value = parseSysctlText({buffer.data(), static_cast<std::size_t>(size)});
    if (!value)
        return failure(ErrorCode::Unreadable, Sentence::tr("{0}: {1}", file.path(), value.error().sentence));
    return value;
}

Result<std::int32_t> readFile(Setting id, std::string path) {
    KeptFile once(std::move(path));
    return readFile(id, once);
}

Result<std::int32_t> readOpened(const SettingFiles& files, Setting id) {
    std::array<char, 64> buffer{};
    const UniqueFd& file = files.file(id);
    const ssize_t size = file ? ::pread(file.get(), buffer.data(), buffer.size(), 0) : -1;
    if (size < 0)
        return notRead(settingPath(id), file ? errno : files.error(id), settingInfo(id).optional);
    return parseSysctlText({buffer.data(), static_cast<std::size_t>(size)});
}

/// Where not one of those that every kernel has could be read, the others are not missing in the kernel: nobody can
/// tell.
void doubtWhatIsMissing(std::uint16_t absent, TcpSysctls& sysctls) {
    for (const SettingInfo& info : allSettings())
        if (!info.optional && (sysctls.unread & 1U << static_cast<unsigned>(info.id)) == 0)
            return;
    for (const SettingInfo& info : allSettings()) {
        if ((absent & 1U << static_cast<unsigned>(info.id)) == 0)
            continue;
        setThere(sysctls, info.id, true);
        sysctls.*info.field = info.kernelDefault;
        sysctls.unread = static_cast<std::uint16_t>(sysctls.unread | 1U << static_cast<unsigned>(info.id));
    }
}

template <class Read>
TcpSysctls readAll(Read read) {
    TcpSysctls sysctls;
    std::uint16_t missing = 0;
    for (const SettingInfo& info : allSettings()) {
        const Result<std::int32_t> value = read(info.id);
        const bool absent = !value && value.error().code == ErrorCode::NotSupported;
        setThere(sysctls, info.id, !absent);
        if (absent)
            missing = static_cast<std::uint16_t>(missing | 1U << static_cast<unsigned>(info.id));
        if (absent)
            continue;
        sysctls.*info.field = value ? *value : info.kernelDefault;
        if (!value)
            sysctls.unread = static_cast<std::uint16_t>(sysctls.unread | 1U << static_cast<unsigned>(info.id));
    }
    doubtWhatIsMissing(missing, sysctls);
    return sysctls;
}

void readLocalPorts(KeptFile& file, TcpSysctls& sysctls) {
    if (const auto range = readPortRange(file))
        std::tie(sysctls.localPortLow, sysctls.localPortHigh) = *range;
}

void readLocalPorts(std::string path, TcpSysctls& sysctls) {
    KeptFile once(std::move(path));
    readLocalPorts(once, sysctls);
}

std::string localPortsPath(const std::string& root) {
    return root + "/proc/sys/" + kLocalPortsPath;
}

} // namespace

std::string sysctlPath(Setting id, const std::string& root) {
    return root + "/proc/sys/" + settingPath(id);
}

Result<std::int32_t> parseSysctlText(std::string_view text) {
    const std::string_view number = trimmed(text);
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value, 10);
    if (error != std::errc() || end != number.data() + number.size())
        return failure(ErrorCode::Unreadable, Sentence::tr("\"{0}\" is not one whole number.", number));
    return value;
}

Result<std::int32_t> readSetting(Setting id, const std::string& root) {
    return readFile(id, sysctlPath(id, root));
}

Result<std::int32_t> readSettingIn(const SettingFiles& files, Setting id) {
    auto value = readOpened(files, id);
    if (!value)
        return failure(ErrorCode::NotFound,
                       Sentence::tr("{0} cannot be read in that network namespace any more.", settingInfo(id).name));
    return value;
}

TcpSysctls readTcpSysctls(const std::string& root) {
    TcpSysctls sysctls = readAll([&](Setting id) { return readSetting(id, root); });
    readLocalPorts(localPortsPath(root), sysctls);
    return sysctls;
}

TcpSysctls tcpSysctlsIn(const std::unordered_map<std::string, std::string>& files) {
    TcpSysctls sysctls = readAll([&](Setting id) -> Result<std::int32_t> {
        const std::string path = settingPath(id);
        const auto file = files.find(path);
        if (file == files.end())
            return notRead(path, ENOENT, settingInfo(id).optional);
        return parseSysctlText(file->second);
    });
    const auto ports = files.find(kLocalPortsPath);
    if (const auto range = ports == files.end() ? std::nullopt : parsePortRange(ports->second))
        std::tie(sysctls.localPortLow, sysctls.localPortHigh) = *range;
    return sysctls;
}

TcpSysctlReader::TcpSysctlReader(const std::string& root)
    : m_localPorts(localPortsPath(root)) {
    for (const SettingInfo& info : allSettings())
        m_files.emplace_back(sysctlPath(info.id, root));
}

TcpSysctls TcpSysctlReader::read() {
    TcpSysctls sysctls = readAll([this](Setting id) -> Result<std::int32_t> {
        const auto place = static_cast<std::size_t>(id);
        const auto bit = static_cast<std::uint16_t>(1U << place);
        if ((m_absent & bit) != 0)
            return failure(ErrorCode::NotSupported, Sentence::tr("This kernel has no {0}.", m_files[place].path()));
        auto value = readFile(id, m_files[place]);
        if (!value && value.error().code == ErrorCode::NotSupported)
            m_absent = static_cast<std::uint16_t>(m_absent | bit);
        return value;
    });
    if ((sysctls.unread & m_absent) != 0)
        m_absent = 0; // looked for again
    readLocalPorts(m_localPorts, sysctls);
    return sysctls;
}

TcpSysctls readTcpSysctlsIn(const SettingFiles& files) {
    TcpSysctls sysctls = readAll([&](Setting id) { return readOpened(files, id); });
    std::array<char, 64> buffer{};
    const ssize_t size = files.localPorts() ? ::pread(files.localPorts().get(), buffer.data(), buffer.size(), 0) : -1;
    const auto range = size > 0 ? parsePortRange({buffer.data(), static_cast<std::size_t>(size)}) : std::nullopt;
    if (range)
        std::tie(sysctls.localPortLow, sysctls.localPortHigh) = *range;
    return sysctls;
}

TcpSysctls readTcpSysctlsIn(int ipv4, int mptcp) {
    TcpSysctls sysctls = readAll([&](Setting id) -> Result<std::int32_t> {
        const std::string_view name = settingInfo(id).name;
        const auto dot = name.find('.');
        if (dot == std::string_view::npos)
            return readFile(id, fmt::format("/proc/self/fd/{}/{}", ipv4, name));
        return readFile(id, fmt::format("/proc/self/fd/{}/{}", mptcp, name.substr(dot + 1)));
    });
    readLocalPorts(fmt::format("/proc/self/fd/{}/ip_local_port_range", ipv4), sysctls);
    return sysctls;
}

} // namespace halfopen
