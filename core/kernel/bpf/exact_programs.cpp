// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/exact_programs.h"

#include "core/kernel/bpf/exact_record.h"
#include "core/kernel/bpf/load_object.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>

#include <linux/capability.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <algorithm>
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
// Those of one tracepoint run in the order in which they are attached.
constexpr std::array<const char*, ExactEnds::kLinks> kTracing{"ended", "ended_missed", "freed", "freed_missed"};
constexpr const char* kRing = "ends";
constexpr const char* kLost = "ends_lost";
constexpr const char* kTold = "ends_told";

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

void loadOnly(bpf_object* object, const char* name, bool wanted) {
    if (bpf_program* const program = bpf_object__find_program_by_name(object, name))
        bpf_program__set_autoload(program, wanted);
}

/// The ring takes memory whether something is written into it or not.
void prepareEnds(bpf_object* object, bool wanted) {
    for (const char* program : kTracing)
        loadOnly(object, program, wanted);
    for (const char* name : {kRing, kLost, kTold})
        if (bpf_map* const map = bpf_object__find_map_by_name(object, name))
            bpf_map__set_autocreate(map, wanted);
}

/// @return null and errno where it fails
BpfObject loadObject(const ExactPrograms::Wanted& wanted, bool mayProbe) {
    BpfObject object = openObject(sockets_object, sockets_object_end);
    if (!object)
        return object;
    loadOnly(object.get(), kOwners, wanted.owners);
    prepareEnds(object.get(), wanted.ends.has_value());
    exact_settings settings{};
    settings.may_probe = mayProbe ? 1 : 0;
    if (wanted.ends) {
        settings.ends_netns = wanted.ends->netns;
        settings.ends_reader = wanted.ends->uid;
    }
    bpf_map* const constants = bpf_object__find_map_by_name(object.get(), ".rodata"); // they are all there is
    if (constants == nullptr || bpf_map__set_initial_value(constants, &settings, sizeof settings) != 0)
        return errno = EINVAL, BpfObject();
    if (const int failed = bpf_object__load(object.get()); failed != 0)
        return errno = -failed, BpfObject();
    return object;
}

/// With what is wanted, as far as the kernel has it. @return likewise
BpfObject loadWhatCanBe(ExactPrograms::Wanted& wanted) {
    BpfObject object = loadObject(wanted, true);
    if (!object && errno == EINVAL) // lockdown=confidentiality
        object = loadObject(wanted, false);
    if (!object && wanted.ends && errno != EPERM) {
        wanted.ends.reset();
        return loadWhatCanBe(wanted);
    }
    return object;
}

UniqueFd copyOf(int fd) {
    return UniqueFd(fcntl(fd, F_DUPFD_CLOEXEC, 3));
}

/// A descriptor of a link of its own to a program of the object; the link goes on when the object is closed.
UniqueFd linkTo(bpf_object* object, const char* name) {
    bpf_program* const program = bpf_object__find_program_by_name(object, name);
    if (program == nullptr)
        return errno = ENOENT, UniqueFd();
    const bool iterates = bpf_program__expected_attach_type(program) == BPF_TRACE_ITER;
    const BpfLink link(iterates ? bpf_program__attach_iter(program, nullptr) : bpf_program__attach(program));
    return link ? copyOf(bpf_link__fd(link.get())) : UniqueFd();
}

std::optional<ExactEnds> endsOf(bpf_object* object, const std::optional<ExactPrograms::EndsReader>& reader) {
    if (!reader)
        return std::nullopt;
    std::array<UniqueFd, ExactEnds::kDescriptors> all{copyOf(bpf_object__find_map_fd_by_name(object, kRing)),
                                                      copyOf(bpf_object__find_map_fd_by_name(object, kLost))};
    std::ranges::transform(kTracing, all.begin() + 2, [object](const char* name) { return linkTo(object, name); });
    return ExactEnds::from(all, reader->netns);
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

Result<std::shared_ptr<const ExactPrograms>> ExactPrograms::load(const Wanted& wanted) {
    Wanted had = wanted;
    const BpfObject object = loadWhatCanBe(had);
    if (!object)
        return tl::unexpected(errorOf(errno));
    UniqueFd sockets = linkTo(object.get(), kSockets);
    UniqueFd owning = sockets && wanted.owners ? linkTo(object.get(), kOwners) : UniqueFd();
    if (!sockets || (wanted.owners && !owning))
        return tl::unexpected(errorOf(errno));
    return std::shared_ptr<const ExactPrograms>(
        new ExactPrograms(std::move(sockets), std::move(owning), endsOf(object.get(), had.ends)));
}

} // namespace halfopen
