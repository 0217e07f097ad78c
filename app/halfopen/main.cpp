// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/background.h"
#include "app/bus/bus_operations.h"
#include "app/halfopen/askpass.h"
#include "app/halfopen/background_sockets.h"
#include "app/halfopen/desktop_notifier.h"
#include "app/halfopen/end_signals.h"
#include "app/halfopen/exact_opener.h"
#include "app/halfopen/laboratory_window.h"
#include "app/halfopen/netns_opener.h"
#include "app/halfopen/options.h"
#include "app/halfopen/screenshot.h"
#include "app/halfopen/session.h"
#include "app/halfopen/single_instance.h"
#include "app/halfopen/system_guards.h"
#include "app/halfopen/system_tuning.h"
#include "app/halfopen/translations.h"
#include "core/archive/archive.h"
#include "core/kernel/descriptor_limit.h"
#include "core/kernel/process/users.h"
#include "core/kernel/standard_descriptors.h"
#include "core/lab/running_scenario.h"
#include "core/model/exit_code.h"
#include "core/monitor/netns_lookup.h"
#include "core/stream/configured_hosts.h"
#include "core/text/foreign_text.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/history/history_menu.h"
#include "ui/history/history_page.h"
#include "ui/look/translated.h"
#include "ui/parts/netns_selector.h"
#include "ui/programs/desktop_programs.h"
#include "ui/table/filter_bar.h"
#include "ui/table/group_box.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QDir>
#include <QIcon>
#include <QSettings>
#include <QStringList>
#include <QTemporaryDir>
#include <QTimer>

#include "halfopen_version.h"
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace halfopen {

namespace {

// The first rows come first; then the desktop's files are read.
constexpr std::chrono::milliseconds kProgramsAfter{500};

/// The laboratory and those who live in it, for as long as the window is open.
struct Lab {
    lab::Laboratory hosts;
    lab::RunningScenario running;
};

Result<Lab> openLab() {
    auto hosts = lab::Laboratory::open();
    if (!hosts)
        return tl::unexpected(hosts.error());
    auto running = lab::RunningScenario::begin(*hosts, lab::everyDiagnosis(hosts->hasIpv6()));
    if (!running)
        return tl::unexpected(running.error());
    return Lab{std::move(*hosts), std::move(*running)};
}

int fail(ErrorCode code, const QString& sentence) {
    std::fprintf(stderr, "halfopen: %s\n", harmless(sentence.toStdString()).c_str());
    return exitCode(code);
}

int fail(const Error& error) {
    return fail(error.code, translated(error.sentence));
}

void nameApplication() {
    QCoreApplication::setOrganizationName(QStringLiteral("halfopen"));
    QCoreApplication::setApplicationName(QStringLiteral("halfopen"));
    QCoreApplication::setApplicationVersion(QLatin1String(kVersion));
}

void describe() {
    nameApplication();
    QApplication::setDesktopFileName(QStringLiteral("org.halfopen.Halfopen"));
    QApplication::setWindowIcon(QIcon::fromTheme(QStringLiteral("org.halfopen.Halfopen"),
                                                 QIcon(QStringLiteral(":/icons/org.halfopen.Halfopen.svg"))));
}

/// Qt would end the program with SIGABRT. What needs no window, --help and the like, works all the same.
int runWithoutDisplay(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    nameApplication();
    installTranslations(app, wantedLanguage());
    readOptions();
    return fail(ErrorCode::SomeFailed, noDisplaySentence());
}

int askForSsh(int argc, char** argv) {
    if (!hasDisplay(1, argv))
        return 1;
    QApplication app(argc, argv);
    describe();
    installTranslations(app, wantedLanguage());
    return answerSsh(QString::fromLocal8Bit(argv[1]));
}

/// Null where there is no place for a file; the laboratory's connections are gone with it and not kept.
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

/// In a session without a runtime folder Qt makes one among the temporary files, and leaves it there (QStandardPaths,
/// RuntimeLocation).
void removeRuntimeFolder() {
    if (!qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR"))
        return;
    if (const auto user = userName(::geteuid()))
        ::rmdir((QDir::tempPath().toStdString() + "/runtime-" + *user).c_str()); // where it is empty
}

/// What ends the program, beside its window, for a picture or a measurement.
class Ending {
public:
    Ending(MainWindow& window, const Options& options)
        : m_window(window)
        , m_options(options) {
        if (options.screenshot.isEmpty())
            return;
        m_screenshot.emplace(window, options, nullptr);
        window.connections().details().setPage(options.details);
    }

    void frameShown(const Frame& frame) {
        if (m_screenshot)
            m_screenshot->frameShown(frame);
        if (m_options.untilFirstRow && !frame.shown.empty()) {
            m_window.repaint();
            QApplication::exit(0);
        }
    }

private:
    MainWindow& m_window;
    const Options& m_options;
    std::optional<Screenshot> m_screenshot;
};

/// What --netns names is chosen as soon as it is found.
class FirstNetns {
public:
    FirstNetns(MainWindow& window, std::optional<NamedNetns> netns)
        : m_window(window)
        , m_netns(std::move(netns)) {}
    void lookFor(const Frame& frame) {
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

private:
    MainWindow& m_window;
    std::optional<NamedNetns> m_netns; ///< nullopt: nothing is to be chosen (any more)
};

constexpr auto kAllNetns = "all";

/// @return nullopt where --netns names no single one
Result<std::optional<NamedNetns>> namedNetns(const QString& word) {
    if (word.isEmpty() || word == QLatin1String(kAllNetns))
        return std::nullopt;
    return findNetns(listNetns(), word.toStdString()).map([](NamedNetns named) {
        return std::optional(std::move(named));
    });
}

void setUp(MainWindow& window, const Options& options) {
    if (options.theme)
        window.setAppearance(*options.theme);
    if (options.size.isValid())
        window.resize(options.size);
    if (!options.filter.isEmpty())
        window.connections().filterBar().setFilter(options.filter);
    if (options.groupBy)
        window.connections().groupBox().setGroupBy(*options.groupBy);
    if (options.page)
        window.setPage(*options.page);
    else if (!options.filter.isEmpty() || options.groupBy || !options.select.isEmpty())
        window.showPage(window.connections()); // which it is about
}

void closeOnSignals(EndSignals& signals, MainWindow& window) {
    signals.listen([&window, ending = false]() mutable {
        // As the close button does it; the second time at once, whatever waits for an answer.
        if (window.close() || std::exchange(ending, true))
            QApplication::quit();
    });
}

/// What is opened, and what becomes of it. Who has begun with a recording that did not open is shown the machine.
void connectSources(Session& session, MainWindow& window) {
    const auto showAnything = [&session] {
        if (!session.isShowing() && !session.isOpening())
            session.showMachine();
    };
    QObject::connect(&session, &Session::sourceChanged, &window, &MainWindow::setSource);
    QObject::connect(&session, &Session::openingProgressed, &window, &MainWindow::showOpening);
    QObject::connect(&session, &Session::openingEnded, &window, &MainWindow::hideOpening);
    QObject::connect(&session, &Session::failed, &window, [&window, showAnything](const Error& error) {
        window.sayFailure(translated(error.sentence));
        showAnything();
    });
    QObject::connect(&window, &MainWindow::openingCancelled, &session, [&session, showAnything] {
        session.cancelOpening();
        showAnything();
    });
}

/// For the completion of a name.
QStringList knownHosts() {
    QStringList hosts;
    for (const std::string& host : stream::configuredHosts())
        hosts.append(QString::fromStdString(host));
    return hosts;
}

int run(const Options& options, bool laboratory, EndSignals& signals) {
    const auto netns = namedNetns(laboratory || !options.host.isEmpty() ? QString() : options.netns);
    if (!netns)
        return fail(netns.error());
    // One for the whole window, so that it never has two dialogs open at once; none where it needs none.
    const auto helper = laboratory || ::geteuid() == 0 ? nullptr : std::make_shared<BusOperations>();
    SystemTuning tuning(laboratory, helper);
    const auto sockets = openSocketBackend(helper);
    SystemGuards guards(helper);
    const auto history = std::make_shared<History>();
    DesktopPrograms programs;
    // Before the session: what its last sample finds is still written.
    const auto archive = laboratory || options.leavesNothing() ? nullptr : openArchive(history);
    std::function<void(std::chrono::hours)> keepFor;
    if (archive)
        keepFor = [&archive](std::chrono::hours age) { archive->keepFor(age); };
    DesktopNotifier notifier;
    // The laboratory is a network of its own, and shows nothing of the machine around it.
    Session session(history, laboratory ? Monitor::Others::None : Monitor::Others::Later);
    session.setAskedBy(QCoreApplication::applicationFilePath());
    Background background;
    std::optional<NetnsOpener> opener;
    std::function<void(std::vector<NetnsId>, std::function<void(Outcome<void>)>)> openNetns;
    if (helper) {
        opener.emplace(helper, [&session](Order order) { session.send(std::move(order)); });
        openNetns = [&opener](auto procInodes, auto done) { opener->open(std::move(procInodes), std::move(done)); };
    }
    raiseDescriptorLimit();
    apply(options.theme.value_or(MainWindow::savedAppearance()));
    std::function<void(std::function<void(const QString&)>)> openLaboratory;
    std::function<void(const QString&)> openHost;
    if (!laboratory) {
        openLaboratory = openLaboratoryWindow;
        openHost = [&session](const QString& host) { session.showHost(host); };
    }
    MainWindow window(
        {.send = [&](Order order) { session.send(std::move(order)); },
         .openRecording = [&](const QString& file) { session.openRecording(file); },
         .openMachine = [&] { session.showMachine(); },
         .openLaboratory = openLaboratory,
         .openHost = openHost,
         .knownHosts = knownHosts,
         .tuning = tuning,
         .sockets = *sockets,
         .closer = {.destroys = laboratory || ::geteuid() == 0, .uid = ::geteuid()},
         .history = history,
         .keepHistoryFor = keepFor,
         .notify = [&](const WatchNotice& notice) { notifier.show(notice); },
         .programs = programs,
         .inBackground = [&](BackgroundWork work) { background.run(std::move(work)); },
         .record = [&](const QString& file, const FramePtr& frame) { return session.recorder(file, frame); },
         .readRecording = readRecording,
         .openNetns = openNetns,
         .openExact = exactByHelper(helper, session),
         .guards = laboratory ? nullptr : &guards,
         .laboratory = laboratory});
    std::optional<SingleInstance> instance;
    if (!laboratory && options.replay.isEmpty() && options.host.isEmpty() && !options.leavesNothing())
        instance.emplace(window);
    if (options.plain && instance && !instance->isTheOne() && SingleInstance::raiseOther())
        return 0; // both were started at once
    setUp(window, options);
    Ending ending(window, options);
    if (options.netns == QLatin1String(kAllNetns)) // of this machine
        window.netns().choose(kEveryNetns);
    FirstNetns first(window, *netns);
    QTimer::singleShot(kProgramsAfter, &programs, [&] { programs.load(DesktopPrograms::defaultFolders()); });
    QObject::connect(&session, &Session::frameArrived, &window, [&](const FramePtr& frame) {
        window.showFrame(frame);
        first.lookFor(*frame);
        if (archive)
            window.history().sayArchive(notesOf(*archive));
        ending.frameShown(*frame);
    });
    connectSources(session, window);
    if (!options.host.isEmpty())
        session.showHost(options.host, options.netns);
    else if (options.replay.isEmpty())
        session.showMachine();
    else
        session.openRecording(options.replay);
    if (!laboratory && !helper)
        readExactlyByOwnRights(background, session);
    window.show();
    closeOnSignals(signals, window);
    return QApplication::exec();
}

} // namespace

} // namespace halfopen

int main(int argc, char** argv) {
    using namespace halfopen;
    holdStandardDescriptors();
    if (isAskedBySsh(argc))
        return askForSsh(argc, argv);
    if (!hasDisplay(argc, argv))
        return runWithoutDisplay(argc, argv);
    std::optional<Lab> lab;
    if (wantsLaboratory(argc, argv)) {
        auto opened = openLab();
        if (!opened)
            return fail(opened.error());
        lab.emplace(std::move(*opened));
    }
    EndSignals signals;
    QApplication app(argc, argv);
    describe();
    installTranslations(app, wantedLanguage());
    const auto options = readOptions();
    if (options.plain && SingleInstance::raiseOther())
        return 0;
    std::optional<QTemporaryDir> temporarySettings;
    if (options.leavesNothing()) {
        temporarySettings.emplace();
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, temporarySettings->path());
    }
    const int code = run(options, lab.has_value(), signals);
    removeRuntimeFolder();
    return code;
}
