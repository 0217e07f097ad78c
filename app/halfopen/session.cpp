// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/session.h"

#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/diag/recording.h"

#include <utility>

namespace halfopen {

Session::Session(HistoryPtr history, QObject* parent)
    : QObject(parent)
    , m_history(std::move(history))
    , m_mailbox([this](const FramePtr& frame) { Q_EMIT frameArrived(frame); }) {}

Result<void> Session::showMachine() {
    auto source = NetlinkSource::open();
    if (!source)
        return tl::unexpected(source.error());
    start(std::move(*source));
    return {};
}

Result<void> Session::showRecording(const QString& file) {
    auto source = RecordingSource::open(file.toStdString());
    if (!source)
        return tl::unexpected(source.error());
    start(std::move(*source));
    return {};
}

void Session::start(std::unique_ptr<Source> source) {
    const bool live = source->live();
    m_sampler.reset();
    m_mailbox.clear();
    Monitor::Config config{.owners = live, .options = live};
    if (live)
        config.history = m_history;
    m_sampler = std::make_unique<Sampler>(std::move(source), std::move(config), m_query,
                                          [this](FramePtr frame) { m_mailbox.put(std::move(frame)); });
}

void Session::setQuery(const Query& query) {
    m_query = query;
    if (m_sampler)
        m_sampler->setQuery(query);
}

void Session::addReadings(std::vector<SocketReading> readings) {
    if (m_sampler)
        m_sampler->addReadings(std::move(readings));
}

void Session::noteClose(CloseStep step, const std::vector<std::uint64_t>& cookies) {
    if (m_sampler)
        m_sampler->noteClose(step, cookies);
}

} // namespace halfopen
