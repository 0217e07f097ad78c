// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/session.h"

#include "core/kernel/diag/netlink_source.h"

#include <chrono>
#include <utility>

namespace halfopen {

namespace {

using namespace std::chrono_literals;

// What is open sooner than that says nothing of itself.
constexpr auto kProgressEvery = 250ms;
constexpr auto kSettled = 5s; // as halfopenctl compare

FramePtr frameOf(const Error& error, const Query& query) {
    auto frame = std::make_shared<Frame>();
    frame->owners = std::make_shared<OwnerTable>();
    frame->query = query;
    frame->taken = MonotonicClock::now();
    frame->error = error;
    return frame;
}

} // namespace

Result<FramePtr> readRecording(const QString& file, const Query& query) {
    auto source = RecordingSource::open(file.toStdString());
    if (!source)
        return tl::unexpected(source.error());
    Monitor monitor(std::move(*source), {.owners = false, .options = false});
    FramePtr frame = monitor.sampleSettled(query, kSettled);
    if (frame->error)
        return tl::unexpected(*frame->error);
    return frame;
}

Session::Session(HistoryPtr history, Monitor::Others others, QObject* parent)
    : QObject(parent)
    , m_history(std::move(history))
    , m_others(others)
    , m_mailbox([this](const FramePtr& frame) { Q_EMIT frameArrived(frame); }) {
    m_progress.setInterval(kProgressEvery);
    connect(&m_progress, &QTimer::timeout, this,
            [this] { Q_EMIT openingProgressed(m_opening->file, m_opening->read, m_opening->of); });
}

Session::~Session() {
    if (m_opening)
        m_opening->calledOff = true;
    retire();
}

void Session::showMachine() {
    cancelOpening();
    auto source = NetlinkSource::open();
    if (source)
        show(std::move(*source));
    else
        Q_EMIT frameArrived(frameOf(source.error(), m_query));
    Q_EMIT sourceChanged({});
}

void Session::openRecording(const QString& file) {
    cancelOpening();
    m_opening = std::make_shared<Opening>();
    m_opening->file = file;
    m_progress.start();
    m_background.run([this, opening = m_opening] {
        const auto keepReading = [&opening](std::uintmax_t read, std::uintmax_t of) {
            opening->read = read;
            opening->of = of;
            return !opening->calledOff;
        };
        const auto opened = std::make_shared<Opened>(RecordingSource::open(opening->file.toStdString(), keepReading));
        return Background::Result([this, opening, opened] { onOpened(opening, *opened); });
    });
}

void Session::cancelOpening() {
    if (!m_opening)
        return;
    m_opening->calledOff = true;
    endOpening();
}

void Session::endOpening() {
    m_opening.reset();
    m_progress.stop();
    Q_EMIT openingEnded();
}

void Session::onOpened(const std::shared_ptr<Opening>& opening, Opened& opened) {
    if (opening != m_opening)
        return; // called off
    endOpening();
    if (!opened) {
        Q_EMIT failed(opened.error());
        return;
    }
    show(std::move(*opened));
    Q_EMIT sourceChanged(opening->file);
}

void Session::show(std::unique_ptr<Source> source) {
    m_next = std::move(source);
    retire();
    if (!m_retiring)
        start();
}

/// The sampler ends when its sample is over, which nobody here waits for.
void Session::retire() {
    if (!m_sampler)
        return;
    m_mailbox.renew();
    m_retiring = true;
    m_background.run([this, sampler = std::make_shared<std::unique_ptr<Sampler>>(std::move(m_sampler))] {
        sampler->reset();
        return Background::Result([this] {
            m_retiring = false;
            if (m_next)
                start();
        });
    });
}

void Session::start() {
    const bool live = m_next->live();
    Monitor::Config config{.owners = live, .options = live};
    if (live) {
        config.history = m_history;
        config.others = m_others;
    }
    m_sampler = std::make_unique<Sampler>(std::move(m_next), std::move(config), m_query, m_mailbox.slot());
}

void Session::send(Order order) {
    if (const auto* query = std::get_if<Query>(&order))
        m_query = *query;
    if (m_sampler)
        m_sampler->send(std::move(order));
}

} // namespace halfopen
