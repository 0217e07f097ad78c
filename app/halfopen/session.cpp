// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/session.h"

#include "core/format/json.h"
#include "core/kernel/bpf/exact_source.h"
#include "core/monitor/netns_recording.h"
#include "core/stream/far_recording.h"

#include <QFile>

#include <chrono>
#include <filesystem>
#include <numeric>
#include <utility>

namespace halfopen {

namespace {

using namespace std::chrono_literals;

// What is open sooner than that says nothing of itself.
constexpr auto kProgressEvery = 250ms;
constexpr auto kSettled = 5s; // as halfopenctl compare

std::shared_ptr<Frame> emptyFrame(const Query& query) {
    auto frame = std::make_shared<Frame>();
    frame->owners = std::make_shared<OwnerTable>();
    frame->query = query;
    frame->taken = MonotonicClock::now();
    return frame;
}

FramePtr frameOf(const Error& error, const Query& query) {
    auto frame = emptyFrame(query);
    frame->error = error;
    return frame;
}

/// Of a machine that has told nothing yet. @param error  why it will not; nullopt: it is being asked
FramePtr frameOf(const std::string& host, const std::optional<Error>& error, const Query& query) {
    NetnsContext netns;
    netns.host = std::make_shared<const HostContext>(HostContext{.host = kUnmetHost, .name = host});
    auto frame = emptyFrame(query);
    frame->namespaces = {std::make_shared<const NetnsContext>(std::move(netns))};
    frame->error = error;
    return frame;
}

/// Of the network namespace that another machine tells of: always the first.
RecordingTrailer trailerOf(const Frame& frame, const HostFacts& host) {
    const NetnsSample sample = frame.sampleOf(0);
    std::vector<std::uint32_t> rows(sample.end - sample.begin);
    std::iota(rows.begin(), rows.end(), sample.begin);
    RecordingTrailer trailer = halfopen::trailerOf(frame, 0, rows);
    trailer.host = host.host;
    trailer.kernel = host.kernel;
    return trailer;
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
    leaveHost();
    retire();
}

void Session::showMachine() {
    cancelOpening();
    leaveHost();
    auto source = openLiveSource(m_exact);
    if (source)
        show(std::move(*source));
    else
        Q_EMIT frameArrived(frameOf(source.error(), m_query));
    Q_EMIT sourceChanged(ShownSource{});
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
    leaveHost();
    show(std::move(*opened));
    Q_EMIT sourceChanged({.recording = opening->file});
}

void Session::showHost(const QString& host, const QString& netns) {
    const std::string name = host.toStdString();
    if (const auto checked = stream::checkHost(name); !checked) {
        Q_EMIT failed(checked.error());
        return;
    }
    cancelOpening();
    leaveHost();
    m_next.reset();
    retire();
    const auto history = std::make_shared<History>();
    Q_EMIT sourceChanged({.host = host, .history = history});
    Q_EMIT frameArrived(frameOf(name, std::nullopt, m_query));
    stream::FarRequest request{.host = name,
                               .netns = netns.toStdString(),
                               .interval = m_query.interval,
                               .askedBy = QFile::encodeName(m_askedBy).toStdString()};
    if (m_askedAs)
        request.askedAs = m_askedAs().toStdString();
    m_link = std::make_shared<stream::RemoteLink>(std::move(request),
                                                  m_askedBy.isEmpty() ? stream::Asking::Never : stream::Asking::May);
    m_background.run([this, link = m_link, history] {
        const auto watched = std::make_shared<Result<WatchedNetns>>(stream::watchRemote(link));
        return Background::Result([this, link = std::weak_ptr(link), history, watched] {
            if (const auto mine = link.lock(); mine && mine == m_link) // nothing else was chosen
                onMet(history, *watched);
        });
    });
}

void Session::onMet(const HistoryPtr& history, Result<WatchedNetns>& watched) {
    if (watched)
        show(std::move(*watched), {.history = history});
    else
        Q_EMIT frameArrived(frameOf(m_link->request().host, watched.error(), m_query));
}

std::function<Result<RecordedView>()> Session::recorder(const QString& file, const FramePtr& frame) const {
    const std::filesystem::path path = file.toStdString();
    if (!m_link)
        return [path, frame] {
            const HostFacts here = thisHost();
            return recordView(path, *frame, RecordedRows::All, here.host, here.kernel);
        };
    return [path, frame, link = m_link]() -> Result<RecordedView> {
        const stream::RemoteLink::News news = link->waitAfter(0);
        if (!news.dump)
            return tl::unexpected(*news.error);
        return stream::writeRecording(path, *news.dump, {}, trailerOf(*frame, {news.hello.host, news.hello.kernel}))
            .map([](std::size_t sockets) { return RecordedView{.sockets = sockets, .leftOut = {}}; });
    };
}

/// Nobody here waits for the end of ssh.
void Session::leaveHost() {
    if (!m_link)
        return;
    m_link->end();
    m_background.run([link = std::make_shared<stream::RemoteLinkPtr>(std::move(m_link))] {
        link->reset();
        return Background::Result([] {});
    });
}

void Session::show(std::unique_ptr<Source> source) {
    const bool live = source->live();
    Monitor::Config config{.owners = live, .options = live};
    if (live) {
        config.history = m_history;
        config.others = m_others;
        config.exact = m_exact;
    }
    show(ownNetns(std::move(source)), std::move(config));
}

void Session::show(WatchedNetns first, Monitor::Config config) {
    m_next = Look{std::move(first), std::move(config)};
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
    Look next = *std::exchange(m_next, std::nullopt);
    m_sampler = std::make_unique<Sampler>(std::move(next.first), std::move(next.config), m_query, m_mailbox.slot());
}

void Session::send(Order order) {
    if (const auto* query = std::get_if<Query>(&order)) {
        m_query = *query;
        if (m_link)
            m_link->setInterval(query->interval);
    }
    if (const auto* opened = std::get_if<ExactOpened>(&order))
        m_exact = opened->programs;
    if (m_sampler)
        m_sampler->send(std::move(order));
}

} // namespace halfopen
