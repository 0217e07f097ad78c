// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/sockets/socket_access.h"
#include "core/model/keepalive_options.h"
#include "core/model/owner.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace halfopen {

/// One socket to read by one of its owners.
struct ReadingJob {
    SocketMeant meant;
    const Owner* owner;                   ///< never null; outlives the job
    std::size_t place;                    ///< for whoever made it
    std::optional<KeepaliveOptions> read; ///< nullopt: the owner did not tell
};

/// Does them all, in another order, on so many threads.
void readAll(std::vector<ReadingJob>& jobs, std::size_t threads);

} // namespace halfopen
