// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/process/signals_blocked.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace halfopen {

/// Look-ups that may take minutes (a directory service or a name server that does not answer), on threads of their own
/// that nobody waits for. A thread ends where nothing waits any more. Used by one thread.
template <class Key, class Answer>
class LookUpThreads {
public:
    using LookUp = std::function<Answer(const Key&)>;

    /// @param lookUp  called on other threads, also after this object is gone
    explicit LookUpThreads(LookUp lookUp)
        : m_shared(std::make_shared<Shared>()) {
        m_shared->lookUp = std::move(lookUp);
    }
    /// What is not begun yet is dropped; a look-up that goes on is left to itself.
    ~LookUpThreads() { cancel(); }
    LookUpThreads(const LookUpThreads&) = delete;
    LookUpThreads& operator=(const LookUpThreads&) = delete;

    /// Asks, unless that is asked for already.
    /// @return false where too many wait, or there is no thread to be had
    bool ask(const Key& key);
    /// Drops what is not begun yet. @return that
    std::vector<Key> cancel();
    /// The answers that have come since the last call.
    std::vector<std::pair<Key, Answer>> take() {
        const std::lock_guard lock(m_shared->mutex);
        for (const auto& [key, answer] : m_shared->answers)
            m_shared->asked.erase(key);
        return std::exchange(m_shared->answers, {});
    }
    /// Waits until all that was asked for is answered. @return false where the time ran out
    bool wait(std::chrono::nanoseconds atMost) const {
        std::unique_lock lock(m_shared->mutex);
        return m_shared->answered.wait_for(lock, atMost, [this] { return m_shared->unanswered == 0; });
    }

private:
    /// With the threads.
    struct Shared {
        LookUp lookUp;
        std::mutex mutex;
        std::condition_variable answered;
        std::deque<Key> waiting;
        std::set<Key> asked;        ///< until its answer is taken, or who asks meanwhile would ask twice
        std::size_t unanswered = 0; ///< of those: waiting, or being looked up
        std::vector<std::pair<Key, Answer>> answers;
        std::size_t threads = 0;
    };
    static constexpr std::size_t kMostThreads = 4; ///< what does not answer keeps one for long: others go on
    static constexpr std::size_t kMostWaiting = 4096;

    static void work(const std::shared_ptr<Shared>& shared);

    std::shared_ptr<Shared> m_shared;
};

template <class Key, class Answer>
bool LookUpThreads<Key, Answer>::ask(const Key& key) {
    const std::lock_guard lock(m_shared->mutex);
    Shared& shared = *m_shared;
    if (shared.asked.contains(key))
        return true;
    if (shared.waiting.size() >= kMostWaiting)
        return false;
    if (shared.threads < kMostThreads && shared.threads < shared.unanswered + 1) {
        const SignalsBlocked blocked;
        try {
            std::thread([kept = m_shared] { work(kept); }).detach();
            ++shared.threads;
        } catch (const std::system_error&) {
            if (shared.threads == 0)
                return false;
        }
    }
    shared.asked.insert(key);
    ++shared.unanswered;
    shared.waiting.push_back(key);
    return true;
}

template <class Key, class Answer>
std::vector<Key> LookUpThreads<Key, Answer>::cancel() {
    const std::lock_guard lock(m_shared->mutex);
    std::vector<Key> dropped(m_shared->waiting.begin(), m_shared->waiting.end());
    for (const Key& key : dropped)
        m_shared->asked.erase(key);
    m_shared->unanswered -= dropped.size();
    m_shared->waiting.clear();
    m_shared->answered.notify_all();
    return dropped;
}

template <class Key, class Answer>
void LookUpThreads<Key, Answer>::work(const std::shared_ptr<Shared>& shared) {
    std::unique_lock lock(shared->mutex);
    while (!shared->waiting.empty()) {
        const Key key = std::move(shared->waiting.front());
        shared->waiting.pop_front();
        lock.unlock();
        Answer answer = shared->lookUp(key);
        lock.lock();
        shared->answers.emplace_back(key, std::move(answer));
        --shared->unanswered;
        shared->answered.notify_all();
    }
    --shared->threads;
}

} // namespace halfopen
