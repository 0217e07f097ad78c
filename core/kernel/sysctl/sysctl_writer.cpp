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

tl::unexpected<Error> notWritten(const std::string& path, std::int32_t value, int error) {
    const auto code = error == EACCES || error == EPERM ? ErrorCode::NotPermitted
                      : error == ENOENT                 ? ErrorCode::NotSupported
                                                        : ErrorCode::SomeFailed;
    return failure(code, Sentence::tr("{0} could not be set to {1}: {2}.", path, value, Errno{error}));
}

ssize_t writeRetrying(int fd, const std::string& text) {
    ssize_t written = 0;
    do
        written = ::write(fd, text.data(), text.size());
    while (written < 0 && errno == EINTR);
    return written;
}

/// Without the check of the range: a value that was odd before is put back as odd as it was.
Result<void> writeRaw(Setting id, std::int32_t value, const std::string& root) {
    const std::string path = sysctlPath(id, root);
    const UniqueFd file(::open(path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC));
    if (!file)
        return notWritten(path, value, errno);
    const std::string text = std::to_string(value);
    if (writeRetrying(file.get(), text) != static_cast<ssize_t>(text.size()))
        return notWritten(path, value, errno);
    return {};
}

/// Best effort, for the way back after a failure that is reported already.
void restore(const KeepaliveDefaults& before, const std::string& root) {
    for (const KeepaliveDefault& part : kKeepaliveDefaults)
        if (const auto now = readSetting(part.id, root); !now || *now != before.*part.field)
            static_cast<void>(writeRaw(part.id, before.*part.field, root));
}

Result<KeepaliveDefaults> writeParts(const KeepaliveDefaults& values, const KeepaliveDefaults& before,
                                     const std::string& root) {
    KeepaliveDefaults inEffect = before;
    for (const KeepaliveDefault& part : kKeepaliveDefaults) {
        if (before.*part.field == values.*part.field)
            continue;
        const auto written = writeSetting(part.id, values.*part.field, root);
        if (!written) {
            restore(before, root);
            return tl::unexpected(written.error());
        }
        inEffect.*part.field = *written;
    }
    return inEffect;
}

} // namespace

Result<KeepaliveDefaults> readKeepaliveDefaults(const std::string& root) {
    KeepaliveDefaults values;
    for (const KeepaliveDefault& part : kKeepaliveDefaults) {
        const auto value = readSetting(part.id, root);
        if (!value)
            return tl::unexpected(value.error());
        values.*part.field = *value;
    }
    return values;
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
            if (auto written = writeRaw(part.id, before.*part.field, root); !written)
                return tl::unexpected(written.error());
    return true;
}

Result<std::int32_t> writeSetting(Setting id, std::int32_t value, const std::string& root) {
    if (!settingInfo(id).writable)
        return failure(ErrorCode::Usage, Sentence::tr("{0} is only shown, never changed.", settingInfo(id).name));
    if (auto checked = checkRange(id, value); !checked)
        return tl::unexpected(checked.error());
    if (auto written = writeRaw(id, value, root); !written)
        return tl::unexpected(written.error());
    const auto inEffect = readSetting(id, root);
    if (inEffect && *inEffect != value)
        return failure(ErrorCode::SomeFailed, Sentence::tr("{0} was set to {1}, but {2} is in effect.",
                                                           sysctlPath(id, root), value, *inEffect));
    return inEffect;
}

Result<KeepaliveDefaults> applyKeepaliveDefaults(const KeepaliveDefaults& values, bool persist,
                                                 const std::string& root) {
    if (auto checked = checkRange(values); !checked)
        return tl::unexpected(checked.error());
    const auto before = readKeepaliveDefaults(root);
    if (!before)
        return before;
    std::optional<DropIn> dropIn;
    if (persist) {
        auto prepared = DropIn::prepare(values, root);
        if (!prepared)
            return tl::unexpected(prepared.error());
        dropIn.emplace(std::move(*prepared));
    }
    auto inEffect = writeParts(values, *before, root);
    if (!inEffect || !dropIn)
        return inEffect;
    if (auto committed = dropIn->commit(); !committed) {
        restore(*before, root);
        return tl::unexpected(committed.error());
    }
    return inEffect;
}

} // namespace halfopen
