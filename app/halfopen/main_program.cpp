// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/main_program.h"

#include "app/halfopen/askpass.h"
#include "app/halfopen/exact_opener.h"
#include "app/halfopen/laboratory_window.h"
#include "core/stream/configured_hosts.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/history/history_menu.h"
#include "ui/history/history_page.h"
#include "ui/look/translated.h"
#include "ui/parts/netns_selector.h"
#include "ui/table/filter_bar.h"
#include "ui/table/group_box.h"

#include <QApplication>
#include <QSettings>
#include <QStringList>
#include <QTimer>

#include <unistd.h>

#include <chrono>
#include <functional>
#include <utility>

namespace halfopen {

namespace {

// The first rows come first; then the desktop's files are read.
constexpr std::chrono::milliseconds kProgramsAfter{500};

/// Null where there is no place for a file.
std::unique_ptr<Archive> openArchive(const HistoryPtr& history) {
    const auto file = Archive::defaultFile();
    return file ? std::make_unique<Archive>(*file, history, Archive::Limits{.age = keptFor(QSettings())}) : nullptr;
}

QString notesOf(const Archive& archive) {
    QStringList notes;
    for (const auto& note : archive.notes())
        notes.append(translated(note));
    return notes.join(QLatin1Char(' '));
}

/// For the completion of a name.
QStringList knownHosts() {
    QStringList hosts;
    for (const std::string& host : stream::configuredHosts())
        hosts.append(QString::fromStdString(host));
    return hosts;
}

} // namespace

MainProgram::MainProgram(const Options& options, bool laboratory, std::optional<NamedNetns> netns)
    : m_options(options)
    , m_laboratory(laboratory)
    , m_netns(std::move(netns))
    , m_helper(laboratory || ::geteuid() == 0 ? nullptr : std::make_shared<BusOperations>())
    , m_tuning(laboratory, m_helper)
    , m_sockets(openSocketBackend(m_helper))
    , m_guards(m_helper)
    // The laboratory's connections are gone with it.
    , m_archive(laboratory || options.leavesNothing() ? nullptr : openArchive(m_history))
    , m_session(m_history, laboratory ? Monitor::Others::None : Monitor::Others::Later)
    , m_window(services()) {
    m_session.setAskedBy(QCoreApplication::applicationFilePath(), [this] {
        return toWords(
            {.language = wantedLanguage(), .appearance = m_window.appearance(), .textSize = m_window.textSize()});
    });
    if (m_helper)
        m_opener.emplace(m_helper, [this](Order order) { m_session.send(std::move(order)); });
    if (!laboratory && options.replay.isEmpty() && options.host.isEmpty() && !options.leavesNothing())
        m_instance.emplace(m_window);
    if (!options.screenshot.isEmpty())
        m_screenshot.emplace(m_window, options, nullptr);
}

WindowServices MainProgram::services() {
    WindowServices services{
        .send = [this](Order order) { m_session.send(std::move(order)); },
        .openRecording = [this](const QString& file) { m_session.openRecording(file); },
        .openMachine = [this] { m_session.showMachine(); },
        .knownHosts = knownHosts,
        .tuning = m_tuning,
        .sockets = *m_sockets,
        .closer = {.destroys = !m_helper, .uid = ::geteuid()},
        .history = m_history,
        .notify = [this](const WatchNotice& notice, auto done) { m_notifier.show(notice, std::move(done)); },
        .programs = m_programs,
        .inBackground = [this](BackgroundWork work) { m_background.run(std::move(work)); },
        .record = [this](const QString& file, const FramePtr& frame) { return m_session.recorder(file, frame); },
        .readRecording = readRecording,
        .openExact = exactByHelper(m_helper, m_session),
        .guards = m_laboratory ? nullptr : &m_guards,
        .laboratory = m_laboratory};
    if (!m_laboratory) {
        services.openLaboratory = openLaboratoryWindow;
        services.openHost = [this](const QString& host) { m_session.showHost(host); };
    }
    if (m_archive)
        services.keepHistoryFor = [this](std::chrono::hours age) { m_archive->keepFor(age); };
    if (m_helper)
        services.openNetns = [this](auto procInodes, auto done) {
            m_opener->open(std::move(procInodes), std::move(done));
        };
    return services;
}

int MainProgram::run(EndSignals& signals) {
    if (yieldsToOther())
        return 0;
    setUpWindow();
    connectFrames();
    connectSources();
    openFirstSource();
    m_window.show();
    closeOnSignals(signals);
    return QApplication::exec();
}

/// Two were started at once, and the other one was first.
bool MainProgram::yieldsToOther() const {
    return m_options.plain && m_instance && !m_instance->isTheOne() && SingleInstance::raiseOther();
}

void MainProgram::setUpWindow() {
    if (m_options.theme)
        m_window.setAppearance(*m_options.theme);
    if (m_options.size.isValid())
        m_window.resize(m_options.size);
    if (!m_options.filter.isEmpty())
        m_window.connections().filterBar().setFilter(m_options.filter);
    if (m_options.groupBy)
        m_window.connections().groupBox().setGroupBy(*m_options.groupBy);
    if (m_options.page)
        m_window.setPage(*m_options.page);
    else if (!m_options.filter.isEmpty() || m_options.groupBy || !m_options.select.isEmpty())
        m_window.showPage(m_window.connections()); // which it is about
    if (m_options.namesAllNetns())                 // of this machine
        m_window.netns().choose(kEveryNetns);
    if (m_screenshot)
        m_window.connections().details().setPage(m_options.details);
}

void MainProgram::connectFrames() {
    QObject::connect(&m_session, &Session::frameArrived, &m_window, [this](const FramePtr& frame) {
        m_window.showFrame(frame);
        chooseNetns(*frame);
        if (m_archive)
            m_window.history().sayArchive(notesOf(*m_archive));
        endWhereAsked(*frame);
    });
    QTimer::singleShot(kProgramsAfter, &m_programs, [this] { m_programs.load(DesktopPrograms::defaultFolders()); });
}

void MainProgram::chooseNetns(const Frame& frame) {
    if (!m_netns)
        return;
    for (const NetnsContextPtr& one : frame.namespaces) {
        const NetnsId inode = m_netns->netns.inode; // 0: not for this process to read
        if (inode != 0 ? one->netns != inode : one->name != m_netns->label.name)
            continue;
        m_netns.reset();
        return m_window.netns().choose(one->number);
    }
}

/// For a picture or a measurement.
void MainProgram::endWhereAsked(const Frame& frame) {
    if (m_screenshot)
        m_screenshot->frameShown(frame);
    if (m_options.untilFirstRow && !frame.shown.empty()) {
        m_window.repaint();
        QApplication::exit(0);
    }
}

/// What is opened, and what becomes of it. Who has begun with a recording that did not open is shown the machine.
void MainProgram::connectSources() {
    const auto showAnything = [this] {
        if (!m_session.isShowing() && !m_session.isOpening())
            m_session.showMachine();
    };
    QObject::connect(&m_session, &Session::sourceChanged, &m_window, &MainWindow::setSource);
    QObject::connect(&m_session, &Session::openingProgressed, &m_window, &MainWindow::showOpening);
    QObject::connect(&m_session, &Session::openingEnded, &m_window, &MainWindow::hideOpening);
    QObject::connect(&m_session, &Session::failed, &m_window, [this, showAnything](const Error& error) {
        m_window.sayFailure(translated(error.sentence));
        showAnything();
    });
    QObject::connect(&m_window, &MainWindow::openingCancelled, &m_session, [this, showAnything] {
        m_session.cancelOpening();
        showAnything();
    });
}

void MainProgram::openFirstSource() {
    if (!m_options.host.isEmpty())
        m_session.showHost(m_options.host, m_options.netns);
    else if (m_options.replay.isEmpty())
        m_session.showMachine();
    else
        m_session.openRecording(m_options.replay);
    if (!m_laboratory && !m_helper)
        readExactlyByOwnRights(m_background, m_session);
}

void MainProgram::closeOnSignals(EndSignals& signals) {
    signals.listen([this, ending = false]() mutable {
        // As the close button does it; the second time at once, whatever waits for an answer.
        if (m_window.close() || std::exchange(ending, true))
            QApplication::quit();
    });
}

} // namespace halfopen
