// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/background.h"

#include <QMetaObject>

#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

namespace halfopen {
namespace {

constexpr std::chrono::seconds kTimeLimit{2};

} // namespace

Background::Background(QObject* parent)
    : QObject(parent) {
    m_link->owner = this;
}

Background::~Background() {
    std::unique_lock lock(m_link->mutex);
    m_link->owner = nullptr;
    m_link->ended.wait_for(lock, kTimeLimit, [this] { return m_link->running == 0; });
}

int Background::running() const {
    const std::lock_guard lock(m_link->mutex);
    return m_link->running;
}

int Background::open() const {
    return running() + static_cast<int>(m_waiting.size());
}

quint64 Background::run(std::function<Result()> work) {
    m_waiting.push_back({++m_last, std::move(work)});
    beginNext();
    return m_last;
}

bool Background::withdraw(quint64 piece) {
    return std::erase_if(m_waiting, [piece](const Piece& one) { return one.number == piece; }) > 0;
}

/// Where there is no thread to be had, the next piece that ends has it tried again.
void Background::beginNext() {
    while (!m_waiting.empty() && running() < kMost && begin(m_waiting.front().work))
        m_waiting.pop_front();
}

bool Background::begin(std::function<Result()> work) {
    const auto perform = [link = m_link, work = std::move(work)] {
        Result result = work();
        const std::lock_guard lock(link->mutex);
        --link->running;
        link->ended.notify_all();
        if (Background* owner = link->owner; owner != nullptr)
            QMetaObject::invokeMethod(
                owner,
                [owner, result = std::move(result)] {
                    owner->beginNext();
                    result();
                },
                Qt::QueuedConnection);
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
