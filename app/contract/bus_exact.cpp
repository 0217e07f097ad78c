// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contract/bus_exact.h"

#include "app/contract/bus_errors.h"
#include "core/kernel/bpf/exact_record.h"
#include "core/kernel/iterator.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>

namespace halfopen {

Outcome<ExactProgramsPtr> programsFrom(UniqueFd sockets, UniqueFd owners, std::uint32_t recordVersion,
                                       std::uint32_t recordSize, std::vector<UniqueFd> ends, std::uint64_t netns) {
    if (recordVersion != EXACT_RECORD_VERSION || recordSize != sizeof(exact_record))
        return otherVersion();
    auto programs = ExactPrograms::handed(std::move(sockets), std::move(owners), ExactEnds::from(ends, netns));
    if (!UniqueFd(createIterator(programs->sockets())))
        return refusal(PrivilegeErrorKind::NotSupported,
                       Sentence::tr("This process is not let use what the helper has opened: {0}.", Errno{errno}));
    return programs;
}

} // namespace halfopen
