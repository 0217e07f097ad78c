// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/close_flow.h"

#include "ui/actions/action_strings.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace halfopen {

CloseFlow::CloseFlow(SocketOperations& operations, QObject* parent)
    : QObject(parent)
    , m_operations(operations) {}

void CloseFlow::close(NetnsId netns, std::vector<std::uint64_t> cookies) {
    if (m_busy || cookies.empty())
        return;
    m_busy = true;
    m_netns = netns;
    m_round = {.wanted = cookies.size(), .results = {}, .refused = {}};
    m_left = std::move(cookies);
    note(CloseStep::Asked, m_left);
    next();
}

void CloseFlow::cancel() {
    if (m_busy)
        m_operations.cancel(m_request);
}

void CloseFlow::next() {
    if (m_left.empty())
        return end();
    const auto size = std::min(m_left.size(), kSocketBatch);
    const auto last = m_left.begin() + static_cast<std::ptrdiff_t>(size);
    std::vector<std::uint64_t> batch(m_left.begin(), last);
    m_left.erase(m_left.begin(), last);
    m_request = m_operations.close(m_netns, batch, [self = QPointer(this), batch](const auto& outcome) {
        if (self)
            self->answered(batch, outcome);
    });
}

void CloseFlow::answered(const std::vector<std::uint64_t>& batch, const Outcome<std::vector<CloseResult>>& outcome) {
    if (!outcome) {
        note(CloseStep::Failed, batch);
        note(CloseStep::Failed, m_left);
        m_round.refused = outcome.error();
        return end();
    }
    note(*outcome);
    m_round.results.insert(m_round.results.end(), outcome->begin(), outcome->end());
    next();
}

void CloseFlow::note(CloseStep step, const std::vector<std::uint64_t>& cookies) {
    CloseNote note{step, {}};
    for (const std::uint64_t cookie : cookies)
        note.sockets.push_back({cookie, m_netns});
    Q_EMIT progressed(note);
}

void CloseFlow::note(const std::vector<CloseResult>& results) {
    std::vector<std::uint64_t> done;
    std::vector<std::uint64_t> reset;
    std::vector<std::uint64_t> failed;
    for (const auto& result : results)
        (!result.outcome ? failed : result.reset ? reset : done).push_back(result.cookie);
    if (!done.empty())
        note(CloseStep::Done, done);
    if (!reset.empty())
        note(CloseStep::Reset, reset);
    if (!failed.empty())
        note(CloseStep::Failed, failed);
}

void CloseFlow::end() {
    m_busy = false;
    m_left.clear();
    Q_EMIT finished(std::exchange(m_round, {}));
}

} // namespace halfopen
