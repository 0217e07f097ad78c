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

// The verbs need no more than these three, whoever starts the helper (the unit file names the same).
constexpr std::uint64_t kKept = bit(CAP_NET_ADMIN) | bit(CAP_SYS_PTRACE) | bit(CAP_DAC_READ_SEARCH);

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

Result<void> dropBoundingSet() {
    for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
        const bool kept = (kKept & bit(capability)) != 0;
        const bool present = ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) == 1;
        if (!kept && present && ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0)
            return notConfined(Sentence::tr("The bounding set could not be made smaller"));
    }
    if (::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0)
        return notConfined(Sentence::tr("The ambient set could not be cleared"));
    return {};
}

/// Under systemd all is dropped already and the unit's filter forbids capset(2), so it is asked only for what is left
/// to drop.
Result<void> dropCapabilities() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> data{};
    if (::syscall(SYS_capget, &header, data.data()) != 0)
        return notConfined(Sentence::tr("The capabilities could not be read"));
    const auto before = data;
    for (std::size_t half = 0; half < data.size(); ++half) {
        const auto kept = static_cast<std::uint32_t>(kKept >> (32 * half));
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
    for (const auto step : {forbidMore, dropBoundingSet, dropCapabilities})
        if (auto done = step(); !done)
            return tl::unexpected(done.error());
    return kept;
}

} // namespace halfopen
