// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/halfopen/frame_mailbox.h"
#include "core/monitor/sampler.h"

#include <QString>

#include <memory>
#include <vector>

namespace halfopen {

/// The sampler behind the window: this machine, or a recording in its place. GUI thread.
class Session {
public:
    /// @param deliver  called on the GUI thread with every frame
    /// @param history  where ends of this machine's connections go; null: they are not looked for
    explicit Session(std::function<void(FramePtr)> deliver, HistoryPtr history = nullptr);

    /// Errors: as NetlinkSource and RecordingSource have them; the sampler that ran before goes on then.
    Result<void> showMachine();
    Result<void> showRecording(const QString& file);

    void setQuery(const Query& query);
    /// As Sampler has them; a recording takes neither.
    void addReadings(std::vector<SocketReading> readings);
    void noteClose(CloseStep step, const std::vector<std::uint64_t>& cookies);

private:
    void start(std::unique_ptr<Source> source);

    Query m_query;
    HistoryPtr m_history;
    FrameMailbox m_mailbox;
    std::unique_ptr<Sampler> m_sampler; ///< ends before the mailbox does
};

} // namespace halfopen
