// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/config_file.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <sys/random.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <utility>

namespace halfopen {
namespace {

constexpr int kTries = 100; ///< of a name that is taken

tl::unexpected<Error> notDone(Sentence what, int error) {
    const ErrorCode code = error == EACCES || error == EPERM || error == EROFS ? ErrorCode::NotPermitted
                           : error == ENOENT                                   ? ErrorCode::NotFound
                                                                               : ErrorCode::SomeFailed;
    return failure(code, Sentence::tr("{0}: {1}.", std::move(what), Errno{error}));
}

Result<void> checkDirectory(const ConfigPlace& place, int directory) {
    struct stat status {};
    if (::fstat(directory, &status) != 0)
        return notDone(Sentence::tr("{0} could not be examined", place.directory), errno);
    if (status.st_uid != ::geteuid())
        return failure(ErrorCode::NotPermitted, Sentence::tr("{0} belongs to uid {1}, so nothing is kept there.",
                                                             place.directory, status.st_uid));
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return failure(ErrorCode::NotPermitted,
                       Sentence::tr("{0} can be written by others (mode {1}), so nothing is kept there.",
                                    place.directory, fmt::format("{:04o}", status.st_mode & 07777)));
    return {};
}

Result<void> checkTarget(const ConfigPlace& place, int directory) {
    struct stat status {};
    if (::fstatat(directory, place.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode))
        return failure(ErrorCode::SomeFailed, Sentence::tr("{0} is a directory; it should be a file.", place.path()));
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

/// Nobody reads a name that does not end in ".conf": neither systemd-sysctl nor procps, nor ourselves.
std::string temporaryName(const ConfigPlace& place) {
    std::uint64_t number = 0;
    if (::getrandom(&number, sizeof number, GRND_NONBLOCK) != sizeof number)
        number = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    return fmt::format(".{}.{:016x}.new", place.name, number);
}

/// @param name  of the file that was made
UniqueFd createTemporary(const ConfigPlace& place, int directory, std::string& name) {
    UniqueFd file;
    for (int tries = 0; !file && tries < kTries; ++tries) {
        name = temporaryName(place);
        file.reset(::openat(directory, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (!file && errno != EEXIST)
            break;
    }
    return file;
}

/// @return its name
Result<std::string> writeTemporary(const ConfigPlace& place, int directory, const std::string& text) {
    std::string name;
    const UniqueFd file = createTemporary(place, directory, name);
    if (!file)
        return notDone(Sentence::tr("{0} could not be prepared", place.path()), errno);
    // The mode is set on the descriptor: the helper's umask is 077, and everybody may read what the machine is set to.
    if (!writeAll(file.get(), text) || ::fchmod(file.get(), 0644) != 0 || ::fsync(file.get()) != 0) {
        const int error = errno;
        ::unlinkat(directory, name.c_str(), 0);
        return notDone(Sentence::tr("{0} could not be written", place.path()), error);
    }
    return name;
}

/// renameat2(2); false, with errno, where the file system does not know the flags (EINVAL) too
bool rename(int directory, const std::string& from, const char* to, unsigned flags) {
    return ::renameat2(directory, from.c_str(), directory, to, flags) == 0;
}

} // namespace

Result<UniqueFd> openConfigDirectory(const ConfigPlace& place, const std::string& root) {
    const std::string path = root + place.directory;
    UniqueFd directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!directory && (errno == ENOTDIR || errno == ELOOP))
        return failure(ErrorCode::NotPermitted,
                       Sentence::tr("{0} is a link or not a directory, so nothing is kept there.", place.directory));
    if (!directory)
        return notDone(Sentence::tr("{0} could not be opened", place.directory), errno);
    if (auto checked = checkDirectory(place, directory.get()); !checked)
        return tl::unexpected(checked.error());
    return directory;
}

ConfigFile::ConfigFile(ConfigPlace place, UniqueFd directory, std::string temporary)
    : m_place(std::move(place))
    , m_directory(std::move(directory))
    , m_temporary(std::move(temporary)) {}

ConfigFile::ConfigFile(ConfigFile&& other) noexcept
    : m_place(std::move(other.m_place))
    , m_directory(std::move(other.m_directory))
    , m_temporary(std::exchange(other.m_temporary, {}))
    , m_replaced(other.m_replaced) {}

ConfigFile::~ConfigFile() {
    if (!m_temporary.empty() && m_directory)
        ::unlinkat(m_directory.get(), m_temporary.c_str(), 0);
}

Result<ConfigFile> ConfigFile::prepare(ConfigPlace place, const std::string& text, const std::string& root) {
    auto directory = openConfigDirectory(place, root);
    if (!directory)
        return tl::unexpected(directory.error());
    if (auto checked = checkTarget(place, directory->get()); !checked)
        return tl::unexpected(checked.error());
    auto written = writeTemporary(place, directory->get(), text);
    if (!written)
        return tl::unexpected(written.error());
    return ConfigFile(std::move(place), std::move(*directory), std::move(*written));
}

Result<void> ConfigFile::commit() {
    if (auto swapped = swap(); !swapped)
        return swapped;
    if (::fsync(m_directory.get()) == 0)
        return {};
    const int error = errno;
    swapBack();
    return notDone(Sentence::tr("{0} could not be synced", m_place.directory), error);
}

/// Afterwards m_temporary is the file from before, so that it can be put back.
Result<void> ConfigFile::swap() {
    const int directory = m_directory.get();
    m_replaced = rename(directory, m_temporary, m_place.name.c_str(), RENAME_EXCHANGE);
    if (m_replaced)
        return {};
    if (errno != ENOENT) { // a file system that cannot swap: the one before gets another name first
        const std::string before = temporaryName(m_place);
        m_replaced = ::linkat(directory, m_place.name.c_str(), directory, before.c_str(), 0) == 0;
        if (rename(directory, m_temporary, m_place.name.c_str(), 0)) {
            m_temporary = m_replaced ? before : std::string();
            return {};
        }
        const int error = errno;
        if (m_replaced)
            ::unlinkat(directory, before.c_str(), 0);
        return notDone(Sentence::tr("{0} could not be put in its place", m_place.path()), error);
    }
    if (!rename(directory, m_temporary, m_place.name.c_str(), 0))
        return notDone(Sentence::tr("{0} could not be put in its place", m_place.path()), errno);
    m_temporary.clear();
    return {};
}

void ConfigFile::swapBack() {
    const int directory = m_directory.get();
    if (!m_replaced)
        ::unlinkat(directory, m_place.name.c_str(), 0);
    else if (rename(directory, m_temporary, m_place.name.c_str(), 0))
        m_temporary.clear();
    ::fsync(directory); // best effort: the failure is reported already
}

Result<bool> removeConfigFile(const ConfigPlace& place, const std::string& root) {
    auto directory = openConfigDirectory(place, root);
    if (!directory)
        return tl::unexpected(directory.error());
    if (auto checked = checkTarget(place, directory->get()); !checked)
        return tl::unexpected(checked.error());
    if (::unlinkat(directory->get(), place.name.c_str(), 0) != 0) {
        if (errno == ENOENT)
            return false;
        return notDone(Sentence::tr("{0} could not be removed", place.path()), errno);
    }
    if (::fsync(directory->get()) != 0)
        return notDone(Sentence::tr("{0} could not be synced", place.directory), errno);
    return true;
}

} // namespace halfopen
