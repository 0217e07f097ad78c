// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/host_name_lookup.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

namespace halfopen {

namespace {

constexpr std::size_t kThreads = 4; ///< a name server that does not answer keeps one for seconds
constexpr std::size_t kMostWaiting = 4096;
constexpr std::size_t kMostKnown = 65'536;

} // namespace

struct HostNameLookup::Shared {
    LookUp lookUp;
    mutable std::mutex mutex;
    std::condition_variable work;
    std::condition_variable rest;
    std::deque<IpAddress> waiting;
    std::set<IpAddress> asked; ///< known ones, with or without a name, included
    HostNames found;
    mutable HostNamesPtr published = std::make_shared<const HostNames>();
    std::size_t threads = 0;
    std::size_t busy = 0;
    bool over = false;

    void run();
};

void HostNameLookup::Shared::run() {
    std::unique_lock lock(mutex);
    for (;;) {
        work.wait(lock, [this] { return over || !waiting.empty(); });
        if (over)
            return;
        const IpAddress address = waiting.front();
        waiting.pop_front();
        ++busy;
        lock.unlock();
        std::string name = lookUp(address);
        lock.lock();
        --busy;
        if (!name.empty()) {
            found.insert_or_assign(address, std::move(name));
            published = nullptr;
        }
        rest.notify_all();
    }
}

HostNameLookup::HostNameLookup(LookUp lookUp)
    : m_shared(std::make_shared<Shared>()) {
    m_shared->lookUp = std::move(lookUp);
}

HostNameLookup::~HostNameLookup() {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->over = true;
    m_shared->work.notify_all();
}

bool HostNameLookup::ask(const IpAddress& address) {
    const std::lock_guard lock(m_shared->mutex);
    Shared& shared = *m_shared;
    if (shared.asked.contains(address) || shared.asked.size() >= kMostKnown)
        return true;
    if (shared.waiting.size() >= kMostWaiting)
        return false;
    shared.asked.insert(address);
    shared.waiting.push_back(address);
    if (shared.threads < kThreads && shared.threads < shared.waiting.size() + shared.busy) {
        try {
            std::thread([kept = m_shared] { kept->run(); }).detach();
            ++shared.threads;
        } catch (const std::system_error&) { // no thread to be had: those that there are go on
        }
    }
    shared.work.notify_one();
    return true;
}

void HostNameLookup::cancel() {
    const std::lock_guard lock(m_shared->mutex);
    for (const IpAddress& address : m_shared->waiting)
        m_shared->asked.erase(address);
    m_shared->waiting.clear();
    m_shared->rest.notify_all();
}

HostNamesPtr HostNameLookup::names() const {
    const std::lock_guard lock(m_shared->mutex);
    if (!m_shared->published)
        m_shared->published = std::make_shared<const HostNames>(m_shared->found);
    return m_shared->published;
}

bool HostNameLookup::waitFor(std::chrono::nanoseconds atMost) const {
    std::unique_lock lock(m_shared->mutex);
    return m_shared->rest.wait_for(lock, atMost, [this] { return m_shared->waiting.empty() && m_shared->busy == 0; });
}

} // namespace halfopen
