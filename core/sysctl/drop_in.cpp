// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sysctl/drop_in.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace halfopen {
namespace {

// Neither systemd-sysctl nor procps reads a name that does not end in ".conf".
constexpr const char* kTemporary = ".60-halfopen-keepalive.conf.new";
constexpr const char* kTarget = kDropInName.data();

tl::unexpected<Error> notDone(std::string_view what, int error) {
    const ErrorCode code = error == EACCES || error == EPERM || error == EROFS ? ErrorCode::NotPermitted
                           : error == ENOENT                                   ? ErrorCode::NotFound
                                                                               : ErrorCode::SomeFailed;
    return failure(code, fmt::format("{}: {}.", what, std::strerror(error)));
}

Result<void> checkDirectory(int directory) {
    struct stat status {};
    if (::fstat(directory, &status) != 0)
        return notDone(fmt::format("{} could not be examined", kDropInDirectory), errno);
    if (status.st_uid != ::geteuid())
        return failure(ErrorCode::NotPermitted,
                       fmt::format("{} belongs to uid {}, so nothing is kept there.", kDropInDirectory, status.st_uid));
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return failure(ErrorCode::NotPermitted,
                       fmt::format("{} can be written by others (mode {:04o}), so nothing is kept there.",
                                   kDropInDirectory, status.st_mode & 07777));
    return {};
}

Result<UniqueFd> openDirectory(const std::string& root) {
    const std::string path = root + std::string(kDropInDirectory);
    UniqueFd directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!directory && (errno == ENOTDIR || errno == ELOOP))
        return failure(ErrorCode::NotPermitted,
                       fmt::format("{} is a link or not a directory, so nothing is kept there.", kDropInDirectory));
    if (!directory)
        return notDone(fmt::format("{} could not be opened", kDropInDirectory), errno);
    if (auto checked = checkDirectory(directory.get()); !checked)
        return tl::unexpected(checked.error());
    return directory;
}

Result<void> checkTarget(int directory) {
    struct stat status {};
    if (::fstatat(directory, kTarget, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode))
        return failure(ErrorCode::SomeFailed, fmt::format("{} is a directory; it should be a file.", kDropInPath));
    return {};
}

bool writeAll(int fd, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

Result<void> writeTemporary(int directory, const std::string& text) {
    if (::unlinkat(directory, kTemporary, 0) != 0 && errno != ENOENT)
        return notDone(fmt::format("{}/{} could not be replaced", kDropInDirectory, kTemporary), errno);
    const UniqueFd file(::openat(directory, kTemporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file)
        return notDone(fmt::format("{} could not be prepared", kDropInPath), errno);
    // The mode is set on the descriptor: the helper's umask is 077, and everybody may read what the machine is set to.
    if (!writeAll(file.get(), text) || ::fchmod(file.get(), 0644) != 0 || ::fsync(file.get()) != 0) {
        const int error = errno;
        ::unlinkat(directory, kTemporary, 0);
        return notDone(fmt::format("{} could not be written", kDropInPath), error);
    }
    return {};
}

} // namespace

DropIn::DropIn(UniqueFd directory)
    : m_directory(std::move(directory)) {}

DropIn::DropIn(DropIn&& other) noexcept
    : m_directory(std::move(other.m_directory))
    , m_pending(std::exchange(other.m_pending, false)) {}

DropIn::~DropIn() {
    if (m_pending && m_directory)
        ::unlinkat(m_directory.get(), kTemporary, 0);
}

Result<DropIn> DropIn::prepare(const KeepaliveDefaults& values, const std::string& root) {
    auto directory = openDirectory(root);
    if (!directory)
        return tl::unexpected(directory.error());
    if (auto checked = checkTarget(directory->get()); !checked)
        return tl::unexpected(checked.error());
    if (auto written = writeTemporary(directory->get(), dropInText(values)); !written)
        return tl::unexpected(written.error());
    return DropIn(std::move(*directory));
}

Result<void> DropIn::commit() {
    if (::renameat(m_directory.get(), kTemporary, m_directory.get(), kTarget) != 0)
        return notDone(fmt::format("{} could not be put in its place", kDropInPath), errno);
    m_pending = false;
    if (::fsync(m_directory.get()) != 0)
        return notDone(fmt::format("{} could not be synced", kDropInDirectory), errno);
    return {};
}

std::string dropInText(const KeepaliveDefaults& values) {
    return fmt::format("# Kept by Halfopen; \"halfopenctl sysctl forget\" removes this file.\n"
                       "net.ipv4.tcp_keepalive_time = {}\n"
                       "net.ipv4.tcp_keepalive_intvl = {}\n"
                       "net.ipv4.tcp_keepalive_probes = {}\n",
                       values.time, values.interval, values.probes);
}

Result<bool> removeDropIn(const std::string& root) {
    auto directory = openDirectory(root);
    if (!directory)
        return tl::unexpected(directory.error());
    if (auto checked = checkTarget(directory->get()); !checked)
        return tl::unexpected(checked.error());
    if (::unlinkat(directory->get(), kTarget, 0) != 0) {
        if (errno == ENOENT)
            return false;
        return notDone(fmt::format("{} could not be removed", kDropInPath), errno);
    }
    if (::fsync(directory->get()) != 0)
        return notDone(fmt::format("{} could not be synced", kDropInDirectory), errno);
    return true;
}

} // namespace halfopen
