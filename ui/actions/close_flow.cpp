// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/close_flow.h"

#include "ui/actions/action_strings.h"

#include <QPointer>

#include <utility>

namespace halfopen {

CloseFlow::CloseFlow(SocketOperations& operations, QObject* parent)
    : QObject(parent)
    , m_operations(operations) {}

void CloseFlow::close(std::vector<SocketKey> sockets) {
    begin(std::move(sockets), false);
}

void CloseFlow::closeWhole(std::vector<SocketKey> sockets) {
    begin(std::move(sockets), true);
}

void CloseFlow::begin(std::vector<SocketKey> sockets, bool whole) {
    if (m_busy || sockets.empty())
        return;
    m_whole = whole;
    m_busy = true;
    m_round = {.wanted = sockets.size(), .results = {}, .refused = {}};
    m_left = std::move(sockets);
    sortByNetns(m_left);
    note(CloseStep::Asked, m_left);
    next();
}

void CloseFlow::next() {
    if (m_left.empty())
        return end();
    const auto batch = takeBatch(m_left);
    const auto answer = [self = QPointer(this), batch](const auto& outcome) {
        if (self)
            self->answered(batch, outcome);
    };
    if (m_whole)
        m_operations.closeWhole(batch.front().netns, cookiesOf(batch), answer);
    else
        m_operations.close(batch.front().netns, cookiesOf(batch), answer);
}

void CloseFlow::answered(const std::vector<SocketKey>& batch, const Outcome<std::vector<CloseResult>>& outcome) {
    if (!outcome) {
        note(CloseStep::Failed, batch);
        note(CloseStep::Failed, m_left);
        m_round.refused = outcome.error();
        return end();
    }
    note(batch, *outcome);
    m_round.results.insert(m_round.results.end(), outcome->begin(), outcome->end());
    next();
}

void CloseFlow::note(CloseStep step, std::vector<SocketKey> sockets) {
    if (!sockets.empty())
        Q_EMIT progressed({step, std::move(sockets)});
}

void CloseFlow::note(const std::vector<SocketKey>& batch, const std::vector<CloseResult>& results) {
    const SocketKey& first = batch.front(); // they are all of its namespace
    std::vector<SocketKey> done;
    std::vector<SocketKey> reset;
    std::vector<SocketKey> failed;
    for (const auto& result : results)
        (!result.outcome ? failed : result.reset ? reset : done).push_back({result.cookie, first.netns, first.host});
    note(CloseStep::Done, std::move(done));
    note(CloseStep::Reset, std::move(reset));
    note(CloseStep::Failed, std::move(failed));
}

void CloseFlow::end() {
    m_busy = false;
    m_left.clear();
    Q_EMIT finished(std::exchange(m_round, {}));
}

} // namespace halfopen
