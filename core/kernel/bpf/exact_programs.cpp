// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/exact_programs.h"

#include "core/kernel/bpf/load_object.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>

#include <linux/capability.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <iterator>
#include <memory>
#include <system_error>
#include <utility>

// The bytes of sockets.bpf.o.
extern "C" const unsigned char sockets_object[], sockets_object_end[];

namespace halfopen {

namespace {

constexpr int kCapPerfmon = 38; // linux/capability.h, since 5.8
constexpr int kCapBpf = 39;

constexpr const char* kSockets = "every_socket";
constexpr const char* kOwners = "every_owner";

/// Loading takes some 20 at once, and what comes after it must not be the one that finds none left.
bool hasDescriptors() {
    constexpr rlim_t kWanted = 64;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return true;
    std::error_code none;
    const auto open = std::distance(std::filesystem::directory_iterator("/proc/self/fd", none), {});
    return !none && limit.rlim_cur >= kWanted + static_cast<rlim_t>(open);
}

/// @return null and errno where it fails
BpfObject loadObject(bool mayProbe, bool owners) {
    BpfObject object = openObject(sockets_object, sockets_object_end);
    if (!object)
        return object;
    if (bpf_program* const program = bpf_object__find_program_by_name(object.get(), kOwners))
        bpf_program__set_autoload(program, owners);
    if (!mayProbe) {
        bpf_map* const constants = bpf_object__find_map_by_name(object.get(), ".rodata");
        std::size_t size = 0;
        const void* const first = constants ? bpf_map__initial_value(constants, &size) : nullptr;
        if (first == nullptr || size == 0)
            return errno = EINVAL, BpfObject();
        std::vector<std::byte> zeros(size); // may_probe is all there is
        bpf_map__set_initial_value(constants, zeros.data(), zeros.size());
    }
    if (const int failed = bpf_object__load(object.get()); failed != 0)
        return errno = -failed, BpfObject();
    return object;
}

/// A descriptor of a link of its own to a program of the object; the link goes on when the object is closed.
UniqueFd linkTo(bpf_object* object, const char* name) {
    bpf_program* const program = bpf_object__find_program_by_name(object, name);
    bpf_link* const link = program ? bpf_program__attach_iter(program, nullptr) : nullptr;
    if (link == nullptr)
        return {};
    UniqueFd descriptor(fcntl(bpf_link__fd(link), F_DUPFD_CLOEXEC, 3));
    bpf_link__destroy(link);
    return descriptor;
}

Error errorOf(int error) {
    return loadError(
        error,
        Sentence::tr("This kernel cannot run the programs that read sockets exactly (5.15 can): {0}.", Errno{error}));
}

} // namespace

bool ExactPrograms::mayLoad() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> data{};
    if (syscall(SYS_capget, &header, data.data()) != 0)
        return false;
    const auto has = [&](int capability) {
        return (data[static_cast<std::size_t>(capability) / 32].effective >> (capability % 32) & 1U) != 0;
    };
    return (has(CAP_SYS_ADMIN) || (has(kCapBpf) && has(kCapPerfmon))) && hasDescriptors();
}

Result<void> ExactPrograms::check() {
    if (!hasTypes())
        return tl::unexpected(errorOf(ENOENT));
    return {};
}

Result<std::shared_ptr<const ExactPrograms>> ExactPrograms::load(bool owners) {
    BpfObject object = loadObject(true, owners);
    if (!object && errno == EINVAL) // lockdown=confidentiality
        object = loadObject(false, owners);
    if (!object)
        return tl::unexpected(errorOf(errno));
    UniqueFd sockets = linkTo(object.get(), kSockets);
    UniqueFd owning = sockets && owners ? linkTo(object.get(), kOwners) : UniqueFd();
    if (!sockets || (owners && !owning))
        return tl::unexpected(errorOf(errno));
    return std::shared_ptr<const ExactPrograms>(new ExactPrograms(std::move(sockets), std::move(owning)));
}

} // namespace halfopen
