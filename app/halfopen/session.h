// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/halfopen/frame_mailbox.h"
#include "core/monitor/sampler.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace halfopen {

/// The sampler behind the window: this machine, or a recording in its place. GUI thread.
class Session final : public QObject {
    Q_OBJECT

public:
    /// @param history  where ends of this machine's connections go; null: they are not looked for
    explicit Session(HistoryPtr history = nullptr, QObject* parent = nullptr);

    /// Errors: as NetlinkSource and RecordingSource have them; the sampler that ran before goes on then.
    Result<void> showMachine();
    Result<void> showRecording(const QString& file);

    const HistoryPtr& history() const { return m_history; }
    void setQuery(const Query& query);
    /// As Sampler has them; a recording takes neither.
    void addReadings(std::vector<SocketReading> readings);
    void noteClose(CloseStep step, const std::vector<std::uint64_t>& cookies);

Q_SIGNALS:
    void frameArrived(const halfopen::FramePtr& frame); ///< on the GUI thread

private:
    void start(std::unique_ptr<Source> source);

    Query m_query;
    HistoryPtr m_history;
    FrameMailbox m_mailbox;
    std::unique_ptr<Sampler> m_sampler; ///< ends before the mailbox does
};

} // namespace halfopen
