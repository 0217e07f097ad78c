// SPDX-License-Identifier: GPL-3.0-or-later
// The verb of HelperService on the programs that read sockets exactly: for a caller who goes on reading without the
// helper.
#include "app/helper/helper_service.h"
#include "core/kernel/bpf/exact_record.h"

#include <fcntl.h>

#include <sys/stat.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {
namespace {

constexpr char kReadExactly[] = "org.halfopen.helper.read-exactly";

/// Its own: the programs go when this thread is done.
SharedFd copyOf(int descriptor) {
    return std::make_shared<const UniqueFd>(::fcntl(descriptor, F_DUPFD_CLOEXEC, 3));
}

/// Whether a process is in the helper's own network namespace. @param pid  0: not known
bool isInOwnNetns(std::uint32_t pid) {
    struct stat own {};
    struct stat theirs {};
    return pid != 0 && ::stat("/proc/self/ns/net", &own) == 0 &&
           ::stat(("/proc/" + std::to_string(pid) + "/ns/net").c_str(), &theirs) == 0 && own.st_dev == theirs.st_dev &&
           own.st_ino == theirs.st_ino;
}

std::vector<SharedFd> endsOf(const ExactPrograms& programs) {
    std::vector<SharedFd> all;
    if (const ExactEnds* const ends = programs.ends())
        for (const int fd : ends->descriptors())
            all.push_back(copyOf(fd));
    return all;
}

} // namespace

/// Of connections that end the caller is told what sock_diag's multicast would tell there: those of the own namespace,
/// and of others' neither error nor owner.
void HelperService::openExactSource(Call call) {
    const auto possible = [] { return ExactPrograms::check().map_error(toPrivilegeError); };
    Verb verb{kReadExactly, possible, [] { return Outcome<Details>(Details{}); }, {}};
    verb.slowWork = [&loader = m_loader, netns = m_netns.own()](const Caller& caller) {
        std::optional<ExactPrograms::EndsReader> reader;
        if (netns != 0 && isInOwnNetns(caller.pid))
            reader = ExactPrograms::EndsReader{caller.uid, netns};
        const auto programs = loader.openExact(reader);
        if (!programs)
            return Deed{tl::unexpected(programs.error())};
        return Deed{Answer{copyOf((*programs)->sockets()), copyOf((*programs)->owners()),
                           static_cast<std::uint32_t>(EXACT_RECORD_VERSION),
                           static_cast<std::uint32_t>(sizeof(exact_record)), endsOf(**programs), netns},
                    {lineForExactSource(caller)}};
    };
    submit(std::move(call), std::move(verb));
}

} // namespace halfopen
