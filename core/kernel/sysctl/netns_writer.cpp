// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/netns_writer.h"

#include "core/kernel/sysctl/sysctl_reader.h"
#include "core/kernel/unique_fd.h"
#include "core/model/settings.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace halfopen {

namespace {

Result<void> write(int ipv4, Setting id, std::int32_t value) {
    const UniqueFd file(::openat(ipv4, std::string(settingInfo(id).name).c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC));
    const std::string text = std::to_string(value);
    if (file && ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()))
        return {};
    const int error = errno;
    const auto code = error == EACCES || error == EPERM ? ErrorCode::NotPermitted
                      : error == ENOENT                 ? ErrorCode::NotFound
                                                        : ErrorCode::SomeFailed;
    return failure(code, Sentence::tr("{0} could not be set to {1} in that network namespace: {2}.",
                                      settingInfo(id).name, value, Errno{error}));
}

Result<KeepaliveDefaults> read(int ipv4) {
    const TcpSysctls all = readTcpSysctlsIn(ipv4, -1);
    KeepaliveDefaults values;
    for (const KeepaliveDefault& part : kKeepaliveDefaults) {
        if ((all.unread & 1U << static_cast<unsigned>(part.id)) != 0)
            return failure(ErrorCode::NotFound, Sentence::tr("{0} cannot be read in that network namespace any more.",
                                                             settingInfo(part.id).name));
        values.*part.field = all.*settingInfo(part.id).field;
    }
    return values;
}

} // namespace

Result<KeepaliveDefaults> applyKeepaliveDefaultsIn(int ipv4, const KeepaliveDefaults& values) {
    if (auto checked = checkRange(values); !checked)
        return tl::unexpected(checked.error());
    const auto before = read(ipv4);
    if (!before)
        return before;
    for (const KeepaliveDefault& part : kKeepaliveDefaults) {
        if ((*before).*part.field == values.*part.field)
            continue;
        if (auto written = write(ipv4, part.id, values.*part.field); !written) {
            for (const KeepaliveDefault& back : kKeepaliveDefaults)
                static_cast<void>(write(ipv4, back.id, (*before).*back.field)); // best effort
            return tl::unexpected(written.error());
        }
    }
    auto inEffect = read(ipv4);
    if (inEffect && *inEffect != values)
        return failure(ErrorCode::SomeFailed,
                       Sentence::tr("The kernel took the values, but others are in effect in that network namespace."));
    return inEffect;
}

} // namespace halfopen
