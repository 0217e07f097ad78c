// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/shared_connection.h"

#include "core/model/units.h"
#include "core/stream/far_process.h"

#include <poll.h>
#include <unistd.h>

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace halfopen::stream {

namespace {

/// Reads to the end. @return false where that does not come in time
bool endsWithin(const UniqueFd& output, std::chrono::milliseconds within, int wake) {
    const MonotonicTime until = MonotonicClock::now() + within;
    std::array<char, 1024> ignored;
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - MonotonicClock::now());
        std::array<pollfd, 2> watched{{{output.get(), POLLIN, 0}, {wake, POLLIN, 0}}};
        if (::poll(watched.data(), watched.size(), static_cast<int>(std::max<std::int64_t>(left.count(), 0))) == 0 ||
            watched[1].revents != 0)
            return false;
        if (::read(output.get(), ignored.data(), ignored.size()) == 0)
            return true;
    }
}

} // namespace

bool isConnectionShared(const std::string& host, std::chrono::milliseconds within, int wake) {
    const auto ssh = FarProcess::start({"ssh", "-O", "check", "-o", "BatchMode=yes", "--", host});
    if (!ssh)
        return false;
    if (!endsWithin((*ssh)->errors(), within, wake))
        return true;
    const int status = (*ssh)->end();
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace halfopen::stream
