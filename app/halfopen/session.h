// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bus/background.h"
#include "app/halfopen/frame_mailbox.h"
#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/diag/recording.h"
#include "core/model/error.h"
#include "core/model/recorded_view.h"
#include "core/monitor/sampler.h"
#include "core/stream/remote_source.h"
#include "ui/window/shown_source.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace halfopen {

/// What a recording holds. Blocks for as long as reading it takes; any thread.
Result<FramePtr> readRecording(const QString& file, const Query& query);

/// The sampler behind the window: this machine, or a recording or another machine in its place. Nothing here blocks:
/// recordings are opened, machines asked, and samplers end, on threads of their own. GUI thread.
class Session final : public QObject {
    Q_OBJECT

public:
    /// @param history  where ends of this machine's connections go; null: they are not looked for
    /// @param others   which network namespaces of this machine are looked at beside the own one
    explicit Session(HistoryPtr history = nullptr, Monitor::Others others = Monitor::Others::None,
                     QObject* parent = nullptr);
    ~Session() override; ///< waits a moment for the last sample (see Background)

    /// Where the machine cannot be asked, a frame says why; what was shown before goes on then.
    void showMachine();
    /// Opens it, while what is shown goes on: sourceChanged() when it is open, or failed(). One at a time; a second one
    /// takes the place of the first.
    void openRecording(const QString& file);
    void cancelOpening(); ///< does nothing where none is being opened
    bool isOpening() const { return m_opening != nullptr; }
    /// The program by which ssh may ask (FarRequest::askedBy); "", as at first: it asks nothing and fails.
    /// @param as  FarRequest::askedAs, when a machine is to be shown; null: the one of its own
    void setAskedBy(const QString& program, std::function<QString()> as = {}) {
        m_askedBy = program;
        m_askedAs = std::move(as);
    }
    /// Shows another machine from now on: sourceChanged() at once, and frames without rows until it has told something,
    /// or say why it does not. Ends of its connections have a history of their own. failed() where it is no name.
    /// @param host   as FarRequest has it, like `netns`
    void showHost(const QString& host, const QString& netns = {});
    /// Takes the place of the one before, once the sample of that one is over.
    void show(std::unique_ptr<Source> source);
    /// What writes a recording of what is shown, a machine whose last frame it is: what went into it, or why not. That
    /// blocks, on any thread.
    std::function<Result<RecordedView>()> recorder(const QString& file, const FramePtr& frame) const;
    bool isShowing() const { return m_sampler || m_next || m_link; }

    const HistoryPtr& history() const { return m_history; }
    /// A Query also counts for what is shown later, and ExactOpened for this machine whenever it is shown; the rest is
    /// for what runs now, and a recording takes none of it.
    void send(Order order);

Q_SIGNALS:
    void frameArrived(const halfopen::FramePtr& frame);
    void sourceChanged(const halfopen::ShownSource& source); ///< what is shown from now on
    /// A recording takes its time. For bytes and their number see KeepReading.
    void openingProgressed(const QString& file, quint64 read, quint64 of);
    void openingEnded();                       ///< it is open, has failed, or was called off
    void failed(const halfopen::Error& error); ///< what was to be opened could not be

private:
    /// A recording that is being opened; shared with the thread that does it.
    struct Opening {
        QString file;
        std::atomic<bool> calledOff = false;
        std::atomic<std::uint64_t> read = 0;
        std::atomic<std::uint64_t> of = 0;
    };
    using Opened = Result<std::unique_ptr<RecordingSource>>;

    void onOpened(const std::shared_ptr<Opening>& opening, Opened& opened);
    void endOpening();
    void onMet(const HistoryPtr& history, Result<WatchedNetns>& watched);
    void leaveHost();
    void show(WatchedNetns first, Monitor::Config config);
    void start();
    void retire();

    Query m_query;
    QString m_askedBy;
    std::function<QString()> m_askedAs;
    HistoryPtr m_history;
    Monitor::Others m_others;
    ExactProgramsPtr m_exact; ///< null until they are opened
    FrameMailbox m_mailbox;
    /// What is looked at, and how.
    struct Look {
        WatchedNetns first;
        Monitor::Config config;
    };
    std::optional<Look> m_next; ///< waits for the end of the sampler before
    std::unique_ptr<Sampler> m_sampler;
    stream::RemoteLinkPtr m_link;       ///< to the machine that is shown; null: it is this one
    bool m_retiring = false;            ///< the sampler before has not ended yet
    std::shared_ptr<Opening> m_opening; ///< null: none
    QTimer m_progress;
    Background m_background;
};

} // namespace halfopen
