// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/background_threads.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace halfopen {
namespace {

constexpr std::chrono::seconds kTimeLimit{2};

} // namespace

/// What a thread may still use when its owner is gone.
struct BackgroundThreads::Link {
    std::mutex mutex;
    std::condition_variable ended;
    BackgroundThreads* owner = nullptr; ///< written by its own thread alone, guarded by the mutex, as the next two
    Post post;
    int running = 0;
};

BackgroundThreads::BackgroundThreads(Post post)
    : m_link(std::make_shared<Link>()) {
    m_link->owner = this;
    m_link->post = std::move(post);
}

BackgroundThreads::~BackgroundThreads() {
    std::unique_lock lock(m_link->mutex);
    m_link->owner = nullptr;
    m_link->ended.wait_for(lock, kTimeLimit, [this] { return m_link->running == 0; });
}

int BackgroundThreads::running() const {
    const std::lock_guard lock(m_link->mutex);
    return m_link->running;
}

int BackgroundThreads::open() const {
    return running() + static_cast<int>(m_waiting.size());
}

std::uint64_t BackgroundThreads::run(std::function<Result()> work) {
    m_waiting.push_back({++m_last, std::move(work)});
    beginNext();
    return m_last;
}

bool BackgroundThreads::withdraw(std::uint64_t piece) {
    return std::erase_if(m_waiting, [piece](const Piece& one) { return one.number == piece; }) > 0;
}

/// Where there is no thread to be had, the next piece that ends has it tried again.
void BackgroundThreads::beginNext() {
    while (!m_waiting.empty() && running() < kMost && begin(m_waiting.front().work))
        m_waiting.pop_front();
}

bool BackgroundThreads::begin(std::function<Result()> work) {
    const auto perform = [link = m_link, work = std::move(work)] {
        Result result = work();
        const std::lock_guard lock(link->mutex);
        --link->running;
        link->ended.notify_all();
        if (link->owner != nullptr)
            link->post([link, result = std::move(result)] {
                if (link->owner == nullptr) // gone since
                    return;
                link->owner->beginNext();
                result();
            });
    };
    const std::lock_guard lock(m_link->mutex);
    try {
        std::thread(perform).detach();
    } catch (const std::system_error&) {
        return false;
    }
    ++m_link->running;
    return true;
}

} // namespace halfopen
