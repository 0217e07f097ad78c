// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/sysctl_writer.h"

#include "core/kernel/sysctl/drop_in.h"
#include "core/kernel/sysctl/sysctl_reader.h"
#include "core/kernel/unique_fd.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <optional>

namespace halfopen {
namespace {

/// The files of one network namespace's settings.
struct Folder {
    std::string root = {};               ///< of those of the calling thread's namespace
    const SettingFiles* files = nullptr; ///< of another namespace; null: of the calling thread's

    /// As a person is told of it.
    std::string name(Setting id) const { return files ? std::string(settingInfo(id).name) : sysctlPath(id, root); }
    Result<std::int32_t> read(Setting id) const { return files ? readSettingIn(*files, id) : readSetting(id, root); }
};

tl::unexpected<Error> notWritten(const Folder& folder, Setting id, std::int32_t value, int error) {
    const auto code = error == EACCES || error == EPERM ? ErrorCode::NotPermitted
                      : error == ENOENT                 ? (folder.files ? ErrorCode::NotFound : ErrorCode::NotSupported)
                                                        : ErrorCode::SomeFailed;
    if (folder.files)
        return failure(code, Sentence::tr("{0} could not be set to {1} in that network namespace: {2}.",
                                          folder.name(id), value, Errno{error}));
    return failure(code, Sentence::tr("{0} could not be set to {1}: {2}.", folder.name(id), value, Errno{error}));
}

ssize_t writeRetrying(int fd, const std::string& text) {
    ssize_t written = 0;
    do
        written = ::pwrite(fd, text.data(), text.size(), 0);
    while (written < 0 && errno == EINTR);
    return written;
}

/// Without the check of the range: a value that was odd before is put back as odd as it was.
Result<void> writeRaw(const Folder& folder, Setting id, std::int32_t value) {
    UniqueFd opened;
    if (!folder.files)
        opened.reset(::open(sysctlPath(id, folder.root).c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC));
    const UniqueFd& file = folder.files ? folder.files->file(id) : opened;
    if (!file)
        return notWritten(folder, id, value, folder.files ? folder.files->error(id) : errno);
    const std::string text = std::to_string(value);
    if (writeRetrying(file.get(), text) != static_cast<ssize_t>(text.size()))
        return notWritten(folder, id, value, errno);
    return {};
}

Result<KeepaliveDefaults> read(const Folder& folder) {
    KeepaliveDefaults values;
    for (const KeepaliveDefault& part : kKeepaliveDefaults) {
        const auto value = folder.read(part.id);
        if (!value)
            return tl::unexpected(value.error());
        values.*part.field = *value;
    }
    return values;
}

/// Best effort, for the way back after a failure that is reported already.
void restore(const Folder& folder, const KeepaliveDefaults& before) {
    for (const KeepaliveDefault& part : kKeepaliveDefaults)
        if (const auto now = folder.read(part.id); !now || *now != before.*part.field)
            static_cast<void>(writeRaw(folder, part.id, before.*part.field));
}

/// And reads it back.
Result<std::int32_t> writeOne(const Folder& folder, Setting id, std::int32_t value) {
    if (auto written = writeRaw(folder, id, value); !written)
        return tl::unexpected(written.error());
    const auto inEffect = folder.read(id);
    if (inEffect && *inEffect != value)
        return failure(ErrorCode::SomeFailed,
                       Sentence::tr("{0} was set to {1}, but {2} is in effect.", folder.name(id), value, *inEffect));
    return inEffect;
}

Result<KeepaliveDefaults> writeParts(const Folder& folder, const KeepaliveDefaults& values,
                                     const KeepaliveDefaults& before) {
    KeepaliveDefaults inEffect = before;
    for (const KeepaliveDefault& part : kKeepaliveDefaults) {
        if (before.*part.field == values.*part.field)
            continue;
        const auto written = writeOne(folder, part.id, values.*part.field);
        if (!written) {
            restore(folder, before);
            return tl::unexpected(written.error());
        }
        inEffect.*part.field = *written;
    }
    return inEffect;
}

} // namespace

Result<KeepaliveDefaults> readKeepaliveDefaults(const std::string& root) {
    return read(Folder{root});
}

Result<bool> restoreKeepaliveDefaults(const KeepaliveDefaults& before, const KeepaliveDefaults& expected,
                                      const std::string& root) {
    const auto now = readKeepaliveDefaults(root);
    if (!now)
        return tl::unexpected(now.error());
    if (*now != expected)
        return false;
    for (const KeepaliveDefault& part : kKeepaliveDefaults)
        if (before.*part.field != expected.*part.field)
            if (auto written = writeRaw(Folder{root}, part.id, before.*part.field); !written)
                return tl::unexpected(written.error());
    return true;
}

Result<std::int32_t> writeSetting(Setting id, std::int32_t value, const std::string& root) {
    if (!settingInfo(id).writable)
        return failure(ErrorCode::Usage, Sentence::tr("{0} is only shown, never changed.", settingInfo(id).name));
    if (auto checked = checkRange(id, value); !checked)
        return tl::unexpected(checked.error());
    return writeOne(Folder{root}, id, value);
}

Result<KeepaliveDefaults> applyKeepaliveDefaults(const KeepaliveDefaults& values, bool persist,
                                                 const std::string& root) {
    if (auto checked = checkRange(values); !checked)
        return tl::unexpected(checked.error());
    const auto before = readKeepaliveDefaults(root);
    if (!before)
        return before;
    std::optional<ConfigFile> dropIn;
    if (persist) {
        auto prepared = prepareDropIn(values, root);
        if (!prepared)
            return tl::unexpected(prepared.error());
        dropIn.emplace(std::move(*prepared));
    }
    auto inEffect = writeParts(Folder{root}, values, *before);
    if (!inEffect || !dropIn)
        return inEffect;
    if (auto committed = dropIn->commit(); !committed) {
        restore(Folder{root}, *before);
        return tl::unexpected(committed.error());
    }
    return inEffect;
}

Result<KeepaliveDefaults> readKeepaliveDefaultsIn(const SettingFiles& files) {
    return read(Folder{.files = &files});
}

Result<KeepaliveDefaults> applyKeepaliveDefaultsIn(const SettingFiles& files, const KeepaliveDefaults& values) {
    if (auto checked = checkRange(values); !checked)
        return tl::unexpected(checked.error());
    const Folder folder{.files = &files};
    const auto before = read(folder);
    return before ? writeParts(folder, values, *before) : before;
}

} // namespace halfopen
