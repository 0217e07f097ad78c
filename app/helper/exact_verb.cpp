// SPDX-License-Identifier: GPL-3.0-or-later
// The verb of HelperService on the programs that read sockets exactly: for a caller who goes on reading without the
// helper.
#include "app/helper/helper_service.h"
#include "core/kernel/bpf/exact_record.h"

#include <fcntl.h>

#include <memory>

namespace halfopen {
namespace {

constexpr char kReadExactly[] = "org.halfopen.helper.read-exactly";

/// Its own: the programs go when this thread is done.
SharedFd copyOf(int descriptor) {
    return std::make_shared<const UniqueFd>(::fcntl(descriptor, F_DUPFD_CLOEXEC, 3));
}

} // namespace

void HelperService::openExactSource(Call call) {
    const auto possible = [] { return ExactPrograms::check().map_error(toPrivilegeError); };
    Verb verb{kReadExactly, possible, [] { return Outcome<Details>(Details{}); }, {}};
    verb.slowWork = [&loader = m_loader](const Caller& caller) {
        const auto programs = loader.openExact();
        if (!programs)
            return Deed{tl::unexpected(programs.error())};
        return Deed{Answer{copyOf((*programs)->sockets()), copyOf((*programs)->owners()),
                           static_cast<std::uint32_t>(EXACT_RECORD_VERSION),
                           static_cast<std::uint32_t>(sizeof(exact_record))},
                    {lineForExactSource(caller)}};
    };
    submit(std::move(call), std::move(verb));
}

} // namespace halfopen
