// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/users.h"

#include <pwd.h>

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <unordered_set>
#include <utility>
#include <vector>

namespace halfopen {

namespace {

// One user whose directory does not answer must not keep all others from being named.
constexpr int kMostThreads = 4;

/// Threads started meanwhile take no signals: those are for the threads that wait for them.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &m_before);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

private:
    sigset_t m_before{};
};

} // namespace

struct UserNames::Desk {
    LookUp lookUp;
    std::mutex mutex;
    std::condition_variable answer;
    std::deque<std::uint32_t> queue;
    std::unordered_set<std::uint32_t> open; ///< in the queue, or being looked up
    std::vector<std::pair<std::uint32_t, std::optional<std::string>>> answers;
    int threads = 0;
};

std::optional<std::string> userName(std::uint32_t uid) {
    constexpr std::size_t kMost = std::size_t{1} << 20; // an entry longer than this is no use to anybody
    passwd entry{};
    passwd* found = nullptr;
    for (std::vector<char> buffer(1024); buffer.size() <= kMost; buffer.resize(buffer.size() * 4)) {
        const int error = getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
        if (error == ERANGE || error == EINTR)
            continue;
        return found != nullptr ? std::optional<std::string>(found->pw_name) : std::nullopt;
    }
    return std::nullopt;
}

UserNames::UserNames(LookUp lookUp)
    : m_desk(std::make_shared<Desk>()) {
    m_desk->lookUp = std::move(lookUp);
}

UserNames::~UserNames() {
    const std::lock_guard lock(m_desk->mutex);
    m_desk->queue.clear();
}

const std::optional<std::string>* UserNames::find(std::uint32_t uid) {
    if (const auto known = m_names.find(uid); known != m_names.end())
        return &known->second;
    {
        const std::lock_guard lock(m_desk->mutex);
        for (auto& [answered, name] : m_desk->answers)
            m_names.emplace(answered, std::move(name));
        m_desk->answers.clear();
    }
    if (const auto known = m_names.find(uid); known != m_names.end())
        return &known->second;
    ask(uid);
    return nullptr;
}

void UserNames::ask(std::uint32_t uid) {
    const std::lock_guard lock(m_desk->mutex);
    if (!m_desk->open.insert(uid).second)
        return;
    m_desk->queue.push_back(uid);
    if (m_desk->threads == kMostThreads)
        return;
    const SignalsBlocked blocked;
    try {
        std::thread([desk = m_desk] { work(desk); }).detach();
        ++m_desk->threads;
    } catch (const std::system_error&) {
        if (m_desk->threads == 0) { // asked again with the next sample
            m_desk->queue.pop_back();
            m_desk->open.erase(uid);
        }
    }
}

/// Takes one after the other, and ends where there is none.
void UserNames::work(const std::shared_ptr<Desk>& desk) {
    std::unique_lock lock(desk->mutex);
    while (!desk->queue.empty()) {
        const std::uint32_t uid = desk->queue.front();
        desk->queue.pop_front();
        lock.unlock();
        auto name = desk->lookUp(uid);
        lock.lock();
        desk->answers.emplace_back(uid, std::move(name));
        desk->open.erase(uid);
        desk->answer.notify_all();
    }
    --desk->threads;
}

void UserNames::wait(std::chrono::nanoseconds timeLimit) const {
    std::unique_lock lock(m_desk->mutex);
    m_desk->answer.wait_for(lock, timeLimit, [this] { return m_desk->open.empty(); });
}

} // namespace halfopen
