// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/confinement.h"

#include <fmt/format.h>
#include <grp.h>
#include <unistd.h>

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace halfopen {
namespace {

constexpr std::uint64_t bit(int capability) {
    return std::uint64_t(1) << capability;
}

tl::unexpected<Error> notConfined(Sentence what) {
    return failure(ErrorCode::NotPermitted, Sentence::tr("{0}: {1}.", std::move(what), Errno{errno}));
}

Surroundings forgetEnvironment() {
    const char* socket = std::getenv("NOTIFY_SOCKET");
    Surroundings kept{socket == nullptr ? "" : socket};
    ::clearenv();
    return kept;
}

Result<void> forbidMore() {
    ::umask(077);
    if (::chdir("/") != 0)
        return notConfined(Sentence::tr("The working directory could not be left"));
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return notConfined(Sentence::tr("New privileges could not be forbidden"));
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return notConfined(Sentence::tr("Core dumps could not be forbidden"));
    if (::getgroups(0, nullptr) > 0 && ::setgroups(0, nullptr) != 0)
        return notConfined(Sentence::tr("The supplementary groups could not be left"));
    return {};
}

using Capabilities = std::array<__user_cap_data_struct, 2>;

Result<Capabilities> readCapabilities() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    Capabilities data{};
    if (::syscall(SYS_capget, &header, data.data()) != 0)
        return notConfined(Sentence::tr("The capabilities could not be read"));
    return data;
}

/// Only whoever has CAP_SETPCAP may make it smaller. It counts for programs that are executed, of which there are none,
/// and which could gain nothing by it (no_new_privs).
Result<void> dropBoundingSet(std::uint64_t keep, const Capabilities& has) {
    if ((has[0].effective & bit(CAP_SETPCAP)) == 0)
        return {};
    for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
        const bool kept = (keep & bit(capability)) != 0;
        const bool present = ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) == 1;
        if (!kept && present && ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0)
            return notConfined(Sentence::tr("The bounding set could not be made smaller"));
    }
    return {};
}

Result<void> dropAmbientSet() {
    if (::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0)
        return notConfined(Sentence::tr("The ambient set could not be cleared"));
    return {};
}

/// capset(2) is asked only for what is left to drop: a filter may forbid it.
Result<void> dropCapabilities(std::uint64_t keep, Capabilities data) {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    const auto before = data;
    for (std::size_t half = 0; half < data.size(); ++half) {
        const auto kept = static_cast<std::uint32_t>(keep >> (32 * half));
        data[half].permitted &= kept;
        data[half].effective = data[half].permitted;
        data[half].inheritable = 0;
    }
    if (std::memcmp(before.data(), data.data(), sizeof data) == 0)
        return {};
    if (::syscall(SYS_capset, &header, data.data()) != 0)
        return notConfined(Sentence::tr("The capabilities could not be dropped"));
    return {};
}

} // namespace

Result<Surroundings> confine() {
    const Surroundings kept = forgetEnvironment();
    return forbidMore().map([&] { return kept; });
}

Result<void> keepCapabilities(std::initializer_list<int> kept) {
    std::uint64_t keep = 0;
    for (const int capability : kept)
        keep |= bit(capability);
    return readCapabilities().and_then([keep](const Capabilities& has) {
        return dropBoundingSet(keep, has).and_then(dropAmbientSet).and_then([&] {
            return dropCapabilities(keep, has);
        });
    });
}

} // namespace halfopen
