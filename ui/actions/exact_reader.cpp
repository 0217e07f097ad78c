// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/exact_reader.h"

#include "ui/look/permission.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace halfopen {

std::vector<std::uint64_t> cookiesThatNeedPermission(const Frame& frame) {
    std::vector<std::uint64_t> cookies;
    if (!frame.live)
        return cookies;
    for (const auto& row : frame.rows) {
        if (frame.canBeReadExactly(row))
            cookies.push_back(row.connection.cookie);
    }
    return cookies;
}

ExactReader::ExactReader(SocketOperations& operations, QObject* parent)
    : QObject(parent)
    , m_operations(operations) {}

void ExactReader::ask(const FramePtr& frame) {
    if (m_busy || !frame)
        return;
    m_left = cookiesThatNeedPermission(*frame);
    if (m_left.empty()) {
        Q_EMIT answered(0, 0);
        return;
    }
    m_netns = frame->namespaces.front()->netns;
    m_tried.clear();
    m_count = m_failed = 0;
    m_busy = true;
    Q_EMIT stateChanged();
    next(true);
}

/// Looking at every row of every frame would cost more than it finds.
bool ExactReader::isWorthALook(const Frame& frame) {
    constexpr int kLooks = 4;
    if (frame.appeared > 0 || frame.sequence != m_seen + 1)
        m_looks = kLooks;
    m_seen = frame.sequence;
    return m_looks > 0 && m_looks-- > 0;
}

/// Cookies are never used again, so what has closed is dropped only to keep the set as small as the frame.
void ExactReader::follow(const FramePtr& frame) {
    if (!m_active || m_busy || !frame->live || !isWorthALook(*frame))
        return;
    std::erase_if(m_tried, [&](std::uint64_t cookie) { return frame->find(cookie, 0) == nullptr; });
    m_left = cookiesThatNeedPermission(*frame);
    std::erase_if(m_left, [&](std::uint64_t cookie) { return m_tried.contains(cookie); });
    if (m_left.empty())
        return;
    m_busy = true;
    next(false);
}

void ExactReader::cancel() {
    if (m_busy)
        m_operations.cancel(m_request);
}

void ExactReader::next(bool interactive) {
    if (m_left.empty())
        return finish(interactive);
    const auto last = m_left.begin() + static_cast<std::ptrdiff_t>(std::min(m_left.size(), kSocketBatch));
    std::vector<std::uint64_t> batch(m_left.begin(), last);
    m_left.erase(m_left.begin(), last);
    m_tried.insert(batch.begin(), batch.end());
    m_request =
        m_operations.inspect(m_netns, std::move(batch), interactive,
                             [self = QPointer(this), interactive](const Outcome<std::vector<SocketReading>>& outcome) {
                                 if (!self)
                                     return;
                                 if (outcome) {
                                     self->onRead(*outcome);
                                     return self->next(interactive);
                                 }
                                 self->m_active = self->m_busy = false;
                                 Q_EMIT self->stateChanged();
                                 if (interactive)
                                     Q_EMIT self->refused(outcome.error());
                             });
}

void ExactReader::onRead(const std::vector<SocketReading>& readings) {
    for (const auto& reading : readings) {
        if (reading.options)
            ++m_count;
        else if (reading.options.error().kind != PrivilegeErrorKind::NoSuchConnection)
            ++m_failed;
    }
    Q_EMIT read({m_netns, readings});
}

void ExactReader::finish(bool interactive) {
    m_busy = false;
    m_active = true;
    Q_EMIT stateChanged();
    if (interactive)
        Q_EMIT answered(m_count, m_failed);
}

} // namespace halfopen
