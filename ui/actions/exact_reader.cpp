// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/exact_reader.h"

#include "ui/look/permission.h"

#include <QPointer>

#include <utility>

namespace halfopen {

std::vector<SocketKey> socketsThatNeedPermission(const Frame& frame) {
    std::vector<SocketKey> sockets;
    for (const auto& row : frame.rows) {
        if (frame.canBeReadExactly(row))
            sockets.push_back(frame.keyOf(row));
    }
    sortByNetns(sockets);
    return sockets;
}

ExactReader::ExactReader(SocketOperations& operations, OpenExact open, QObject* parent)
    : QObject(parent)
    , m_operations(operations)
    , m_open(std::move(open)) {}

void ExactReader::ask(const FramePtr& frame) {
    if (m_busy || !frame)
        return;
    m_left = socketsThatNeedPermission(*frame);
    if (m_left.empty()) {
        Q_EMIT answered(0, 0);
        return;
    }
    m_tried.clear();
    m_count = m_failed = 0;
    m_busy = true;
    Q_EMIT stateChanged();
    if (m_open)
        openAll();
    else
        next(true);
}

void ExactReader::openAll() {
    m_open([self = QPointer(this)](const Outcome<void>& outcome) {
        if (self)
            self->onOpened(outcome);
    });
}

/// Where it cannot be had, nobody was asked. What is left to be asked for once it is there (sockets that are only
/// bound, which no program walks through) is read one by one.
void ExactReader::onOpened(const Outcome<void>& outcome) {
    const bool cannotBe = !outcome && outcome.error().kind == PrivilegeErrorKind::NotSupported;
    if (outcome || cannotBe)
        m_open = {};
    if (cannotBe)
        return next(true);
    m_busy = false;
    Q_EMIT stateChanged();
    if (outcome)
        Q_EMIT opened();
    else
        Q_EMIT refused(outcome.error());
}

/// Looking at every row of every frame would cost more than it finds.
bool ExactReader::isWorthALook(const Frame& frame) {
    constexpr int kLooks = 4;
    if (frame.appeared > 0 || frame.sequence != m_seen + 1)
        m_looks = kLooks;
    m_seen = frame.sequence;
    return m_looks > 0 && m_looks-- > 0;
}

/// Keys are never used again, so what has closed is dropped only to keep the set as small as the frame.
void ExactReader::follow(const FramePtr& frame) {
    if (!m_active || m_busy || !frame->isHere() || !isWorthALook(*frame))
        return;
    std::erase_if(m_tried, [&](const SocketKey& socket) { return frame->find(socket) == nullptr; });
    m_left = socketsThatNeedPermission(*frame);
    std::erase_if(m_left, [&](const SocketKey& socket) { return m_tried.contains(socket); });
    if (m_left.empty())
        return;
    m_busy = true;
    next(false);
}

void ExactReader::next(bool interactive) {
    if (m_left.empty())
        return finish(interactive);
    const auto batch = takeBatch(m_left);
    m_tried.insert(batch.begin(), batch.end());
    m_operations.inspect(batch.front().netns, cookiesOf(batch), interactive,
                         [self = QPointer(this), interactive,
                          first = batch.front()](const Outcome<std::vector<SocketReading>>& outcome) {
                             if (!self)
                                 return;
                             if (outcome) {
                                 self->onRead(first, *outcome);
                                 return self->next(interactive);
                             }
                             self->m_active = self->m_busy = false;
                             Q_EMIT self->stateChanged();
                             if (interactive)
                                 Q_EMIT self->refused(outcome.error());
                         });
}

/// @param first  of the namespace that they are of
void ExactReader::onRead(const SocketKey& first, const std::vector<SocketReading>& readings) {
    for (const auto& reading : readings) {
        if (reading.options)
            ++m_count;
        else if (reading.options.error().kind != PrivilegeErrorKind::NoSuchConnection)
            ++m_failed;
    }
    Q_EMIT read({first.netns, readings, first.host});
}

void ExactReader::finish(bool interactive) {
    m_busy = false;
    m_active = true;
    Q_EMIT stateChanged();
    if (interactive)
        Q_EMIT answered(m_count, m_failed);
}

} // namespace halfopen
