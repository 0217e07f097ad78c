// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/laboratory_window.h"

#include "core/text/foreign_text.h"

#include <QCoreApplication>
#include <QProcess>

#include <csignal>

namespace halfopen {

namespace {

/// What it said, without its name; else why it could not be started.
QString whyFailed(QProcess& process) {
    QString said = QString::fromStdString(harmless(process.readAllStandardError().trimmed().toStdString()));
    const QString name = QStringLiteral("halfopen: ");
    if (said.startsWith(name))
        said.remove(0, name.size());
    return said.isEmpty() ? process.errorString() : said;
}

} // namespace

void openLaboratoryWindow(const std::function<void(const QString& why)>& failed) {
    // Nobody's child: it would be ended with its parent.
    auto* process = new QProcess;
    process->setStandardInputFile(QProcess::nullDevice());
    process->setStandardOutputFile(QProcess::nullDevice());
    // What it says once nobody reads it any more must not end it.
    process->setChildProcessModifier([] { std::signal(SIGPIPE, SIG_IGN); });
    QObject::connect(process, &QProcess::errorOccurred, process, [process, failed](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        failed(whyFailed(*process));
        process->deleteLater();
    });
    QObject::connect(process, &QProcess::finished, process, [process, failed](int code, QProcess::ExitStatus how) {
        if (code != 0 || how == QProcess::CrashExit)
            failed(whyFailed(*process));
        process->deleteLater();
    });
    process->start(QCoreApplication::applicationFilePath(), {QStringLiteral("--lab")});
}

} // namespace halfopen
