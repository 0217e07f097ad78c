// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/askpass.h"
#include "app/halfopen/end_signals.h"
#include "app/halfopen/main_program.h"
#include "app/halfopen/options.h"
#include "app/halfopen/single_instance.h"
#include "app/halfopen/translations.h"
#include "core/kernel/descriptor_limit.h"
#include "core/kernel/process/users.h"
#include "core/kernel/standard_descriptors.h"
#include "core/lab/running_scenario.h"
#include "core/model/exit_code.h"
#include "core/monitor/netns_lookup.h"
#include "core/text/foreign_text.h"
#include "ui/look/translated.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QDir>
#include <QIcon>
#include <QSettings>
#include <QTemporaryDir>

#include "halfopen_version.h"
#include <unistd.h>

#include <cstdio>
#include <optional>
#include <utility>

namespace halfopen {

namespace {

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
    const WindowLook look = lookOfAskingWindow();
    installTranslations(app, look.language);
    apply(look.appearance);
    applyTextSize(look.textSize);
    return answerSsh(QString::fromLocal8Bit(argv[1]));
}

/// In a session without a runtime folder Qt makes one among the temporary files, and leaves it there (QStandardPaths,
/// RuntimeLocation).
void removeRuntimeFolder() {
    if (!qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR"))
        return;
    if (const auto user = userName(::geteuid()))
        ::rmdir((QDir::tempPath().toStdString() + "/runtime-" + *user).c_str()); // where it is empty
}

/// @return nullopt where the command line names no single one of this machine
Result<std::optional<NamedNetns>> namedNetns(const Options& options, bool laboratory) {
    if (laboratory || !options.host.isEmpty() || options.netns.isEmpty() || options.namesAllNetns())
        return std::nullopt;
    return findNetns(listNetns(), options.netns.toStdString()).map([](NamedNetns named) {
        return std::optional(std::move(named));
    });
}

int run(const Options& options, bool laboratory, EndSignals& signals) {
    auto netns = namedNetns(options, laboratory);
    if (!netns)
        return fail(netns.error());
    raiseDescriptorLimit();
    apply(options.theme.value_or(MainWindow::savedAppearance()));
    return MainProgram(options, laboratory, std::move(*netns)).run(signals);
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
