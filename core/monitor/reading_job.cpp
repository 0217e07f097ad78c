// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/reading_job.h"

#include <algorithm>
#include <future>
#include <span>
#include <utility>

namespace halfopen {

namespace {

void readSome(std::span<ReadingJob> jobs) {
    SocketAccess reader;
    for (ReadingJob& job : jobs)
        if (const auto reading = reader.read(job.owner->pid, job.owner->fd, job.meant))
            job.read = *reading;
}

} // namespace

/// Each thread its share, ordered by process: of each one pidfd is enough.
void readAll(std::vector<ReadingJob>& jobs, std::size_t threads) {
    std::ranges::sort(jobs, {}, [](const ReadingJob& job) { return std::pair(job.owner->pid, job.owner->fd); });
    std::vector<std::future<void>> others;
    const std::size_t share = (jobs.size() + threads - 1) / threads;
    for (std::size_t from = share; from < jobs.size(); from += share) {
        const std::span<ReadingJob> part(jobs.data() + from, std::min(share, jobs.size() - from));
        others.push_back(std::async(std::launch::async | std::launch::deferred, [part] { readSome(part); }));
    }
    readSome(std::span(jobs).first(std::min(share, jobs.size())));
    for (auto& other : others)
        other.get();
}

} // namespace halfopen
